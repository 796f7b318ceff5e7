// SPDX-License-Identifier: Apache-2.0
// What callers describe as JSON: numbers they ask for, record types and fields they make. Whatever
// it is, it is refused or keeps its limits; a custom field that is accepted has its columns.
#include <cstddef>
#include <cstdint>

#include "base/check.hpp"
#include "base/text.hpp"
#include "records/aggregate.hpp"
#include "records/criteria_testing.hpp"
#include "records/custom_rules.hpp"
#include "records/list_plan.hpp"

using namespace fokus::records;
namespace json = boost::json;

namespace {

void check_aggregate(const json::object& input) {
  const auto query = parse_aggregate(input);
  if (!query.ok()) return;
  CHECK(query->group_by.size() <= limits::group_fields_max);
  CHECK(!query->measures.empty() && query->measures.size() <= limits::measures_max);
  CHECK(query->limit > 0 && query->limit <= limits::groups_shown_max);
}

void check_type(const Dictionary& dictionary, const json::object& input) {
  if (const auto field = parse_field(input, true); field.ok()) {
    CHECK(fokus::is_identifier(field->name));
    CHECK(columns_of(*field).size() == column_count(field->kind));
    RecordType company = *dictionary.find("company");
    company.fields.push_back(*field);
    (void)check_custom_field(dictionary, company, company.fields.back()).ok();
  }
  if (const auto type = parse_type(input, true); type.ok()) {
    CHECK(fokus::is_identifier(type->name));
    (void)check_custom_type(dictionary, *type).ok();
  }
  (void)check_list_item(dictionary, "colours", input).ok();
}

void check_cursor(std::string_view text) {
  OrderKey name, id;
  name.textual = true;
  const auto values = parse_cursor(text, {name, id});
  if (!values.ok()) return;
  const auto again = parse_cursor(render_cursor(*values), {name, id});
  CHECK(again.ok() && *again == *values);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size) {
  static const Dictionary dictionary = fokus::records::testing::make_dictionary();
  const json::string_view text(reinterpret_cast<const char*>(bytes), size);
  check_cursor(text);
  json::error_code fault;
  const auto input = json::parse(text, fault);
  if (fault) return 0;
  (void)parse_measure(input).ok();
  if (!input.is_object()) return 0;
  check_aggregate(input.get_object());
  check_type(dictionary, input.get_object());
  return 0;
}
