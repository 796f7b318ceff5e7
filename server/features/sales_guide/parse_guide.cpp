// SPDX-License-Identifier: Apache-2.0
#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "features/sales_guide/guide.hpp"

namespace fokus::sales_guide {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 5> languages = {"da", "nb", "sv", "de", "en"};

Error invalid(std::string field, std::string_view code) {
  return field_error("sales_guide/invalid", std::move(field), std::string(code));
}

std::string_view view_of(const json::string& text) {
  return {text.data(), text.size()};
}

Result<std::string> take_word(const json::object& input, const char* key, const std::string& at) {
  const auto* value = input.if_contains(key);
  if (!value || value->is_null()) return invalid(at + key, "required");
  if (!value->is_string()) return invalid(at + key, "not_text");
  const auto text = view_of(value->get_string());
  if (text.size() > limits::key_max) return invalid(at + key, "too_long");
  if (!is_identifier(text)) return invalid(at + key, "not_an_identifier");
  return std::string(text);
}

Result<records::Labels> take_labels(const json::object& input, const char* key, std::size_t max,
                                    const std::string& at) {
  records::Labels out;
  const auto* value = input.if_contains(key);
  if (!value || value->is_null()) return out;
  if (!value->is_object()) return invalid(at + key, "not_an_object");
  for (const auto& [language, text] : value->get_object()) {
    const std::string_view tag(language.data(), language.size());
    if (std::find(languages.begin(), languages.end(), tag) == languages.end())
      return invalid(at + key, "not_a_language");
    if (!text.is_string() || !is_clean_utf8(view_of(text.get_string())))
      return invalid(at + key, "not_text");
    const auto words = trim(view_of(text.get_string()));
    if (count_code_points(words) > max) return invalid(at + key, "too_long");
    if (!words.empty()) out[std::string(tag)] = std::string(words);
  }
  return out;
}

Result<const json::array*> list_in(const json::object& input, const char* key,
                                   const std::string& at, std::size_t max) {
  const auto* value = input.if_contains(key);
  if (!value) return invalid(at + key, "required");
  if (!value->is_array()) return invalid(at + key, "not_a_list");
  if (value->get_array().size() > max) return invalid(at + key, "too_many");
  return &value->get_array();
}

Result<std::int64_t> take_days(const json::object& input, const std::string& at) {
  const auto* days = input.if_contains("days");
  if (!days || days->is_null()) return 0;
  if (!days->is_int64()) return invalid(at + "days", "not_a_number");
  if (days->get_int64() < 0 || days->get_int64() > limits::days_max)
    return invalid(at + "days", "out_of_range");
  return days->get_int64();
}

Result<Owner> take_owner(const json::object& input, const std::string& at) {
  const auto* owner = input.if_contains("owner");
  if (!owner || owner->is_null()) return Owner::sale;
  if (owner->is_string() && owner->get_string() == "sale") return Owner::sale;
  if (owner->is_string() && owner->get_string() == "me") return Owner::me;
  return invalid(at + "owner", "unknown");
}

class Reader {
 public:
  Result<Guide> read(const json::object& input) {
    Guide out;
    const auto& stages = *TRY(list_in(input, "stages", "", limits::stages_max));
    for (std::size_t i = 0; i < stages.size(); ++i)
      out.stages.push_back(TRY(stage(stages[i], "stages." + std::to_string(i))));
    return out;
  }

 private:
  Result<Stage> stage(const json::value& value, const std::string& path) {
    if (!value.is_object()) return invalid(path, "not_an_object");
    const std::string at = path + ".";
    Stage out;
    out.stage = TRY(take_word(value.get_object(), "stage", at));
    if (!stages_.insert(out.stage).second) return invalid(at + "stage", "taken");
    const auto& all = *TRY(list_in(value.get_object(), "suggestions", at, limits::suggestions_max));
    for (std::size_t i = 0; i < all.size(); ++i)
      out.suggestions.push_back(TRY(suggestion(all[i], at + "suggestions." + std::to_string(i))));
    return out;
  }

  Result<Suggestion> suggestion(const json::value& value, const std::string& path) {
    if (!value.is_object()) return invalid(path, "not_an_object");
    const auto& input = value.get_object();
    const std::string at = path + ".";
    Suggestion out;
    out.key = TRY(take_word(input, "key", at));
    if (!keys_.insert(out.key).second) return invalid(at + "key", "taken");
    out.kind = TRY(take_word(input, "kind", at));
    out.title = TRY(take_labels(input, "title", limits::title_max, at));
    if (out.title.empty()) return invalid(at + "title", "required");
    out.text = TRY(take_labels(input, "text", limits::text_max, at));
    out.days = TRY(take_days(input, at));
    out.owner = TRY(take_owner(input, at));
    return out;
  }

  std::set<std::string> stages_, keys_;
};

json::object to_json(const records::Labels& labels) {
  json::object out;
  for (const auto& [language, text] : labels) out[language] = text;
  return out;
}

}  // namespace

const Suggestion* Guide::find(std::string_view key) const {
  for (const auto& stage : stages)
    for (const auto& suggestion : stage.suggestions)
      if (suggestion.key == key) return &suggestion;
  return nullptr;
}

Result<Guide> parse_guide(const json::object& input) {
  return Reader().read(input);
}

json::object suggestion_to_json(const Suggestion& suggestion) {
  return {{"key", suggestion.key},
          {"kind", suggestion.kind},
          {"title", to_json(suggestion.title)},
          {"text", to_json(suggestion.text)},
          {"days", suggestion.days},
          {"owner", suggestion.owner == Owner::me ? "me" : "sale"}};
}

json::object guide_to_json(const Guide& guide) {
  json::array stages;
  for (const auto& stage : guide.stages) {
    json::array suggestions;
    for (const auto& one : stage.suggestions) suggestions.push_back(suggestion_to_json(one));
    stages.push_back(json::object{{"stage", stage.stage}, {"suggestions", std::move(suggestions)}});
  }
  return {{"stages", std::move(stages)}};
}

Status check_guide(const records::Dictionary& dictionary, const Guide& guide) {
  for (std::size_t i = 0; i < guide.stages.size(); ++i) {
    const auto& stage = guide.stages[i];
    const std::string path = "stages." + std::to_string(i);
    if (!dictionary.find_item("sale_stage", stage.stage))
      return invalid(path + ".stage", "not_a_choice");
    for (std::size_t j = 0; j < stage.suggestions.size(); ++j)
      if (!dictionary.find_item("activity_kind", stage.suggestions[j].kind))
        return invalid(path + ".suggestions." + std::to_string(j) + ".kind", "not_a_choice");
  }
  return {};
}

std::string label_in(const records::Labels& labels, std::string_view language) {
  for (const auto& wanted : {std::string(language), std::string("en")})
    if (const auto found = labels.find(wanted); found != labels.end()) return found->second;
  return labels.empty() ? std::string() : labels.begin()->second;
}

}  // namespace fokus::sales_guide
