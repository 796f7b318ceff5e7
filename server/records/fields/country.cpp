// SPDX-License-Identifier: Apache-2.0
#include <unicode/uloc.h>
#include <unicode/unistr.h>

#include <array>
#include <map>

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/fields/field_type.hpp"

namespace fokus::records {
namespace {

constexpr std::int64_t name_max = 100;  // "Danmark" is as good as "DK"

// Everything a country is called: ISO 3166-1 alpha-2 and alpha-3, and its name in the languages of
// the UI and of the country's most common neighbours in a file, folded. As ICU knows them.
std::map<std::string, std::string> make_names() {
  std::map<std::string, std::string> out;
  for (const char* const* code = uloc_getISOCountries(); *code; ++code) {
    const std::string locale = std::string("und_") + *code;
    out[lower_ascii(*code)] = *code;
    out[lower_ascii(uloc_getISO3Country(locale.c_str()))] = *code;
    for (const char* language : {"en", "da", "nb", "sv", "de", "fi"}) {
      std::array<UChar, 128> name{};
      UErrorCode status = U_ZERO_ERROR;
      const int length = uloc_getDisplayCountry(locale.c_str(), language, name.data(),
                                                static_cast<int32_t>(name.size()), &status);
      if (U_FAILURE(status)) continue;
      std::string utf8;
      icu::UnicodeString(name.data(), length).toUTF8String(utf8);
      out.emplace(fold(utf8), *code);
    }
  }
  return out;
}

Result<ColumnValues> parse(const FieldContext&, const Field& field,
                           const boost::json::value& input) {
  static const auto names = make_names();
  Field wide = field;
  wide.length_max = name_max;
  const auto found = names.find(fold(TRY(text_input(wide, input))));
  if (found == names.end()) return bad_value("not_a_country");
  return ColumnValues{found->second, lower_ascii(found->second)};
}

void write(JsonWriter& json, const Field&, const store::Rows& rows, int at) {
  json.value(rows.text(at));
}

}  // namespace

const FieldType country_field = {parse, write};

}  // namespace fokus::records
