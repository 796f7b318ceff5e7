// SPDX-License-Identifier: Apache-2.0
// What stands in documents and letters that the program itself writes, in the languages of the UI.
// Not for other rooms.
#pragma once
#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

namespace fokus::reports {

enum class Word {
  page,   // {page} {pages}
  as_of,  // {at} {zone}
  filters,
  nothing,   // a tile without rows
  no_tiles,  // a page without tiles
  not_allowed,
  too_slow,
  failed,
  web_panel,
  more_rows,  // {count}
  others,
  before,
  total,
  than_last_year,
  than_period_before,
  than_selection,  // {name}
  of_target,  // {share}
  empty,
  yes,
  no,
  quarter,
  count,
  distinct,
  sum,
  average,
  minimum,
  maximum,
  median,
  weighted,
  ratio,
  period,
  owner,
  group,
  country,
  scope,
  me,
  my_group,
  mine,
  all,
  attached,   // {dashboard} {at}
  set_up_by,  // {name}
  stop_here,  // {url}
  stop_in_app,
  open_here,  // {url}
  test_subject,
  test_text
};

// In English where the language is none of the UI's.
std::string_view word(Word which, std::string_view language);
// With {names} replaced.
std::string sentence(Word which, std::string_view language,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> values);

}  // namespace fokus::reports
