// SPDX-License-Identifier: Apache-2.0
// The world that speed is measured on, written in bulk. bench_world_test.cpp compares its rows with
// what the save recipe writes for the same values.
#include <fmt/format.h>

#include <set>

#include "features/worlds/bench_people.hpp"
#include "features/worlds/bulk_rows.hpp"
#include "features/worlds/seeds.hpp"
#include "platform/locale.hpp"
#include "platform/romanise.hpp"
#include "records/initials.hpp"
#include "records/phone_words.hpp"
#include "records/search_marks.hpp"

namespace fokus::worlds {
namespace {

using store::Value;

constexpr const char* bench_password = "bench bench bench bench";
constexpr int days_back = 8 * 365;

struct BenchUser {
  const char *email, *role;
};
constexpr BenchUser bench_users[] = {{"bench01@example.org", "administrator"},
                                     {"bench02@example.org", "sales"}};

Plan plan_staff(Instant at) {
  Plan plan;
  std::vector<Slot> groups;
  for (int i = 1; i <= bench::group_count; ++i)
    groups.push_back(plan.add({at, no_slot, "group", {{"name", fmt::format("Gruppe {}", i)}}}));
  for (int i = 1; i <= bench::owner_count; ++i) {
    const Slot group = groups[static_cast<std::size_t>(bench::group_of(i) - 1)];
    const Slot user = plan.add({at,
                                no_slot,
                                "user",
                                {{"name", fmt::format("Bruger {:02}", i)},
                                 {"email", fmt::format("bench{:02}@example.org", i)}},
                                {{"primary_group", {group}}}});
    if (i <= static_cast<int>(std::size(bench_users)))
      plan.accounts.push_back({user, bench_password, bench_users[i - 1].role, {}});
  }
  return plan;
}

// Folding costs microseconds and names repeat: each is folded once.
class Folded {
 public:
  const std::string& operator()(std::string_view text) {
    const auto found = known_.find(std::string(text));
    if (found != known_.end()) return found->second;
    if (known_.size() > known_max) known_.clear();
    return known_.emplace(std::string(text), fold(text)).first->second;
  }

 private:
  static constexpr std::size_t known_max = 100'000;
  std::unordered_map<std::string, std::string> known_;
};

// The words of a search entry, as records/search_entry.cpp puts them together.
class SearchText {
 public:
  explicit SearchText(std::string_view type_word) : type_word_(type_word) {}
  void add(std::string_view folded, char mark = records::open_mark) {
    for (std::size_t at = 0; at < folded.size();) {
      std::size_t end = at;
      while (end < folded.size() && is_word_byte(folded[end])) ++end;
      if (end > at) words_.add(mark, folded.substr(at, end - at));
      at = end + 1;
    }
  }
  void add_name(std::string_view name, std::string_view folded) {
    add(folded);
    for (const auto& other : other_spellings(name)) add(other);
  }
  void add_phone(const std::string& digits) {
    if (digits.empty()) return;
    for (const auto& word : records::phone_words(digits)) words_.add(contact_mark(), word);
  }
  void add_email(std::string_view email) { add(email, contact_mark()); }
  void add_initials(std::string_view name) {
    for (const auto& initials : records::initials_of(name))
      words_.add(records::open_mark, initials);
  }
  std::set<std::string> words() const { return words_.plain(); }
  std::string render(std::int64_t id) const { return words_.render(type_word_, id); }

 private:
  static bool is_word_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'); }
  static char contact_mark() {
    static const char mark = records::search_mark("contact");
    return mark;
  }
  std::string type_word_;
  records::MarkedWords words_;
};

class Loader {
 public:
  Loader(const WorldParts& parts, const WorldOptions& options)
      : parts_(parts), sizes_(bench::sizes_at(options.scale)), now_(parts.clock.now()) {
    start_ = Instant{(now_.ms / ms_per_day - days_back) * ms_per_day};
  }

  Status load() {
    TRY(play_plan(plan_staff(start_), parts_));
    BareTables bare(parts_.database, {"companies", "persons", "sales", "activities",
                                      "contact_points", "search_entries"});
    load_companies();
    load_persons();
    load_sales();
    load_activities();
    write_all(true);
    learn_words();
    report("indexes", bare.restore());
    finish();
    return {};
  }

 private:
  // Records are made in order of their id, with some noise, over eight years.
  std::int64_t created_at(Draw& draw, std::int64_t id, std::int64_t count) const {
    const double share =
        (static_cast<double>(id) + draw.unit() * 0.02 * static_cast<double>(count)) /
        (1.02 * static_cast<double>(count));
    return start_.ms + static_cast<std::int64_t>(share * static_cast<double>(now_.ms - start_.ms));
  }
  static Value text(std::string_view value) {
    return value.empty() ? Value() : Value(std::string(value));
  }
  static Draw dice(std::string_view what, std::int64_t id) {
    return Draw(what).fork(static_cast<std::uint64_t>(id));
  }

  void load_companies();
  void load_persons();
  void load_sales();
  void load_activities();
  void learn_words();
  void finish();

  void add_point(const char* type, std::int64_t id, const char* kind, const char* label,
                 const std::string& value, const std::string& folded, bool primary, int position) {
    points_.add(
        {type, id, kind, label, value, folded, std::int64_t{primary}, std::int64_t{position}});
  }
  void add_entry(const char* type, std::int64_t id, const std::string& name,
                 std::string_view subtitle, const SearchText& words, std::int64_t owner) {
    for (const auto& word : words.words())
      if (word.size() >= 4 && word.size() <= 20 && word.find_first_of("0123456789") == word.npos)
        words_.insert(word);
    entries_.add({type, id, name, std::string(subtitle), words.render(id), owner,
                  bench::group_of(owner), std::int64_t{0}});
  }
  void write_all(bool rest = false) {
    std::vector<BulkRows*> due;
    for (auto* rows : {&companies_, &persons_, &sales_, &activities_, &points_, &entries_})
      if (rest || rows->is_full()) due.push_back(rows);
    if (due.empty()) return;
    parts_.database.write([&](store::Transaction& tx) {
      for (auto* rows : due) rows->write(tx);
    });
    for (auto* rows : due) rows->clear();
  }
  void report(std::string_view what, std::int64_t rows) const {
    if (parts_.on_progress) parts_.on_progress(what, rows);
  }

  const WorldParts& parts_;
  bench::Sizes sizes_;
  Instant now_, start_;
  Folded folded_;
  std::set<std::string> words_;
  BulkRows companies_{
      "companies", {"id",         "version",    "created_at",  "created_by",   "updated_at",
                    "updated_by", "owner",      "owner_group", "name",         "name_f",
                    "category",   "business",   "org_number",  "org_number_f", "phone",
                    "phone_f",    "email",      "email_f",     "country",      "country_f",
                    "language",   "language_f", "employees",   "address_city", "address_city_f"}};
  BulkRows persons_{
      "persons",
      {"id",          "version",     "created_at", "created_by", "updated_at",   "updated_by",
       "owner",       "owner_group", "restricted", "first_name", "first_name_f", "last_name",
       "last_name_f", "name",        "name_f",     "company",    "job_title",    "job_title_f",
       "phone",       "phone_f",     "mobile",     "mobile_f",   "email",        "email_f",
       "country",     "country_f",   "language",   "language_f"}};
  BulkRows sales_{
      "sales",
      {"id",          "version",         "created_at",  "created_by", "updated_at", "updated_by",
       "owner",       "owner_group",     "name",        "name_f",     "company",    "person",
       "amount",      "amount_currency", "amount_base", "status",     "stage",      "probability",
       "expected_on", "closed_on",       "source",      "reason"}};
  BulkRows activities_{"activities",
                       {"id", "version", "created_at", "created_by", "updated_at", "updated_by",
                        "owner", "owner_group", "name", "name_f", "kind", "status", "starts_at",
                        "ends_at", "due_on", "done_at", "company", "person"}};
  BulkRows points_{
      "contact_points",
      {"record_type", "record_id", "kind", "label", "value", "value_f", "is_primary", "position"}};
  BulkRows entries_{"search_entries",
                    {"record_type", "record_id", "name", "subtitle", "text", "owner", "owner_group",
                     "restricted"}};
};

void Loader::load_companies() {
  constexpr std::string_view categories[] = {"customer", "prospect",   "partner",
                                             "supplier", "competitor", "former_customer"};
  constexpr int weights[] = {40, 35, 8, 7, 2, 8};
  for (std::int64_t id = 1; id <= sizes_.companies; ++id) {
    const auto c = bench::company_at(sizes_, id);
    const Country& country = country_of(c.culture);
    Draw draw = dice("bench.company.rest", id);
    const std::int64_t at = created_at(draw, id, sizes_.companies);
    const std::string name_f = fold(c.name), phone_f = fold_phone(c.phone),
                      email = "post@" + c.domain;
    const std::string number = draw_registration(draw, country);
    const std::string city(draw.pick(country.towns).name);
    companies_.add({id,
                    std::int64_t{1},
                    at,
                    c.owner,
                    at,
                    c.owner,
                    c.owner,
                    bench::group_of(c.owner),
                    c.name,
                    name_f,
                    std::string(categories[draw.weighted(weights)]),
                    c.business,
                    number,
                    number,
                    c.phone,
                    phone_f,
                    email,
                    email,
                    std::string(country.code),
                    folded_(country.code),
                    std::string(country.language),
                    folded_(country.language),
                    draw.skewed(5000, 6.0) + 1,
                    city,
                    folded_(city)});
    add_point("company", id, "phone", "work", c.phone, phone_f, true, 1);
    add_point("company", id, "email", "work", email, email, true, 2);
    SearchText words("t0company");
    words.add_name(c.name, name_f);
    words.add(number);
    words.add_phone(phone_f);
    words.add_email(email);
    words.add_initials(c.name);
    add_entry("company", id, c.name, email, words, c.owner);
    write_all();
  }
  report("companies", sizes_.companies);
}

void Loader::load_persons() {
  for (std::int64_t id = 1; id <= sizes_.persons; ++id) {
    const auto p = bench::person_at(sizes_, id);
    const Country& country = country_of(p.culture);
    Draw draw = dice("bench.person.rest", id);
    const std::int64_t at = created_at(draw, id, sizes_.persons);
    const std::string name = p.first + " " + p.last;
    const std::string &first_f = folded_(p.first), last_f = folded_(p.last);
    const std::string name_f = first_f + " " + last_f;
    const std::string phone_f = fold_phone(p.phone), mobile_f = fold_phone(p.mobile);
    persons_.add({id,
                  std::int64_t{1},
                  at,
                  p.owner,
                  at,
                  p.owner,
                  p.owner,
                  bench::group_of(p.owner),
                  std::int64_t{0},
                  p.first,
                  first_f,
                  p.last,
                  last_f,
                  name,
                  name_f,
                  p.company,
                  std::string(p.job_title),
                  folded_(p.job_title),
                  text(p.phone),
                  text(phone_f),
                  text(p.mobile),
                  text(mobile_f),
                  text(p.email),
                  text(p.email),
                  std::string(country.code),
                  folded_(country.code),
                  std::string(country.language),
                  folded_(country.language)});
    int position = 0;
    if (!p.phone.empty())
      add_point("person", id, "phone", "work", p.phone, phone_f, true, ++position);
    if (!p.mobile.empty())
      add_point("person", id, "phone", "mobile", p.mobile, mobile_f, p.phone.empty(), ++position);
    if (!p.email.empty())
      add_point("person", id, "email", "work", p.email, p.email, true, ++position);
    SearchText words("t0person");
    words.add_name(name, name_f);
    words.add_phone(phone_f);
    words.add_phone(mobile_f);
    words.add_email(p.email);
    words.add_initials(name);
    add_entry("person", id, name, p.job_title, words, p.owner);
    write_all();
    if (id % 100'000 == 0) report("persons", id);
  }
}

void Loader::load_sales() {
  constexpr std::string_view stages[] = {"qualify", "needs", "offer", "negotiation", "closing"};
  constexpr int probabilities[] = {10, 25, 50, 75, 90};
  constexpr std::string_view sources[] = {"existing", "referral", "web",
                                          "fair",     "campaign", "cold_call"};
  constexpr std::string_view reasons[] = {"price",     "timing",  "competitor",
                                          "no_budget", "product", "relation"};
  constexpr std::string_view goods[] = {"Kontorborde", "Stole",      "Serviceaftale",
                                        "Licenser",    "Kursus",     "Rådgivning",
                                        "Maskiner",    "Reservedele"};
  constexpr std::string_view states[] = {"open", "sold", "lost", "stalled"};
  constexpr int state_weights[] = {18, 44, 34, 4};
  for (std::int64_t id = 1; id <= sizes_.sales; ++id) {
    Draw draw = dice("bench.sale", id);
    const std::int64_t person = 1 + draw.skewed(sizes_.persons, 1.5);
    const std::int64_t company = bench::company_of_person(sizes_, person),
                       owner = bench::draw_owner(draw);
    const std::int64_t at = created_at(draw, id, sizes_.sales);
    const std::string name = fmt::format("{} {}", draw.pick(goods), 1000 + draw.below(900'000));
    const std::string_view status = states[draw.weighted(state_weights)];
    const auto stage = static_cast<std::size_t>(status == "sold" ? 4 : draw.below(5));
    const auto amount = static_cast<std::int64_t>(4'000'000 * draw.factor());
    const bool over = status == "sold" || status == "lost";
    const std::string day = render_date(date_from_days((at / ms_per_day) + draw.between(10, 150)));
    sales_.add({id,
                std::int64_t{1},
                at,
                owner,
                at,
                owner,
                owner,
                bench::group_of(owner),
                name,
                folded_(name),
                company,
                person,
                amount,
                "DKK",
                amount,
                std::string(status),
                std::string(stages[stage]),
                std::int64_t{over ? (status == "sold" ? 100 : 0) : probabilities[stage]},
                day,
                over ? Value(day) : Value(),
                std::string(draw.pick(sources)),
                status == "lost" ? Value(std::string(draw.pick(reasons))) : Value()});
    SearchText words("t0sale");
    words.add_name(name, folded_(name));
    words.add_initials(folded_(name));
    add_entry("sale", id, name, "", words, owner);
    write_all();
  }
  report("sales", sizes_.sales);
}

void Loader::load_activities() {
  constexpr std::string_view kinds[] = {"meeting", "call", "task", "note"};
  constexpr int kind_weights[] = {30, 40, 25, 5};
  constexpr std::string_view titles[] = {"Opfølgning på tilbud",
                                         "Statusmøde",
                                         "Første samtale",
                                         "Send tilbud",
                                         "Servicebesøg",
                                         "Telefonnotat",
                                         "Gennemgang",
                                         "Ring om levering",
                                         "Årsmøde",
                                         "Opdater stamoplysninger"};
  for (std::int64_t id = 1; id <= sizes_.activities; ++id) {
    Draw draw = dice("bench.activity", id);
    const std::int64_t person = 1 + draw.skewed(sizes_.persons, 1.5);
    const std::int64_t owner = bench::draw_owner(draw);
    const std::int64_t at = created_at(draw, id, sizes_.activities);
    const std::int64_t starts =
        (at + draw.between(-5, 40) * ms_per_day) / (15 * ms_per_minute) * (15 * ms_per_minute);
    const std::int64_t ends = starts + 30 * ms_per_minute;
    const bool done = ends < now_.ms && draw.chance(0.93);
    const std::string_view kind = kinds[draw.weighted(kind_weights)];
    const std::string_view title = draw.pick(titles);
    const bool task = kind == "task";
    activities_.add(
        {id, std::int64_t{1}, at, owner, at, owner, owner, bench::group_of(owner),
         std::string(title), folded_(title), std::string(kind), done ? "done" : "planned", starts,
         ends, task ? Value(render_date(date_from_days(ends / ms_per_day))) : Value(),
         done ? Value(ends) : Value(), bench::company_of_person(sizes_, person), person});
    write_all();
    if (id % 200'000 == 0) report("activities", id);
  }
}

void Loader::learn_words() {
  const std::string_view add_word = parts_.statements["records.add_search_word"];
  const std::string_view add_variant = parts_.statements["records.add_search_variant"];
  parts_.database.write([&](store::Transaction& tx) {
    for (const auto& word : words_) {
      tx.execute(add_word, {word});
      tx.execute(add_variant, {word, word});
      for (std::size_t i = 0; i < word.size(); ++i)
        tx.execute(add_variant, {std::string(word).erase(i, 1), word});
    }
  });
}

// What loading past the engines' own ways leaves to do.
void Loader::finish() {
  const bool sqlite = parts_.database.engine() == store::Engine::sqlite;
  if (sqlite) {
    // A large memory for the build means few pieces to merge; back to the default afterwards.
    for (const char* sql :
         {"INSERT INTO search_index(search_index, rank) VALUES('hashsize', 134217728)",
          "INSERT INTO search_index(search_index) VALUES('rebuild')",
          "INSERT INTO search_index(search_index, rank) VALUES('hashsize', 1048576)", "ANALYZE"})
      parts_.database.write([&](store::Transaction& tx) { tx.execute_script(sql); });
  } else {
    parts_.database.write([&](store::Transaction& tx) {
      for (const char* table : {"companies", "persons", "sales", "activities"})
        tx.execute_script(fmt::format(
            "SELECT setval(pg_get_serial_sequence('{0}', 'id'), (SELECT max(id) FROM {0}))",
            table));
      tx.execute_script("ANALYZE");
    });
  }
  report("search index", entries_.total());
}

}  // namespace

Status load_bench_world(const WorldParts& parts, const WorldOptions& options) {
  if (!(options.scale > 0 && options.scale <= 1))
    return field_error("worlds/invalid", "scale", "out_of_range", {{"min", "0"}, {"max", "1"}});
  return Loader(parts, options).load();
}

std::vector<SignIn> bench_sign_ins() {
  std::vector<SignIn> out;
  for (const auto& user : bench_users)
    out.push_back({user.email, bench_password, user.email, user.role});
  return out;
}

}  // namespace fokus::worlds
