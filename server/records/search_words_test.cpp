// SPDX-License-Identifier: Apache-2.0
// Under which words, initials and numbers records are found, also those that were there before.
#include <chrono>
#include <thread>

#include "records/initials.hpp"
#include "records/place_testing.hpp"
#include "records/search.hpp"
#include "records/search_query.hpp"
#include "records/search_rebuild.hpp"

namespace fokus::records {
namespace {

using Texts = std::vector<std::string>;

TEST(Initials, AreTheFirstLettersAndTheFirstLettersFolded) {
  EXPECT_EQ(initials_of("Anna Lund"), Texts{"al"});
  EXPECT_EQ(initials_of("Åse Jensen"), (Texts{"aj", "aaj"}));
  EXPECT_EQ(initials_of("Øjvind Søndergaard"), (Texts{"os", "oes"}));
  EXPECT_EQ(initials_of("A\xCC\x8Ase Jensen"), (Texts{"aj", "aaj"}));  // in two code points
  EXPECT_EQ(initials_of("Hans-Peter Ørum"), (Texts{"hpo", "hpoe"}));
  EXPECT_EQ(initials_of("Madonna"), Texts());
  EXPECT_EQ(initials_of("En to tre fire fem seks"), Texts());
}

TEST(Initials, OfAQueryAreFoldedLetterByLetter) {
  EXPECT_EQ(spelled_letters("åj"), "aaj");
  EXPECT_EQ(spelled_letters("ØS"), "oes");
  EXPECT_EQ(spelled_letters("å"), "");
  EXPECT_EQ(spelled_letters("søndergaard"), "");
  for (const char* name : {"Юлия Жукова", "Дмитрий Чехов", "Γιώργος Γεωργίου"}) {
    const auto words = written_words(name);
    const auto typed = std::string(words[0].substr(0, 2)) + std::string(words[1].substr(0, 2));
    const auto kept = initials_of(name);
    EXPECT_NE(std::find(kept.begin(), kept.end(), spelled_letters(typed)), kept.end()) << name;
  }
}

TEST(SearchQueries, KnowRegistrationNumbersInPieces) {
  const auto numbers = [](const char* q) { return parse_search(q).numbers; };
  EXPECT_EQ(numbers("DK 29 18 12 34"), (Texts{"dk29181234", "29181234"}));
  EXPECT_EQ(numbers("DK-29181234"), (Texts{"dk29181234", "29181234"}));
  EXPECT_EQ(numbers("NO 923 609 016 MVA"), (Texts{"no923609016", "923609016"}));
  EXPECT_EQ(numbers("ATU 12345678"), (Texts{"atu12345678", "12345678"}));
  EXPECT_EQ(numbers("dk 29 1"), Texts{"dk291"});
  EXPECT_EQ(numbers("DK29181234"), (Texts{"dk29181234", "29181234"}));
  EXPECT_EQ(numbers("no1"), Texts());
  EXPECT_EQ(numbers("NO-0150 Oslo"), Texts());
  EXPECT_EQ(numbers("Anna 29 18 12 34"), Texts());
}

class SearchWords : public testing::Place {
 protected:
  ApiParts parts(work::Jobs& jobs) {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            jobs,
            [](const Scope&, const ReadTrace&) {},
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }
  void ask_for_rebuild() {
    run("INSERT INTO jobs (kind, status, created_by, created_at, run_at, input) VALUES "
        "('search_rebuild', 'waiting', 0, 0, 0, '{}')");
  }
  void rebuild() {
    const auto jobs = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    add_search_jobs(parts(*jobs), {});
    jobs->start(1);
    constexpr int looks_max = 12'000;
    for (int i = 0; i < looks_max && number("SELECT count(*) FROM jobs WHERE status <> 'done'");
         ++i)
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    jobs->stop();
    EXPECT_EQ(number("SELECT count(*) FROM jobs WHERE status = 'done'"), 1);
  }
  // The index as a program wrote it that knew fewer words.
  void forget_words() {
    run("UPDATE search_entries SET text = 't0old'");
    if (GetParam() == store::Engine::sqlite)
      run("INSERT INTO search_index(search_index) VALUES ('rebuild')");
  }
  std::string found(const char* q) {
    std::string text;
    JsonWriter writer(text);
    (*database_)->read([&](store::Session& session) {
      return write_search(*records_, session, *statements_, system_, clock_.now(), q, 10, writer)
          .shown;
    });
    return text;
  }
};
INSTANTIATE_EACH_ENGINE(SearchWords);

TEST_P(SearchWords, FindDocumentsByTheirReferences) {
  create("document",
         {{"name", "Contract"}, {"our_ref", "2024-117"}, {"your_ref", "Sag/Ø 88-1234"}});
  for (const char* q : {"2024-117", "2024117", "2024 117", "2024-1", "sag", "88-1234", "sag oe"}) {
    EXPECT_EQ(count("document", "", q), 1) << q;
    EXPECT_NE(found(q).find("Contract"), std::string::npos) << q;
  }
  EXPECT_EQ(count("document", "", "2025-117"), 0);
}

TEST_P(SearchWords, FindPeopleByTheirInitialsInAnyLetters) {
  for (const auto& [first, last] : {std::pair{"Åse", "Jensen"}, std::pair{"Øjvind", "Søndergaard"},
                                    std::pair{"Юлия", "Жукова"}, std::pair{"Γιώργος", "Γεωργίου"}})
    create("person", {{"first_name", first}, {"last_name", last}});
  for (const char* q : {"åj", "ÅJ", "aj", "aaj"}) EXPECT_EQ(count("person", "", q), 1) << q;
  for (const char* q : {"øs", "os", "oes"}) EXPECT_EQ(count("person", "", q), 1) << q;
  EXPECT_EQ(count("person", "", "юж"), 1);
  EXPECT_EQ(count("person", "", "γγ"), 1);
  EXPECT_NE(found("åj").find("Jensen"), std::string::npos);
}

TEST_P(SearchWords, FindNamesHoweverTheirLettersAreWritten) {
  create("person", {{"first_name", "Jürgen"}, {"last_name", "Müller"}});
  create("person", {{"first_name", "Åse"}, {"last_name", "Sørensen"}});
  create("person", {{"first_name", "Paul"}, {"last_name", "Mueller"}});
  for (const char* q : {"mueller", "Müller"}) EXPECT_EQ(count("person", "", q), 2) << q;
  EXPECT_EQ(count("person", "", "muller"), 1);
  for (const char* q : {"juergen", "jurgen", "soerensen", "sorensen", "aase", "ase", "Sørensen"})
    EXPECT_EQ(count("person", "", q), 1) << q;
}

TEST_P(SearchWords, FindRegistrationNumbersInPieces) {
  create("company", {{"name", "Nordlys"}, {"org_number", "29181234"}});
  create("company", {{"name", "Sydlys"}, {"vat_number", "DK 29 18 12 35"}});
  for (const char* q : {"DK 29 18 12 34", "dk29181234", "29 18 12 34", "DK-29181234"})
    EXPECT_EQ(count("company", "", q), 1) << q;
  for (const char* q : {"DK 29 18 12 35", "dk29181235", "29181235", "DK 29 18 12 3"})
    EXPECT_GE(count("company", "", q), 1) << q;
  EXPECT_NE(found("DK 29 18 12 35").find("Sydlys"), std::string::npos);
  EXPECT_EQ(count("company", "", "DK 29 18 12 36"), 0);
}

TEST_P(SearchWords, OfWhatWasThereBeforeAreReadAgain) {
  const auto kept = create("document", {{"name", "Kept"}, {"our_ref", "2024-117"}});
  const auto gone = create("document", {{"name", "Gone"}, {"our_ref", "2024-117"}});
  const auto person = create(
      "person", {{"first_name", "Åse"}, {"last_name", "Müller"}, {"phone", "+45 20 11 22 33"}});
  write([&](store::Transaction& tx) -> Status {
    TRY(records_->archive(tx, system_, type("document"), RecordId{gone}, {0, {}, "archive"}));
    return {};
  });
  const auto versions = number("SELECT sum(version) FROM documents");
  forget_words();
  EXPECT_EQ(count("document", "", "2024-117"), 0);
  ask_for_rebuild();
  rebuild();
  EXPECT_EQ(count("document", "", "2024-117"), 1);
  EXPECT_EQ(number("SELECT record_id FROM search_entries WHERE record_type = 'document'"), kept);
  for (const char* q : {"mueller", "åm", "20112233"}) EXPECT_EQ(count("person", "", q), 1) << q;
  EXPECT_EQ(number("SELECT count(*) FROM history WHERE record_type = 'person' AND record_id = " +
                   std::to_string(person)),
            1);
  EXPECT_EQ(number("SELECT sum(version) FROM documents"), versions);
}

}  // namespace
}  // namespace fokus::records
