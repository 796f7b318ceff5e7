// SPDX-License-Identifier: Apache-2.0
// Which merges there were, and how long they can be undone.
#include "features/merge/merge.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;

MergeRow read_row(const store::Rows& rows) {
  MergeRow out;
  out.id = MergeId{rows.integer(0)};
  out.record_type = rows.text(1);
  out.kept = RecordId{rows.integer(2)};
  const auto merged = json::parse(std::string(rows.text(3)));
  for (const auto& id : merged.as_array()) out.merged.push_back(RecordId{id.as_int64()});
  out.moved = rows.integer(4);
  out.created_at = {rows.integer(5)};
  out.created_by = UserId{rows.integer(6)};
  out.created_by_name = rows.text(7);
  out.is_undone = !rows.is_null(8);
  out.is_erased = !rows.is_null(9);
  return out;
}

}  // namespace

void append_read_right(const records::ApiParts& parts, const store::Session& session,
                       const access::Scope& scope, const records::Dictionary& dictionary,
                       const records::RecordType& type, records::SqlText& sql) {
  const records::CriteriaContext context{dictionary, scope, parts.clock.now(), session.engine()};
  const std::size_t before = sql.text.size();
  sql.text += " AND ";
  if (!records::append_rights(context, type, access::Action::read, "t", sql))
    sql.text.resize(before);
}

std::optional<std::string> label_of(const records::ApiParts& parts, store::Session& session,
                                    const access::Scope& scope, const records::RecordType& type,
                                    std::int64_t id) {
  const auto dictionary = parts.records.dictionary_ptr();
  records::SqlText sql{"SELECT t.name FROM " + type.table + " t WHERE t.id = ", {}};
  sql.text += sql.bind(id);
  append_read_right(parts, session, scope, *dictionary, type, sql);
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  if (!rows->next()) return std::nullopt;
  return std::string(rows->text(0));
}

bool Merges::is_visible(store::Session& session, const access::Scope& scope,
                        const MergeRow& row) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find(row.record_type);
  return type && label_of(parts_, session, scope, *type, row.kept.value).has_value();
}

Result<MergeRow> Merges::get(store::Session& session, const access::Scope& scope,
                             MergeId id) const {
  auto rows = session.query(parts_.statements["merge.get"], {id});
  if (!rows->next()) return make_error(ErrorKind::not_found, "merge/not_found");
  auto row = read_row(*rows);
  rows.reset();
  if (!is_visible(session, scope, row)) return make_error(ErrorKind::not_found, "merge/not_found");
  return row;
}

std::vector<MergeRow> Merges::list(store::Session& session, std::string_view type, MergeId before,
                                   int limit) const {
  auto rows = session.query(parts_.statements["merge.list"], {before, type, limit});
  std::vector<MergeRow> out;
  while (rows->next()) out.push_back(read_row(*rows));
  return out;
}

}  // namespace fokus::merge
