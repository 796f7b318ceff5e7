// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <span>
#include <vector>

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
  std::string_view shape;  // the filter's text without its values' meaning is the caller's duty
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
  // The rights that a user has now: jobs run as the user who made them.
  std::function<Result<access::Actor>(UserId)> actor_of;
  std::span<const EmbeddedFile> model;
  std::int64_t file_bytes_max = 0;  // of one upload
};

// The route tables: one function per file, all with the same shape.
std::vector<access::Route> record_routes(const ApiParts& parts);     // one record
std::vector<access::Route> list_routes(const ApiParts& parts);       // many records
std::vector<access::Route> aggregate_routes(const ApiParts& parts);  // numbers about many
std::vector<access::Route> related_routes(const ApiParts& parts);    // history, timeline, relations
std::vector<access::Route> bulk_routes(const ApiParts& parts);       // bulk edit, batches, undo
std::vector<access::Route> meta_routes(const ApiParts& parts);       // the dictionary itself
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
// filter, sort, fields, q, limit, cursor, bin of a query string.
struct ListCall {
  ListQuery query;
  NodePtr criteria;   // owns what query.criteria points at
  std::string count;  // none, capped, exact
};
// "none" when nothing is asked; another word is an error.
Result<std::string> parse_count_mode(std::string_view text);
Result<ListCall> parse_list_call(const net::Call& call);
// If-Match: "v3"
Result<std::optional<std::int64_t>> expected_version(const net::Call& call);
// The record as it is now, with its ETag; the read is in the access log.
Result<net::Reply> record_reply(const ApiParts& parts, const access::Visit& visit,
                                const RecordType& type, RecordId id, int status);
// What a change answers: the record after it, or 412 with the record as it is now.
Result<net::Reply> saved_reply(const ApiParts& parts, const access::Visit& visit,
                               const RecordType& type, RecordId id, const Result<Saved>& saved);
void trace_read(const ApiParts& parts, const Scope& scope, std::string_view action,
                const RecordType& type, std::span<const std::int64_t> ids, std::string_view shape);

}  // namespace fokus::records
