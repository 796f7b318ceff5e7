// SPDX-License-Identifier: Apache-2.0
#include "app/housekeeping.hpp"

#include "records/event_feed.hpp"
#include "records/search_index_keeper.hpp"
#include "store/statistics.hpp"

namespace fokus::app {
namespace {

constexpr int bin_step = 200;  // records removed per transaction

std::int64_t empty_bin(House& house, work::Run& run) {
  const auto dictionary = house.dictionary.current();
  const Instant before = house.clock.now().plus_ms(-dictionary->installation.bin_days * ms_per_day);
  std::int64_t removed = 0;
  for (const auto& [name, type] : dictionary->types) {
    if (type.system) continue;  // users and groups stay in the history of what they did
    std::int64_t step = bin_step;
    while (step == bin_step && !run.should_stop()) {
      step = house.database
                 ->write([&](store::Transaction& tx) -> Result<std::int64_t> {
                   const auto n = house.records->remove_archived_before(tx, type, before, bin_step);
                   // A run that ends here is taken up again, and purges.
                   if (n > 0) run.save_state(tx, {{"purge", true}}, removed + n, 0);
                   return n;
                 })
                 .value();
      removed += step;
    }
  }
  return removed;
}

// No word of what was removed stays in the search.
void purge(House& house, work::Run& run) {
  const auto should_stop = [&] { return run.should_stop(); };
  house.records->purge_search_words(*house.database, should_stop);
  records::purge_search_index(*house.database, should_stop);
}

}  // namespace

void add_housekeeping(House& house) {
  house.jobs->add_kind("housekeeping", [&house](work::Run& run) -> Result<boost::json::object> {
    const std::int64_t removed = empty_bin(house, run);
    if (removed > 0 || run.job().state.contains("purge")) purge(house, run);
    house.database->write([&](store::Transaction& tx) {
      tx.execute((*house.statements)["records.remove_events_before"],
                 {house.clock.now().plus_ms(-records::limits::feed_keep_ms)});
    });
    store::refresh_statistics(*house.database);
    house.sign_in->remove_old();
    house.idempotency->remove_old();
    house.egress_log->remove_old();
    return boost::json::object{{"removed", removed}};
  });
  house.jobs->add_schedule("housekeeping", ms_per_hour);
}

}  // namespace fokus::app
