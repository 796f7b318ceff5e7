// SPDX-License-Identifier: Apache-2.0
// The jobs behind registers: a load moves in chunks that are stored together with their position,
// so that a node may die between any two of them.
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>

#include "base/text.hpp"
#include "features/registers/load_pipeline.hpp"
#include "features/registers/register_index.hpp"
#include "features/registers/registers.hpp"
#include "platform/random.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;
namespace fs = std::filesystem;
using access::Scope;
using Steady = std::chrono::steady_clock;

constexpr std::int64_t removal_every_ms = 6 * ms_per_hour;
constexpr auto progress_every = std::chrono::milliseconds(500);
constexpr std::size_t name_bytes_max = 200;

std::int64_t number(const json::object& object, const char* name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

Status check_may_administer(const Scope& scope) {
  const bool may = scope.actor.kind == access::ActorKind::system ||
                   scope.permissions().has_function(access::functions::administer);
  if (!may) return make_error(ErrorKind::forbidden, "access/forbidden");
  return {};
}

Status keep_copy(const std::string& from, const std::string& to, bool is_temporary) {
  std::error_code ec;
  if (is_temporary) {
    fs::create_hard_link(from, to, ec);
    if (!ec) return {};
    ec.clear();
  }
  fs::copy_file(from, to, ec);
  if (ec) return make_error(ErrorKind::unavailable, "registers/not_stored");
  return {};
}

// What the file is read with. The reader keeps a reference to the source.
struct OpenFile {
  std::unique_ptr<Unpacked> source;
  std::unique_ptr<RowReader> rows;
};

Result<OpenFile> open_file(const Provider& provider, const std::string& path, Position from) {
  OpenFile out;
  out.source = TRY(open_unpacked(path));
  out.rows = TRY(RowReader::open(provider, *out.source, from));
  return out;
}

}  // namespace

std::vector<EmbeddedFile> register_migrations(std::span<const EmbeddedFile> all) {
  std::vector<EmbeddedFile> out;
  for (const auto& file : all)
    if (file.path.starts_with("features/registers/migrations/") && file.path.ends_with(".sql"))
      out.push_back(file);
  return out;
}

Registers::Registers(const records::ApiParts& parts, Places places)
    : parts_(parts), places_(std::move(places)), store_(parts.statements) {
  ::mkdir(places_.folder.c_str(), 0700);
  if (places_.outbound) online_.emplace(*places_.outbound);
}

Result<Registers::Started> Registers::load_later(const Scope& scope, const Upload& upload) {
  TRY(check_may_administer(scope));
  const auto* provider = find_provider(upload.provider);
  if (!provider) return make_error(ErrorKind::not_found, "registers/not_found");
  if (!provider->has_bulk) return make_error(ErrorKind::conflict, "registers/no_file");
  const Instant now = parts_.clock.now();
  Load load;
  load.provider = provider->name;
  load.name = is_clean_utf8(upload.name) ? cut_utf8(upload.name, name_bytes_max) : "";
  load.obtained_on =
      upload.obtained_on.empty() ? render_instant(now).substr(0, 10) : upload.obtained_on;
  if (!parse_date(load.obtained_on)) return field_error("registers/invalid", "date", "not_a_date");
  TRY(open_file(*provider, upload.path, {}));  // a wrong file is refused at once
  load.created_by = scope.actor.user;
  load.created_at = now;
  load.file = SystemRandom().hex(16);
  std::error_code ec;
  load.size_bytes = static_cast<std::int64_t>(fs::file_size(upload.path, ec));
  TRY(keep_copy(upload.path, path_of(load), upload.is_temporary));
  const auto made = places_.database.write([&](store::Transaction& tx) -> Result<LoadId> {
    for (auto& other : store_.list_with_status(tx, LoadStatus::loading))
      if (other.provider == load.provider)
        return make_error(ErrorKind::conflict, "registers/loading");
    load.id = store_.create(tx, load);
    RegisterIndex(load.id).begin(tx);
    return load.id;
  });
  if (!made) {
    ::unlink(path_of(load).c_str());
    return made.error();
  }
  const auto job = parts_.database.write([&](store::Transaction& tx) -> Result<JobId> {
    return parts_.jobs.create(tx, "register_load", access::author_of(scope.actor),
                              {{"load", made->value}, {"type", "register"}}, now);
  });
  places_.database.write([&](store::Transaction& tx) { store_.set_job(tx, *made, *job); });
  return Started{*made, *job};
}

Status Registers::remove(const Scope& scope, std::string_view provider) {
  TRY(check_may_administer(scope));
  const auto load = current_load(provider);
  if (!load) return make_error(ErrorKind::not_found, "registers/not_found");
  places_.database.write([&](store::Transaction& tx) { store_.retire(tx, load->id); });
  remove_later();
  return {};
}

void Registers::remove_later() {
  parts_.database.write([&](store::Transaction& tx) {
    parts_.jobs.create(tx, "register_removal", UserId{}, {}, parts_.clock.now());
  });
}

std::vector<Load> Registers::list_loads(std::string_view provider, int limit, LoadId before) const {
  auto all = places_.database.read(
      [&](store::Session& session) { return store_.list(session, provider, limit, before); });
  for (auto& load : all) settle(load);
  return all;
}

std::optional<Load> Registers::find_load(LoadId id) const {
  auto load =
      places_.database.read([&](store::Session& session) { return store_.find(session, id); });
  if (load) settle(*load);
  return load;
}

std::optional<Load> Registers::current_load(std::string_view provider) const {
  for (auto& load : places_.database.read([&](store::Session& session) {
         return store_.list_with_status(session, LoadStatus::ready);
       }))
    if (load.provider == provider) return std::move(load);
  return std::nullopt;
}

// The job may have been cancelled, or have ended without a word: then the load is not under way.
// The row says so as well, or no other file of the provider could ever be loaded.
void Registers::settle(Load& load) const {
  if (load.status != LoadStatus::loading || !load.job) return;
  const auto job =
      parts_.database.read([&](store::Session& s) { return parts_.jobs.get(s, load.job); });
  const bool ended = !job.ok() || job->status == work::JobStatus::failed ||
                     job->status == work::JobStatus::cancelled;
  if (!ended) return;
  load.status = LoadStatus::failed;
  load.error = job.ok() && !job->error_code.empty() ? job->error_code : "registers/cancelled";
  ::unlink(path_of(load).c_str());
  places_.database.write(
      [&](store::Transaction& tx) { store_.fail(tx, load.id, load.error, parts_.clock.now()); });
}

void Registers::add_jobs() {
  parts_.jobs.add_kind("register_load", [this](work::Run& run) { return run_load(run); });
  parts_.jobs.add_kind("register_removal", [this](work::Run& run) { return run_removal(run); });
  parts_.jobs.add_schedule("register_removal", removal_every_ms);
}

Result<Registers::Object> Registers::run_load(work::Run& run) {
  const LoadId id{number(run.job().input, "load")};
  auto load =
      places_.database.read([&](store::Session& session) { return store_.find(session, id); });
  if (!load) return make_error(ErrorKind::not_found, "registers/not_found");
  if (load->status != LoadStatus::loading) return Object{{"rows", load->rows}};  // ended before
  auto outcome = load_file(run, *load);
  if (outcome.ok() || outcome.error().kind == ErrorKind::unavailable) return outcome;
  const std::string code = outcome.error().code;
  ::unlink(path_of(*load).c_str());
  places_.database.write(
      [&](store::Transaction& tx) { store_.fail(tx, id, code, parts_.clock.now()); });
  remove_later();
  return outcome;
}

Result<Registers::Object> Registers::load_file(work::Run& run, Load& load) {
  const auto* provider = find_provider(load.provider);
  if (!provider) return make_error(ErrorKind::not_found, "registers/not_found");
  auto file = TRY(open_file(*provider, path_of(load), load.next));
  auto told_at = Steady::now();
  {
    ChunkProducer chunks(*provider, load.id, *file.source, *file.rows, limits::rows_per_chunk);
    while (const auto chunk = chunks.next()) {
      if (run.should_stop()) return Object();
      const std::int64_t stood_at = load.next.row;
      load.next = chunk->next;
      load.rows += static_cast<std::int64_t>(chunk->entries.size());
      load.bad_rows += static_cast<std::int64_t>(chunk->problems.size());
      for (const auto& [reason, row] : chunk->problems) load.problems.add(reason, row);
      TRY(places_.database.write([&](store::Transaction& tx) -> Status {
        if (!store_.advance(tx, load, stood_at))
          return make_error(ErrorKind::conflict, "registers/taken_over");
        store_.add(tx, load.id, chunk->entries);
        return {};
      }));
      if (Steady::now() - told_at < progress_every) continue;
      told_at = Steady::now();
      const std::int64_t total = chunk->progress > 0 ? load.rows * 1000 / chunk->progress : 0;
      parts_.database.write(
          [&](store::Transaction& tx) { run.save_state(tx, {}, load.rows, total); });
    }
  }
  if (file.source->is_damaged()) return make_error(ErrorKind::invalid, "registers/damaged_file");
  if (load.rows == 0) return make_error(ErrorKind::invalid, "registers/no_entries");
  finish_load(run, load);
  return Object{
      {"rows", load.rows}, {"bad_rows", load.bad_rows}, {"problems", load.problems.to_json()}};
}

// Each step may be done again by a node that goes on after a crash.
void Registers::finish_load(work::Run& run, Load& load) {
  const RegisterIndex index(load.id);
  places_.database.write([&](store::Transaction& tx) { index.index_numbers(tx); });
  for (bool again = true; again;) {
    const Load before = load;
    places_.database.write([&](store::Transaction& tx) {
      load = before;  // the transaction may run twice
      again = store_.remove_duplicates(tx, load) > 0;
    });
  }
  places_.database.write([&](store::Transaction& tx) { index.index_names(tx); });
  parts_.database.write(
      [&](store::Transaction& tx) { run.save_state(tx, {}, load.rows, load.rows); });
  places_.database.write(
      [&](store::Transaction& tx) { store_.publish(tx, load, parts_.clock.now()); });
  ::unlink(path_of(load).c_str());
  remove_later();
}

// Takes out what is no longer read, some entries at a time, so that nobody waits for it.
Result<Registers::Object> Registers::run_removal(work::Run& run) {
  std::int64_t removed = 0;
  for (const LoadStatus status : {LoadStatus::retired, LoadStatus::failed}) {
    const auto loads = places_.database.read(
        [&](store::Session& session) { return store_.list_with_status(session, status); });
    for (const auto& load : loads) {
      places_.database.write([&](store::Transaction& tx) { RegisterIndex(load.id).drop(tx); });
      for (bool more = true; more;) {
        if (run.should_stop()) return Object();
        places_.database.write(
            [&](store::Transaction& tx) { more = store_.remove_some(tx, load.id); });
      }
      if (status == LoadStatus::failed) continue;
      places_.database.write([&](store::Transaction& tx) { store_.mark_removed(tx, load.id); });
      ++removed;
    }
  }
  return Object{{"removed", removed}};
}

}  // namespace fokus::registers
