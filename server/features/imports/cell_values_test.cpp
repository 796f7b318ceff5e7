// SPDX-License-Identifier: Apache-2.0
#include "features/imports/cell_values.hpp"

#include <gtest/gtest.h>

#include "features/imports/column_guess.hpp"

namespace fokus::imports {
namespace {

TEST(CellValues, Numbers) {
  const std::pair<const char*, const char*> cases[] = {{"1.234,50", "1234.50"},
                                                       {"1,234.50", "1234.50"},
                                                       {"1234,5", "1234.5"},
                                                       {"1.234.567", "1234567"},
                                                       {"1,234", "1.234"},
                                                       {"1.234", "1234"},
                                                       {"0.125", "0.125"},
                                                       {"12.50", "12.50"},
                                                       {"-5", "-5"},
                                                       {"kr. 1.250,00", "1250.00"},
                                                       {"12 EUR", "12"},
                                                       {"1 234 567", "1234567"},
                                                       {"1\xC2\xA0"
                                                        "234",
                                                        "1234"},
                                                       {"1-10", "1-10"},
                                                       {"many", "many"},
                                                       {"€ 5", "5"},
                                                       {"12.3456", "12.3456"}};
  for (const auto& [in, out] : cases) EXPECT_EQ(plain_number(in, ','), out) << in;
}

// 3.125 is three and an eighth or three thousand: the file decides, and nothing else.
TEST(CellValues, TheMarkDecidesOnlyWhatIsAmbiguous) {
  EXPECT_EQ(plain_number("3.125", '.'), "3.125");
  EXPECT_EQ(plain_number("3.125", ','), "3125");
  EXPECT_EQ(plain_number("3,125", '.'), "3125");
  EXPECT_EQ(plain_number("3,125", ','), "3.125");
  for (const char mark : {'.', ','}) {
    EXPECT_EQ(plain_number("0.125", mark), "0.125");
    EXPECT_EQ(plain_number("1.234,50", mark), "1234.50");
    EXPECT_EQ(plain_number("1,234.50", mark), "1234.50");
    EXPECT_EQ(plain_number("1.234.567", mark), "1234567");
    EXPECT_EQ(plain_number("12.5", mark), "12.5");
    EXPECT_EQ(plain_number("1234.567", mark), "1234.567");
  }
}

TEST(CellValues, AFileShowsItsDecimalMark) {
  const auto guess = [](std::vector<std::string> sample, char delimiter) {
    return guess_decimal_mark({{"Amount", std::move(sample), ""}}, delimiter);
  };
  EXPECT_EQ(guess({"3.125", "12.5"}, ';'), '.');
  EXPECT_EQ(guess({"1.234", "1.234,50"}, ','), ',');
  EXPECT_EQ(guess({"1.234.567"}, ','), ',');
  EXPECT_EQ(guess({"3.125"}, ','), '.');
  EXPECT_EQ(guess({"3.125"}, ';'), ',');
  EXPECT_EQ(guess({"31.12.2025", "+45 33.12.45.67", "many"}, ';'), ',');
}

TEST(CellValues, Dates) {
  const auto day = [](const char* text) { return plain_date(text, DateOrder::day_first); };
  for (const char* text : {"2025-12-31", "31-12-2025", "31.12.2025", "31/12/25", "12/31/2025",
                           "20251231", "31. december 2025", "31 Dez 2025", "2025/12/31",
                           "2025-12-31 10:00:00", "31-12-2025 10:15"})
    EXPECT_EQ(day(text), "2025-12-31") << text;
  EXPECT_EQ(day("03-04-2025"), "2025-04-03");
  EXPECT_EQ(plain_date("03/04/2025", DateOrder::month_first), "2025-03-04");
  EXPECT_EQ(day("1. marts 67"), "1967-03-01");
  EXPECT_EQ(day("31-02-2025"), "31-02-2025");
  EXPECT_EQ(day("soon"), "soon");
}

TEST(CellValues, Countries) {
  for (const char* text : {"Danmark", "DENMARK", "Dänemark", "dk", "DNK"})
    EXPECT_EQ(country_code(text), "DK") << text;
  EXPECT_EQ(country_code("USA"), "US");
  EXPECT_EQ(country_code("Atlantis"), "Atlantis");
}

TEST(CellValues, GuardsComeOff) {
  EXPECT_EQ(without_guard("'+45 12345678"), "+45 12345678");
  EXPECT_EQ(without_guard("'s-Hertogenbosch"), "'s-Hertogenbosch");
  EXPECT_EQ(without_guard("'"), "'");
}

class GuessTest : public ::testing::Test {
 protected:
  void SetUp() override {
    company_.name = "company";
    add(company_, "name", records::FieldKind::text, "Navn");
    add(company_, "org_number", records::FieldKind::registration_number, "CVR-nummer");
    add(company_, "phone", records::FieldKind::phone, "Telefon");
    add(company_, "email", records::FieldKind::email, "E-mail");
    add(company_, "address", records::FieldKind::address, "Adresse");
    person_.name = "person";
    add(person_, "first_name", records::FieldKind::text, "Fornavn");
    add(person_, "last_name", records::FieldKind::text, "Efternavn");
    add(person_, "name", records::FieldKind::text, "Navn");
    person_.fields.back().computed = "{first_name} {last_name}";
    add(person_, "company", records::FieldKind::link, "Firma");
    person_.fields.back().target = "company";
    add(person_, "email", records::FieldKind::email, "E-mail");
    add(person_, "job_title", records::FieldKind::text, "Titel");
    dictionary_.types = {{"company", company_}, {"person", person_}};
  }
  static void add(records::RecordType& type, const char* name, records::FieldKind kind,
                  const char* label) {
    records::Field field;
    field.name = name;
    field.kind = kind;
    field.label = {{"da", label}};
    type.fields.push_back(field);
  }
  std::vector<std::string> guess(const records::RecordType& type, std::vector<FileColumn> columns) {
    guess_columns(dictionary_, type, columns, [](const records::Field&) { return true; });
    std::vector<std::string> out;
    for (const auto& column : columns) out.push_back(column.guess);
    return out;
  }

  records::RecordType company_, person_;
  records::Dictionary dictionary_;
};

TEST_F(GuessTest, CompaniesInThreeLanguages) {
  EXPECT_EQ(guess(company_, {{"Firmanavn", {}, ""},
                             {"CVR-nr.", {}, ""},
                             {"Tlf.", {}, ""},
                             {"Postnr", {}, ""},
                             {"By", {}, ""},
                             {"Farve", {}, ""}}),
            (std::vector<std::string>{"name", "org_number", "phone", "address.postcode",
                                      "address.city", ""}));
  EXPECT_EQ(guess(company_, {{"Organization Name", {}, ""}, {"Organization Address", {}, ""}}),
            (std::vector<std::string>{"name", "address.street"}));
  EXPECT_EQ(guess(company_, {{"Unternehmen", {}, ""}, {"PLZ", {}, ""}, {"Straße", {}, ""}}),
            (std::vector<std::string>{"name", "address.postcode", "address.street"}));
}

TEST_F(GuessTest, PersonsWithTheirCompany) {
  EXPECT_EQ(guess(person_, {{"Fornavn", {}, ""},
                            {"Efternavn", {}, ""},
                            {"Firma", {}, ""},
                            {"Stilling", {}, ""},
                            {"Company CVR", {}, ""}}),
            (std::vector<std::string>{"first_name", "last_name", "company.name", "job_title",
                                      "company.org_number"}));
}

TEST_F(GuessTest, SamplesDecide) {
  EXPECT_EQ(guess(company_, {{"E-mail", {"ja", "nej"}, ""}, {"Kontakt", {"a@b.dk", "c@d.dk"}, ""}}),
            (std::vector<std::string>{"", "email"}));
}

TEST_F(GuessTest, NamesAreUnique) {
  EXPECT_EQ(column_names({"Navn", "", "Navn", " Navn "}),
            (std::vector<std::string>{"Navn", "Column 2", "Navn (2)", "Navn (3)"}));
}

}  // namespace
}  // namespace fokus::imports
