// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "features/vcard/vcard.hpp"

namespace fokus::imports {

// What a card says, as the columns of a table. The names are words that guess_columns() knows; the
// last four hold all points of a kind with their labels, as an export writes them.
constexpr std::array<std::string_view, 22> card_columns = {"First name",
                                                           "Last name",
                                                           "Company",
                                                           "Department",
                                                           "Job title",
                                                           "Phone",
                                                           "Mobile",
                                                           "Fax",
                                                           "E-mail",
                                                           "Website",
                                                           "Street",
                                                           "Postcode",
                                                           "City",
                                                           "Region",
                                                           "Country",
                                                           "Date of birth",
                                                           "Language",
                                                           "Note",
                                                           "contact_points.phone",
                                                           "contact_points.email",
                                                           "contact_points.url",
                                                           "contact_points.address"};
using CardCells = std::array<std::string, card_columns.size()>;

// The cells in the order of card_columns; those of kinds of points are filled only where the card
// has more of them than the columns before show. A card of a company names it under "Company".
CardCells cells_of_card(const vcard::Card& card);

}  // namespace fokus::imports
