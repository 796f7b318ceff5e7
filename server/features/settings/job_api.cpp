// SPDX-License-Identifier: Apache-2.0
#include "access/handlers_of.hpp"
#include "base/json_writer.hpp"
#include "features/settings/settings.hpp"
#include "records/api.hpp"

namespace fokus::settings {
namespace {

using access::Right;
using access::Visit;
using net::Method;
using net::Reply;

void write_job(JsonWriter& json, const work::Job& job) {
  json.begin_object()
      .field("id", job.id.value)
      .field("kind", job.kind)
      .field("status", work::status_name(job.status));
  json.key("progress")
      .begin_object()
      .field("done", job.progress_done)
      .field("total", job.progress_total)
      .end_object();
  json.key("about").raw(work::render_about(job));
  json.key("result").raw(boost::json::serialize(job.result));
  json.key("error");
  job.error_code.empty() ? json.null() : json.value(job.error_code);
  json.field("attempts", job.attempts).field("created_by", job.created_by.user.value);
  json.field("created_at", render_instant(job.created_at)).end_object();
}

constexpr const char* job_answer =
    "{id!: id, kind!: text, status!: text, progress!: {done!: integer, total!: integer}, "
    "about: any, result: any, error: any, attempts: integer, created_by: integer, "
    "created_at: instant}";

class JobApi {
 public:
  explicit JobApi(const Parts& parts) : parts_(parts) {}

  Result<Reply> list(Visit& visit) const {
    const auto call = TRY(records::parse_list_call(visit.call));
    const JobId before{TRY(records::parse_before(call.query.cursor))};
    const auto limit = static_cast<std::size_t>(call.query.limit);
    auto jobs = parts_.database.read([&](store::Session& session) {
      return parts_.jobs.list(session, sees_all(visit) ? UserId{} : visit.scope.actor.user, before,
                              call.query.limit + 1);
    });
    const bool goes_on = jobs.size() > limit;
    if (goes_on) jobs.resize(limit);
    std::string body;
    JsonWriter json(body);
    json.begin_object().key("items").begin_array();
    for (const auto& job : jobs) write_job(json, job);
    json.end_array().key("next");
    goes_on ? json.value(std::to_string(jobs.back().id.value)) : json.null();
    json.end_object();
    return Reply::json(std::move(body));
  }

  Result<Reply> get(Visit& visit) const {
    const auto job =
        TRY(parts_.database.read([&](store::Session& session) { return find(session, visit); }));
    std::string body;
    JsonWriter json(body);
    write_job(json, job);
    return Reply::json(std::move(body));
  }

  Result<Reply> cancel(Visit& visit) const { return change(visit, &work::Jobs::cancel); }
  Result<Reply> pause(Visit& visit) const { return change(visit, &work::Jobs::pause); }
  Result<Reply> resume(Visit& visit) const { return change(visit, &work::Jobs::resume); }

 private:
  static bool sees_all(const Visit& visit) {
    return visit.scope.permissions().has_function(access::functions::operate);
  }

  Result<work::Job> find(store::Session& session, const Visit& visit) const {
    const auto id = records::id_of(visit);
    if (!id) return make_error(ErrorKind::not_found, "work/no_such_job");
    auto job = parts_.jobs.get(session, JobId{id->value});
    if (!job || (job->created_by.user != visit.scope.actor.user && !sees_all(visit)))
      return make_error(ErrorKind::not_found, "work/no_such_job");
    return job;
  }

  Result<Reply> change(Visit& visit, Status (work::Jobs::*step)(store::Transaction&, JobId)) const {
    TRY(parts_.database.write([&](store::Transaction& tx) -> Status {
      const auto job = TRY(find(tx, visit));
      return (parts_.jobs.*step)(tx, job.id);
    }));
    return get(visit);
  }

  Parts parts_;
};

}  // namespace

std::vector<access::Route> job_routes(const Parts& parts) {
  const auto to = access::handlers_of(std::make_shared<JobApi>(parts));
  return {
      {Method::get,
       "/api/v1/jobs",
       Right::signed_in(),
       to(&JobApi::list),
       {"Jobs, newest first",
        {.query = access::page_query,
         .answer = "{items!: [" + std::string(job_answer) + "], next!: text?}"}}},
      {Method::get,
       "/api/v1/jobs/{id}",
       Right::signed_in(),
       to(&JobApi::get),
       {"One job with its progress", {.answer = job_answer}}},
      {Method::post,
       "/api/v1/jobs/{id}/cancellation",
       Right::signed_in(),
       to(&JobApi::cancel),
       {"Cancel a job", {.answer = job_answer}}},
      {Method::post,
       "/api/v1/jobs/{id}/pause",
       Right::signed_in(),
       to(&JobApi::pause),
       {"Pause a job", {.answer = job_answer}}},
      {Method::post,
       "/api/v1/jobs/{id}/resumption",
       Right::signed_in(),
       to(&JobApi::resume),
       {"Go on with a paused job", {.answer = job_answer}}},
  };
}

}  // namespace fokus::settings
