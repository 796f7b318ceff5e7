// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>
#include <vector>

#include "records/api.hpp"

// How the page of a record is laid out: which fields stand in which section, and when they are
// shown. What a layout hides is not kept back: reads, lists, exports and the API have it as before.
namespace fokus::layouts {

namespace limits {
constexpr std::size_t sections_max = 30;
constexpr std::size_t fields_max = 500;  // placed and hidden ones
constexpr std::size_t rules_max = 40;    // of one layout: they are asked in one statement
constexpr std::size_t rule_bytes_max = 2'000;
constexpr std::size_t key_max = 40;
constexpr std::size_t title_max = 120;  // code points
}  // namespace limits

// A rule is a filter in the text form; empty: always shown.
struct PlacedField {
  std::string name, shown_if;
};
struct Section {
  std::string key;
  records::Labels label;  // by language; empty: the screen has a word of its own
  int columns = 1;        // 1 or 2
  bool is_collapsed = false;
  std::string shown_if;
  std::vector<PlacedField> fields;
};
struct Layout {
  std::vector<Section> sections;
  std::vector<std::string> hidden;  // fields that are not on the page by intent
};

// The shape alone, of {"sections": [{"key", "label", "columns", "collapsed", "shown_if", "fields":
// [{"name", "shown_if"}]}], "hidden": […]}. Errors: "layouts/invalid" with the path of what is
// wrong ("sections.2.label") and required, not_text, not_a_list, not_an_object, not_a_number,
// not_yes_or_no, not_an_identifier, not_a_language, out_of_range, too_long, too_many, taken,
// placed_twice.
Result<Layout> parse_layout(const boost::json::object& input);
boost::json::object layout_to_json(const Layout& layout);

// The layout that comes with the type; never fails, what cannot be read of it is passed over.
Layout standard_layout(const records::RecordType& type);

// As it can be shown now: without fields that are gone, and with those that are placed nowhere
// though they are on the standard page or made by an administrator; these stand at the end of the
// last section that is always there, or in one of their own ("custom") when the layout is the
// standard or has no such section.
Layout fill_layout(Layout layout, const records::RecordType& type, bool is_standard);

// Whether each field is one of the type and each rule can be asked. Errors: "layouts/invalid" with
// unknown_field; those of criteria.
Status check_layout(const records::CriteriaContext& context, const records::RecordType& type,
                    const Layout& layout);

}  // namespace fokus::layouts
