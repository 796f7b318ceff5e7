// SPDX-License-Identifier: Apache-2.0
// What keeps the file folder and its rows together: nothing is kept that nobody refers to, and
// what somebody refers to is there.
#include <fmt/format.h>

#include "records/files.hpp"

namespace fokus::records {
namespace {

constexpr std::int64_t sweep_every_ms = ms_per_hour;
constexpr int step_rows = 200;
constexpr int verify_rows = 1000;

struct Named {
  std::int64_t id;
  std::string token;
  bool in_use = false;
};

std::vector<Named> read_named(store::Session& session, std::string_view sql,
                              std::initializer_list<store::Param> params) {
  auto rows = session.query(sql, params);
  std::vector<Named> out;
  while (rows->next())
    out.push_back({rows->integer(0), std::string(rows->text(1)),
                   rows->column_count() > 2 && rows->boolean(2)});
  return out;
}

}  // namespace

void Files::add_jobs() {
  parts_.jobs.add_kind("file_sweep", [this](work::Run& run) -> Result<boost::json::object> {
    return boost::json::object{{"removed", sweep([&] { return run.should_stop(); })}};
  });
  parts_.jobs.add_schedule("file_sweep", sweep_every_ms);
}

std::int64_t Files::sweep(const std::function<bool()>& stop) {
  forget_waiting(stop);
  return remove_released(stop) + remove_strays(stop);
}

// Uploads that no record took in within a day.
std::int64_t Files::forget_waiting(const std::function<bool()>& stop) {
  const auto& sql = parts_.statements;
  const Instant before = parts_.clock.now().plus_ms(-limits::keep_waiting_ms);
  std::int64_t forgotten = 0;
  for (std::int64_t step = step_rows; step == step_rows && !stop();) {
    parts_.database.write([&](store::Transaction& tx) {
      const auto old = read_named(tx, sql["records.list_forgotten_files"], {before, step_rows});
      step = static_cast<std::int64_t>(old.size());
      for (const auto& one : old)
        // A record may take it in at this very moment: then its row stays, and so do the bytes.
        if (tx.execute(sql["records.remove_forgotten_file"], {one.id}) == 1)
          tx.execute(sql["records.queue_file_removal"], {one.token, parts_.clock.now()});
    });
    forgotten += step;
  }
  return forgotten;
}

// A name that no row has any more gets none again: rows take names from rows only, and hold them.
std::int64_t Files::remove_released(const std::function<bool()>& stop) {
  const auto& sql = parts_.statements;
  std::int64_t removed = 0, after = 0;
  for (std::size_t step = step_rows; step == step_rows && !stop();) {
    const auto queued = parts_.database.read([&](store::Session& session) {
      return read_named(session, sql["records.list_file_removals"], {after, step_rows});
    });
    for (const auto& one : queued)
      if (!one.in_use) removed += store_.remove(one.token);
    parts_.database.write([&](store::Transaction& tx) {
      for (const auto& one : queued) tx.execute(sql["records.remove_file_removal"], {one.id});
    });
    step = queued.size();
    if (!queued.empty()) after = queued.back().id;
  }
  return removed;
}

// Bytes without a row. They are given time, because after a restore of an older database the newer
// files are strays until somebody has seen that it was the wrong backup.
std::int64_t Files::remove_strays(const std::function<bool()>& stop) {
  const Instant before = parts_.clock.now().plus_ms(-limits::keep_stray_ms);
  std::int64_t removed = 0;
  for (const auto& name : store_.list_older(before)) {
    if (stop()) break;
    const bool named = parts_.database.read([&](store::Session& session) {
      return session.query_integer(parts_.statements["records.has_file_token"], {name}) != 0;
    });
    if (!named) removed += store_.remove(name);
  }
  return removed;
}

std::vector<std::string> Files::verify(bool full) const {
  std::vector<std::string> out;
  struct Row {
    std::int64_t id;
    StoredFile expected;
  };
  std::int64_t after = 0;
  for (std::size_t step = verify_rows; step == verify_rows;) {
    const auto rows = parts_.database.read([&](store::Session& session) {
      auto found =
          session.query(parts_.statements["records.list_files_after"], {after, verify_rows});
      std::vector<Row> all;
      while (found->next())
        all.push_back(
            {found->integer(0),
             {std::string(found->text(1)), std::string(found->text(2)), found->integer(3)}});
      return all;
    });
    for (const auto& row : rows)
      if (const auto wrong = store_.check(row.expected, full); !wrong.empty())
        out.push_back(fmt::format("file {}: {}", row.id, wrong));
    step = rows.size();
    if (!rows.empty()) after = rows.back().id;
  }
  parts_.database.read([&](store::Session& session) {
    auto lost = session.query(parts_.statements["records.versions_without_file"]);
    while (lost->next())
      out.push_back(fmt::format("{} {}: version {} has no file", lost->text(0), lost->integer(1),
                                lost->integer(2)));
  });
  return out;
}

}  // namespace fokus::records
