// SPDX-License-Identifier: Apache-2.0
// Whatever a program sends to /dav. The first byte says what it is taken for: a calendar, which is
// the same once it is written out, or a request as XML, with its filters.
#include <cstdint>

#include "base/check.hpp"
#include "base/text.hpp"
#include "features/dav/filters.hpp"
#include "features/dav/ical.hpp"

using namespace fokus;
using namespace fokus::dav;

namespace {

void check_calendar(std::string_view text) {
  static const TimeZone zone = TimeZone::find("Europe/Copenhagen").value();
  const auto read = parse_calendar(text, zone);
  if (!read.ok()) return;
  const auto written = render_calendar(*read, zone);
  CHECK(is_clean_utf8(written));
  const auto again = parse_calendar(written, zone);
  // Zones are defined in what is written, and lines kept: it may be longer than is taken.
  if (!again.ok()) {
    CHECK(written.size() > limits::calendar_bytes_max / 8 || read->size() > 1);
    return;
  }
  CHECK(again->size() == read->size());
  if (read->size() > 1) return;  // two that fall together when the clock is put back change places
  const auto &one = read->front(), &other = again->front();
  CHECK(one.summary == other.summary && one.due_on == other.due_on && one.rule == other.rule);
  CHECK(one.status == other.status && one.reminder_minutes == other.reminder_minutes);
}

void check_request(std::string_view text) {
  const auto request = parse_xml(text);
  if (!request.ok()) return;
  CHECK(parse_xml(xml_document(ns_dav, "multistatus", xml_element(request->name))).ok());
  (void)parse_calendar_filter(*request).ok();
  const auto filter = parse_book_filter(*request);
  if (filter.ok()) (void)fits("BEGIN:VCARD\r\nFN:Anna\r\nTEL:12\r\nEND:VCARD\r\n", *filter);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(bytes + 1), size - 1);
  bytes[0] % 2 == 0 ? check_calendar(text) : check_request(text);
  return 0;
}
