// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstddef>
#include <optional>
#include <string_view>

namespace fokus::records {

// How a field is stored, read, filtered and shown. One C++ file each in fields/, and one folder of
// the same name in web/src/records/fields.
//
//   kind                  columns (engine type)                       JSON value
//   text … url, country,  <name> ({sorted}), <name>_f (folded)        "text"
//   language, reg.number
//   long_text, rich_text  <name> (TEXT), <name>_f                     "text" / sanitised HTML
//   phone                 <name> (E.164 or as given), <name>_f digits "text"
//   integer, boolean      <name> (BIGINT)                             7 / true
//   decimal               <name> (BIGINT, scaled by 10^scale)         12.5
//   money                 <name> (BIGINT minor units), <name>_currency, <name>_base (BIGINT minor
//                         units of the base currency: filters, sorting and sums use it)
//                                                  {"amount":"1250.00","currency":"DKK"}
//   date                  <name> ({exact}) YYYY-MM-DD                 "2026-11-23"
//   instant               <name> (BIGINT ms)                          "2026-11-23T10:00:00.000Z"
//   choice                <name> ({exact}) the list item's key        "customer"
//   choices               <name> ({exact}) ",key,key," sorted         ["a","b"]
//   link, user, group     <name> (BIGINT id)                          {"id":5,"name":"Nordlys A/S"}
//   links                 rows of `relations` of kind "<type>.<name>" [{"id":5,"name":"…"}]
//   address               <name>_street, <name>_postcode, <name>_city, <name>_region,
//                         <name>_country (each text with _f)          {"street":…,"postcode":…,…}
//   file                  <name> (BIGINT id of `files`), <name>_name ({sorted}), <name>_size,
//                         <name>_type    {"id":3,"name":"offer.pdf","size":9,"type":"text/plain"}
enum class FieldKind {
  text,
  long_text,
  rich_text,
  integer,
  decimal,
  money,
  boolean,
  date,
  instant,
  choice,
  choices,
  link,
  links,
  phone,
  email,
  url,
  address,
  registration_number,
  country,
  language,
  user,
  group,
  file
};

std::optional<FieldKind> parse_field_kind(std::string_view name);
std::string_view field_kind_name(FieldKind kind);
bool is_text_kind(FieldKind kind);  // has a folded twin column
std::size_t column_count(FieldKind kind);
bool is_link_kind(FieldKind kind);  // link, user, group: one id column

}  // namespace fokus::records
