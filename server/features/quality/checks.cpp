// SPDX-License-Identifier: Apache-2.0
// tidy: table
#include "features/quality/checks.hpp"

#include <unicode/locid.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "features/quality/email_check.hpp"
#include "features/quality/number_checks.hpp"
#include "platform/locale.hpp"
#include "platform/national_ids.hpp"
#include "platform/phone.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using records::Field;
using records::FieldKind;
using Hits = std::vector<Hit>;

constexpr std::array address_parts =
    std::to_array<std::string_view>({"street", "postcode", "city", "region", "country"});
constexpr int postcode_part = 1, city_part = 2, country_part = 4;
constexpr std::size_t date_digits = 6;  // of a national id, which say no more than a birthday

constexpr std::array placeholders = std::to_array<std::string_view>(
    {"-",     "--",     ".",      "..",      "...",       "?",     "??",     "???",
     "x",     "xx",     "xxx",    "xxxx",    "n/a",       "na",    "test",   "testtest",
     "asdf",  "qwerty", "ukendt", "unknown", "unbekannt", "okand", "okaend", "ukjent",
     "ingen", "none",   "null",   "dummy",   "tbd"});

Hit hit_of(const Rule& rule, const Subject& subject, std::string shown = {},
           json::value meant = {}) {
  Hit out{rule.field, {}, subject.shown(rule.field), {}, std::move(shown)};
  if (!out.shown.empty()) out.changes[rule.field] = std::move(meant);
  return out;
}
// A text that takes the place of the field's.
Hits instead(const Rule& rule, const Subject& subject, const std::string& text) {
  return {hit_of(rule, subject, text, json::value(text))};
}

json::object address_with(const Subject& subject, const std::string& field, int part,
                          const std::string& value) {
  json::object out;
  for (int i = 0; i <= country_part; ++i) {
    const std::string text = i == part ? value : subject.part(field, i);
    out[address_parts[static_cast<std::size_t>(i)]] =
        text.empty() ? json::value() : json::value(text);
  }
  return out;
}

std::string address_country(const Rule& rule, const Subject& subject, const Knowledge& knowledge) {
  if (const auto own = subject.part(rule.field, country_part); !own.empty()) return own;
  const auto of_record = subject.country();
  return of_record.empty() ? knowledge.country : of_record;
}

// The fields that a check without a field looks through. Texts of several lines may be indented on
// purpose: not every check is for them.
std::vector<const Field*> texts_of(const Rule& rule, const Subject& subject, bool with_long) {
  std::vector<const Field*> out;
  for (const auto& field : subject.type().fields) {
    const bool is_text =
        field.kind == FieldKind::text ||
        (with_long && (field.kind == FieldKind::long_text || field.kind == FieldKind::rich_text));
    const bool is_meant = rule.field.empty() ? is_text : field.name == rule.field;
    if (is_meant && field.computed.empty() && !field.read_only && !field.hidden)
      out.push_back(&field);
  }
  return out;
}

// --- the checks, in the order of their table ---

Hits find_phone(const Rule& rule, const Subject& subject, const Knowledge& knowledge) {
  const std::string text = subject.text(rule.field);
  if (text.empty()) return {};
  const std::string country = subject.country();
  const auto read = read_phone(text, country.empty() ? knowledge.country : country);
  if (!read || !read->valid) return {hit_of(rule, subject)};
  return {};
}

Hits find_phone_form(const Rule& rule, const Subject& subject, const Knowledge& knowledge) {
  const std::string text = subject.text(rule.field);
  if (text.empty()) return {};
  const std::string country = subject.country();
  const auto read = read_phone(text, country.empty() ? knowledge.country : country);
  if (!read || !read->valid || text == read->e164 || text == read->shown) return {};
  return {hit_of(rule, subject, read->shown, json::value(read->e164))};
}

Hits find_email_fault(const Rule& rule, const Subject& subject, const Knowledge&) {
  const std::string text = subject.text(rule.field);
  if (text.empty()) return {};
  const std::string meant = suggest_email(text);
  if (is_email(text) && meant.empty()) return {};
  return instead(rule, subject, meant);
}

Hits find_company_number(const Rule& rule, const Subject& subject, const Knowledge& knowledge) {
  const std::string text = subject.text(rule.field);
  if (text.empty()) return {};
  const std::string said = subject.country();
  const std::string country = plain_number(said.empty() ? knowledge.country : said);
  const auto soundness = check_company_number(country, text);
  if (soundness == Soundness::sound || soundness == Soundness::unknown) return {};
  std::string bare = plain_number(text);
  if (bare.starts_with(country)) bare.erase(0, country.size());
  if (country == "SE" && bare.size() == 12 && bare.starts_with("16")) bare.erase(0, 2);
  const bool is_sound = check_company_number(country, bare) == Soundness::sound;
  return instead(rule, subject, is_sound ? shown_company_number(country, bare) : std::string());
}

Hits find_vat(const Rule& rule, const Subject& subject, const Knowledge& knowledge) {
  const std::string text = subject.text(rule.field);
  if (text.empty()) return {};
  const auto soundness = check_vat(text);
  if (soundness == Soundness::sound) return {};
  const std::string country = subject.country();
  const std::string prefix = vat_prefix(country.empty() ? knowledge.country : country);
  if (soundness == Soundness::unknown && prefix.empty()) return {};
  const std::string whole = prefix + plain_number(text);
  const bool is_whole = !prefix.empty() && check_vat(whole) == Soundness::sound;
  return instead(rule, subject, is_whole ? whole : std::string());
}

Hits find_iban(const Rule& rule, const Subject& subject, const Knowledge&) {
  const std::string text = subject.text(rule.field);
  if (text.empty()) return {};
  const auto soundness = check_iban(text);
  if (soundness == Soundness::sound || soundness == Soundness::unknown) return {};
  return {hit_of(rule, subject)};
}

Hits find_postcode(const Rule& rule, const Subject& subject, const Knowledge& knowledge) {
  const std::string postcode = subject.part(rule.field, postcode_part);
  if (postcode.empty()) return {};
  const std::string country = address_country(rule, subject, knowledge);
  if (check_postcode(country, postcode) != PostcodeForm::other) return {};
  const std::string tidy = tidy_postcode(country, postcode);
  Hit out{rule.field, {}, postcode, {}, tidy};
  if (subject.has("country")) out.others.push_back("country");
  if (!tidy.empty())
    out.changes[rule.field] = address_with(subject, rule.field, postcode_part, tidy);
  return {std::move(out)};
}

Hits find_city(const Rule& rule, const Subject& subject, const Knowledge& knowledge) {
  const std::string postcode = subject.part(rule.field, postcode_part);
  const std::string city = subject.part(rule.field, city_part);
  if (postcode.empty() || city.empty()) return {};
  const std::string country = address_country(rule, subject, knowledge);
  const std::string meant = knowledge.places.other_city(country, postcode, city);
  if (meant.empty()) return {};
  Hit out{rule.field, {}, postcode + " " + city, {}, postcode + " " + meant};
  out.changes[rule.field] = address_with(subject, rule.field, city_part, meant);
  return {std::move(out)};
}

Hits find_name_case(const Rule& rule, const Subject& subject, const Knowledge&) {
  const std::string text = subject.text(rule.field);
  if (case_of_name(text) == NameCase::mixed) return {};
  const std::string meant = proper_case(text);
  return meant == text ? Hits() : instead(rule, subject, meant);
}

Hits find_swapped(const Rule&, const Subject& subject, const Knowledge& knowledge) {
  const std::string first = subject.text("first_name"), last = subject.text("last_name");
  if (first.empty() || last.empty()) return {};
  if (!are_names_swapped(knowledge.names, subject.folded("first_name"),
                         subject.folded("last_name")))
    return {};
  return {Hit{"first_name",
              {"last_name"},
              first + " " + last,
              {{"first_name", last}, {"last_name", first}},
              last + " " + first}};
}

Hits find_spaces(const Rule& rule, const Subject& subject, const Knowledge&) {
  Hits out;
  for (const Field* field : texts_of(rule, subject, false)) {
    const std::string text = subject.text(field->name);
    const bool has_lines = field->kind == FieldKind::long_text;
    if (has_lines || text.find_first_of("\t\r\n\xC2\xE2") != text.npos ||
        text.find("  ") != text.npos || text.starts_with(' ') || text.ends_with(' ')) {
      std::string meant = has_lines ? with_single_spaces_in_lines(text) : with_single_spaces(text);
      if (meant == text) continue;
      Hit hit{field->name, {}, text, {}, meant};
      hit.changes[field->name] = meant.empty() ? json::value() : json::value(meant);
      out.push_back(std::move(hit));
    }
  }
  return out;
}

Hits find_national_id(const Rule& rule, const Subject& subject, const Knowledge&) {
  Hits out;
  for (const Field* field : texts_of(rule, subject, true)) {
    if (field->privacy.data_class == "national_id") continue;
    const std::string text = subject.text(field->name);
    const auto found = find_national_ids(text);
    if (found.empty()) continue;
    Hit hit{field->name, {}, text.substr(found.front().begin, date_digits) + "-…", {}, {}};
    const std::string meant = field->kind == FieldKind::text
                                  ? with_single_spaces(without_national_ids(text))
                                  : with_single_spaces_in_lines(without_national_ids(text));
    if (!meant.empty() || !field->required) {
      hit.shown = meant;
      hit.changes[field->name] = meant.empty() ? json::value() : json::value(meant);
    }
    out.push_back(std::move(hit));
  }
  return out;
}

// It moves to where it belongs, when that is empty and a name is left.
Hits find_email_in_name(const Rule& rule, const Subject& subject, const Knowledge&) {
  const std::string text = subject.text(rule.field);
  const std::string email = text.find('@') == text.npos ? std::string() : find_email(text);
  if (email.empty()) return {};
  Hit out{rule.field, {}, text, {}, {}};
  std::string rest = text;
  rest.replace(rest.find(email), email.size(), " ");
  rest.erase(std::remove_if(rest.begin(), rest.end(),
                            [](char c) { return c == '<' || c == '>' || c == '(' || c == ')'; }),
             rest.end());
  rest = with_single_spaces(rest);
  const bool is_other_named = (rule.field == "first_name" && !subject.is_empty("last_name")) ||
                              (rule.field == "last_name" && !subject.is_empty("first_name"));
  if (!subject.has("email") || (rest.empty() && !is_other_named)) return {std::move(out)};
  out.others.push_back("email");
  out.changes[rule.field] = rest.empty() ? json::value() : json::value(rest);
  if (subject.is_empty("email")) out.changes["email"] = email;
  out.shown = rest.empty() ? email : rest;
  return {std::move(out)};
}

// Seen in forms: what is stored in an e-mail field has an @.
Hits find_phone_in_email(const Rule& rule, const Subject& subject, const Knowledge& knowledge) {
  const std::string text = subject.text(rule.field);
  if (text.empty() || text.find('@') != text.npos) return {};
  const auto read = read_phone(text, knowledge.country);
  if (!read) return {};
  Hit out{rule.field, {}, text, {}, {}};
  if (subject.has("phone") && subject.is_empty("phone")) {
    out.others.push_back("phone");
    out.changes = {{rule.field, nullptr}, {"phone", read->valid ? read->e164 : text}};
    out.shown = read->valid ? read->shown : text;
  }
  return {std::move(out)};
}

Hits find_email_in_phone(const Rule& rule, const Subject& subject, const Knowledge&) {
  const std::string text = subject.text(rule.field);
  const std::string email = text.find('@') == text.npos ? std::string() : find_email(text);
  if (email.empty()) return {};
  Hit out{rule.field, {}, text, {}, {}};
  if (subject.has("email") && subject.is_empty("email")) {
    out.others.push_back("email");
    out.changes = {{rule.field, nullptr}, {"email", email}};
    out.shown = email;
  }
  return {std::move(out)};
}

Hits find_missing(const Rule& rule, const Subject& subject, const Knowledge&) {
  if (!subject.is_empty(rule.field)) return {};
  return {hit_of(rule, subject)};
}

Hits find_missing_all(const Rule& rule, const Subject& subject, const Knowledge&) {
  const auto* fields = rule.params.if_contains("fields");
  if (!fields || !fields->is_array() || fields->get_array().empty()) return {};
  Hit out;
  for (const auto& one : fields->get_array()) {
    const std::string name(one.is_string() ? std::string_view(one.get_string())
                                           : std::string_view());
    if (!subject.has(name) || !subject.is_empty(name)) return {};
    if (out.field.empty())
      out.field = name;
    else
      out.others.push_back(name);
  }
  return {std::move(out)};
}

Hits find_placeholder(const Rule& rule, const Subject& subject, const Knowledge&) {
  const std::string text = subject.text(rule.field);
  const std::string folded = text.size() > 20 ? std::string() : fold(text);
  if (std::find(placeholders.begin(), placeholders.end(), folded) == placeholders.end() ||
      folded.empty())
    return {};
  const auto* field = subject.type().find(rule.field);
  Hit out{rule.field, {}, text, {}, {}};
  if (field && !field->required) out.changes[rule.field] = nullptr;
  return {std::move(out)};
}

const std::vector<Check> checks = {
    {"phone",
     {"phone"},
     true,
     false,
     {},
     {{"en", "Telephone number that nobody has"},
      {"da", "Telefonnummer, som ingen har"},
      {"nb", "Telefonnummer som ingen har"},
      {"sv", "Telefonnummer som ingen har"},
      {"de", "Telefonnummer, die es nicht gibt"}},
     find_phone},
    {"phone_form",
     {"phone"},
     true,
     true,
     {},
     {{"en", "Telephone number without its country"},
      {"da", "Telefonnummer uden landekode"},
      {"nb", "Telefonnummer uten landskode"},
      {"sv", "Telefonnummer utan landskod"},
      {"de", "Telefonnummer ohne Landesvorwahl"}},
     find_phone_form},
    {"email",
     {"email"},
     true,
     true,
     {},
     {{"en", "E-mail address with a mistake"},
      {"da", "E-mailadresse med fejl"},
      {"nb", "E-postadresse med feil"},
      {"sv", "E-postadress med fel"},
      {"de", "E-Mail-Adresse mit Fehler"}},
     find_email_fault},
    {"company_number",
     {"registration_number", "text"},
     true,
     true,
     {},
     {{"en", "Registration number of a company"},
      {"da", "Firmaets registreringsnummer"},
      {"nb", "Firmaets organisasjonsnummer"},
      {"sv", "Företagets organisationsnummer"},
      {"de", "Registernummer der Firma"}},
     find_company_number},
    {"vat",
     {"registration_number", "text"},
     true,
     true,
     {},
     {{"en", "VAT number"},
      {"da", "Momsnummer"},
      {"nb", "MVA-nummer"},
      {"sv", "Momsnummer"},
      {"de", "Umsatzsteuer-Identifikationsnummer"}},
     find_vat},
    {"iban",
     {"registration_number", "text"},
     true,
     false,
     {},
     {{"en", "IBAN"}, {"da", "IBAN"}, {"nb", "IBAN"}, {"sv", "IBAN"}, {"de", "IBAN"}},
     find_iban},
    {"postcode",
     {"address"},
     true,
     true,
     {},
     {{"en", "Postcode in the form of its country"},
      {"da", "Postnummer i landets form"},
      {"nb", "Postnummer i landets form"},
      {"sv", "Postnummer i landets form"},
      {"de", "Postleitzahl in der Form des Landes"}},
     find_postcode},
    {"city",
     {"address"},
     true,
     true,
     {},
     {{"en", "Postcode and town that belong together"},
      {"da", "Postnummer og by, der passer"},
      {"nb", "Postnummer og sted som passer"},
      {"sv", "Postnummer och ort som passar"},
      {"de", "Postleitzahl und Ort, die passen"}},
     find_city},
    {"name_case",
     {"text"},
     true,
     true,
     {},
     {{"en", "Name in capitals or small letters"},
      {"da", "Navn med store eller små bogstaver"},
      {"nb", "Navn med store eller små bokstaver"},
      {"sv", "Namn med stora eller små bokstäver"},
      {"de", "Name nur in Groß- oder Kleinbuchstaben"}},
     find_name_case},
    {"names_swapped",
     {},
     false,
     true,
     {},
     {{"en", "First and last name swapped"},
      {"da", "For- og efternavn byttet om"},
      {"nb", "For- og etternavn byttet om"},
      {"sv", "För- och efternamn omkastade"},
      {"de", "Vor- und Nachname vertauscht"}},
     find_swapped},
    {"spaces",
     {"text", "long_text"},
     false,
     true,
     {},
     {{"en", "Spaces too many"},
      {"da", "Mellemrum for meget"},
      {"nb", "Mellomrom for mye"},
      {"sv", "Mellanslag för mycket"},
      {"de", "Leerzeichen zu viel"}},
     find_spaces},
    {"national_id",
     {"text", "long_text", "rich_text"},
     false,
     true,
     {},
     {{"en", "National ID in a free text"},
      {"da", "CPR-nummer i fritekst"},
      {"nb", "Fødselsnummer i fritekst"},
      {"sv", "Personnummer i fritext"},
      {"de", "Personenkennzahl im Freitext"}},
     find_national_id},
    {"email_in_name",
     {"text"},
     true,
     true,
     {},
     {{"en", "E-mail address in a name"},
      {"da", "E-mailadresse i et navn"},
      {"nb", "E-postadresse i et navn"},
      {"sv", "E-postadress i ett namn"},
      {"de", "E-Mail-Adresse im Namen"}},
     find_email_in_name},
    {"phone_in_email",
     {"email"},
     true,
     true,
     {},
     {{"en", "Telephone number in the e-mail field"},
      {"da", "Telefonnummer i e-mailfeltet"},
      {"nb", "Telefonnummer i e-postfeltet"},
      {"sv", "Telefonnummer i e-postfältet"},
      {"de", "Telefonnummer im E-Mail-Feld"}},
     find_phone_in_email},
    {"email_in_phone",
     {"phone"},
     true,
     true,
     {},
     {{"en", "E-mail address in the telephone field"},
      {"da", "E-mailadresse i telefonfeltet"},
      {"nb", "E-postadresse i telefonfeltet"},
      {"sv", "E-postadress i telefonfältet"},
      {"de", "E-Mail-Adresse im Telefonfeld"}},
     find_email_in_phone},
    {"missing",
     {},
     true,
     false,
     {},
     {{"en", "Empty field"},
      {"da", "Tomt felt"},
      {"nb", "Tomt felt"},
      {"sv", "Tomt fält"},
      {"de", "Leeres Feld"}},
     find_missing},
    {"missing_all",
     {},
     false,
     false,
     {{"fields", "fields", 0}},
     {{"en", "All of several fields empty"},
      {"da", "Flere felter alle tomme"},
      {"nb", "Flere felt alle tomme"},
      {"sv", "Flera fält alla tomma"},
      {"de", "Mehrere Felder alle leer"}},
     find_missing_all},
    {"placeholder",
     {"text", "long_text"},
     true,
     true,
     {},
     {{"en", "Filler in place of a value"},
      {"da", "Fyld i stedet for en værdi"},
      {"nb", "Fyll i stedet for en verdi"},
      {"sv", "Utfyllnad i stället för ett värde"},
      {"de", "Platzhalter statt eines Wertes"}},
     find_placeholder},
};

std::string in_case(const std::string& text, Fix fix) {
  auto out = icu::UnicodeString::fromUTF8(text);
  fix == Fix::upper_case ? out.toUpper(icu::Locale::getRoot())
                         : out.toLower(icu::Locale::getRoot());
  std::string utf8;
  out.toUTF8String(utf8);
  return utf8;
}

// What the rule says in place of what the check proposes.
void apply_own_fix(const Rule& rule, const Subject& subject, Hit& hit) {
  if (rule.fix == Fix::suggestion) return;
  hit.changes.clear();
  hit.shown.clear();
  if (rule.fix == Fix::none || rule.field.empty()) return;
  if (rule.fix == Fix::set || rule.fix == Fix::clear) {
    hit.changes[rule.field] = rule.fix == Fix::set ? rule.fix_value : json::value();
    hit.shown =
        !rule.fix_value.is_string() ? std::string() : std::string(rule.fix_value.get_string());
    return;
  }
  const std::string text = subject.text(rule.field);
  const std::string meant = rule.fix == Fix::trim          ? with_single_spaces_in_lines(text)
                            : rule.fix == Fix::proper_case ? proper_case(text)
                                                           : in_case(text, rule.fix);
  if (meant == text || meant.empty()) return;
  hit.changes[rule.field] = meant;
  hit.shown = meant;
}

}  // namespace

std::span<const Check> all_checks() {
  return checks;
}

const Check* find_check(std::string_view name) {
  const auto found = std::find_if(checks.begin(), checks.end(),
                                  [&](const Check& check) { return check.name == name; });
  return found == checks.end() ? nullptr : &*found;
}

Hits find_hits(const Rule& rule, const Subject& subject, const Knowledge& knowledge) {
  const Check* check = find_check(rule.check);
  if (!check) return {};
  Hits out = check->find(rule, subject, knowledge);
  for (auto& hit : out) apply_own_fix(rule, subject, hit);
  return out;
}

Hit filter_hit(const Rule& rule, const Subject& subject) {
  Hit out{rule.field, {}, rule.field.empty() ? std::string() : subject.shown(rule.field), {}, {}};
  apply_own_fix(rule, subject, out);
  return out;
}

}  // namespace fokus::quality
