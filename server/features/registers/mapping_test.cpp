// SPDX-License-Identifier: Apache-2.0
#include "features/registers/mapping.hpp"

#include <gtest/gtest.h>
#include <zip.h>
#include <zlib.h>

#include <filesystem>
#include <fstream>

#include "features/registers/register_store.hpp"
#include "features/registers/row_reader.hpp"

namespace fokus::registers {
namespace {

// A provider whose one rule of `city` is the text.
Provider with_city_rule(const std::string& rule) {
  auto made = parse_provider(R"({"name":"p","title":"P","licence":"L","licence_text":"T","fields":{
    "number":{"from":"n"},"name":{"from":"name"},"city":)" +
                             rule + "}}");
  EXPECT_TRUE(made.ok()) << made.error().errors.at(0).field;
  return std::move(*made);
}

std::string city(const std::string& rule, const std::map<std::string, std::string>& row) {
  const auto provider = with_city_rule(rule);
  std::vector<std::string_view> cells;
  for (const auto& column : provider.columns) {
    const auto found = row.find(column);
    cells.push_back(found == row.end() ? std::string_view() : std::string_view(found->second));
  }
  return map_row(provider, cells).entry[Field::city];
}

std::string refused(const std::string& definition) {
  const auto made = parse_provider(definition);
  if (made.ok()) return "accepted";
  return made.error().errors.empty()
             ? made.error().code
             : made.error().errors[0].field + " " + made.error().errors[0].code;
}

TEST(ProviderDefinition, ShipsNineThatRead) {
  std::string names;
  for (const auto& provider : shipped_providers()) {
    names += provider.name + " ";
    EXPECT_FALSE(provider.licence_text.empty());
  }
  EXPECT_EQ(names, "brreg companies_house cvr dnb gleif ieee prh sp500 vies ");
}

TEST(ProviderDefinition, NamesWhatIsWrong) {
  const std::string head =
      R"({"name":"p","title":"P","licence":"L","licence_text":"T","fields":{"name":{"from":"n"},)";
  EXPECT_EQ(refused("[]"), " not_json");
  EXPECT_EQ(refused(R"({"name":"a b"})"), "name not_an_identifier");
  EXPECT_EQ(refused(head + R"("colour":{"from":"n"}}})"), "fields.colour unknown_field");
  EXPECT_EQ(refused(head + R"("city":{"from":"n"}}})"), "number required");
  EXPECT_EQ(refused(head + R"("number":{"from":"n","transform":"magic"}}})"),
            "fields.number.transform unknown_transform");
  EXPECT_EQ(refused(head + R"("number":{"form":"n"}}})"), "fields.number.form unknown_member");
  EXPECT_EQ(refused(head + R"("number":{}}})"), "fields.number from_or_constant");
}

TEST(ProviderDefinition, NamesWhatIsWrongWithItsNetwork) {
  const auto with = [](const std::string& online) {
    return refused(R"({"name":"p","title":"P","licence":"L","licence_text":"T","fields":{
      "name":{"from":"n"},"number":{"from":"m"}},"online":)" +
                   online + "}");
  };
  const std::string head = R"({"base_url":"https://p.example","sends":{"en":"A number"})";
  EXPECT_EQ(with(head + R"(,"lookup":{"path":"/{number}"}})"), "accepted");
  EXPECT_EQ(with("7"), "online wrong_kind");
  EXPECT_EQ(with(head + "}"), "online.lookup required");
  EXPECT_EQ(with(R"({"base_url":"https://p.example"})"), "online.sends required");
  EXPECT_EQ(with(head + R"(,"lookup":{"path":"n"}})"), "online.lookup.path wrong_kind");
  EXPECT_EQ(with(head + R"(,"lookup":{"path":"/n"},"colour":1})"), "online.colour unknown_member");
  EXPECT_EQ(with(head + R"(,"lookup":{"path":"/n"},"sign_in":{"kind":"magic"}})"),
            "online.sign_in.kind unknown_kind");
  EXPECT_EQ(with(head + R"(,"lookup":{"path":"/n"},"sign_in":{"kind":"basic"}})"),
            "online.sign_in required");
  EXPECT_EQ(with(head + R"(,"lookup":{"path":"/n"},"feed":{"number":"n","cursor":"c"}})"),
            "online.feed required");
}

TEST(Mapping, TakesTheFirstColumnWithAValue) {
  EXPECT_EQ(city(R"({"from":["a","b"]})", {{"a", " "}, {"b", " Oslo "}}), "Oslo");
  EXPECT_EQ(city(R"([{"from":"a"},{"from":"b"}])", {{"b", "Bergen"}}), "Bergen");
  EXPECT_EQ(city(R"({"from":["a","b","c"],"join":", "})", {{"a", "1"}, {"c", "3"}}), "1, 3");
}

TEST(Mapping, HeedsConditionsMapsAndAffixes) {
  EXPECT_EQ(city(R"({"constant":"x","when":{"a":["true","J"]}})", {{"a", "J"}}), "x");
  EXPECT_EQ(city(R"({"constant":"x","when":{"a":"true"}})", {{"a", "false"}}), "");
  EXPECT_EQ(city(R"({"from":"a","map":{"A":"active","*":"other"}})", {{"a", "A"}}), "active");
  EXPECT_EQ(city(R"({"from":"a","map":{"A":"active","*":"other"}})", {{"a", "B"}}), "other");
  EXPECT_EQ(city(R"({"from":"a","map":{"A":"active"}})", {{"a", "B"}}), "");
  EXPECT_EQ(city(R"({"from":"a","prefix":"NO","suffix":"MVA"})", {{"a", "1"}}), "NO1MVA");
  EXPECT_EQ(city(R"({"from":"a","prefix":"NO"})", {}), "");
}

TEST(Mapping, Transforms) {
  using T = Transform;
  EXPECT_EQ(apply_transform(T::digits, "12 34-56"), "123456");
  EXPECT_EQ(apply_transform(T::alphanumeric, "sc 12.34"), "SC1234");
  EXPECT_EQ(apply_transform(T::date_dmy, "31/12/2020"), "2020-12-31");
  EXPECT_EQ(apply_transform(T::date_dmy, "31/02/2020"), "");
  EXPECT_EQ(apply_transform(T::date_ymd, "2020-12-31T00:00:00Z"), "2020-12-31");
  EXPECT_EQ(apply_transform(T::integer, "12"), "12");
  EXPECT_EQ(apply_transform(T::integer, "12.5"), "");
  EXPECT_EQ(apply_transform(T::range_low, "10-19"), "10");
  EXPECT_EQ(apply_transform(T::one_line, "Havnegade 1\n 8000 Aarhus\n"),
            "Havnegade 1, 8000 Aarhus");
  EXPECT_EQ(apply_transform(T::upper, "Ophørt"), "OPHØRT");
  EXPECT_EQ(apply_transform(T::upper, "à÷þÿ ÅßŁ abc"), "À÷Þÿ ÅßŁ ABC");
  EXPECT_EQ(apply_transform(T::code, "62012 - Software"), "62012");
  EXPECT_EQ(apply_transform(T::after_code, "62012 - Software - more"), "Software - more");
  EXPECT_EQ(apply_transform(T::not_none, "None Supplied"), "");
  EXPECT_EQ(apply_transform(T::not_none, "Nonesuch"), "Nonesuch");
}

TEST(Mapping, RefusesWhatIsNoEntry) {
  const auto provider = with_city_rule(R"({"from":"a"})");
  const auto problem = [&](std::string_view number, std::string_view name) {
    const std::vector<std::string_view> cells = {number, name, ""};
    return std::string(map_row(provider, cells).problem);
  };
  EXPECT_EQ(problem("1", "A"), "");
  EXPECT_EQ(problem("--", "A"), "no_number");
  EXPECT_EQ(problem("1", " "), "no_name");
  EXPECT_EQ(problem(std::string(50, '1'), "A"), "number_too_long");
}

TEST(EntryWords, LeaveOutLegalFormsAndSingleLetters) {
  EXPECT_EQ(entry_words("Ærø & Søn Byg A/S"), (std::vector<std::string>{"aeroe", "soen", "byg"}));
  EXPECT_EQ(entry_words("NORDIC FISH AS"), (std::vector<std::string>{"nordic", "fish"}));
}

// ---- files

class Reading : public ::testing::Test {
 protected:
  void SetUp() override {
    char name[] = "/tmp/fokus-registers-XXXXXX";
    folder_ = ::mkdtemp(name);
    path_ = folder_ + "/file";
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  void write(std::string_view text) { std::ofstream(path_, std::ios::binary) << text; }
  void write_gzip(std::string_view text) {
    const auto file = ::gzopen(path_.c_str(), "wb");
    ::gzwrite(file, text.data(), static_cast<unsigned>(text.size()));
    ::gzclose(file);
  }
  void write_zip(std::string_view small, std::string_view large) {
    const auto archive = ::zip_open(path_.c_str(), ZIP_CREATE | ZIP_TRUNCATE, nullptr);
    for (const auto& [name, text] : {std::pair("readme.txt", small), {"data.csv", large}})
      ::zip_file_add(archive, name, ::zip_source_buffer(archive, text.data(), text.size(), 0), 0);
    ASSERT_EQ(::zip_close(archive), 0);
  }
  std::string bytes() {
    std::ifstream in(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
  }

  static std::string told(const Error& error) {
    return error.code + " " + (error.errors.empty() ? "" : error.errors[0].field);
  }
  // "number name city" of each row or its problem, from `from` on.
  std::string rows(const Provider& provider, Position from = {}, bool* damaged = nullptr,
                   std::vector<Position>* ends = nullptr) {
    auto source = open_unpacked(path_);
    if (!source) return source.error().code;
    auto reader = RowReader::open(provider, **source, from);
    if (!reader) return told(reader.error());
    std::string out;
    SourceRow row;
    while ((*reader)->next(row)) {
      out += std::to_string(row.row) + ":";
      if (!row.problem.empty()) {
        out += row.problem + "|";
      } else {
        const auto mapped = map_row(provider, row.cells);
        out += mapped.problem.empty()
                   ? mapped.entry[Field::number] + " " + mapped.entry[Field::name] + " " +
                         mapped.entry[Field::city] + "|"
                   : std::string(mapped.problem) + "|";
      }
      if (ends) ends->push_back((*reader)->position());
    }
    if (damaged) *damaged = (*source)->is_damaged();
    return out;
  }

  std::string folder_, path_;
  const std::string csv_ = "n,name,a\n1,One,Oslo\n2,\"Two, 2\",\n,None,x\n3,Three,Bergen\n";
  const std::string csv_rows_ = "2:1 One Oslo|3:2 Two, 2 |4:no_number|5:3 Three Bergen|";
  const Provider provider_ = with_city_rule(R"({"from":"a"})");
};

TEST_F(Reading, ReadsPlainGzipAndZipAlike) {
  write(csv_);
  EXPECT_EQ(rows(provider_), csv_rows_);
  write("\xEF\xBB\xBF" + csv_);
  EXPECT_EQ(rows(provider_), csv_rows_);
  write_gzip(csv_);
  EXPECT_EQ(rows(provider_), csv_rows_);
  write_zip("read me", csv_);
  EXPECT_EQ(rows(provider_), csv_rows_);
}

TEST_F(Reading, ReadsGzipOfSeveralMembers) {
  write_gzip(csv_.substr(0, 20));
  const auto first = bytes();
  write_gzip(csv_.substr(20));
  write(first + bytes());
  EXPECT_EQ(rows(provider_), csv_rows_);
}

TEST_F(Reading, TellsADamagedFileFromItsEnd) {
  bool damaged = true;
  write_gzip(csv_);
  rows(provider_, {}, &damaged);
  EXPECT_FALSE(damaged);
  const auto whole = bytes();
  write(whole.substr(0, whole.size() - 12));
  rows(provider_, {}, &damaged);
  EXPECT_TRUE(damaged);
}

TEST_F(Reading, GoesOnAtEveryRow) {
  for (const bool is_json : {false, true}) {
    write_gzip(is_json ? R"([{"n":1,"name":"One"}, {"n":2,"name":"Tw{o"},
      {"n":"3","name":"Th\"}ree","a":"x"}])"
                       : csv_);
    std::vector<Position> ends;
    const auto all = rows(provider_, {}, nullptr, &ends);
    ASSERT_GE(ends.size(), 3u);
    std::string rest = all;
    for (const auto& end : ends) {
      rest.erase(0, rest.find('|') + 1);
      EXPECT_EQ(rows(provider_, end), rest);
    }
  }
}

TEST_F(Reading, FollowsPathsInJson) {
  const auto provider = with_city_rule(R"({"from":["a.b.-1.c","list"]})");
  write(R"({"n":7,"name":"A","a":{"b":[{"c":"first"},{"c":"last"}]}}
{"n":8,"name":"B","list":["x",null,"y",{"z":1}]}
{"n":9,"name":"C","a":{"b":"text"}}
nonsense
{"n":10,"name":"D"} {"broken": } {"n":11,"na)");
  EXPECT_EQ(rows(provider),
            "1:7 A last|2:8 B x, y|3:9 C |4:not_json|5:10 D |6:not_json|7:cut_off|");
}

TEST_F(Reading, RefusesAFileOfSomethingElse) {
  write("colour,name\nred,x\n");
  EXPECT_EQ(rows(provider_), "registers/missing_column n");
  write("");
  EXPECT_EQ(rows(provider_), "registers/empty_file");
  write("\n \n");
  EXPECT_EQ(rows(provider_), "registers/empty_file ");
  write("PK\x03\x04 but no zip");
  EXPECT_EQ(rows(provider_), "registers/unreadable_file");
}

TEST(ShippedProviders, ReadWhatTheirRegistersWrite) {
  const auto values = [](std::string_view name, std::string_view json) {
    const auto* provider = find_provider(name);
    std::vector<std::string> cells;
    EXPECT_TRUE(read_json_cells(json, provider->columns, cells));
    const std::vector<std::string_view> views(cells.begin(), cells.end());
    return map_row(*provider, views).entry;
  };
  const auto no = values("brreg", R"({"organisasjonsnummer":"923609016","navn":"EKSEMPEL AS",
    "registrertIMvaregisteret":true,"konkurs":false,"underAvvikling":true,"antallAnsatte":12,
    "naeringskode1":{"kode":"62.010","beskrivelse":"Programmering"},"stiftelsesdato":"1995-03-14",
    "forretningsadresse":{"adresse":["Storgata 1","Bygg B"],"postnummer":"0150","poststed":"OSLO",
    "landkode":"NO"},"hjemmeside":"WWW.EKSEMPEL.EXAMPLE"})");
  EXPECT_EQ(no[Field::number], "923609016");
  EXPECT_EQ(no[Field::vat_number], "NO923609016MVA");
  EXPECT_EQ(no[Field::street], "Storgata 1, Bygg B");
  EXPECT_EQ(no[Field::status], "winding_up");
  EXPECT_EQ(no[Field::employees], "12");
  EXPECT_EQ(no[Field::website], "www.eksempel.example");
  const auto dk = values("cvr", R"({"_source":{"Vrvirksomhed":{"cvrNummer":12345674,
    "reklamebeskyttet":true,"telefonNummer":[{"kontaktoplysning":"11111111"},
    {"kontaktoplysning":"70102030"}],"virksomhedMetadata":{"nyesteNavn":{"navn":"Ærø Byg ApS"},
    "sammensatStatus":"UNDERKONKURS","nyesteBeliggenhedsadresse":{"vejnavn":"Havnegade",
    "husnummerFra":7,"postnummer":5970,"postdistrikt":"Ærøskøbing","landekode":"DK"}}}}})");
  EXPECT_EQ(dk[Field::number], "12345674");
  EXPECT_EQ(dk[Field::name], "Ærø Byg ApS");
  EXPECT_EQ(dk[Field::street], "Havnegade 7");
  EXPECT_EQ(dk[Field::phone], "70102030");
  EXPECT_EQ(dk[Field::status], "bankrupt");
  EXPECT_EQ(dk[Field::no_marketing], "true");
}

}  // namespace
}  // namespace fokus::registers
