// SPDX-License-Identifier: Apache-2.0
#include "records/merged.hpp"

namespace fokus::records {
namespace {

constexpr int chain_max = 1000;  // merges of merges; a circle cannot be stored, a bug could

}  // namespace

std::optional<RecordId> find_kept(store::Session& session, const store::Statements& sql,
                                  const RecordType& type, RecordId id) {
  std::optional<RecordId> found;
  std::int64_t at = id.value;
  for (int i = 0; i < chain_max; ++i) {
    at = session.query_integer(sql["records.find_merged"], {type.name, at});
    if (at == 0) break;
    found = RecordId{at};
  }
  return found;
}

bool is_row_readable(const MergedLook& look, const RecordType& type, RecordId id) {
  SqlText sql{"SELECT 1 FROM " + type.table + " t WHERE t.id = ", {}};
  sql.text += sql.bind(id.value) + " AND ";
  if (!append_rights(look.context, type, access::Action::read, "t", sql)) sql.text += "1=1";
  const auto params = sql.params();
  return look.session.query(sql.text, store::Params(params))->next();
}

Error not_there(const MergedLook& look, const RecordType& type, RecordId id, ErrorKind merged) {
  const auto kept = find_kept(look.session, look.sql, type, id);
  if (!kept || !is_row_readable(look, type, *kept))
    return make_error(ErrorKind::not_found, "records/not_found");
  Error out = make_error(merged, "records/merged");
  out.params["type"] = type.name;
  out.params["into"] = std::to_string(kept->value);
  return out;
}

std::string not_merged(const RecordType& type) {
  return " AND NOT EXISTS (SELECT 1 FROM merged_records m WHERE m.record_type = '" + type.name +
         "' AND m.record_id = t.id)";
}

}  // namespace fokus::records
