// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "features/layouts/layout.hpp"

namespace fokus::layouts {
namespace {

namespace json = boost::json;

// The languages of the screens; a title is shown in one of them.
constexpr std::array<std::string_view, 5> languages = {"da", "nb", "sv", "de", "en"};
constexpr int columns_max = 2;

Error invalid(std::string field, std::string_view code) {
  return field_error("layouts/invalid", std::move(field), std::string(code));
}

std::string_view view_of(const json::string& text) {
  return {text.data(), text.size()};
}

// A text that may be absent; at most so many bytes.
Result<std::string> take_text(const json::object& input, const char* key, std::size_t max,
                              const std::string& at) {
  const auto* value = input.if_contains(key);
  if (!value || value->is_null()) return std::string();
  if (!value->is_string()) return invalid(at + key, "not_text");
  const auto text = view_of(value->get_string());
  if (!is_clean_utf8(text)) return invalid(at + key, "not_text");
  if (text.size() > max) return invalid(at + key, "too_long");
  return std::string(trim(text));
}

Result<records::Labels> take_label(const json::object& input, const std::string& at) {
  records::Labels out;
  const auto* value = input.if_contains("label");
  if (!value || value->is_null()) return out;
  if (!value->is_object()) return invalid(at + "label", "not_an_object");
  for (const auto& [language, text] : value->get_object()) {
    const std::string_view tag(language.data(), language.size());
    if (std::find(languages.begin(), languages.end(), tag) == languages.end())
      return invalid(at + "label", "not_a_language");
    if (!text.is_string() || !is_clean_utf8(view_of(text.get_string())))
      return invalid(at + "label", "not_text");
    const auto words = trim(view_of(text.get_string()));
    if (count_code_points(words) > limits::title_max) return invalid(at + "label", "too_long");
    if (!words.empty()) out[std::string(tag)] = std::string(words);
  }
  return out;
}

class Reader {
 public:
  Result<Layout> read(const json::object& input) {
    const auto& sections = *TRY(list_in(input, "sections", "", limits::sections_max, true));
    for (std::size_t i = 0; i < sections.size(); ++i)
      out_.sections.push_back(TRY(section(sections[i], "sections." + std::to_string(i))));
    TRY(read_hidden(input));
    if (rules_ > limits::rules_max) return invalid("sections", "too_many");
    if (names_.size() > limits::fields_max) return invalid("sections", "too_many");
    return std::move(out_);
  }

 private:
  static Result<const json::array*> list_in(const json::object& input, const char* key,
                                            const std::string& at, std::size_t max,
                                            bool is_required) {
    static const json::array none;
    const auto* value = input.if_contains(key);
    if (!value || value->is_null()) {
      if (is_required) return invalid(at + key, "required");
      return &none;
    }
    if (!value->is_array()) return invalid(at + key, "not_a_list");
    if (is_required && value->get_array().empty()) return invalid(at + key, "required");
    if (value->get_array().size() > max) return invalid(at + key, "too_many");
    return &value->get_array();
  }

  Result<Section> section(const json::value& value, const std::string& path) {
    if (!value.is_object()) return invalid(path, "not_an_object");
    const auto& input = value.get_object();
    const std::string at = path + ".";
    Section out;
    out.key = TRY(take_text(input, "key", limits::key_max, at));
    if (!is_identifier(out.key)) return invalid(at + "key", "not_an_identifier");
    if (!keys_.insert(out.key).second) return invalid(at + "key", "taken");
    out.label = TRY(take_label(input, at));
    out.columns = TRY(columns(input, at));
    if (const auto* collapsed = input.if_contains("collapsed");
        collapsed && !collapsed->is_null()) {
      if (!collapsed->is_bool()) return invalid(at + "collapsed", "not_yes_or_no");
      out.is_collapsed = collapsed->get_bool();
    }
    out.shown_if = TRY(rule(input, at));
    const auto& fields = *TRY(list_in(input, "fields", at, limits::fields_max, false));
    for (std::size_t i = 0; i < fields.size(); ++i)
      out.fields.push_back(TRY(field(fields[i], at + "fields." + std::to_string(i))));
    return out;
  }

  static Result<int> columns(const json::object& input, const std::string& at) {
    const auto* value = input.if_contains("columns");
    if (!value || value->is_null()) return 1;
    if (!value->is_int64()) return invalid(at + "columns", "not_a_number");
    const auto count = value->get_int64();
    if (count < 1 || count > columns_max) return invalid(at + "columns", "out_of_range");
    return static_cast<int>(count);
  }

  Result<std::string> rule(const json::object& input, const std::string& at) {
    auto text = TRY(take_text(input, "shown_if", limits::rule_bytes_max, at));
    if (!text.empty()) ++rules_;
    return text;
  }

  Result<PlacedField> field(const json::value& value, const std::string& path) {
    if (!value.is_object()) return invalid(path, "not_an_object");
    PlacedField out;
    out.name = TRY(take_text(value.get_object(), "name", records::limits::name_max, path + "."));
    TRY(place(out.name, path + ".name"));
    out.shown_if = TRY(rule(value.get_object(), path + "."));
    return out;
  }

  Status place(const std::string& name, const std::string& path) {
    if (!is_identifier(name)) return invalid(path, "not_an_identifier");
    if (!names_.insert(name).second) return invalid(path, "placed_twice");
    return {};
  }

  Status read_hidden(const json::object& input) {
    const auto& hidden = *TRY(list_in(input, "hidden", "", limits::fields_max, false));
    for (std::size_t i = 0; i < hidden.size(); ++i) {
      const std::string path = "hidden." + std::to_string(i);
      if (!hidden[i].is_string()) return invalid(path, "not_text");
      const std::string name(view_of(hidden[i].get_string()));
      TRY(place(name, path));
      out_.hidden.push_back(name);
    }
    return {};
  }

  Layout out_;
  std::set<std::string> keys_, names_;
  std::size_t rules_ = 0;
};

}  // namespace

Result<Layout> parse_layout(const json::object& input) {
  return Reader().read(input);
}

json::object layout_to_json(const Layout& layout) {
  json::array sections;
  for (const auto& section : layout.sections) {
    json::object label;
    for (const auto& [language, text] : section.label) label[language] = text;
    json::array fields;
    for (const auto& field : section.fields)
      fields.push_back(json::object{{"name", field.name}, {"shown_if", field.shown_if}});
    sections.push_back(json::object{{"key", section.key},
                                    {"label", std::move(label)},
                                    {"columns", section.columns},
                                    {"collapsed", section.is_collapsed},
                                    {"shown_if", section.shown_if},
                                    {"fields", std::move(fields)}});
  }
  json::array hidden;
  for (const auto& name : layout.hidden) hidden.emplace_back(name);
  return {{"sections", std::move(sections)}, {"hidden", std::move(hidden)}};
}

}  // namespace fokus::layouts
