// SPDX-License-Identifier: Apache-2.0
// Many companies of one provider, one after the other. Not for other rooms.
#pragma once
#include <functional>

#include "features/register_updates/company_update.hpp"

namespace fokus::register_updates {

// `state` is the part of the job's state that is the walk's own: "after", "cursor", "batch",
// "total" and the counts. It is kept after every company that was changed, so that a node may die
// between any two of them.
class Walk {
 public:
  struct Places {
    const RegisterUpdates& updates;
    work::Run& run;
    const access::Scope& scope;
    // The state of the whole job with this part in it.
    std::function<boost::json::object(const boost::json::object& part)> whole;
  };
  struct What {
    const Provider& provider;
    Settings settings;
    Source source;
  };
  Walk(Places places, What what, boost::json::object state);

  // All companies that the filter finds, in order of id. It and changes() end early, without an
  // error, when the job should stop. Errors: those of a look-up that will not pass.
  Status all(const std::string& filter);
  // Those that the provider's list of changes names behind the cursor, which must be there.
  Status changes();
  // Notes as the cursor where that list stood at that moment, so that changes() can go on after a
  // walk over all. Without effect when there is a cursor, or the list cannot be read.
  void mark_feed(const std::string& since);

  const boost::json::object& state() const { return state_; }

 private:
  registers::OnlineCalls::Why why(RecordId company) const;
  Result<std::vector<std::int64_t>> next_ids(const records::Node& criteria,
                                             std::int64_t after) const;
  Status each_of(const std::vector<std::string>& numbers);
  Status each(const std::vector<std::int64_t>& ids);
  Status one(RecordId id);
  Status note_failure(const Error& error);
  Status store(const Subject& before, const registers::Found* found);
  bool is_news(const Subject& subject, const registers::Found* found) const;
  void save_state(store::Transaction& tx, const boost::json::object& state) const;
  void keep();

  Places places_;
  const records::ApiParts& parts_;
  What what_;
  boost::json::object state_;
  int failures_ = 0;  // in a row
};

// {"checked", "changed", "proposed", "events", "absent", "failed", "batch"} of a walk's state.
boost::json::object counts_of(const boost::json::object& state);

// Members of a job's input or state; 0 and "" when they are not there.
std::int64_t number_in(const boost::json::object& object, std::string_view name);
std::string text_in(const boost::json::object& object, std::string_view name);

}  // namespace fokus::register_updates
