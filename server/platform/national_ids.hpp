// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace fokus {

// National identification numbers of persons that somebody wrote into a text.
enum class NationalIdKind {
  dk_cpr,            // 010190-1234: by its date alone, since newer numbers have no check digit
  no_fodselsnummer,  // 11 digits with both check digits; D-numbers and synthetic ones too
};
std::string_view national_id_kind_name(NationalIdKind kind);  // "dk_cpr", …

struct NationalId {
  NationalIdKind kind = NationalIdKind::dk_cpr;
  std::size_t begin = 0, size = 0;  // bytes of the text
};

// All of them, from left to right. The parts may be joined by a hyphen, a dash or one space. Any
// bytes are allowed; linear in the length of the text. Thread-safe.
std::vector<NationalId> find_national_ids(std::string_view text);

// The text with a space in place of each of them: what may be indexed.
std::string without_national_ids(std::string_view text);

}  // namespace fokus
