// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <string_view>

#include "features/sales_guide/guide.hpp"

namespace fokus::sales_guide {

struct Stored {
  std::int64_t version = 0;  // 0: never changed
  bool is_shipped = true;
  Guide guide;
};

// What became of a suggestion for one sale. `created`: an activity was made of it.
enum class State { open, done, skipped, created };
std::optional<State> find_state(std::string_view word);

// The guide, and how far each sale came in it. Thread-safe.
class SalesGuide {
 public:
  explicit SalesGuide(const records::ApiParts& parts) : parts_(parts) {}

  Stored find(store::Session& session) const;
  // Nothing: back to what comes with the program. Tells open pages. Errors: "records/stale" with
  // current_version; those of check_guide().
  Status save(store::Transaction& tx, const access::Scope& scope, const std::optional<Guide>& guide,
              std::optional<std::int64_t> expected) const;

  // The guide with what became of each suggestion: {"stage", "may_change", "stages": […]}. The
  // activities that were made are named as far as the viewer may see them. Errors:
  // "records/not_found".
  Result<boost::json::object> of_sale(store::Session& session, const access::Scope& scope,
                                      RecordId sale) const;
  // Says what became of a suggestion. `created` makes the activity, once: while it is there, saying
  // so again changes nothing; `open` forgets it and leaves it where it is. Whoever may change the
  // sale may. Errors: "records/not_found", "records/forbidden", "sales_guide/no_such_suggestion",
  // those of Records::create().
  Status set_state(store::Transaction& tx, const access::Scope& scope, RecordId sale,
                   std::string_view suggestion, State state) const;
  // For records::Records::set_record_watch, of what goes for good.
  void forget_record(store::Transaction& tx, const records::RecordType& type, RecordId id) const;

  const records::ApiParts& parts() const { return parts_; }

 private:
  Result<RecordId> create_activity(store::Transaction& tx, const access::Scope& scope,
                                   RecordId sale, const Suggestion& suggestion) const;

  records::ApiParts parts_;
};

std::vector<access::Route> sales_guide_routes(const SalesGuide& guide);

}  // namespace fokus::sales_guide
