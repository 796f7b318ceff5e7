// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>

#include "features/dav/ical.hpp"
#include "features/diary/diary.hpp"

// Activities as components of a calendar, and what a program changed of one as a change of the
// record. Pure.
namespace fokus::dav {

// An activity as the API answers it. Its UID, attendees and kept lines are not its own.
Component component_of(const boost::json::object& record);
// Of what the viewer is invited to and may not read.
Component component_of(const diary::Appointment& appointment);

// Members of the record for what differs; `zone` is that of whoever writes. Not what is left out
// of a series.
boost::json::object changes_of(const Component& before, const Component& after,
                               const TimeZone& zone);

// The component as a program sees it: written and read again, without what it does not show.
Component as_seen(const Component& component, const TimeZone& zone);

}  // namespace fokus::dav
