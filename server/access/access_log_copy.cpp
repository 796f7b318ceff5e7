// SPDX-License-Identifier: Apache-2.0
#include "access/access_log_copy.hpp"

#include "access/access_journal.hpp"
#include "base/check.hpp"

namespace fokus::access {
namespace {

constexpr int copy_page_max = 1000;
constexpr int journal_wait_ms = 10'000;  // they are moved five times a second

struct Head {
  std::int64_t last = 0;
  std::string hash;
};

Head head_of(store::Session& session, const store::Statements& names) {
  auto rows = session.query(names["access.log_head"]);
  CHECK(rows->next());
  return {rows->integer(0), std::string(rows->text(1))};
}

bool has_link(store::Session& session, const store::Statements& names, const Head& head) {
  return session.query_text(names["access.log_hash_of"], {head.last}) == head.hash;
}

LogFit fit_of(store::Session& from, store::Session& to, const store::Statements& names) {
  const Head theirs = head_of(from, names), ours = head_of(to, names);
  if (theirs.last == 0) return LogFit::nothing;
  if (ours.last == 0) return LogFit::rest;
  if (theirs.last <= ours.last)
    return has_link(to, names, theirs) ? LogFit::nothing : LogFit::foreign;
  return has_link(from, names, ours) ? LogFit::rest : LogFit::foreign;
}

void copy_entry(store::Rows& rows, store::Transaction& to, const store::Statements& names) {
  std::vector<store::Value> values;
  for (int column = 0; column < rows.column_count(); ++column)
    values.push_back(rows.value(column));
  const std::vector<store::Param> params(values.begin(), values.end());
  to.execute(names["access.log_append"], params);
}

void copy_after(std::int64_t last, store::Session& from, store::Transaction& to,
                const store::Statements& names) {
  for (int count = copy_page_max; count == copy_page_max;) {
    count = 0;
    auto rows = from.query(names["access.log_walk"], {last, copy_page_max});
    for (; rows->next(); ++count) {
      copy_entry(*rows, to, names);
      last = rows->integer(0);
    }
  }
  const Head head = head_of(from, names);
  to.execute(names["access.log_set_head"], {head.last, head.hash});
}

void clear(store::Transaction& tx, const store::Statements& names) {
  tx.execute(names["access.log_clear"]);
  tx.execute(names["access.log_set_head"], {0, ""});
}

}  // namespace

LogFit compare_logs(store::Database& from, store::Database& to, const store::Statements& names) {
  return from.read([&](store::Session& theirs) {
    return to.read([&](store::Session& ours) { return fit_of(theirs, ours, names); });
  });
}

bool extend_log(store::Database& from, store::Database& to, const store::Statements& names) {
  LogFit fit = LogFit::nothing;
  to.write([&](store::Transaction& tx) {
    from.read([&](store::Session& theirs) {
      fit = fit_of(theirs, tx, names);
      if (fit == LogFit::rest) copy_after(head_of(tx, names).last, theirs, tx, names);
    });
  });
  return fit != LogFit::foreign;
}

void replace_log(store::Database& from, store::Database& to, const store::Statements& names) {
  to.write([&](store::Transaction& tx) {
    clear(tx, names);
    from.read([&](store::Session& theirs) { copy_after(0, theirs, tx, names); });
  });
}

bool wait_for_journals(const std::string& folder) {
  return AccessJournal::wait_for_others(folder, journal_wait_ms);
}

void clear_log(store::Database& database, const store::Statements& names) {
  database.write([&](store::Transaction& tx) { clear(tx, names); });
}

}  // namespace fokus::access
