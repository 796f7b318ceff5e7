// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "records/dictionary.hpp"

namespace fokus::records {

namespace limits {
constexpr std::size_t custom_name_max = 45;     // with the longest suffix of a column below 60
constexpr std::size_t type_columns_max = 1500;  // PostgreSQL ends at 1,600
constexpr std::int64_t text_length_max = 1'000'000;
constexpr std::int64_t indexed_length_max = 500;  // PostgreSQL's index rows end at 2,700 bytes
constexpr std::size_t label_max = 200;            // code points
constexpr std::size_t language_part_max = 8;      // letters of a part of "pt-BR"
constexpr std::size_t language_parts_max = 4;
constexpr std::int64_t position_max = 1'000'000'000;  // of an item in its list
}  // namespace limits

// What record types and fields of administrators must keep to beside the shape that parse_type()
// and parse_field() read, so that what is stored always loads, on both engines, and can be saved
// to. Errors: "records/bad_model" with the member or field and not_an_identifier, too_long, taken,
// too_many, length_out_of_range, not_indexable, bad_template, bad_default, unknown_type,
// label_too_long, unknown_column, not_an_object, not_a_list.

// `type` has the field already.
Status check_custom_field(const Dictionary& dictionary, const RecordType& type, const Field& field);
Status check_custom_type(const Dictionary& dictionary, const RecordType& type);

// The purpose is one of the list `purpose`, and not retired; none only without personal data, which
// parse_field() sees to. For what is new: a purpose that is retired later stays where it was.
// "records/unclassified_field" with the field and purpose_unknown.
Status check_purpose(const Dictionary& dictionary, const Field& field);

// Labels as a call has them: {"en": "Fleet", "da": "Flåde", "de": null}, null for a language that
// goes. Errors: "records/invalid" with the member and not_a_language, not_a_text. Whether any is
// left, and how long each may be, is seen to where they are read.
Status check_languages(std::string_view member, const boost::json::value& labels);
// What the change does not name stays: also the languages that whoever calls does not know.
void change_labels(boost::json::object& labels, const boost::json::object& change);

// A new decimal field that says no `scale` gets new_scale. Where a stored definition says none, the
// field was made with two digits, and keeps them.
constexpr int new_scale = 6;
void say_scale(boost::json::object& field);

// The member `member` of a new type or field names it, with or without the prefix "x_": a text, and
// more than the prefix. Of what a call says; what is stored already loads as it is. Errors:
// "records/invalid" with the member and required, not_a_text.
Status check_own_name(const boost::json::object& input, std::string_view member);

// {key, label, colour, extra}. Errors: "records/invalid" with the member and not_an_identifier,
// required, not_a_language, not_a_text, too_long, not_a_number, out_of_range; of a relation_kind
// "extra.from" or "extra.to" and unknown_type.
Status check_list_item(const Dictionary& dictionary, std::string_view list,
                       const boost::json::object& input);

}  // namespace fokus::records
