// SPDX-License-Identifier: Apache-2.0
#include "features/imports/column_guess.hpp"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.hpp"
#include "features/imports/cell_values.hpp"
#include "features/imports/contact_cells.hpp"
#include "platform/locale.hpp"

namespace fokus::imports {
namespace {

using records::Dictionary;
using records::Field;
using records::FieldKind;
using records::RecordType;

constexpr std::array<std::string_view, 5> address_parts = {"street", "postcode", "city", "region",
                                                           "country"};

// What columns are called, in the form of plain(): letters and digits only. The key's last part
// ("address.city" → "city") is looked up too, so one row serves every type.
struct Synonyms {
  std::string_view key, words;
};
constexpr std::array synonyms = {
    Synonyms{"name",
             "navn name fullname fuldenavn fuldtnavn firmanavn virksomhedsnavn companyname "
             "organization organisation organizationname organisationname orgname firma "
             "virksomhed company firmenname unternehmen kunde kundenavn customer "
             "customername account accountname security bezeichnung titel title emne"},
    Synonyms{"first_name", "fornavn firstname givenname forename vorname fornavne"},
    Synonyms{"last_name", "efternavn lastname surname familyname nachname familienname"},
    Synonyms{"org_number",
             "cvr cvrnr cvrnummer cvrno orgnr orgnumber organisationsnummer "
             "registrationnumber registrationno regno companynumber companyno "
             "virksomhedsnummer handelsregisternummer hrb hrnummer cik"},
    Synonyms{"vat_number",
             "vat vatno vatnumber vatid moms momsnr momsnummer senr ustid ustidnr "
             "umsatzsteuerid"},
    Synonyms{"phone",
             "telefon tlf tlfnr telefonnr telefonnummer phone phonenumber telephone tel "
             "hovednummer businessphone workphone arbejdstelefon telefonnr"},
    Synonyms{"mobile",
             "mobil mobile mobilnr mobilnummer mobiltelefon mobilephone cell cellphone "
             "handy handynummer mobiltlf"},
    Synonyms{"email", "email mail epost emailadresse mailadresse emailaddress"},
    Synonyms{"website",
             "website web hjemmeside url homepage webseite internet www webaddress "
             "internetadresse webside"},
    Synonyms{"street",
             "adresse address vej gade vejnavn street streetaddress gadeadresse strasse "
             "address1 addressline1 adresse1 vejadresse anschrift organizationaddress "
             "addr postadresse"},
    Synonyms{"postcode", "postnr postnummer postcode zip zipcode postalcode plz postleitzahl"},
    Synonyms{"city", "by city town ort stadt bynavn postdistrikt place location"},
    Synonyms{"region", "region state stat province kommune bundesland county"},
    Synonyms{"country", "land country landekode countrycode nation laenderkode land1"},
    Synonyms{"job_title",
             "titel title stilling stillingsbetegnelse jobtitle jobtitel funktion "
             "rolle role"},
    Synonyms{"owner",
             "owner ejer ansvarlig saelger salesperson accountmanager kundeansvarlig "
             "vorespersonlige betreuer zustaendig"},
    Synonyms{"business",
             "branche industry sector gicssector brancheomraade branchenavn "
             "brancheregning wirtschaftszweig type"},
    Synonyms{"category", "kategori category kundetype customertype kategorie kundegruppe"},
    Synonyms{"employees",
             "ansatte antalansatte employees numberofemployees headcount mitarbeiter "
             "mitarbeiterzahl medarbejdere"},
    Synonyms{"description",
             "beskrivelse description noter bemaerkninger bemaerkning kommentar "
             "comment comments notes note beschreibung bemerkung"},
    Synonyms{"note", "note noter notes bemaerkninger bemaerkning kommentar comment bemerkung"},
    Synonyms{"language", "sprog language sprache"},
    Synonyms{"birth_date",
             "foedselsdato foedselsdag birthdate birthday dateofbirth dob "
             "geburtsdatum foedt"},
    Synonyms{"national_id", "cpr cprnr cprnummer personnummer nationalid socsecid ssn"},
    Synonyms{"amount", "beloeb amount value vaerdi sum total betrag omsaetning"},
    Synonyms{"currency", "valuta valutakode currencycode waehrung devise"},
    Synonyms{"starts_at", "start starttid starter begin beginn"},
    Synonyms{"due_on", "frist forfald forfaldsdato due duedate faellig"},
    Synonyms{"parent", "moderselskab parent parentcompany koncern muttergesellschaft"},
};

// Words that say that a column of a persons' file is about their company.
constexpr std::string_view company_words =
    " firma firmanavn virksomhed virksomhedsnavn company companyname organisation organization "
    "organisationname employer arbejdsgiver selskab unternehmen firmenname arbeitgeber kunde "
    "kundenavn account accountname ";

std::string plain(std::string_view text) {
  std::string out;
  for (const char c : fold(text))
    if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += c;
  return out;
}

bool has_word(std::string_view words, std::string_view word) {
  for (const auto one : split(words, ' '))
    if (one == word) return true;
  return false;
}

bool is_synonym(std::string_view key, std::string_view word) {
  for (const auto& row : synonyms)
    if (row.key == key) return has_word(row.words, word);
  return false;
}

// One thing a column may be.
struct Target {
  std::string key;
  std::string last;             // the part that synonyms know
  const Field* field;           // for labels and kind; of the linked type behind a link
  bool whole_field = true;      // not a part of an address
  std::string prefix;           // plain words of the link, for "company name" → "company.name"
  const Field* link = nullptr;  // the link itself, when the target lies behind one
};

void add_targets(std::vector<Target>& out, const RecordType& type, const std::string& prefix,
                 const std::string& prefix_words) {
  const bool is_only_amount =
      std::count_if(type.fields.begin(), type.fields.end(), [](const Field& field) {
        return field.kind == FieldKind::money && !field.read_only && !field.hidden;
      }) == 1;
  for (const auto& field : type.fields) {
    if (field.read_only || field.hidden || !field.computed.empty()) continue;
    if (field.kind == FieldKind::file) continue;
    const bool is_link = field.kind == FieldKind::link || field.kind == FieldKind::links;
    if (is_link && !prefix.empty()) continue;
    // The bare word means the only amount there is.
    if (field.kind == FieldKind::money)
      out.push_back({prefix + field.name + ".currency", is_only_amount ? "currency" : "", &field,
                     false, prefix_words});
    if (field.kind != FieldKind::address) {
      out.push_back({prefix + field.name, field.name, &field, true, prefix_words});
      continue;
    }
    for (const auto part : address_parts)
      out.push_back({prefix + field.name + "." + std::string(part), std::string(part), &field,
                     false, prefix_words});
  }
}

// Where a field of the type shows the point that people mean, the bare word means that field.
void add_points(std::vector<Target>& out, const RecordType& type) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, point_kinds.size()> fields = {
      {{"phone", "phone"}, {"email", "email"}, {"url", "website"}, {"address", "street"}}};
  if (!type.contact_points) return;
  for (const auto& [kind, word] : fields) {
    const bool has_field = type.find(word == "street" ? "address" : word) != nullptr;
    out.push_back({std::string(points_key) + "." + std::string(kind),
                   has_field ? "" : std::string(word), point_field(kind), true, ""});
  }
}

std::vector<Target> make_targets(const Dictionary& dictionary, const RecordType& type) {
  std::vector<Target> out;
  add_targets(out, type, "", "");
  add_points(out, type);
  if (const Field* full = type.find("name"); full && !full->computed.empty())
    out.push_back({"name", "name", full, true, ""});
  for (const auto& field : type.fields) {
    if (field.kind != FieldKind::link || field.hidden || field.target == type.name) continue;
    const RecordType* target = dictionary.find(field.target);
    if (!target || target->system) continue;
    const auto first = out.size();
    add_targets(out, *target, field.name + ".", plain(field.name));
    for (std::size_t i = first; i < out.size(); ++i) out[i].link = &field;
  }
  return out;
}

bool is_label(const Field& field, std::string_view word) {
  return word == plain(field.name) ||
         std::any_of(field.label.begin(), field.label.end(),
                     [&](const auto& label) { return word == plain(label.second); });
}

bool samples_fit(const Dictionary& dictionary, const FileColumn& column, const Target& target) {
  const auto share = [&](auto&& fits) {
    if (column.sample.empty()) return true;
    const auto n = std::count_if(column.sample.begin(), column.sample.end(), fits);
    return static_cast<std::size_t>(n) * 2 >= column.sample.size();
  };
  const auto digits = [](const std::string& s) {
    return std::count_if(s.begin(), s.end(), [](char c) { return c >= '0' && c <= '9'; });
  };
  if (!target.whole_field) return true;
  switch (target.field->kind) {
    case FieldKind::email:
      return share([](auto& s) { return s.find('@') != s.npos; });
    case FieldKind::url:
      return share([](auto& s) { return s.find('.') != s.npos; });
    case FieldKind::phone:
      return share([&](auto& s) { return digits(s) >= 3; });
    case FieldKind::choice:
      return share([&](auto& s) { return is_choice(dictionary, target.field->list, s); });
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
    case FieldKind::date:
    case FieldKind::instant:
      return share([&](auto& s) { return digits(s) > 0; });
    default:
      return true;
  }
}

int score_name(const std::string& word, const Target& target, bool about_company_type) {
  if (target.link) {
    const bool by_word = target.prefix == "company" && has_word(company_words, word);
    if (target.last == "name" && (by_word || is_label(*target.link, word))) return 95;
    // "company_phone", "firma_tlf": the link's word, then the field's.
    if (!word.starts_with(target.prefix) || word == target.prefix) return 0;
    const std::string rest = word.substr(target.prefix.size());
    return rest == plain(target.last) || is_synonym(target.last, rest) ? 90 : 0;
  }
  // A link to records that a file may bring along is better named by what finds them.
  if (target.field->kind == FieldKind::link && target.field->target != "user")
    return is_label(*target.field, word) || is_synonym(target.last, word) ? 60 : 0;
  if (target.whole_field && is_label(*target.field, word)) return 100;
  if (word == plain(target.key) || word == plain(target.last)) return 97;
  if (target.last == "name" && !about_company_type && has_word(company_words, word)) return 0;
  if (is_synonym(target.last, word)) return target.whole_field ? 85 : 84;
  return 0;
}

int score(const Dictionary& dictionary, const FileColumn& column, const Target& target,
          bool about_company_type) {
  const std::string word = plain(column.name);
  if (word.empty()) return 0;
  const int by_name = score_name(word, target, about_company_type);
  if (by_name > 0) return samples_fit(dictionary, column, target) ? by_name : 0;
  // No name helps: an e-mail address is an e-mail address.
  const bool is_email = target.prefix.empty() && target.field->kind == FieldKind::email &&
                        !target.last.empty() && !column.sample.empty() &&
                        std::all_of(column.sample.begin(), column.sample.end(), [](auto& s) {
                          return s.find('@') != s.npos && s.find(' ') == s.npos;
                        });
  return is_email ? 50 : 0;
}

}  // namespace

std::vector<std::string> column_names(const std::vector<std::string_view>& header) {
  std::vector<std::string> names;
  std::set<std::string> taken;
  for (std::size_t i = 0; i < header.size(); ++i) {
    std::string base(cut_utf8(trim(header[i]), 200));
    if (base.empty()) base = "Column " + std::to_string(i + 1);
    std::string name = base;
    for (int n = 2; !taken.insert(name).second; ++n) name = base + " (" + std::to_string(n) + ")";
    names.push_back(std::move(name));
  }
  return names;
}

void guess_columns(const Dictionary& dictionary, const RecordType& type,
                   std::vector<FileColumn>& columns,
                   const std::function<bool(const Field&)>& may_write) {
  struct Candidate {
    int score;
    std::size_t column, target;
  };
  const auto targets = make_targets(dictionary, type);
  const bool about_company_type = type.name == "company" || !type.find("company");
  std::vector<Candidate> candidates;
  for (std::size_t c = 0; c < columns.size(); ++c)
    for (std::size_t t = 0; t < targets.size(); ++t)
      if (const int s = score(dictionary, columns[c], targets[t], about_company_type);
          s > 0 && may_write(*targets[t].field))
        candidates.push_back({s, c, t});
  std::stable_sort(candidates.begin(), candidates.end(),
                   [](const auto& a, const auto& b) { return a.score > b.score; });
  std::set<std::string> used;
  const auto has_names = [&] { return used.contains("first_name") || used.contains("last_name"); };
  for (const auto& candidate : candidates) {
    auto& column = columns[candidate.column];
    const auto& key = targets[candidate.target].key;
    if (!column.guess.empty() || used.contains(key)) continue;
    if (key == "name" && has_names()) continue;  // it is made of them
    column.guess = key;
    used.insert(key);
  }
  // A currency is nothing without its amount.
  constexpr std::string_view currency = ".currency";
  for (auto& column : columns)
    if (column.guess.ends_with(currency) &&
        !used.contains(column.guess.substr(0, column.guess.size() - currency.size())))
      column.guess.clear();
}

char guess_decimal_mark(const std::vector<FileColumn>& columns, char delimiter) {
  int points = 0, commas = 0;
  for (const auto& column : columns)
    for (const auto& value : column.sample) {
      const char mark = shown_decimal_mark(value);
      points += mark == '.';
      commas += mark == ',';
    }
  if (points != commas) return points > commas ? '.' : ',';
  return delimiter == ',' ? '.' : ',';
}

std::vector<std::string> mapping_keys(const Dictionary& dictionary, const RecordType& type) {
  std::vector<std::string> keys;
  for (auto& target : make_targets(dictionary, type)) keys.push_back(std::move(target.key));
  return keys;
}

}  // namespace fokus::imports
