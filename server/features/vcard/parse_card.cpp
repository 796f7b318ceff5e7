// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "base/text.hpp"
#include "features/vcard/content_line.hpp"
#include "features/vcard/vcard.hpp"

namespace fokus::vcard {
namespace {

Error unreadable(std::string code) {
  return field_error("vcard/unreadable", "vcard", std::move(code));
}

// Photos and the like are no text to read.
bool is_too_long(std::string_view value) {
  return value.size() > limits::value_bytes_max;
}

// "_$!<Home>!$_" is how Apple writes a word of its own.
std::string plain_label(std::string_view text) {
  constexpr std::string_view begin = "_$!<", end = ">!$_";
  bool is_own = false;
  while (text.size() >= begin.size() + end.size() && text.starts_with(begin) &&
         text.ends_with(end)) {
    text = trim(text.substr(begin.size(), text.size() - begin.size() - end.size()));
    is_own = true;
  }
  return is_own ? lower_ascii(text) : std::string(text);
}

// "tel:+45…" is a number.
std::string without_scheme(std::string_view value, std::string_view scheme) {
  value = trim(value);
  while (lower_ascii(value.substr(0, scheme.size())) == scheme)
    value = trim(value.substr(scheme.size()));
  return std::string(value);
}

// The first that fits says what it is: a fax at work is a fax.
constexpr std::array<std::array<std::string_view, 2>, 10> label_words = {{{"fax", "fax"},
                                                                          {"pager", "pager"},
                                                                          {"cell", "mobile"},
                                                                          {"mobile", "mobile"},
                                                                          {"iphone", "mobile"},
                                                                          {"work", "work"},
                                                                          {"business", "work"},
                                                                          {"home", "home"},
                                                                          {"postal", "post"},
                                                                          {"parcel", "post"}}};

class CardReader {
 public:
  Result<Card> read(std::vector<std::string> lines) {
    if (lines.size() < 2 || !is_mark(lines.front(), "begin:vcard")) return unreadable("not_a_card");
    if (!is_mark(lines.back(), "end:vcard")) return unreadable("unclosed");
    lines.pop_back();
    lines.erase(lines.begin());
    join_soft_breaks(lines);
    for (const auto& line : lines) {
      if (!is_clean_utf8(line)) return unreadable("not_utf8");
      if (is_mark(line, "begin:vcard") || is_mark(line, "end:vcard")) return unreadable("nested");
      if (auto one = parse_line(line)) find_label(*one);
    }
    for (auto& line : lines) TRY(take(std::move(line)));
    finish();
    return std::move(card_);
  }

 private:
  static bool is_mark(std::string_view line, std::string_view mark) {
    return line.size() < mark.size() + 8 && lower_ascii(trim(line)) == mark;
  }

  static bool is_quoted_printable(std::string_view line) {
    const auto head = line.substr(0, line.find(':'));
    return head.size() < 300 && lower_ascii(head).find("quoted-printable") != head.npos;
  }

  // Of 2.1: a line that ends with "=" goes on in the next, which need not be folded.
  static void join_soft_breaks(std::vector<std::string>& lines) {
    std::vector<std::string> out;
    for (auto& line : lines) {
      if (!out.empty() && out.back().ends_with('=') && is_quoted_printable(out.back())) {
        out.back().pop_back();
        out.back() += line;
      } else {
        out.push_back(std::move(line));
      }
    }
    lines = std::move(out);
  }

  void find_label(const ContentLine& line) {
    if (line.group.empty() || line.name != "X-ABLABEL" || is_too_long(line.value)) return;
    labels_.try_emplace(lower_ascii(line.group), plain_label(unescaped(line.value)));
  }

  Status take(std::string line) {
    auto one = parse_line(line);
    if (!one) return {};  // no property: nobody could want it back
    if (one->name == "VERSION") return take_version(trim(one->value));
    if (one->name == "PRODID" || one->name == "REV") return {};
    const auto encoding = one->words_of("ENCODING");
    const bool is_encoded =
        std::find(encoding.begin(), encoding.end(), "quoted-printable") != encoding.end();
    if (is_encoded) one->value = decode_quoted_printable(one->value);
    const bool is_taken = !is_too_long(one->value) && TRY(take_value(*one));
    if (is_taken) return {};
    if (one->name == "X-ABLABEL" && !one->group.empty())
      label_lines_.emplace_back(lower_ascii(one->group), std::move(line));
    else
      card_.rest.push_back(std::move(line));
    return {};
  }

  Status take_version(std::string_view version) {
    if (version == "2.1")
      card_.version = Version::v21;
    else if (version == "3.0")
      card_.version = Version::v30;
    else if (version == "4.0")
      card_.version = Version::v40;
    else
      return unreadable("unknown_version");
    return {};
  }

  Result<bool> take_value(const ContentLine& line) {
    if (line.name == "TEL") return take_point(line, card_.phones);
    if (line.name == "EMAIL") return take_point(line, card_.emails);
    if (line.name == "URL") return take_point(line, card_.urls);
    if (line.name == "ADR") return take_address(line);
    if (line.name == "N") return take_names(line);
    if (line.name == "ORG") return take_organisation(line);
    if (line.name == "BDAY") return take_birthday(line);
    if (line.name == "CATEGORIES") return take_categories(line);
    if (line.name == "NOTE") {
      const auto text = unescaped(line.value);
      if (is_too_long(card_.note + text)) return false;
      if (!text.empty()) card_.note += (card_.note.empty() ? "" : "\n") + text;
      return true;
    }
    return take_text(line);
  }

  // Single texts: the first that says something.
  bool take_text(const ContentLine& line) {
    const auto fill = [&](std::string& field) {
      const auto text = unescaped(line.value);
      if (!field.empty() && !text.empty()) return false;
      if (field.empty()) field = text;
      return true;
    };
    if (line.name == "UID") return fill(card_.uid);
    if (line.name == "FN") return fill(card_.full_name);
    if (line.name == "TITLE") return fill(card_.title);
    if (line.name == "ROLE") return fill(role_);
    if (line.name == "LANG") return fill(card_.language);
    if (line.name == "X-FOKUS-COMPANY-UID") return fill(card_.organisation_uid);
    if (line.name == "X-ABSHOWAS" && lower_ascii(trim(line.value)) == "company") {
      if (card_.kind.empty()) card_.kind = "org";
      return true;
    }
    if (line.name != "KIND" && line.name != "X-ADDRESSBOOKSERVER-KIND") return false;
    if (card_.kind.empty()) card_.kind = lower_ascii(unescaped(line.value));
    return true;
  }

  std::string label_of(const ContentLine& line, std::string_view work) {
    if (!line.group.empty()) {
      const auto group = lower_ascii(line.group);
      if (const auto said = labels_.find(group); said != labels_.end()) {
        used_groups_.insert(group);
        if (!said->second.empty()) return said->second;
      }
    }
    const auto words = line.words_of("TYPE");
    for (const auto& [word, label] : label_words)
      if (std::find(words.begin(), words.end(), word) != words.end())
        return std::string(label == "work" ? work : label);
    return {};
  }

  static bool is_preferred(const ContentLine& line) {
    const auto words = line.words_of("TYPE");
    if (std::find(words.begin(), words.end(), "pref") != words.end()) return true;
    const auto rank = line.words_of("PREF");
    return !rank.empty() && rank.front() == "1";
  }

  Result<bool> take_point(const ContentLine& line, std::vector<Point>& points) {
    Point point{unescaped(line.value)};
    if (line.name == "TEL") point.value = without_scheme(point.value, "tel:");
    if (line.name == "EMAIL") point.value = without_scheme(point.value, "mailto:");
    if (point.value.empty()) return true;
    if (points.size() == limits::points_max) return unreadable("too_many");
    point.label = label_of(line, "work");
    point.is_preferred = is_preferred(line);
    points.push_back(std::move(point));
    return true;
  }

  Result<bool> take_address(const ContentLine& line) {
    auto parts = split_value(line.value, ';');
    parts.resize(7);
    Address address;
    // Box, extended address and street are one street with lines.
    for (std::size_t i = 0; i < 3; ++i)
      if (!parts[i].empty()) address.street += (address.street.empty() ? "" : "\n") + parts[i];
    address.city = parts[3], address.region = parts[4];
    address.postcode = parts[5], address.country = parts[6];
    if (address == Address{}) return true;
    if (card_.addresses.size() == limits::points_max) return unreadable("too_many");
    address.label = label_of(line, "visiting");
    address.is_preferred = is_preferred(line);
    card_.addresses.push_back(std::move(address));
    return true;
  }

  bool take_names(const ContentLine& line) {
    if (card_.has_name_parts) return false;
    auto parts = split_value(line.value, ';');
    parts.resize(5);
    card_.last_name = parts[0], card_.first_name = parts[1], card_.middle_name = parts[2];
    card_.prefix = parts[3], card_.suffix = parts[4];
    card_.has_name_parts =
        std::any_of(parts.begin(), parts.end(), [](const auto& part) { return !part.empty(); });
    return true;
  }

  bool take_organisation(const ContentLine& line) {
    if (!card_.organisation.empty()) return false;
    const auto parts = split_value(line.value, ';');
    card_.organisation = parts.empty() ? "" : parts.front();
    for (std::size_t i = 1; i < parts.size(); ++i)
      if (!parts[i].empty()) card_.department += (card_.department.empty() ? "" : ", ") + parts[i];
    return true;
  }

  // 1985-04-12, 19850412, either with a time behind it.
  bool take_birthday(const ContentLine& line) {
    if (card_.birth_date) return false;
    std::string text(trim(line.value));
    text = text.substr(0, text.find('T'));
    if (text.size() == 8 && text.find('-') == text.npos)
      text = text.substr(0, 4) + "-" + text.substr(4, 2) + "-" + text.substr(6, 2);
    // Apple writes a year that is not known as 1604.
    const bool is_omitted =
        std::any_of(line.parameters.begin(), line.parameters.end(),
                    [](const auto& parameter) { return parameter.first == "X-APPLE-OMIT-YEAR"; });
    if (!is_omitted) card_.birth_date = parse_date(text);
    return card_.birth_date.has_value() || text.empty();
  }

  Result<bool> take_categories(const ContentLine& line) {
    for (auto& word : split_value(line.value, ',')) {
      if (word.empty()) continue;
      if (card_.categories.size() == limits::points_max) return unreadable("too_many");
      card_.categories.push_back(std::move(word));
    }
    return true;
  }

  void finish() {
    if (card_.title.empty())
      card_.title = role_;
    else if (!role_.empty())
      card_.rest.push_back("ROLE:" + escaped(role_));
    // A label goes with what it names; one that names nothing that was read stays.
    for (auto& [group, line] : label_lines_)
      if (!used_groups_.contains(group)) card_.rest.push_back(std::move(line));
  }

  Card card_;
  std::string role_;
  std::map<std::string, std::string> labels_;  // by group
  std::set<std::string> used_groups_;
  std::vector<std::pair<std::string, std::string>> label_lines_;  // group, line
};

}  // namespace

Result<Card> parse_card(std::string_view text) {
  constexpr std::string_view mark = "\xef\xbb\xbf";
  if (text.starts_with(mark)) text.remove_prefix(mark.size());
  if (text.size() > limits::card_bytes_max)
    return Error{ErrorKind::too_large,
                 "vcard/too_large",
                 {},
                 {{"max", std::to_string(limits::card_bytes_max)}}};
  auto lines = unfold(text, limits::lines_max);
  if (!lines) return unreadable("too_many_lines");
  while (!lines->empty() && trim(lines->back()).empty()) lines->pop_back();
  return CardReader().read(std::move(*lines));
}

}  // namespace fokus::vcard
