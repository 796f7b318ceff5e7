// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <span>
#include <vector>

#include "access/paging.hpp"
#include "access/route.hpp"
#include "records/records.hpp"
#include "work/jobs.hpp"

namespace fokus::records {

// One read that the access log must hold before the answer leaves: who saw which records of a type
// about persons.
struct ReadTrace {
  std::string_view action;  // "read", "list", "search", "export", "download", "reveal"
  std::string_view record_type;
  std::span<const std::int64_t> ids;
  std::string_view shape;  // the filter as render_shape() writes it, or what was asked instead
};
using Trace = std::function<void(const Scope&, const ReadTrace&)>;

// What the API files of this room work with. Everything outlives the server.
struct ApiParts {
  store::Database& database;
  const store::Statements& statements;
  const Clock& clock;
  DictionaryHolder& dictionary;
  const Records& records;
  work::Jobs& jobs;
  Trace trace;
  // The rights that a user has now, or a key of theirs: jobs run as who made them.
  std::function<Result<access::Actor>(const work::JobAuthor&)> actor_of;
  std::span<const EmbeddedFile> model;
  std::int64_t file_bytes_max = 0;  // of one upload
};

// The route tables: one function per file, all with the same shape.
std::vector<access::Route> record_routes(const ApiParts& parts);     // one record
std::vector<access::Route> reveal_routes(const ApiParts& parts);     // masked fields of one
std::vector<access::Route> list_routes(const ApiParts& parts);       // many records
std::vector<access::Route> aggregate_routes(const ApiParts& parts);  // numbers about many
std::vector<access::Route> related_routes(const ApiParts& parts);    // history, timeline, relations
std::vector<access::Route> bulk_routes(const ApiParts& parts);       // bulk edit, batches, undo
std::vector<access::Route> meta_routes(const ApiParts& parts);       // the dictionary itself
std::vector<access::Route> type_routes(const ApiParts& parts);       // custom record types
std::vector<access::Route> settings_routes(const ApiParts& parts);   // settings, rates

// Job bodies of bulk edit and undo; call before jobs.start().
void add_bulk_jobs(const ApiParts& parts);
// The job that computes amounts in the base currency anew; likewise.
void add_base_amount_jobs(const ApiParts& parts);

// --- for features that answer in the same way ---
// The type that a path names by its plural; 404 when there is none or the actor may not read it.
Result<const RecordType*> type_of(const Dictionary& dictionary, const access::Visit& visit);
Result<RecordId> id_of(const access::Visit& visit, std::string_view param = "id");
Result<boost::json::object> body_object(const net::Call& call);
// What parse_list_call() reads, for access::Terms::query.
constexpr const char* list_query =
    "filter, q, sort, fields, limit: limit, cursor, skip: skip, count: count, bin: boolean";
// filter, sort, fields, q, limit, cursor, bin of a query string.
struct ListCall {
  ListQuery query;
  NodePtr criteria;   // owns what query.criteria points at
  std::string count;  // none, capped, exact
};
// "none" when nothing is asked; another word is an error.
Result<std::string> parse_count_mode(std::string_view text);
Result<ListCall> parse_list_call(const net::Call& call);
// What a caller names; answers with all fields of a type have no such limit. Error:
// "records/too_many_fields".
Status check_field_count(const std::vector<std::string>& fields);
// The cursor of a list by number, newest first: the last one of the page before; without one the
// highest number there is.
Result<std::int64_t> parse_before(std::string_view cursor);
// If-Match of what is no record: `code` (412) with current_version when it names no such one.
Status check_if_match(const net::Call& call, std::int64_t current, std::string_view code);
// The record as it is now, with its ETag; the read is in the access log, or what was done with the
// record before: "create", "change", "restore".
Result<net::Reply> record_reply(const ApiParts& parts, const access::Visit& visit,
                                const RecordType& type, RecordId id, int status,
                                std::string_view action = "read");
// What a change answers: the record after it, or 412 with the record as it is now.
Result<net::Reply> saved_reply(const ApiParts& parts, const access::Visit& visit,
                               const RecordType& type, RecordId id, const Result<Saved>& saved,
                               std::string_view action = "change");
// Persons among the ids, and those that the answer names beside them: one entry per type.
void trace_read(const ApiParts& parts, const Scope& scope, std::string_view action,
                const RecordType& type, std::span<const std::int64_t> ids, std::string_view shape,
                const Seen& seen = {});

}  // namespace fokus::records
