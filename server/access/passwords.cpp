// SPDX-License-Identifier: Apache-2.0
#include "access/passwords.hpp"

#include "base/text.hpp"
#include "platform/crypto.hpp"
#include "platform/locale.hpp"

namespace fokus::access {
namespace {

// The hash of 32 random bytes that nobody kept. Verified for users that do not exist.
constexpr std::string_view nobody =
    "$argon2id$v=19$m=19456,t=2,p=1$np+IcW2u7rUjIJdMwgpoyA$"
    "ci9qKjreokWFi0FczDNcpkh66zUVRJGHUWQHgkVqFz8";

constexpr std::size_t distinct_min = 5;       // different characters in a password
constexpr int own_part_min = 6;               // letters and digits besides one's own name
constexpr std::size_t personal_part_min = 4;  // shorter parts of a name are not looked for

Error weak(std::string code) {
  std::map<std::string, std::string> params;
  if (code == "too_short") params["min"] = std::to_string(limits::password_length_min);
  return field_error("access/password_weak", "password", std::move(code), std::move(params));
}

// Mostly one step up or down from each character to the next: 123456789012, abcdefghijkl.
bool is_sequence(std::string_view folded) {
  std::size_t steps = 0;
  for (std::size_t i = 1; i < folded.size(); ++i) {
    const int step = folded[i] - folded[i - 1];
    steps += step == 1 || step == -1 || step == 0 || step == 9 || step == -9;
  }
  return folded.size() > 1 && steps * 4 >= (folded.size() - 1) * 3;
}

// One short piece again and again: "abcabcabcabc", "hemmelighemmelig".
bool is_repetition(std::string_view folded) {
  for (std::size_t period = 1; period * 2 <= folded.size(); ++period) {
    std::size_t i = period;
    while (i < folded.size() && folded[i] == folded[i - period]) ++i;
    if (i == folded.size()) return true;
  }
  return false;
}

std::size_t count_distinct(std::string_view text) {
  std::array<bool, 256> seen{};
  std::size_t n = 0;
  for (const char c : text)
    if (!std::exchange(seen[static_cast<unsigned char>(c)], true)) ++n;
  return n;
}

// True when little is left of the password once the person's own words are taken out.
bool is_personal(std::string folded, std::string_view email, std::string_view name) {
  std::string words = fold(email) + " " + fold(name) + " fokus";
  for (char& c : words)
    if (c == '@' || c == '.' || c == '-' || c == '_' || c == '+') c = ' ';
  const std::size_t length = folded.size();
  for (const auto word : split(words, ' '))
    if (word.size() >= personal_part_min) folded = replace_all(std::move(folded), word, "");
  const auto left = std::count_if(folded.begin(), folded.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
  });
  return folded.size() != length && left < own_part_min;
}

}  // namespace

Status check_password(std::string_view password, std::string_view email, std::string_view name) {
  if (password.size() > limits::password_bytes_max || !is_clean_utf8(password))
    return weak("too_long");
  if (count_code_points(password) < limits::password_length_min) return weak("too_short");
  const std::string folded = fold(password);
  if (is_common_password(password)) return weak("common");
  if (is_personal(folded, email, name)) return weak("personal");
  if (count_distinct(password) < distinct_min || is_repetition(folded)) return weak("repetitive");
  if (is_sequence(folded)) return weak("sequence");
  return {};
}

Status PasswordHasher::enter() {
  if (++waiting_ > limits::password_hashes_at_once + limits::password_hashes_waiting_max) {
    --waiting_;
    return make_error(ErrorKind::unavailable, "access/busy");
  }
  places_.acquire();
  return {};
}

Result<std::string> PasswordHasher::hash(std::string_view password) {
  TRY(enter());
  struct Leave {
    PasswordHasher& hasher;
    ~Leave() { hasher.places_.release(), --hasher.waiting_; }
  } leave{*this};
  return crypto::hash_password(password);
}

Result<bool> PasswordHasher::verify(std::string_view hash, std::string_view password) {
  TRY(enter());
  struct Leave {
    PasswordHasher& hasher;
    ~Leave() { hasher.places_.release(), --hasher.waiting_; }
  } leave{*this};
  if (password.size() > limits::password_bytes_max) return false;
  const bool right = crypto::verify_password(hash.empty() ? nobody : hash, password);
  return right && !hash.empty();
}

}  // namespace fokus::access
