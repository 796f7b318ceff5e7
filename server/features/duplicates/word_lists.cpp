// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/word_lists.hpp"

#include <algorithm>

#include "base/check.hpp"
#include "base/embedded.hpp"
#include "features/duplicates/embedded_words.hpp"
#include "platform/locale.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;

std::string folded(const json::value& text) {
  return fold(std::string_view(text.as_string()));
}

WordSet read_set(std::string_view path, std::string_view key) {
  WordSet out;
  const auto file = embedded_json(path);
  for (const auto& word : file.at(key).as_array()) out.insert(folded(word));
  return out;
}

StreetWords read_street_words() {
  StreetWords out;
  const auto file = embedded_json("words/street_words.json");
  for (const auto& group : file.at("groups").as_array()) {
    const std::string first = folded(group.as_array().front());
    for (const auto& one : group.as_array()) {
      const std::string word = folded(one);
      if (word.starts_with('-'))
        out.endings.emplace_back(word.substr(1), first.substr(1));
      else
        out.words.emplace(word, first.substr(first.starts_with('-') ? 1 : 0));
    }
  }
  std::stable_sort(out.endings.begin(), out.endings.end(),
                   [](const auto& a, const auto& b) { return a.first.size() > b.first.size(); });
  return out;
}

}  // namespace

json::object embedded_json(std::string_view path) {
  for (const auto& file : embedded_duplicates())
    if (file.path == path)
      return json::parse(json::string_view(file.content.data(), file.content.size())).as_object();
  CHECK(false);
}

const WordSet& legal_forms() {
  static const WordSet words = read_set("words/legal_forms.json", "forms");
  return words;
}

const WordSet& weak_forms() {
  static const WordSet words = read_set("words/legal_forms.json", "weak");
  return words;
}

const WordSet& joiners() {
  static const WordSet words = read_set("words/legal_forms.json", "joiners");
  return words;
}

const WordSet& free_mail_domains() {
  static const WordSet words = read_set("words/free_mail.json", "domains");
  return words;
}

const std::unordered_map<std::string, std::vector<int>>& nickname_lines() {
  static const auto lines = [] {
    std::unordered_map<std::string, std::vector<int>> out;
    int line = 0;
    const auto file = embedded_json("words/nicknames.json");
    for (const auto& group : file.at("groups").as_array()) {
      for (const auto& name : group.as_array()) out[folded(name)].push_back(line);
      ++line;
    }
    return out;
  }();
  return lines;
}

const StreetWords& street_words() {
  static const StreetWords words = read_street_words();
  return words;
}

}  // namespace fokus::duplicates
