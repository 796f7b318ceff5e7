// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace fokus::duplicates {

using WordSet = std::unordered_set<std::string>;

// One of words/*.json or rules/*.json, which are part of the program. CHECKs that it is there.
boost::json::object embedded_json(std::string_view path);

const WordSet& legal_forms();
const WordSet& weak_forms();  // go only beside a legal form
const WordSet& joiners();     // and, og, und: say nothing anywhere in a company's name
const WordSet& free_mail_domains();

// Given name → the lines of nicknames.json that it stands in.
const std::unordered_map<std::string, std::vector<int>>& nickname_lines();

struct StreetWords {
  std::unordered_map<std::string, std::string> words;  // spelling → the one that stands for all
  std::vector<std::pair<std::string, std::string>> endings;  // likewise, the longest first
};
const StreetWords& street_words();

}  // namespace fokus::duplicates
