// SPDX-License-Identifier: Apache-2.0
// What the routes of this room answer. Not for other rooms.
#pragma once
#include "features/registers/registers.hpp"

namespace fokus::registers {

boost::json::object found_json(const Found& found);
// How the provider can be asked over the network, and whether it may be; null when it cannot.
boost::json::value online_json(const Provider& provider, const OnlineCalls* calls);

constexpr const char* found_answer =
    "{provider!: text, title: text, licence: text, obtained_on: text, entry!: object, "
    "values!: object, company: any}";
constexpr const char* company_answer =
    "{company!: id?, batch!: id?, fields!: [{field!: text, before: any, offered: any, "
    "action!: text, reason: text}]}";
constexpr const char* company_body =
    "{company: id, preview: boolean, policy: object, otherwise: text, accept: [text], "
    "values: object}";

}  // namespace fokus::registers
