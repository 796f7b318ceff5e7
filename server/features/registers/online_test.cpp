// SPDX-License-Identifier: Apache-2.0
// What providers answer, in the shape that their documentation gives, becomes entries.
#include <gtest/gtest.h>

#include "base/text.hpp"
#include "features/registers/answer.hpp"
#include "features/registers/company_fill.hpp"

namespace fokus::registers {
namespace {

const Online& online_of(const char* name) {
  const auto* provider = find_provider(name);
  EXPECT_TRUE(provider && provider->online.is_there()) << name;
  return provider->online;
}

// "name|number|street|postcode|city|country|status"
std::string told(const Entry& entry) {
  std::string out = entry[Field::name];
  for (const Field field :
       {Field::number, Field::street, Field::postcode, Field::city, Field::country, Field::status})
    out += "|" + entry[field];
  return out;
}

std::string looked_up(const char* name, std::string_view body) {
  const auto& online = online_of(name);
  const auto entries = read_answer(online, online.lookup, body, 1);
  if (!entries) return entries.error().params.at("reason");
  return entries->empty() ? "none" : told(entries->front());
}

std::string searched(const char* name, std::string_view body) {
  const auto& online = online_of(name);
  const auto entries = read_answer(online, online.search, body, 10);
  if (!entries) return entries.error().params.at("reason");
  std::string out;
  for (const auto& entry : *entries) out += entry[Field::number] + " " + entry[Field::name] + "; ";
  return out;
}

TEST(OnlineDefinitions, SayWhatIsSentWhereInFiveLanguages) {
  int count = 0;
  for (const auto& provider : shipped_providers()) {
    if (!provider.online.is_there()) continue;
    ++count;
    for (const auto* language : {"en", "da", "nb", "sv", "de"})
      EXPECT_TRUE(provider.online.sends.contains(language)) << provider.name << language;
    EXPECT_TRUE(provider.online.base_url.starts_with("https://")) << provider.name;
    EXPECT_GT(provider.online.calls_per_second, 0) << provider.name;
  }
  EXPECT_EQ(count, 7);
}

TEST(OnlineAnswers, OfBrreg) {
  EXPECT_EQ(looked_up("brreg", R"({"organisasjonsnummer":"923609016","navn":"VIKSUND BRYGGERI AS",
    "forretningsadresse":{"land":"Norge","landkode":"NO","postnummer":"6950","poststed":"VIKSUND",
    "adresse":["Bryggegata 4"]},"antallAnsatte":14,"konkurs":true})"),
            "VIKSUND BRYGGERI AS|923609016|Bryggegata 4|6950|VIKSUND|NO|bankrupt");
  EXPECT_EQ(looked_up("brreg", R"({"organisasjonsnummer":"923609016","navn":"VIKSUND AS",
    "slettedato":"2026-10-01","konkurs":true})"),
            "VIKSUND AS|923609016|||||dissolved");
  EXPECT_EQ(searched("brreg", R"({"_embedded":{"enheter":[
    {"organisasjonsnummer":"923609016","navn":"A AS"},{"organisasjonsnummer":"974760673"},
    {"organisasjonsnummer":"974760673","navn":"B AS"}]},"page":{"size":20}})"),
            "923609016 A AS; 974760673 B AS; ");
  // Nothing found: the page has no list.
  EXPECT_EQ(searched("brreg", R"({"page":{"size":20,"totalElements":0}})"), "");
}

TEST(OnlineAnswers, OfCvr) {
  EXPECT_EQ(looked_up("cvr", R"({"took":3,"hits":{"total":1,"hits":[{"_source":{"Vrvirksomhed":{
    "cvrNummer":12345674,"virksomhedMetadata":{"nyesteNavn":{"navn":"Nordlys A/S"},
    "nyesteBeliggenhedsadresse":{"vejnavn":"Havnegade","husnummerFra":12,"postnummer":8000,
    "postdistrikt":"Aarhus C","landekode":"DK"},"sammensatStatus":"UNDERKONKURS"}}}}]}})"),
            "Nordlys A/S|12345674|Havnegade 12|8000|Aarhus C|DK|bankrupt");
  EXPECT_EQ(looked_up("cvr", R"({"hits":{"total":0,"hits":[]}})"), "none");
}

TEST(OnlineAnswers, OfCompaniesHouse) {
  EXPECT_EQ(looked_up("companies_house", R"({"company_name":"NORTHERN LIGHT LTD",
    "company_number":"01234567","company_status":"liquidation","date_of_creation":"2001-02-03",
    "registered_office_address":{"address_line_1":"1 Quay Road","locality":"Leith",
    "postal_code":"EH6 6AA","country":"Scotland"},"sic_codes":["62012"]})"),
            "NORTHERN LIGHT LTD|01234567|1 Quay Road|EH6 6AA|Leith|GB|winding_up");
  EXPECT_EQ(searched("companies_house", R"({"items":[{"title":"A LTD","company_number":"SC123456",
    "company_status":"active","address":{"premises":"1","address_line_1":"Road"}}]})"),
            "SC123456 A LTD; ");
}

TEST(OnlineAnswers, OfGleifPrhViesAndAPaidProvider) {
  EXPECT_EQ(looked_up("gleif", R"({"data":{"type":"lei-records","id":"529900T8BM49AURSDO55",
    "attributes":{"lei":"529900T8BM49AURSDO55","entity":{"legalName":{"name":"Nordlys GmbH"},
    "headquartersAddress":{"addressLines":["Turm 9"],"city":"Bern","country":"CH",
    "postalCode":"3000"},
    "legalAddress":{"addressLines":["Hafen 1","Tor 2"],"city":"Kiel","country":"DE",
    "postalCode":"24103"},"registeredAs":"HRB 123","status":"ACTIVE"}}}})"),
            "Nordlys GmbH|529900T8BM49AURSDO55|Hafen 1, Tor 2|24103|Kiel|DE|active");
  EXPECT_EQ(looked_up("prh", R"({"totalResults":1,"companies":[{"businessId":{"value":"0112038-9"},
    "names":[{"name":"Vanha Oy","type":"1","endDate":"2001-01-01"},{"name":"Uusi Oy","type":"1"}],
    "addresses":[{"type":2,"street":"B"},{"type":1,"street":"Satamakatu","buildingNumber":"3",
    "postCode":"00160","postOffices":[{"city":"HELSINKI","languageCode":"1"}]}],
    "companySituations":[{"type":"KONK","registrationDate":"2026-01-01"}],"status":"2"}]})"),
            "Uusi Oy|01120389|Satamakatu 3|00160|HELSINKI|FI|bankrupt");
  EXPECT_EQ(looked_up("vies", R"({"countryCode":"EL","vatNumber":"094259216","valid":true,
    "name":"ΑΙΓΑΙΟΝ ΑΕ","address":"ΟΔΟΣ 1\n10557 ΑΘΗΝΑ"})"),
            "ΑΙΓΑΙΟΝ ΑΕ|EL094259216||||GR|");
  EXPECT_EQ(looked_up("vies", R"({"countryCode":"DE","vatNumber":"136695976","valid":true,
    "name":"---","address":"---"})"),
            "|DE136695976||||DE|");
  EXPECT_EQ(looked_up("vies", R"({"countryCode":"DE","vatNumber":"1","valid":false})"), "none");
  EXPECT_EQ(looked_up("dnb", R"({"organization":{"duns":"804735132","primaryName":"Nordlys Inc.",
    "primaryAddress":{"addressCountry":{"isoAlpha2Code":"US"},"addressLocality":{"name":"Boston"},
    "postalCode":"02110","streetAddress":{"line1":"1 Wharf"}},
    "dunsControlStatus":{"operatingStatus":{"description":"Out of Business"}}}})"),
            "Nordlys Inc.|804735132|1 Wharf|02110|Boston|US|dissolved");
}

TEST(OnlineAnswers, SayThatThereIsNothingOnlyInTheProvidersWords) {
  const auto read = [](const char* name, std::string_view body, const char* number) {
    const auto& online = online_of(name);
    const auto entry = read_entry(online, online.lookup, body, number);
    if (entry) return (*entry)[Field::name];
    const auto reason = entry.error().params.find("reason");
    return reason == entry.error().params.end() ? entry.error().code : reason->second;
  };
  EXPECT_EQ(read("cvr", R"({"hits":{"total":0,"hits":[]}})", "12345674"), "registers/not_found");
  EXPECT_EQ(read("vies", R"({"countryCode":"DK","vatNumber":"1","valid":false})", "DK1"),
            "registers/not_found");
  EXPECT_EQ(read("brreg", R"({"status":"out of order"})", "923609016"), "no_entry");
  EXPECT_EQ(read("cvr", R"({"status":"out of order"})", "12345674"), "no_items");
  EXPECT_EQ(read("brreg", R"({"organisasjonsnummer":"974760673","navn":"B"})", "923609016"),
            "another_number");
  EXPECT_EQ(read("brreg", R"({"organisasjonsnummer":"923609016","navn":"A"})", "923609016"), "A");
}

TEST(OnlineAnswers, OfVatNumbersGiveNoRegistrationNumber) {
  const auto& online = online_of("vies");
  const auto entries = read_answer(
      online, online.lookup, R"({"countryCode":"DK","vatNumber":"12345674","valid":true})", 1);
  ASSERT_TRUE(entries.ok());
  EXPECT_FALSE(company_values(entries->front()).contains("org_number"));
}

TEST(OnlineAnswers, ThatMeanHarmAreNoneOrHarmless) {
  EXPECT_EQ(looked_up("brreg", "<html>"), "not_json");
  EXPECT_EQ(looked_up("brreg", "{\"navn\":"), "not_json");
  EXPECT_EQ(looked_up("brreg", "7"), "no_items");
  EXPECT_EQ(looked_up("brreg", std::string(100, '[') + std::string(100, ']')), "not_json");
  EXPECT_EQ(searched("brreg", R"({"_embedded":{"enheter":"many"}})"), "no_items");
  EXPECT_EQ(searched("brreg", R"({"_embedded":{"enheter":[1,null,[],"x"]}})"), "");
  EXPECT_EQ(looked_up("brreg", R"({"organisasjonsnummer":null,"navn":"A"})"), "none");
  EXPECT_EQ(looked_up("brreg", R"({"organisasjonsnummer":["1"],"navn":{"x":1}})"), "none");
  EXPECT_EQ(looked_up("brreg", R"({"organisasjonsnummer":"923609016","navn":"A\u202eB\nC"})"),
            "AB C|923609016|||||active");
  const auto& online = online_of("brreg");
  const std::string endless =
      "{\"organisasjonsnummer\":\"923609016\",\"navn\":\"" + std::string(1'000'000, 'x') + "\"}";
  const auto entries = read_answer(online, online.lookup, endless, 1);
  ASSERT_TRUE(entries.ok() && entries->size() == 1);
  EXPECT_EQ(entries->front()[Field::name].size(), limits::value_bytes_max);
}

TEST(OnlineAnswers, AreTakenInTheCharacterSetTheyName) {
  EXPECT_EQ(*decode_answer("Br\xF8"
                           "drene",
                           "application/json;charset=ISO-8859-1"),
            "Brødrene");
  EXPECT_EQ(*decode_answer("\xEF\xBB\xBFok", "application/json"), "ok");
  EXPECT_FALSE(decode_answer("Br\xF8"
                             "drene",
                             "application/json")
                   .ok());
  EXPECT_FALSE(decode_answer(std::string("a\0b", 3), "text/json; charset=latin1").ok());
}

TEST(OnlineQuestions, EncodeWhatIsAsked) {
  Question question;
  question.number = "01120389";
  question.q = "A&B/../Ø";
  question.limit = "5";
  EXPECT_EQ(fill_path(online_of("prh"), online_of("prh").lookup.path, question),
            "/companies?businessId=0112038-9");
  EXPECT_EQ(fill_path(online_of("brreg"), online_of("brreg").search.path, question),
            "/enheter?navn=A%26B%2F..%2F%C3%98&size=5");
  question.number = "DK12345674";
  EXPECT_EQ(fill_body(online_of("vies"), online_of("vies").lookup.body, question),
            R"({"countryCode":"DK","vatNumber":"12345674"})");
  question.q = R"("},"x":{"{number})";
  const auto body = fill_body(online_of("cvr"), online_of("cvr").search.body, question);
  EXPECT_NE(body.find(R"(\"},\"x\":{\"{number})"), body.npos) << body;
}

TEST(OnlineFeed, NamesNumbersOnceAndItsCursor) {
  const auto& feed = online_of("brreg").feed;
  const auto page = read_feed_page(feed, feed.next, R"({"_embedded":{"oppdaterteEnheter":[
    {"oppdateringsid":901,"organisasjonsnummer":"923609016","endringstype":"Endring"},
    {"oppdateringsid":902,"organisasjonsnummer":"923609016"},
    {"oppdateringsid":903,"organisasjonsnummer":"974760673"}]}})");
  ASSERT_TRUE(page.ok());
  EXPECT_EQ(page->numbers, (std::vector<std::string>{"923609016", "974760673"}));
  EXPECT_EQ(page->cursor, "903");
  EXPECT_EQ(page->items, 3u);
  const auto empty = read_feed_page(feed, feed.next, R"({"page":{"totalElements":0}})");
  ASSERT_TRUE(empty.ok());
  EXPECT_EQ(empty->items, 0u);
  EXPECT_EQ(empty->cursor, "");
}

}  // namespace
}  // namespace fokus::registers
