// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>

#include "features/vcard/vcard.hpp"

// Persons and companies as cards, and what a program changed of one as a change of the record.
// What is masked for the viewer is not in the record, so it is not told, and not changed by a card
// that lacks it. Pure.
namespace fokus::dav {

// `type` is "person" or "company"; the record as the API answers it.
vcard::Card card_of(const boost::json::object& record, std::string_view type);

// The card with what only the program knows: properties and name parts that no field holds.
vcard::Card with_kept(vcard::Card card, const vcard::Card& kept, std::string_view type);

// The card as a program of that version reads it.
vcard::Card as_seen(const vcard::Card& card, vcard::Version version);

// Members of the record for what differs. `record` says what is masked. The company is linked by
// its uid alone (organisation_uid), and not here.
boost::json::object changes_of(const vcard::Card& before, const vcard::Card& after,
                               std::string_view type, const boost::json::object& record);

// Whether the record, as a program sees it, says all that the card says in fields.
bool is_same(const vcard::Card& record, const vcard::Card& sent, std::string_view type);

}  // namespace fokus::dav
