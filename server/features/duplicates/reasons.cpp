// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/reasons.hpp"

#include <algorithm>
#include <cmath>

#include "base/text.hpp"
#include "features/duplicates/word_lists.hpp"

namespace fokus::duplicates {
namespace {

namespace json = boost::json;
using records::FieldKind;

const json::object& sentences() {
  static const json::object all = embedded_json("words/reasons.json").at("reasons").as_object();
  return all;
}

std::string in_language(const json::object& texts, std::string_view language) {
  const auto* found = texts.if_contains(language);
  return std::string((found ? *found : texts.at("en")).as_string());
}

std::string label_of(const records::Field& field, std::string_view language) {
  for (const auto wanted : {language, std::string_view("en")})
    if (const auto found = field.label.find(std::string(wanted)); found != field.label.end())
      return found->second;
  return field.name;
}

std::string sentence(Kind kind, How how, const std::string& label, std::string_view language) {
  const auto& of_kind = sentences().at(name_of(kind)).as_object();
  const auto* texts = of_kind.if_contains(name_of(how));
  if (!texts) texts = &of_kind.at(how == How::differs ? "differs" : "same");
  return replace_all(in_language(texts->as_object(), language), "{field}", label);
}

// Numbers behind links are shown by the name of what they lead to.
std::string shown_link(const json::object& record, const std::string& field) {
  const auto* link = record.if_contains(field);
  return link && link->is_object() ? text_in(link->get_object(), "name") : std::string();
}

}  // namespace

std::string text_in(const json::object& object, std::string_view key) {
  const auto* value = object.if_contains(key);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::array reasons_json(const Matcher& matcher, const records::RecordType& type,
                         const Match& match, const Sides& sides, std::string_view language) {
  std::vector<const Reason*> order;
  for (const auto& reason : match.reasons) order.push_back(&reason);
  std::stable_sort(order.begin(), order.end(), [](const Reason* a, const Reason* b) {
    return std::abs(a->points) > std::abs(b->points);
  });
  json::array out;
  for (const Reason* reason : order) {
    const auto& comparison = matcher.rules().comparisons[reason->comparison];
    const auto& name = comparison.fields[static_cast<std::size_t>(reason->mine_field)];
    const auto& other = comparison.fields[static_cast<std::size_t>(reason->theirs_field)];
    const auto* field = type.find(name);
    if (!field) continue;
    const auto value = [&](const Subject& subject, const std::string& of, int at) {
      return subject.values[matcher.index_of(of)][static_cast<std::size_t>(at)].shown;
    };
    std::string mine = value(sides.mine, name, reason->mine_value);
    std::string theirs = value(sides.theirs, other, reason->theirs_value);
    if (field->kind == FieldKind::link) {
      const bool is_same = mine == theirs;
      theirs = shown_link(sides.theirs_record, other);
      mine = is_same ? theirs : std::string();
    }
    out.push_back(json::object{{"kind", name_of(comparison.kind)},
                               {"field", name},
                               {"text", sentence(comparison.kind, reason->likeness.how,
                                                 label_of(*field, language), language)},
                               {"mine", std::move(mine)},
                               {"theirs", std::move(theirs)},
                               {"points", std::round(reason->points * 10) / 10}});
  }
  return out;
}

json::object read_record(const records::ApiParts& parts, store::Session& session,
                         const access::Scope& scope, const records::RecordType& type,
                         std::int64_t id) {
  std::string text;
  JsonWriter writer(text);
  if (!parts.records.get(session, scope, type, RecordId{id}, writer).ok()) return {};
  return json::parse(text).as_object();
}

json::object card_of(const Matcher& matcher, const records::RecordType& type,
                     const json::object& record) {
  json::object out;
  const auto take = [&](std::string_view name) {
    if (const auto* value = record.if_contains(name)) out[name] = *value;
  };
  if (const auto* columns = type.list_columns.if_array())
    for (const auto& column : *columns)
      if (column.is_string()) take(column.get_string());
  for (const auto& field : matcher.fields()) take(field);
  take("created_at");
  return out;
}

}  // namespace fokus::duplicates
