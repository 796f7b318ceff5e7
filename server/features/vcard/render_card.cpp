// SPDX-License-Identifier: Apache-2.0
#include <array>

#include "base/text.hpp"
#include "features/vcard/content_line.hpp"
#include "features/vcard/vcard.hpp"

namespace fokus::vcard {
namespace {

struct LabelType {
  std::string_view label, type;
};
constexpr std::array<LabelType, 5> label_types = {
    {{"home", "HOME"}, {"mobile", "CELL"}, {"fax", "FAX"}, {"pager", "PAGER"}, {"post", "POSTAL"}}};

std::string_view type_of(std::string_view property, std::string_view label) {
  if (label == (property == "ADR" ? "visiting" : "work")) return "WORK";
  for (const auto& [word, type] : label_types)
    if (word == label) return type;
  return {};
}

// A URI is no text: of what is in it only a backslash, which none has, would be read otherwise.
std::string plain_uri(std::string_view value) {
  return replace_all(replace_all(std::string(value), "\n", ""), "\\", "\\\\");
}

class CardWriter {
 public:
  CardWriter(const Card& card, Version version) : card_(card), is_4_(version == Version::v40) {}

  std::string write() {
    line("BEGIN", "VCARD");
    line("VERSION", is_4_ ? "4.0" : "3.0");
    line("PRODID", "-//Fokus//Contacts//EN");
    text("UID", card_.uid);
    write_kind();
    line("FN", escaped(full_name()));
    write_names();
    write_organisation();
    text("TITLE", card_.title);
    for (const auto& one : card_.phones) point("TEL", one);
    for (const auto& one : card_.emails) point("EMAIL", one);
    for (const auto& one : card_.addresses) address(one);
    for (const auto& one : card_.urls) point("URL", one);
    if (card_.birth_date) write_birthday(*card_.birth_date);
    if (is_4_) text("LANG", card_.language);
    write_categories();
    text("NOTE", card_.note);
    for (const auto& one : card_.rest) out_ += folded(one);
    line("END", "VCARD");
    return std::move(out_);
  }

 private:
  void line(const std::string& name, std::string_view value) {
    out_ += folded(name + ":" + std::string(value));
  }
  void text(const std::string& name, std::string_view value) {
    if (!value.empty()) line(name, escaped(value));
  }

  void write_kind() {
    if (is_4_)
      text("KIND", card_.kind);
    else if (card_.kind == "org")
      line("X-ABShowAs", "COMPANY");
    else
      text("X-ADDRESSBOOKSERVER-KIND", card_.kind == "individual" ? "" : card_.kind);
  }

  std::string full_name() const {
    if (!card_.full_name.empty()) return card_.full_name;
    std::string out;
    for (const auto* part :
         {&card_.prefix, &card_.first_name, &card_.middle_name, &card_.last_name, &card_.suffix})
      if (!part->empty()) out += (out.empty() ? "" : " ") + *part;
    if (!out.empty()) return out;
    if (!card_.organisation.empty()) return card_.organisation;
    return card_.emails.empty() ? "" : card_.emails.front().value;
  }

  // 3.0 wants it from everyone, also from a company, which has none.
  void write_names() {
    if (is_4_ && !card_.has_name_parts) return;
    line("N", escaped(card_.last_name) + ";" + escaped(card_.first_name) + ";" +
                  escaped(card_.middle_name) + ";" + escaped(card_.prefix) + ";" +
                  escaped(card_.suffix));
  }

  void write_organisation() {
    if (card_.organisation.empty() && card_.department.empty()) return;
    const std::string department = card_.department.empty() ? "" : ";" + escaped(card_.department);
    line("ORG", escaped(card_.organisation) + department);
    text("X-FOKUS-COMPANY-UID", card_.organisation_uid);
  }

  void write_birthday(Date day) {
    const auto written = render_date(day);
    line("BDAY", is_4_ ? replace_all(written, "-", "") : written);
  }

  void write_categories() {
    std::string words;
    for (const auto& word : card_.categories) words += (words.empty() ? "" : ",") + escaped(word);
    if (!words.empty()) line("CATEGORIES", words);
  }

  void point(const std::string& name, const Point& one) {
    const std::string value = name == "URL" ? plain_uri(one.value) : escaped(one.value);
    labelled(name, value, one.label, one.is_preferred);
  }

  void address(const Address& one) {
    labelled("ADR",
             ";;" + escaped(one.street) + ";" + escaped(one.city) + ";" + escaped(one.region) +
                 ";" + escaped(one.postcode) + ";" + escaped(one.country),
             one.label, one.is_preferred);
  }

  // A word of one's own is a line beside it, in a group with it.
  void labelled(const std::string& name, std::string_view value, std::string_view label,
                bool is_preferred) {
    const auto type = type_of(name, label);
    std::string types(type);
    if (name == "TEL" && (type == "WORK" || type == "HOME")) types += ",VOICE";
    if (is_preferred && !is_4_) types += types.empty() ? "PREF" : ",PREF";
    // Several words in 4.0 are in quotes.
    const bool quotes = is_4_ && types.find(',') != types.npos;
    std::string head = name;
    if (!types.empty())
      head += quotes ? ";TYPE=\"" + lower_ascii(types) + "\""
                     : ";TYPE=" + (is_4_ ? lower_ascii(types) : types);
    if (is_preferred && is_4_) head += ";PREF=1";
    if (label.empty() || !type.empty()) return line(head, value);
    const std::string group = "fokus" + std::to_string(++groups_);
    line(group + "." + head, value);
    line(group + ".X-ABLabel", escaped(label));
  }

  const Card& card_;
  bool is_4_;
  int groups_ = 0;
  std::string out_;
};

}  // namespace

std::string render_card(const Card& card, Version version) {
  return CardWriter(card, version).write();
}

}  // namespace fokus::vcard
