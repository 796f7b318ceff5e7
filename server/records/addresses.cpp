// SPDX-License-Identifier: Apache-2.0
// Once per database: what records and contact points knew of addresses before these had parts.
#include "records/inner.hpp"
#include "records/rights.hpp"
#include "records/schema.hpp"
#include "records/search_marks.hpp"

namespace fokus::records {
namespace {

constexpr std::array<std::string_view, 5> parts = {"street", "postcode", "city", "region",
                                                   "country"};

std::string columns(std::string_view prefix) {
  std::string out;
  for (const auto part : parts)
    for (const char* twin : {"", "_f"})
      out += (out.empty() ? "" : ", ") + std::string(prefix) + std::string(part) + twin;
  return out;
}

// "street, postcode city, region, country", as contact_points.cpp renders it.
std::string one_line(const std::string& twin) {
  const auto part = [&](std::string_view name) { return "t.address_" + std::string(name) + twin; };
  const auto listed = [&](std::string_view name) {
    return "coalesce(" + part(name) + " || ', ', '')";
  };
  return "rtrim(" + listed("street") + " || CASE WHEN " + part("postcode") + " IS NULL AND " +
         part("city") + " IS NULL THEN '' ELSE trim(coalesce(" + part("postcode") +
         ", '') || ' ' || coalesce(" + part("city") + ", '')) || ', ' END || " + listed("region") +
         " || coalesce(" + part("country") + ", ''), ', ')";
}

std::string is_blank() {
  std::string out;
  for (const auto part : parts)
    out += (out.empty() ? "" : " AND ") + ("t.address_" + std::string(part)) + " IS NULL";
  return out;
}

// The record's own address becomes its primary contact point; another one stays beside it.
void add_points(store::Transaction& tx, const RecordType& type) {
  const std::string filled = " FROM " + type.table + " t WHERE NOT (" + is_blank() + ")";
  tx.execute(
      "UPDATE contact_points SET is_primary = 0 WHERE record_type = $1 AND kind = 'address' "
      "AND record_id IN (SELECT t.id" +
          filled + ")",
      {type.name});
  tx.execute(
      "INSERT INTO contact_points(record_type, record_id, kind, label, value, value_f, is_primary, "
      "position, " +
          columns("") + ") SELECT CAST($1 AS TEXT), t.id, 'address', 'visiting', " + one_line("") +
          ", " + one_line("_f") +
          ", 1, (SELECT coalesce(max(p.position), 0) + 1 FROM contact_points p WHERE "
          "p.record_type = $1 AND p.record_id = t.id), " +
          columns("t.address_") + filled,
      {type.name});
}

// A record without an address of its own gets that of its primary contact point.
void fill_fields(store::Transaction& tx, const RecordType& type) {
  const std::string point =
      " FROM contact_points p WHERE p.record_type = $1 AND p.record_id = t.id AND p.kind = "
      "'address' AND p.is_primary = 1";
  tx.execute("UPDATE " + type.table + " AS t SET address_street = (SELECT p.street" + point +
                 " LIMIT 1), address_street_f = (SELECT p.street_f" + point + " LIMIT 1) WHERE " +
                 is_blank() + " AND EXISTS (SELECT 1" + point + ")",
             {type.name});
}

// Addresses are found by their words. The index of SQLite is made anew by whoever calls this.
void add_words(store::Transaction& tx, const RecordType& type) {
  struct Entry {
    std::int64_t record;
    std::string words;
  };
  std::vector<Entry> entries;
  auto rows = tx.query(
      "SELECT record_id, value_f FROM contact_points WHERE record_type = $1 AND kind = 'address'",
      {type.name});
  while (rows->next()) {
    std::string words;
    for (const auto& word : search_words(rows->text(1)))
      words += std::string{' ', search_mark(contact_class), ' '} + word;
    if (!words.empty()) entries.push_back({rows->integer(0), std::move(words)});
  }
  rows.reset();
  for (const auto& entry : entries)
    tx.execute(
        "UPDATE search_entries SET text = text || $3 WHERE record_type = $1 AND "
        "record_id = $2",
        {type.name, entry.record, entry.words});
}

}  // namespace

void adopt_addresses(store::Transaction& tx, const store::Statements& statements,
                     const Dictionary& dictionary, Instant now) {
  if (tx.execute(statements["records.add_setting_once"], {"addresses_adopted", "1", now}) == 0)
    return;
  for (const auto& [name, type] : dictionary.types) {
    const Field* field = type.find("address");
    if (!type.contact_points || !field || field->kind != FieldKind::address) continue;
    add_points(tx, type);
    fill_fields(tx, type);
    add_words(tx, type);
  }
  if (tx.engine() == store::Engine::sqlite)
    tx.execute("INSERT INTO search_index(search_index) VALUES ('rebuild')");
}

}  // namespace fokus::records
