// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>

#include "features/register_updates/register_updates.hpp"

namespace fokus::register_updates {

// Which proposals. Empty and 0 do not narrow.
struct ProposalFilter {
  std::string state, field, provider;
  std::int64_t owner = 0, company = 0;
  std::vector<std::int64_t> ids;
};
// {"field", "provider", "owner": id or "me"}. Errors: "register_updates/invalid".
Result<ProposalFilter> parse_proposal_filter(const boost::json::object& input,
                                             const access::Scope& scope);

// Of companies that the viewer may do this to, without fields that are masked for the viewer;
// newest first, with ids below `before`, as the API shows them.
boost::json::array list_proposals(const RegisterUpdates& updates, store::Session& session,
                                  const access::Scope& scope, access::Action action,
                                  const ProposalFilter& filter, std::int64_t before, int limit);
// How many; at most `counted_max`.
std::int64_t count_proposals(const RegisterUpdates& updates, store::Session& session,
                             const access::Scope& scope, access::Action action,
                             const ProposalFilter& filter);
// {value of the column: count}; column: "field" or "provider".
std::vector<std::pair<std::string, std::int64_t>> count_by(const RegisterUpdates& updates,
                                                           store::Session& session,
                                                           const access::Scope& scope,
                                                           const ProposalFilter& filter,
                                                           std::string_view column);

struct Accepted {
  BatchId batch;
  std::int64_t version = 0;  // of the company
};
// Stores the value with the register as its source. Batch 0: one is made. Errors:
// "records/not_found" (also for what the actor may not see), "register_updates/decided",
// "register_updates/given_by_person", "register_updates/moved" (call close_moved() then), and those
// of a save.
Result<Accepted> accept_proposal(const RegisterUpdates& updates, store::Transaction& tx,
                                 const access::Scope& scope, std::int64_t id, BatchId batch);
// The company's value is another one by now: the proposal is gone.
void close_moved(const RegisterUpdates& updates, store::Transaction& tx, std::int64_t id);
// Errors: "records/not_found", "register_updates/decided", "records/forbidden".
Status reject_proposal(const RegisterUpdates& updates, store::Transaction& tx,
                       const access::Scope& scope, std::int64_t id);
// A rejected one is open again, unless another one of the field is.
Status reopen_proposal(const RegisterUpdates& updates, store::Transaction& tx,
                       const access::Scope& scope, std::int64_t id);
// The provider and the field of a proposal that the viewer sees.
struct ProposalPlace {
  const Provider* provider = nullptr;
  std::string field;
};
Result<ProposalPlace> place_of_proposal(const RegisterUpdates& updates, store::Session& session,
                                        const access::Scope& scope, std::int64_t id);

struct Decision {
  bool accepts = false;
  ProposalFilter filter;  // of open ones
};
struct DecisionJob {
  JobId job;
  BatchId batch;  // 0: nothing is accepted
};
Result<DecisionJob> decide_later(const RegisterUpdates& updates, const access::Scope& scope,
                                 const Decision& decision);
// The body of its job.
Result<boost::json::object> run_decision(const RegisterUpdates& updates, work::Run& run);

}  // namespace fokus::register_updates
