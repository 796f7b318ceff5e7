// SPDX-License-Identifier: Apache-2.0
#include <boost/json.hpp>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "records/criteria_tree.hpp"

// What is accepted must go through its other forms unchanged; the rest must be refused in peace.
namespace {

using namespace fokus::records;

void check_text(std::string_view text) {
  const auto tree = parse_filter(text);
  if (!tree.ok()) return;
  const auto read = criteria_from_json(criteria_to_json(**tree));
  CHECK(read.ok() && equal(**tree, **read));
  const std::string rendered = render_filter(**tree);
  if (rendered.size() > limits::filter_bytes_max) return;
  const auto again = parse_filter(rendered);
  CHECK(again.ok() && equal(**tree, **again));
}

void check_json(std::string_view text) {
  boost::json::error_code fault;
  const auto json = boost::json::parse(text, fault);
  if (fault) return;
  const auto tree = criteria_from_json(json);
  if (!tree.ok()) return;
  const std::string rendered = render_filter(**tree);
  if (rendered.size() > limits::filter_bytes_max) return;
  const auto again = parse_filter(rendered);
  CHECK(again.ok() && equal(**tree, **again));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(bytes), size);
  check_text(text);
  check_json(text);
  (void)parse_sort(text).ok();
  return 0;
}
