// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <set>

#include "features/layouts/layout.hpp"
#include "records/stored_filter.hpp"

namespace fokus::layouts {
namespace {

namespace json = boost::json;
using records::Field;
using records::RecordType;

// Never shown on a page: it counts saves.
constexpr std::string_view version_field = "version";

bool is_placeable(const RecordType& type, std::string_view name) {
  const Field* field = type.find(name);
  return field && !field->hidden && field->name != version_field;
}

std::string text_of(const json::value* value) {
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

records::Labels labels_of(const json::value* value) {
  records::Labels out;
  if (!value || !value->is_object()) return out;
  for (const auto& [language, text] : value->get_object())
    if (text.is_string()) out[std::string(language)] = std::string(text.get_string());
  return out;
}

Section section_of(const json::object& input, std::size_t place, std::set<std::string>& names) {
  Section out;
  out.key = text_of(input.if_contains("key"));
  if (out.key.empty()) out.key = "section_" + std::to_string(place);
  out.label = labels_of(input.if_contains("label"));
  const auto* fields = input.if_contains("fields");
  if (!fields || !fields->is_array()) return out;
  for (const auto& field : fields->get_array())
    if (const auto name = text_of(&field); !name.empty() && names.insert(name).second)
      out.fields.push_back({name, ""});
  return out;
}

// A type that says nothing shows what can be written.
Layout plain_layout(const RecordType& type) {
  Section all;
  all.key = "all";
  for (const auto& field : type.fields)
    if (!field.read_only && is_placeable(type, field.name)) all.fields.push_back({field.name, ""});
  return {{std::move(all)}, {}};
}

std::set<std::string> names_in(const Layout& layout) {
  std::set<std::string> out(layout.hidden.begin(), layout.hidden.end());
  for (const auto& section : layout.sections)
    for (const auto& field : section.fields) out.insert(field.name);
  return out;
}

// Where fields go that are placed nowhere.
Section& last_section(Layout& layout, bool is_standard) {
  if (!is_standard)
    for (auto at = layout.sections.rbegin(); at != layout.sections.rend(); ++at)
      if (at->shown_if.empty()) return *at;
  const auto own = std::find_if(layout.sections.begin(), layout.sections.end(),
                                [](const Section& section) { return section.key == "custom"; });
  if (own != layout.sections.end()) return *own;
  Section made;
  made.key = "custom";
  return layout.sections.emplace_back(std::move(made));
}

Status check_rule(const records::CriteriaContext& context, const RecordType& type,
                  const std::string& rule) {
  if (rule.empty()) return {};
  const auto tree = TRY(records::parse_filter(rule));
  TRY(records::check_unmasked(*tree));
  records::SqlText unused;
  return records::append_criteria(context, type, "t", *tree, unused);
}

}  // namespace

Layout standard_layout(const RecordType& type) {
  const auto* sections =
      type.layout.is_object() ? type.layout.get_object().if_contains("sections") : nullptr;
  if (!sections || !sections->is_array() || sections->get_array().empty())
    return plain_layout(type);
  Layout out;
  std::set<std::string> names;
  for (const auto& one : sections->get_array())
    if (one.is_object())
      out.sections.push_back(section_of(one.get_object(), out.sections.size() + 1, names));
  return out.sections.empty() ? plain_layout(type) : out;
}

Layout fill_layout(Layout layout, const RecordType& type, bool is_standard) {
  for (auto& section : layout.sections)
    std::erase_if(section.fields,
                  [&](const PlacedField& field) { return !is_placeable(type, field.name); });
  std::erase_if(layout.hidden, [&](const std::string& name) { return !is_placeable(type, name); });
  const auto placed = names_in(layout), usual = names_in(standard_layout(type));
  for (const auto& field : type.fields) {
    const bool is_expected = field.custom || usual.contains(field.name);
    if (!is_expected || placed.contains(field.name) || !is_placeable(type, field.name)) continue;
    last_section(layout, is_standard).fields.push_back({field.name, ""});
  }
  return layout;
}

Status check_layout(const records::CriteriaContext& context, const RecordType& type,
                    const Layout& layout) {
  for (std::size_t i = 0; i < layout.sections.size(); ++i) {
    const auto& section = layout.sections[i];
    const std::string path = "sections." + std::to_string(i);
    for (std::size_t j = 0; j < section.fields.size(); ++j) {
      if (!is_placeable(type, section.fields[j].name))
        return field_error("layouts/invalid", path + ".fields." + std::to_string(j) + ".name",
                           "unknown_field");
      TRY(check_rule(context, type, section.fields[j].shown_if));
    }
    TRY(check_rule(context, type, section.shown_if));
  }
  for (std::size_t i = 0; i < layout.hidden.size(); ++i)
    if (!is_placeable(type, layout.hidden[i]))
      return field_error("layouts/invalid", "hidden." + std::to_string(i), "unknown_field");
  return {};
}

}  // namespace fokus::layouts
