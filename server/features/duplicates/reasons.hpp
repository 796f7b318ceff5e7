// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string_view>

#include "features/duplicates/duplicates.hpp"

namespace fokus::duplicates {

// What the answers about one pair are written with.
struct Sides {
  const Subject& mine;
  const Subject& theirs;
  const boost::json::object& theirs_record;  // as the viewer reads it; names behind links
};

// [{"kind", "field", "text", "mine", "theirs", "points"}], the weightiest first. `language` as in
// Actor; English when a text is missing.
boost::json::array reasons_json(const Matcher& matcher, const records::RecordType& type,
                                const Match& match, const Sides& sides, std::string_view language);

// The record as the actor may read it, empty when it may not be; with its access rights, without a
// trace: the caller keeps that.
boost::json::object read_record(const records::ApiParts& parts, store::Session& session,
                                const access::Scope& scope, const records::RecordType& type,
                                std::int64_t id);
// The fields of it that a list shows, and what is compared.
boost::json::object card_of(const Matcher& matcher, const records::RecordType& type,
                            const boost::json::object& record);
std::string text_in(const boost::json::object& object, std::string_view key);

}  // namespace fokus::duplicates
