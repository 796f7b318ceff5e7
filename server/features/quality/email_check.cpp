// SPDX-License-Identifier: Apache-2.0
#include "features/quality/email_check.hpp"

#include <algorithm>
#include <array>

#include "base/text.hpp"

namespace fokus::quality {
namespace {

constexpr std::size_t local_max = 64, domain_max = 255, label_max = 63;

struct Slip {
  std::string_view typed, meant;
};
constexpr std::array slips = std::to_array<Slip>({
    {"gmial.com", "gmail.com"},    {"gamil.com", "gmail.com"},     {"gmai.com", "gmail.com"},
    {"gmail.co", "gmail.com"},     {"gmail.con", "gmail.com"},     {"gmail.cm", "gmail.com"},
    {"gmail.dk", "gmail.com"},     {"gnail.com", "gmail.com"},     {"hotmial.com", "hotmail.com"},
    {"hotmai.com", "hotmail.com"}, {"hotmail.con", "hotmail.com"}, {"hotmal.com", "hotmail.com"},
    {"outlok.com", "outlook.com"}, {"outlook.con", "outlook.com"}, {"outloook.com", "outlook.com"},
    {"yaho.com", "yahoo.com"},     {"yahoo.con", "yahoo.com"},     {"yhoo.com", "yahoo.com"},
    {"icloud.con", "icloud.com"},  {"iclod.com", "icloud.com"},    {"live.con", "live.com"},
});

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || (c & 0x80);
}

bool is_local(std::string_view text) {
  constexpr std::string_view others = "!#$%&'*+-/=?^_`{|}~.";
  if (text.empty() || text.size() > local_max || text.front() == '.' || text.back() == '.' ||
      text.find("..") != text.npos)
    return false;
  return std::all_of(text.begin(), text.end(), [&](char c) {
    return is_letter_or_digit(c) || others.find(c) != others.npos;
  });
}

bool is_label(std::string_view text) {
  if (text.empty() || text.size() > label_max || text.front() == '-' || text.back() == '-')
    return false;
  return std::all_of(text.begin(), text.end(),
                     [](char c) { return is_letter_or_digit(c) || c == '-'; });
}

bool is_domain(std::string_view text) {
  const auto labels = split(text, '.');
  if (text.size() > domain_max || labels.size() < 2) return false;
  if (!std::all_of(labels.begin(), labels.end(), is_label)) return false;
  const auto last = labels.back();
  return last.size() >= 2 &&
         std::none_of(last.begin(), last.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// Letters of other scripts belong to words around an address as much as to it: ASCII alone here.
bool is_plain_part(char c) {
  return (is_letter_or_digit(c) && !(c & 0x80)) ||
         std::string_view("._%+-").find(c) != std::string_view::npos;
}

}  // namespace

bool is_email(std::string_view text) {
  const auto at = text.rfind('@');
  return at != text.npos && is_local(text.substr(0, at)) && is_domain(text.substr(at + 1));
}

std::string suggest_email(std::string_view text) {
  const std::string_view given = text;
  std::string out;
  if (lower_ascii(text.substr(0, 7)) == "mailto:") text.remove_prefix(7);
  const auto open = text.find('<'), close = text.find('>');
  if (open != text.npos && close != text.npos && open < close)
    text = text.substr(open + 1, close - open - 1);
  for (const char c : text)
    if (c != ' ' && c != '\t' && c != '"' && c != '(' && c != ')') out += c == ',' ? '.' : c;
  while (out.find("..") != out.npos) out = replace_all(out, "..", ".");
  while (out.find("@@") != out.npos) out = replace_all(out, "@@", "@");
  out = replace_all(replace_all(out, ".@", "@"), "@.", "@");
  while (!out.empty() && std::string_view(".;:").find(out.back()) != std::string_view::npos)
    out.pop_back();
  while (!out.empty() && out.front() == '.') out.erase(0, 1);
  const auto at = out.rfind('@');
  if (at != out.npos) {
    const std::string domain = lower_ascii(std::string_view(out).substr(at + 1));
    for (const auto& [typed, meant] : slips)
      if (domain == typed) out = out.substr(0, at + 1) + std::string(meant);
  }
  return is_email(out) && out != given ? out : std::string();
}

std::string find_email(std::string_view text) {
  for (auto at = text.find('@'); at != text.npos; at = text.find('@', at + 1)) {
    std::size_t begin = at, end = at + 1;
    while (begin > 0 && at - begin < local_max && is_plain_part(text[begin - 1])) --begin;
    while (end < text.size() && end - at < domain_max && is_plain_part(text[end])) ++end;
    std::string_view found = text.substr(begin, end - begin);
    while (found.ends_with('.') || found.ends_with('-')) found.remove_suffix(1);
    while (found.starts_with('.')) found.remove_prefix(1);
    if (is_email(found)) return std::string(found);
  }
  return {};
}

}  // namespace fokus::quality
