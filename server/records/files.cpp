// SPDX-License-Identifier: Apache-2.0
#include "records/files.hpp"

#include <charconv>
#include <fstream>

#include "records/rights.hpp"

namespace fokus::records {
namespace {

using access::Action;

std::string read_head(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::string head(limits::file_head_bytes, '\0');
  in.read(head.data(), static_cast<std::streamsize>(head.size()));
  head.resize(static_cast<std::size_t>(in.gcount()));
  return head;
}

// Not to be guessed, and of no more digits than an id in an input may have.
std::int64_t draw_file_id(Random& random) {
  const std::string text = random.hex(6);
  std::int64_t id = 0;
  std::from_chars(text.data(), text.data() + text.size(), id, 16);
  return id + 1;
}

bool may_write_some_file(const Scope& scope, const Dictionary& dictionary) {
  const auto may = [&](const RecordType& type, const Field& field) {
    return field.kind == FieldKind::file && !field.hidden && !is_masked(scope, field) &&
           (check_type_right(scope, type, Action::create).ok() ||
            check_type_right(scope, type, Action::update).ok());
  };
  for (const auto& [name, type] : dictionary.types)
    for (const auto& field : type.fields)
      if (may(type, field)) return true;
  return false;
}

// WHERE over the rows of "t": this record, if the viewer may read it.
void append_readable(const CriteriaContext& context, const RecordType& type, RecordId id,
                     SqlText& sql) {
  sql.text += " WHERE t.id = " + sql.bind(id.value);
  const std::size_t before = sql.text.size();
  sql.text += " AND ";
  if (!append_rights(context, type, Action::read, "t", sql)) sql.text.resize(before);
}

SqlText select_file(const CriteriaContext& context, const RecordType& type, RecordId id,
                    const Field& field, std::int64_t number) {
  SqlText sql{"SELECT f.token, f.sha256, f.id, f.name, f.media_type, f.size_bytes FROM " +
                  type.table + " t JOIN ",
              {}};
  if (number == 0)
    sql.text += "files f ON f.id = t." + field.name;
  else
    sql.text += "file_versions v ON v.record_type = " + sql.bind(type.name) +
                " AND v.record_id = t.id AND v.field = " + sql.bind(field.name) +
                " AND v.number = " + sql.bind(number) + " JOIN files f ON f.id = v.file";
  append_readable(context, type, id, sql);
  return sql;
}

Status check_readable(const Scope& scope, const RecordType& type, const Field& field) {
  const bool system = scope.actor.kind == access::ActorKind::system;
  if (!system && !scope.permissions().may(type.name, Action::read))
    return make_error(ErrorKind::not_found, "files/not_found");
  if (is_masked(scope, field)) return make_error(ErrorKind::forbidden, "files/masked");
  return {};
}

void write_version(JsonWriter& json, const store::Rows& rows, bool is_current) {
  json.begin_object().field("number", rows.integer(0)).field("name", rows.text(1));
  json.field("size", rows.integer(2)).field("type", rows.text(3));
  json.field("current", is_current).key("restored_from");
  rows.is_null(4) ? json.null() : json.value(rows.integer(4));
  json.field("at", render_instant({rows.integer(5)})).key("by");
  if (rows.is_null(7))
    json.null();
  else
    json.begin_object().field("id", rows.integer(6)).field("name", rows.text(7)).end_object();
  json.end_object();
}

Error too_many_waiting() {
  Error error = make_error(ErrorKind::too_many, "files/too_many_waiting");
  error.params["retry_after_s"] = "3600";
  error.params["max"] = std::to_string(limits::waiting_files_max);
  error.params["max_bytes"] = std::to_string(limits::waiting_bytes_max);
  return error;
}

}  // namespace

Files::Files(const ApiParts& parts, std::string folder, std::int64_t size_max, Random& random)
    : parts_(parts), store_(std::move(folder), size_max, random), random_(random) {}

Status Files::check_may_upload(const Scope& scope, std::int64_t size) const {
  if (!may_write_some_file(scope, *parts_.dictionary.current()))
    return make_error(ErrorKind::forbidden, "access/forbidden");
  const bool room = parts_.database.read([&](store::Session& session) {
    auto rows = session.query(parts_.statements["records.waiting_files"], {scope.actor.user});
    rows->next();
    return rows->integer(0) < limits::waiting_files_max &&
           rows->integer(1) + size <= limits::waiting_bytes_max;
  });
  if (!room) return too_many_waiting();
  return {};
}

Result<FileFacts> Files::receive(const Scope& scope, std::string_view name,
                                 const std::string& path) {
  const StoredFile stored = TRY(store_.put_file(path));
  std::string unused = stored.name;  // removed unless a row names it
  const auto cleaner = std::shared_ptr<void>(nullptr, [&](void*) {
    if (!unused.empty()) store_.remove(unused);
  });
  if (stored.size == 0) return field_error("files/empty", "file", "empty");
  TRY(check_may_upload(scope, stored.size));
  FileFacts facts;
  facts.id = draw_file_id(random_);
  facts.name = clean_file_name(name);
  facts.media_type = sniff_media_type(read_head(path), facts.name);
  facts.size = stored.size;
  if (keep(scope, facts, stored) == stored.name) unused.clear();
  return facts;
}

// Writes the row and returns the name that it keeps the bytes under: that of the same content when
// some row has it already. Such a row is held until the end, so that the sweep cannot part them.
std::string Files::keep(const Scope& scope, const FileFacts& facts,
                        const StoredFile& stored) const {
  const auto& sql = parts_.statements;
  std::string token;
  (void)parts_.database.write([&](store::Transaction& tx) -> Status {
    token = stored.name;
    const auto same = tx.query_text(sql["records.find_same_content"], {stored.sha256, stored.size});
    if (same && store_.find_path(*same)) token = *same;
    tx.execute(sql["records.add_file"], {facts.id, token, stored.sha256, stored.size, facts.name,
                                         facts.media_type, parts_.clock.now(), scope.actor.user});
    return {};
  });
  return token;
}

Result<ReadableFile> Files::find(const Scope& scope, const RecordType& type, RecordId id,
                                 const Field& field, std::int64_t number) const {
  TRY(check_readable(scope, type, field));
  const auto dictionary = parts_.dictionary.current();
  ReadableFile out;
  const auto token = TRY(parts_.database.read([&](store::Session& session) -> Result<std::string> {
    const CriteriaContext context{*dictionary, scope, parts_.clock.now(), session.engine()};
    const auto sql = select_file(context, type, id, field, number);
    const auto params = sql.params();
    auto rows = session.query(sql.text, store::Params(params));
    if (!rows->next()) return make_error(ErrorKind::not_found, "files/not_found");
    out.sha256 = rows->text(1);
    out.facts = {rows->integer(2), std::string(rows->text(3)), std::string(rows->text(4)),
                 rows->integer(5)};
    return std::string(rows->text(0));
  }));
  const auto path = store_.find_path(token);
  if (!path) return make_error(ErrorKind::unavailable, "files/unreadable");
  out.path = *path;
  return out;
}

Status Files::write_versions(const Scope& scope, const RecordType& type, RecordId id,
                             const Field& field, std::int64_t before, JsonWriter& json) const {
  TRY(check_readable(scope, type, field));
  const auto dictionary = parts_.dictionary.current();
  return parts_.database.read([&](store::Session& session) -> Status {
    const CriteriaContext context{*dictionary, scope, parts_.clock.now(), session.engine()};
    SqlText sql{"SELECT t." + field.name + " FROM " + type.table + " t", {}};
    append_readable(context, type, id, sql);
    const auto params = sql.params();
    auto record = session.query(sql.text, store::Params(params));
    if (!record->next()) return make_error(ErrorKind::not_found, "files/not_found");
    const bool has_file = !record->is_null(0);
    const auto newest = session.query_integer(parts_.statements["records.newest_file_version"],
                                              {type.name, id, field.name});
    auto rows = session.query(parts_.statements["records.list_file_versions"],
                              {type.name, id, field.name, before, limits::file_versions_page});
    std::int64_t last = 0;
    int count = 0;
    json.begin_object().key("items").begin_array();
    for (; rows->next(); ++count) {
      last = rows->integer(0);
      write_version(json, *rows, has_file && last == newest);
    }
    json.end_array().key("next");
    count == limits::file_versions_page ? json.value(std::to_string(last)) : json.null();
    json.end_object();
    return {};
  });
}

Result<const Field*> file_field_of(const RecordType& type, std::string_view name) {
  const Field* field = type.find(name);
  if (!field || field->hidden || field->kind != FieldKind::file)
    return make_error(ErrorKind::not_found, "files/no_such_field");
  return field;
}

}  // namespace fokus::records
