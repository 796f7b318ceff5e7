// SPDX-License-Identifier: Apache-2.0
// /api/v1/files and /api/v1/<type>/{id}/files/<field>: upload, download, versions.
#include <array>
#include <charconv>
#include <limits>

#include "access/handlers_of.hpp"
#include "records/files.hpp"
#include "records/if_match.hpp"

namespace fokus::records {
namespace {

using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

std::int64_t whole_number(std::string_view text) {
  std::int64_t number = 0;
  const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), number);
  return ec == std::errc{} && end == text.data() + text.size() && number > 0 ? number : 0;
}

Result<std::int64_t> version_of(const Visit& visit) {
  const auto number = whole_number(visit.call.param("number"));
  if (number == 0) return make_error(ErrorKind::not_found, "files/not_found");
  return number;
}

// The field that a path is about.
struct Place {
  DictionaryPtr dictionary;
  const RecordType* type;
  RecordId id;
  const Field* field;
};

class FileApi {
 public:
  FileApi(const ApiParts& parts, Files& files) : parts_(parts), files_(files) {}

  Result<Reply> upload(Visit& visit) const {
    if (visit.call.body_file.empty()) return field_error("files/empty", "file", "empty");
    const auto facts = TRY(files_.receive(visit.scope, visit.call.query_value("name").value_or(""),
                                          visit.call.body_file));
    std::string body;
    JsonWriter json(body);
    json.begin_object().field("id", facts.id).field("name", facts.name);
    json.field("size", facts.size).field("type", facts.media_type).end_object();
    return Reply::json(std::move(body), 201);
  }

  Result<Reply> download(Visit& visit) const { return send(visit, TRY(place_of(visit)), 0); }

  Result<Reply> download_version(Visit& visit) const {
    return send(visit, TRY(place_of(visit)), TRY(version_of(visit)));
  }

  Result<Reply> versions(Visit& visit) const {
    const auto place = TRY(place_of(visit));
    const auto before = whole_number(visit.call.query_value("before").value_or(""));
    std::string body;
    JsonWriter json(body);
    TRY(files_.write_versions(visit.scope, *place.type, place.id, *place.field,
                              before == 0 ? std::numeric_limits<std::int64_t>::max() : before,
                              json));
    trace_read(parts_, visit.scope, "read", *place.type, std::array{place.id.value}, {});
    return Reply::json(std::move(body));
  }

  // The old file becomes the newest version; nothing is lost on the way.
  Result<Reply> restore(Visit& visit) const {
    const auto place = TRY(place_of(visit));
    const auto old =
        TRY(files_.find(visit.scope, *place.type, place.id, *place.field, TRY(version_of(visit))));
    const boost::json::object changes{{place.field->name, old.facts.id}};
    const auto saved =
        save_if_match(parts_.database, visit.call, [&](store::Transaction& tx, auto version) {
          return parts_.records.update(tx, visit.scope, *place.type, place.id, changes, version,
                                       {0, {}, "update"});
        });
    return saved_reply(parts_, visit, *place.type, place.id, saved);
  }

 private:
  Result<Place> place_of(const Visit& visit) const {
    Place place{parts_.dictionary.current(), nullptr, {}, nullptr};
    place.type = TRY(type_of(*place.dictionary, visit));
    place.id = TRY(id_of(visit));
    place.field = TRY(file_field_of(*place.type, visit.call.param("field")));
    return place;
  }

  Result<Reply> send(const Visit& visit, const Place& place, std::int64_t number) const {
    const auto file = TRY(files_.find(visit.scope, *place.type, place.id, *place.field, number));
    const std::string what =
        place.field->name + (number == 0 ? "" : "/versions/" + std::to_string(number));
    // Whatever the record is about, a file may hold anything about anybody: every read is traced.
    parts_.trace(visit.scope, {"download", place.type->name, std::array{place.id.value}, what});
    const bool shown = is_inline_type(file.facts.media_type) &&
                       visit.call.query_value("download").value_or("") != "true";
    Reply out;
    out.type =
        file.facts.media_type == "text/plain" ? "text/plain; charset=utf-8" : file.facts.media_type;
    out.file = file.path;
    out.header("ETag", '"' + file.sha256.substr(0, 32) + '"');
    out.header("Content-Disposition", content_disposition(shown, file.facts.name));
    out.header("Content-Security-Policy", std::string(file_security_policy(file.facts.media_type)));
    out.header("X-Content-Type-Options", "nosniff");
    return out;
  }

  ApiParts parts_;
  Files& files_;
};

}  // namespace

std::vector<access::Route> file_routes(const ApiParts& parts, Files& files) {
  const auto to = access::handlers_of(std::make_shared<FileApi>(parts, files));
  access::Route upload{Method::post,
                       "/api/v1/files",
                       Right::signed_in(),
                       to(&FileApi::upload),
                       {"Upload a file",
                        {.query = "name",
                         .answer = "{id!: id, name!: text, size!: integer, type!: text}",
                         .status = 201,
                         .upload = "application/octet-stream"}},
                       net::Lane::slow};
  upload.body_max = static_cast<std::size_t>(parts.file_bytes_max);
  upload.stream_body = true;
  upload.admit = [&files](const Scope& scope, const net::Call& call) {
    return files.check_may_upload(scope, whole_number(call.header("Content-Length").value_or("")));
  };
  return {
      std::move(upload),
      {Method::get,
       "/api/v1/{type}/{id}/files/{field}",
       Right::signed_in(),
       to(&FileApi::download),
       {"Download the file of a field",
        {.query = "download: boolean",
         .is_conditional = true,
         .media = "application/octet-stream"}}},
      {Method::get,
       "/api/v1/{type}/{id}/files/{field}/versions",
       Right::signed_in(),
       to(&FileApi::versions),
       {"The versions of a file",
        {.query = "before: integer",
         .answer = "{items!: [{number!: integer, name!: text, size!: integer, type!: text, "
                   "current!: boolean, restored_from: integer?, at: instant, "
                   "by: {id!: id, name: text}?}], next!: text?}"}}},
      {Method::get,
       "/api/v1/{type}/{id}/files/{field}/versions/{number}",
       Right::signed_in(),
       to(&FileApi::download_version),
       {"Download a version of a file",
        {.query = "download: boolean",
         .is_conditional = true,
         .media = "application/octet-stream"}}},
      {Method::post,
       "/api/v1/{type}/{id}/files/{field}/versions/{number}/restoration",
       Right::signed_in(),
       to(&FileApi::restore),
       {"Make an old version the newest", {.answer = "$record", .versioned = true}}},
  };
}

}  // namespace fokus::records
