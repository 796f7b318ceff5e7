// SPDX-License-Identifier: Apache-2.0
#include "records/page_extras.hpp"

#include <unordered_map>

#include "records/inner.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using ById = std::unordered_map<std::int64_t, json::object*>;

ById by_id(json::array& items) {
  ById out;
  for (auto& item : items) out.emplace(item.at("id").as_int64(), &item.as_object());
  return out;
}

// "$3, $4, $5"
std::string bind_ids(const ById& items, SqlText& sql) {
  std::string out;
  for (const auto& [id, item] : items) out += (out.empty() ? "" : ", ") + sql.bind(id);
  return out;
}

void fill(const ById& items, std::string_view key, const json::value& value) {
  for (const auto& [id, item] : items) (*item)[key] = value;
}

void add_members(const CriteriaContext& context, store::Session& session, const RecordType& type,
                 const Field& field, const ById& items, Seen& seen) {
  const RecordType* target = context.dictionary.find(field.target);
  if (!target || is_masked(context.scope, field)) return fill(items, field.name, nullptr);
  fill(items, field.name, json::array());
  SqlText sql{"SELECT r.from_id, t.id, t.name FROM relations r JOIN " + target->table +
                  " t ON t.id = r.to_id WHERE r.from_type = ",
              {}};
  sql.text += sql.bind(type.name);
  sql.text += " AND r.kind = " + sql.bind(type.name + "." + field.name);
  sql.text += " AND r.from_id IN (" + bind_ids(items, sql) + ")";
  sql.text += " AND t.archived_at IS NULL AND ";
  if (!append_rights(context, *target, access::Action::read, "t", sql)) sql.text += "1=1";
  sql.text += " ORDER BY r.id";
  const auto params = sql.params();
  const auto rows = session.query(sql.text, store::Params(params));
  while (rows->next()) {
    const std::int64_t id = rows->integer(1);
    (*items.at(rows->integer(0)))[field.name].as_array().push_back(
        json::object{{"id", id}, {"name", rows->text(2)}});
    if (target->about_person) seen.add(target->name, id);
  }
}

void add_contact_points(const CriteriaContext& context, store::Session& session,
                        const RecordType& type, const ById& items) {
  if (is_class_masked(context.scope, contact_class)) return fill(items, "contact_points", nullptr);
  fill(items, "contact_points", json::array());
  SqlText sql{
      "SELECT record_id, kind, label, value, is_primary, street, postcode, city, region, "
      "country FROM contact_points WHERE record_type = ",
      {}};
  sql.text += sql.bind(type.name);
  sql.text += " AND record_id IN (" + bind_ids(items, sql) + ") ORDER BY record_id, position";
  constexpr const char* parts[] = {"street", "postcode", "city", "region", "country"};
  constexpr int first_part = 5;
  const auto params = sql.params();
  const auto rows = session.query(sql.text, store::Params(params));
  while (rows->next()) {
    json::value value(rows->text(3));
    if (rows->text(1) == "address") {
      json::object address;
      for (int i = 0; i < static_cast<int>(std::size(parts)); ++i)
        address[parts[i]] =
            rows->is_null(first_part + i) ? json::value() : json::value(rows->text(first_part + i));
      value = std::move(address);
    }
    (*items.at(rows->integer(0)))["contact_points"].as_array().push_back(
        json::object{{"kind", rows->text(1)},
                     {"label", rows->text(2)},
                     {"value", std::move(value)},
                     {"primary", rows->boolean(4)}});
  }
}

}  // namespace

void add_extras(const ApiParts& parts, store::Session& session, const Scope& scope,
                const RecordType& type, const PageExtras& extras, json::array& items, Seen& seen) {
  if (items.empty()) return;
  const auto dictionary = parts.records.dictionary_ptr();
  const CriteriaContext context{*dictionary, scope, parts.clock.now(), session.engine()};
  const auto by = by_id(items);
  for (const Field* field : extras.links) add_members(context, session, type, *field, by, seen);
  if (extras.contact_points && type.contact_points) add_contact_points(context, session, type, by);
}

}  // namespace fokus::records
