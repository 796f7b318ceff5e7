// SPDX-License-Identifier: Apache-2.0
// What the API files of this room share. Not for other rooms.
#pragma once
#include <boost/json.hpp>
#include <string>

#include "features/selections/selections.hpp"

namespace fokus::selections {

// "selections/invalid" with a field and why.
Error invalid(std::string_view field, std::string_view code);
// A member that is text, or nothing.
std::string text_of(const boost::json::object& o, std::string_view key);
std::int64_t integer_of(const boost::json::object& o, std::string_view key);
// The same of what a call says: refused when it is something else. Errors: not_text, invalid_text.
Result<std::string> said_text(const boost::json::object& input, std::string_view key);
// Whether only a preview is wanted: what is no plain yes or no must not start the work. Error:
// not_yes_or_no.
Result<bool> is_preview(const boost::json::object& input);

// What lists and answers say of a selection, without its count.
boost::json::object head_of(const Selections& selections, const access::Scope& scope,
                            const Selection& s);

// A number in a path that names none is one that is not there.
Result<SelectionId> selection_id_of(const access::Visit& visit);
// The type of the selection's records, which the viewer may read.
Result<const records::RecordType*> type_of(const records::Dictionary& dictionary,
                                           const access::Scope& scope, const Selection& s);
// The selection, if the viewer may change it; else "selections/forbidden".
Result<Selection> get_editable(const Selections& selections, store::Session& session,
                               const access::Scope& scope, SelectionId id);
Result<Selection> get_editable(const Selections& selections, const access::Scope& scope,
                               SelectionId id);

// Who a job runs as: the user who made it, with the rights of now.
Result<access::Scope> job_scope(const records::ApiParts& parts, const work::Job& job,
                                std::string route);
// 202 {"job": 7, "batch": 3}
net::Reply accepted(JobId job, BatchId batch);
// The records behind criteria, as {id, name}; the read is traced.
Result<boost::json::array> sample_of(const records::ApiParts& parts, const access::Scope& scope,
                                     const records::RecordType& type,
                                     const records::Node& criteria);
Result<std::int64_t> count_of(const records::ApiParts& parts, store::Session& session,
                              const access::Scope& scope, const records::RecordType& type,
                              const records::Node& criteria);

// The other route tables and jobs of this room.
std::vector<access::Route> reason_routes(const Selections& selections);
std::vector<access::Route> member_change_routes(const Selections& selections);
std::vector<access::Route> follow_up_routes(const Selections& selections);
std::vector<access::Route> snapshot_routes(const Selections& selections);
void add_member_jobs(const Selections& selections);
void add_follow_up_job(const Selections& selections);
void add_upkeep_jobs(const Selections& selections);

}  // namespace fokus::selections
