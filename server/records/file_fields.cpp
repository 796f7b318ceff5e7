// SPDX-License-Identifier: Apache-2.0
#include "records/file_fields.hpp"

namespace fokus::records {
namespace {

Error no_such_file(const Field& field) {
  return field_error("records/invalid", field.name, "no_such_file");
}

// The columns of the field for a file that the actor may put there; nothing when they may not.
std::optional<ColumnValues> find_usable(store::Session& session, const store::Statements& sql,
                                        const Scope& scope, const Draft& draft, const Field& field,
                                        RecordId id, std::int64_t file) {
  auto rows = session.query(sql["records.find_file"], {file});
  if (!rows->next()) return std::nullopt;
  const bool waiting = rows->is_null(5);
  const bool own = waiting && rows->integer(3) == scope.actor.user.value;
  const bool here = !waiting && id && rows->text(4) == draft.type.name &&
                    rows->integer(5) == id.value && rows->text(6) == field.name;
  if (!own && !here) return std::nullopt;
  return ColumnValues{file, std::string(rows->text(0)), rows->integer(1),
                      std::string(rows->text(2))};
}

}  // namespace

Status resolve_files(store::Session& session, const store::Statements& sql, const Scope& scope,
                     Draft& draft, const Draft* before, RecordId id) {
  for (std::size_t i = 0; i < draft.columns.size(); ++i) {
    const Field& field = draft.type.fields[i];
    if (field.kind != FieldKind::file || store::is_null(draft.columns[i][0])) continue;
    if (before && before->columns[i][0] == draft.columns[i][0]) {
      draft.columns[i] = before->columns[i];
      continue;
    }
    const auto file = std::get<std::int64_t>(draft.columns[i][0]);
    auto columns = find_usable(session, sql, scope, draft, field, id, file);
    if (!columns) return no_such_file(field);
    draft.columns[i] = std::move(*columns);
  }
  return {};
}

Status save_files(store::Transaction& tx, const store::Statements& sql,
                  const CriteriaContext& context, const Draft& draft, RecordId id,
                  const std::vector<std::size_t>& changed) {
  const auto& type = draft.type.name;
  for (const std::size_t i : changed) {
    const Field& field = draft.type.fields[i];
    if (field.kind != FieldKind::file || store::is_null(draft.columns[i][0])) continue;
    const auto& file = draft.columns[i][0];
    if (tx.execute(sql["records.claim_file"], {file, type, id, field.name}) != 1)
      return no_such_file(field);
    const auto newest =
        tx.query_integer(sql["records.newest_file_version"], {type, id, field.name});
    const auto first =
        tx.query_integer(sql["records.first_version_of_file"], {type, id, field.name, file});
    tx.execute(sql["records.add_file_version"], {type, id, field.name, newest + 1, file,
                                                 first == 0 ? store::Value() : store::Value(first),
                                                 context.now, context.scope.actor.user});
  }
  return {};
}

void release_files(store::Transaction& tx, const store::Statements& sql, const RecordType& type,
                   RecordId id, Instant now) {
  tx.execute(sql["records.queue_record_files"], {type.name, id, now});
  tx.execute(sql["records.remove_record_file_versions"], {type.name, id});
  tx.execute(sql["records.remove_record_files"], {type.name, id});
}

}  // namespace fokus::records
