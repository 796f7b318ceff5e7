// SPDX-License-Identifier: Apache-2.0
// Whatever the body of a call: its members are refused or clean and within their limits, a role
// that is accepted says the same once it is written out, and what the writer writes can be read.
#include <cstddef>
#include <cstdint>

#include "access/json_body.hpp"
#include "access/permissions.hpp"
#include "base/check.hpp"
#include "base/json_writer.hpp"
#include "base/text.hpp"

using namespace fokus::access;
namespace json = boost::json;

namespace {

constexpr std::size_t text_max = 20;

void check_members(const json::object& body) {
  for (const auto& [name, value] : body) {
    const auto text = maybe_text(body, name, text_max);
    if (text.ok() && *text)
      CHECK(fokus::is_clean_utf8(**text) && fokus::count_code_points(**text) <= text_max);
    const auto required = required_text(body, name, text_max);
    CHECK(!required.ok() || !required->empty());
    if (const auto ids = required_ids(body, name); ids.ok())
      for (const auto id : *ids) CHECK(id > 0);
  }
}

void check_role(const json::object& body) {
  const auto role = parse_role(body);
  if (!role.ok()) return;
  const auto rendered = render_permissions(*role);
  const auto again = parse_role(rendered);
  CHECK(again.ok() && render_permissions(*again) == rendered);
}

void check_writer(std::string_view text) {
  if (!fokus::is_clean_utf8(text)) return;
  std::string out;
  fokus::append_json_string(out, text);
  json::error_code fault;
  const auto read = json::parse(out, fault);
  CHECK(!fault && read.is_string() && std::string_view(read.get_string()) == text);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  fokus::net::Call call;
  call.body.assign(reinterpret_cast<const char*>(bytes), size);
  check_writer(call.body);
  const auto body = parse_body(call);
  if (!body.ok()) return 0;
  check_members(*body);
  check_role(*body);
  return 0;
}
