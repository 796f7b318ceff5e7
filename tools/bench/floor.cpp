// SPDX-License-Identifier: Apache-2.0
// The half of the floor that is the database: the same questions as the API's, as the best SQL by
// hand, prepared, through the engine's own C API, one client. Nothing is made of the rows.
//   floor FILE-OR-URL OPERATION SECONDS PERSONS PREFIXES     OPERATION: record list search save
//   timeline import sum_month sum_owner sum_country
#include <libpq-fe.h>
#include <sqlite3.h>

#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <random>
#include <stdexcept>

#include "bench.hpp"
#include "store/sqlite/collation.hpp"

namespace fokus::bench {
namespace {

using Texts = std::vector<std::string>;

// One connection of either engine that runs prepared statements with text parameters.
class Raw {
 public:
  virtual ~Raw() = default;
  virtual int prepare(const std::string& sql) = 0;                       // placeholders $1, $2, …
  virtual std::int64_t run(int statement, const Texts& parameters) = 0;  // bytes of the rows
  virtual void script(const char* sql) = 0;
  std::int64_t rows() const { return rows_; }  // of the last run() on PostgreSQL

 protected:
  std::int64_t rows_ = 0;
};

class RawSqlite final : public Raw {
 public:
  explicit RawSqlite(const std::string& file) {
    if (sqlite3_open_v2(file.c_str(), &db_, SQLITE_OPEN_READWRITE, nullptr) != SQLITE_OK) fail();
    store::sqlite::register_danish(db_);
    script(
        "PRAGMA synchronous=FULL; PRAGMA cache_size=-65536; PRAGMA mmap_size=8000000000;"
        "PRAGMA secure_delete=ON; PRAGMA busy_timeout=10000");
  }
  ~RawSqlite() override {
    for (auto* statement : statements_) sqlite3_finalize(statement);
    sqlite3_close(db_);
  }
  int prepare(const std::string& sql) override {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v3(db_, sql.c_str(), -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr) !=
        SQLITE_OK)
      fail();
    statements_.push_back(statement);
    return static_cast<int>(statements_.size()) - 1;
  }
  std::int64_t run(int n, const Texts& parameters) override {
    auto* statement = statements_[static_cast<std::size_t>(n)];
    for (std::size_t i = 0; i < parameters.size(); ++i) {
      const auto& text = parameters[i];
      const bool number = !text.empty() && text.find_first_not_of("0123456789") == text.npos;
      if (number)
        sqlite3_bind_int64(statement, static_cast<int>(i) + 1, std::atoll(text.c_str()));
      else
        sqlite3_bind_text(statement, static_cast<int>(i) + 1, text.data(),
                          static_cast<int>(text.size()), SQLITE_STATIC);
    }
    std::int64_t bytes = 0;
    int code = SQLITE_ROW;
    while ((code = sqlite3_step(statement)) == SQLITE_ROW)
      for (int column = 0; column < sqlite3_column_count(statement); ++column) {
        sqlite3_column_text(statement, column);
        bytes += sqlite3_column_bytes(statement, column);
      }
    if (code != SQLITE_DONE) fail();
    sqlite3_reset(statement);
    return bytes;
  }
  void script(const char* sql) override {
    if (sqlite3_exec(db_, sql, nullptr, nullptr, nullptr) != SQLITE_OK) fail();
  }

 private:
  [[noreturn]] void fail() { throw std::runtime_error(sqlite3_errmsg(db_)); }
  sqlite3* db_ = nullptr;
  std::vector<sqlite3_stmt*> statements_;
};

class RawPostgres final : public Raw {
 public:
  explicit RawPostgres(const std::string& url) : connection_(PQconnectdb(url.c_str())) {
    if (PQstatus(connection_) != CONNECTION_OK) fail();
  }
  ~RawPostgres() override { PQfinish(connection_); }
  int prepare(const std::string& sql) override {
    take(PQprepare(connection_, ("s" + std::to_string(count_)).c_str(), sql.c_str(), 0, nullptr));
    return count_++;
  }
  std::int64_t run(int statement, const Texts& parameters) override {
    std::vector<const char*> values;
    for (const auto& text : parameters) values.push_back(text.c_str());
    return take(PQexecPrepared(connection_, ("s" + std::to_string(statement)).c_str(),
                               static_cast<int>(values.size()), values.data(), nullptr, nullptr,
                               0));
  }
  void script(const char* sql) override { take(PQexec(connection_, sql)); }

 private:
  std::int64_t take(PGresult* result) {
    const auto status = PQresultStatus(result);
    if (status != PGRES_TUPLES_OK && status != PGRES_COMMAND_OK) fail();
    std::int64_t bytes = 0;
    rows_ = PQntuples(result);
    for (int row = 0; row < PQntuples(result); ++row)
      for (int column = 0; column < PQnfields(result); ++column)
        bytes += PQgetlength(result, row, column);
    PQclear(result);
    return bytes;
  }
  [[noreturn]] void fail() { throw std::runtime_error(PQerrorMessage(connection_)); }
  PGconn* connection_;
  int count_ = 0;
};

// What one operation asks. Statements are prepared once.
class Floor {
 public:
  Floor(Raw& raw, bool sqlite, std::string operation, std::int64_t persons, Texts prefixes)
      : raw_(raw),
        sqlite_(sqlite),
        operation_(std::move(operation)),
        persons_(persons),
        prefixes_(std::move(prefixes)) {
    if (operation_ == "record")
      prepare_record();
    else if (operation_ == "list")
      prepare_list();
    else if (operation_ == "search")
      prepare_search();
    else if (operation_ == "save")
      prepare_save();
    else if (operation_ == "timeline")
      prepare_timeline();
    else if (operation_ == "import")
      prepare_import();
    else if (operation_.starts_with("sum_"))
      prepare_sum();
    else
      throw std::runtime_error("no operation named " + operation_);
  }

  std::int64_t once() {
    const std::string person = std::to_string(
        1 + static_cast<std::int64_t>(dice_() % static_cast<std::uint64_t>(persons_)));
    if (operation_ == "save") return save(person);
    if (operation_ == "import") return import();
    if (operation_ == "search") return search(prefixes_[dice_() % prefixes_.size()]);
    Texts parameters;
    if (operation_ != "list" && !operation_.starts_with("sum_")) parameters.push_back(person);
    if (operation_ == "list") parameters.push_back(countries_[dice_() % countries_.size()]);
    std::int64_t bytes = 0;
    for (const int statement : statements_) bytes += raw_.run(statement, parameters);
    return bytes;
  }

 private:
  void add(const std::string& sql) { statements_.push_back(raw_.prepare(sql)); }

  void prepare_record() {
    add("SELECT p.*, c.name, o.name, g.name FROM persons p LEFT JOIN companies c ON c.id = "
        "p.company "
        "LEFT JOIN users o ON o.id = p.owner LEFT JOIN groups g ON g.id = p.owner_group WHERE p.id "
        "= $1");
    add("SELECT kind, label, value, is_primary FROM contact_points WHERE record_type = 'person' "
        "AND record_id = $1 ORDER BY position");
  }
  void prepare_list() {
    const std::string nulls = sqlite_ ? "" : " NULLS LAST";
    add("SELECT p.id, p.version, p.name, p.email, c.id, c.name, p.country, p.created_at FROM "
        "persons p "
        "LEFT JOIN companies c ON c.id = p.company WHERE p.country_f = $1 AND p.archived_at IS "
        "NULL "
        "ORDER BY p.created_at DESC" +
        nulls + ", p.id DESC LIMIT 50");
  }
  void prepare_search() {
    if (sqlite_)
      return add(
          "SELECT e.record_id, e.name, e.subtitle FROM search_index f JOIN search_entries "
          "e ON e.id = f.rowid WHERE f.text MATCH $1 LIMIT 10");
    // Names that begin with it come out of their index in its order; words only when these are few.
    const std::pair<const char*, const char*> types[] = {
        {"company", "companies"}, {"person", "persons"}, {"sale", "sales"}};
    for (const auto& [type, table] : types) {
      add(std::string("SELECT id, name FROM ") + table +
          " WHERE name_f >= $1 AND name_f < $2 ORDER BY name_f NULLS FIRST LIMIT 10");
      add(std::string("WITH hits AS MATERIALIZED (SELECT e.record_id, e.name, e.subtitle FROM "
                      "search_entries e WHERE array_to_tsvector(string_to_array(e.text, ' ')) @@ "
                      "$1::text::tsquery AND e.record_type = '") +
          type + "') SELECT * FROM hits LIMIT 10");
    }
  }
  std::int64_t search(const std::string& prefix) {
    std::int64_t bytes = 0;
    if (sqlite_) {
      for (const char* type : {"t0company", "t0person", "t0sale"})
        bytes += raw_.run(statements_[0], {std::string(type) + " AND \"" + prefix + "\"*"});
      return bytes;
    }
    for (std::size_t i = 0; i < statements_.size(); i += 2) {
      bytes += raw_.run(statements_[i], {prefix, prefix + "\x7f"});
      if (raw_.rows() < 10) bytes += raw_.run(statements_[i + 1], {prefix + ":*"});
    }
    return bytes;
  }
  void prepare_save() {
    add("UPDATE persons SET job_title = $2, job_title_f = $2, version = version + 1, updated_at = "
        "$3 WHERE id = $1");
    add("INSERT INTO history(record_type, record_id, version, at, actor, actor_kind, action, "
        "payload, salt, payload_hash, hash) "
        "VALUES ('person', $1, 1, $2, 1, 'user', 'update', $3, $4, $4, $4)");
  }
  std::int64_t save(const std::string& person) {
    const std::string at =
        std::to_string(1'790'000'000'000 + static_cast<std::int64_t>(dice_() % 1'000'000));
    const std::string hash(64, 'a'),
        payload = "[{\"field\":\"job_title\",\"old\":\"Direkt\",\"new\":\"Chef\"}]";
    raw_.script(sqlite_ ? "BEGIN IMMEDIATE" : "BEGIN");
    raw_.run(statements_[0], {person, "Chef " + at, at});
    raw_.run(statements_[1], {person, at, payload, hash});
    raw_.script("COMMIT");
    return 0;
  }
  void prepare_sum() {
    const std::string what = "count(*), sum(s.amount_base) FROM sales s ";
    if (operation_ == "sum_month")
      add("SELECT substr(s.closed_on, 1, 7), " + what +
          "WHERE s.status = 'sold' AND s.archived_at IS NULL GROUP BY 1");
    else if (operation_ == "sum_owner")
      add("SELECT s.owner, " + what + "WHERE s.archived_at IS NULL GROUP BY 1");
    else
      add("SELECT c.country, " + what +
          "LEFT JOIN companies c ON c.id = s.company WHERE s.archived_at IS NULL GROUP BY 1");
  }
  // What a new person of an import leaves in the tables, as many in a transaction as there.
  void prepare_import() {
    add("SELECT id FROM persons WHERE email_f = $1");
    add("INSERT INTO persons(id, version, created_at, created_by, updated_at, updated_by, owner, "
        "owner_group, restricted, first_name, first_name_f, last_name, last_name_f, name, name_f, "
        "job_title, job_title_f, mobile, mobile_f, email, email_f, history_hash) VALUES ($1, 1, "
        "$2, "
        "1, $2, 1, 1, 1, 0, $3, $3, $4, $4, $5, $5, $6, $6, $7, $7, $8, $8, $9)");
    add("INSERT INTO contact_points(record_type, record_id, kind, label, value, value_f, "
        "is_primary, position) VALUES ('person', $1, $2, 'work', $3, $3, 1, $4)");
    add("INSERT INTO history(record_type, record_id, version, at, actor, actor_kind, action, "
        "batch, "
        "source, payload, salt, payload_hash, hash) VALUES ('person', $1, 1, $2, 1, 'user', "
        "'import', 1, 1, $3, $4, $5, $5)");
    add("INSERT INTO events(at, kind, record_type, record_id, version, owner, owner_group, "
        "restricted, actor) VALUES ($1, 'created', 'person', $2, 1, 1, 1, 0, 1)");
    add("INSERT INTO search_entries(id, record_type, record_id, name, subtitle, text, owner, "
        "owner_group, restricted) VALUES ($1, 'person', $2, $3, $4, $5, 1, 1, 0)");
    if (sqlite_) add("INSERT INTO search_index(rowid, text) VALUES ($1, $2)");
  }
  std::int64_t import() {
    constexpr std::int64_t rows_per_commit = 4000, first_id = 1'000'000'000;
    if (rows_ % rows_per_commit == 0) raw_.script(rows_ == 0 ? "BEGIN" : "COMMIT; BEGIN");
    const std::string n = std::to_string(rows_), id = std::to_string(first_id + rows_++);
    const std::string first = "Import" + std::to_string(rows_ % 977),
                      last = "Person" + std::to_string(rows_ % 7919), at = "1790000000000",
                      mail = "import" + n + "@import.example", phone = "+4520" + n, hash(64, 'a'),
                      salt(32, 'b');
    const std::string words = "t0person " + first + " " + last + " import" + n + " example " + id;
    raw_.run(0, {mail});
    raw_.run(1, {id, at, first, last, first + " " + last, "Title", phone, mail, hash});
    raw_.run(2, {id, "email", mail, "0"});
    raw_.run(2, {id, "phone", phone, "1"});
    const std::string payload = R"([{"field":"first_name","new":")" + first +
                                R"("},{"field":"last_name","new":")" + last +
                                R"("},{"field":"email","new":")" + mail +
                                R"("},{"field":"mobile","new":")" + phone + R"("}])";
    raw_.run(3, {id, at, payload, salt, hash});
    raw_.run(4, {at, id});
    raw_.run(5, {id, id, first + " " + last, mail, words});
    if (sqlite_) raw_.run(6, {id, words});
    return 0;
  }
  void prepare_timeline() {
    const std::string nulls = sqlite_ ? "" : " NULLS LAST";
    add("SELECT id, name, kind, status, starts_at FROM activities WHERE person = $1 AND "
        "archived_at IS NULL "
        "ORDER BY starts_at DESC" +
        nulls + ", id DESC LIMIT 50");
    add("SELECT id, name, status, expected_on FROM sales WHERE person = $1 AND archived_at IS NULL "
        "ORDER BY expected_on DESC" +
        nulls + ", id DESC LIMIT 50");
    add("SELECT id, name, kind, created_at FROM documents WHERE person = $1 AND archived_at IS "
        "NULL "
        "ORDER BY created_at DESC" +
        nulls + ", id DESC LIMIT 50");
  }

  Raw& raw_;
  bool sqlite_;
  std::string operation_;
  std::int64_t persons_;
  Texts prefixes_, countries_ = {"dk", "no", "se", "de"};
  std::mt19937_64 dice_{1};
  std::vector<int> statements_;
  std::int64_t rows_ = 0;  // imported
};

}  // namespace

int floor(const std::vector<std::string>& arguments) {
  if (arguments.size() != 5) return 2;
  const bool sqlite = !arguments[0].starts_with("postgresql://");
  std::unique_ptr<Raw> raw;
  if (sqlite)
    raw = std::make_unique<RawSqlite>(arguments[0]);
  else
    raw = std::make_unique<RawPostgres>(arguments[0]);
  Texts prefixes;
  std::ifstream file(arguments[4]);
  for (std::string line; std::getline(file, line);) prefixes.push_back(line);
  if (prefixes.empty()) return 2;
  Floor floor(*raw, sqlite, arguments[1], std::atoll(arguments[3].c_str()), std::move(prefixes));
  Outcome out;
  const auto until = Clock::now() + std::chrono::milliseconds(
                                        static_cast<int>(std::atof(arguments[2].c_str()) * 1000));
  while (Clock::now() < until) {
    const auto begun = Clock::now();
    out.bytes += floor.once();
    out.millis.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begun).count());
  }
  print_outcome(std::move(out));
  return 0;
}

}  // namespace fokus::bench
