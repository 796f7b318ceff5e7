// SPDX-License-Identifier: Apache-2.0
// Whichever records a call names: refused, or a tree of criteria that has its JSON form.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "features/selections/selection_calls.hpp"
#include "records/criteria_tree.hpp"

using namespace fokus::selections;
namespace json = boost::json;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  json::error_code fault;
  const auto input = json::parse({reinterpret_cast<const char*>(bytes), size}, fault);
  if (fault || !input.is_object()) return 0;
  const auto& body = input.get_object();
  for (const auto& [name, value] : body) {
    (void)text_of(body, name);
    (void)integer_of(body, name);
  }
  (void)is_preview(body).ok();
  (void)said_text(body, "filter").ok();
  const auto tree = parse_chosen(body);
  if (!tree.ok()) return 0;
  const auto again = fokus::records::criteria_from_json(fokus::records::criteria_to_json(**tree));
  CHECK(again.ok() && fokus::records::equal(**tree, **again));
  return 0;
}
