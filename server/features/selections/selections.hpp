// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "records/api.hpp"

namespace fokus::selections {

using SelectionId = Id<struct SelectionTag>;

// A named set of records of one type: hand-kept, by criteria, or made of two others.
struct Selection {
  SelectionId id;
  std::int64_t version = 0;
  std::string name, record_type;
  std::string kind;  // static, dynamic, combined
  std::string description, category;
  UserId owner;
  std::string owner_name;
  std::string visible_for = "me";  // me, groups, everyone
  std::vector<std::int64_t> groups;
  bool completed = false;
  std::string filter;     // dynamic
  std::string operation;  // combined: only_first, only_second, both, either_not_both, any
  SelectionId first, second;
  bool keeps_history = false;
  std::int64_t retention_days = 0;
  Instant created_at, updated_at;
};

namespace limits {
constexpr int list_max = 500;
constexpr int nesting_max = 10;       // selections made of selections
constexpr int member_step = 2'000;    // members per transaction
constexpr int members_max = 500'000;  // of a hand-kept selection, added in one call
constexpr std::int64_t history_members_max = 200'000;  // beyond it past members are not kept
constexpr std::int64_t follow_ups_max = 5'000;         // made at once
constexpr std::int64_t retention_days_max = 36'500;
constexpr std::size_t users_max = 200;      // told of one selection
constexpr int record_selections_max = 100;  // that are asked about one record
constexpr std::size_t name_max = 200, text_max = 2'000, ids_max = 10'000;
}  // namespace limits

// Selections within what the viewer may see. A selection that is absent and one that is not visible
// are the same answer, "selections/not_found". Thread-safe.
class Selections {
 public:
  explicit Selections(const records::ApiParts& parts) : parts_(parts) {}

  Result<Selection> get(store::Session& session, const access::Scope& scope, SelectionId id) const;
  // By name, completed ones last. Empty texts ask for any.
  struct Wanted {
    std::string_view type, kind, q;
    SelectionId after;  // the last one of the page before; 0: from the beginning
    int limit = limits::list_max;
  };
  std::vector<Selection> list(store::Session& session, const access::Scope& scope,
                              const Wanted& wanted) const;
  bool is_editable(const access::Scope& scope, const Selection& selection) const;

  // Reads members of `input` into `selection`. Errors: "selections/invalid" with the field and
  // unknown, no_such_record, required, wrong_type, too_deep; those of criteria and of
  // check_cycle().
  Status apply(store::Session& session, const access::Scope& scope, Selection& selection,
               const boost::json::object& input) const;
  Result<SelectionId> create(store::Transaction& tx, const access::Scope& scope,
                             const Selection& selection) const;
  // What apply() has made of a selection read before. Errors: "selections/stale" when another
  // version is there by now, "selections/not_found", and those of check_cycle(), which is asked
  // where no other change can come between.
  Status save_change(store::Transaction& tx, const access::Scope& scope,
                     const Selection& selection) const;
  // Before it is looked whether others are made of a selection that is to go.
  void lock_structure(store::Transaction& tx) const;

  // Whether it would be made of itself, by criteria or by combining, directly or through others:
  // "selections/cycle" with the field `filter` or `combine`. Asked again by save_change(), since
  // two changes may close a circle together.
  Status check_cycle(store::Session& session, const Selection& selection) const;

  // What in_selection(id) stands for: criteria, or the kept members themselves.
  Result<records::NodePtr> meaning(store::Session& session, const access::Scope& scope,
                                   const records::RecordType& type, std::int64_t id) const;

  // Adds or removes what `criteria` finds among what the actor may read, in steps of one
  // transaction each; returns how many changed.
  Result<std::int64_t> change_members(const access::Scope& scope, const Selection& selection,
                                      const records::Node& criteria, bool adding) const;

  // One transaction's part of it. after 0: finished.
  struct Change {
    bool adding = true;
    std::int64_t after = 0;
    BatchId batch;  // 0: of no change set
  };
  struct Step {
    std::int64_t changed = 0, after = 0;
  };
  Result<Step> change_step(store::Transaction& tx, const access::Scope& scope,
                           const Selection& selection, const records::Node& criteria,
                           const Change& change) const;

  // The record has left the database for good, and with it what says that it was a member.
  void forget_record(store::Transaction& tx, const records::RecordType& type, RecordId id) const;

  // Other selections that are made of this one, or whose criteria name it.
  std::vector<SelectionId> users_of(store::Session& session, SelectionId id) const;

  const records::ApiParts& parts() const { return parts_; }

 private:
  bool is_visible(const access::Scope& scope, const Selection& selection) const;
  void update(store::Transaction& tx, const Selection& selection) const;
  Status apply_sharing(store::Session& session, Selection& selection,
                       const boost::json::object& input) const;
  Status apply_content(store::Session& session, const access::Scope& scope, Selection& selection,
                       const boost::json::object& input) const;

  records::ApiParts parts_;
};

std::vector<access::Route> selection_routes(const Selections& selections);
// Job bodies and the nightly upkeep; before jobs.start(). `selections` outlives the jobs.
void add_selection_jobs(const Selections& selections);

// Records with these numbers; both conditions, of which the first may be absent.
records::NodePtr ids_node(const std::vector<std::int64_t>& ids);
records::NodePtr both(records::NodePtr a, records::NodePtr b);
// Which records a call names: {ids: […]}, {filter: "…"}, {criteria: {…}} or {selection: 17}.
Result<records::NodePtr> parse_chosen(const boost::json::object& input);
// in_selection(id) as a tree.
records::NodePtr selection_node(std::int64_t id);

}  // namespace fokus::selections
