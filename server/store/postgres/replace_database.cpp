// SPDX-License-Identifier: Apache-2.0
#include "store/replace_database.hpp"

#include <pqxx/pqxx>

#include "platform/random.hpp"
#include "store/database.hpp"
#include "store/postgres/client_program.hpp"

namespace fokus::store {
namespace {

constexpr std::size_t name_max = 63;  // of PostgreSQL
constexpr std::string_view kept_mark = "_before_restore_";
constexpr std::size_t stamp_size = 14;
constexpr std::string_view object_in_use = "55006";  // PostgreSQL's SQLSTATE

Error restore_error(const char* field, const char* code) {
  return field_error("app/restore", field, code);
}

// Of two the last one counts, for libpq and its programs.
std::string with_database(const std::string& connection, const std::string& name) {
  return connection + " dbname='" + name + "'";
}

std::string url_with_database(const std::string& url, const std::string& name) {
  return url + (url.find('?') == url.npos ? "?" : "&") + "dbname=" + name;
}

template <class T>
T value(pqxx::transaction_base& tx, const std::string& sql) {
  return tx.exec1(sql)[0].as<T>();
}

class Replacing {
 public:
  Replacing(const std::string& url, const std::string& file)
      : url_(url),
        file_(file),
        location_(postgres::parse_location(url)),
        next_("fokus_restoring_" + SystemRandom().hex(8)) {}

  Result<std::string> run(const std::function<Status(const std::string&)>& check) {
    TRY(list());
    look_at_old();
    // Beside the one that is replaced: of a database that one is connected to nobody can take the
    // name.
    pqxx::connection beside(
        with_database(location_.full(), old_ == "postgres" ? "template1" : "postgres"));
    if (is_in_use(beside)) return restore_error("database", "in_use");
    TRY(create(beside));
    try {
      const Status made = make(beside, check);
      if (made) return drop_empty(beside);
      drop(beside, next_);
      return made.error();
    } catch (const std::exception&) {
      drop(beside, next_);
      throw;
    }
  }

 private:
  Status make(pqxx::connection& beside,
              const std::function<Status(const std::string&)>& check) const {
    TRY(fill());
    TRY(check(url_with_database(url_, next_)));
    return swap(beside);
  }

  // What pg_restore cannot list is no dump, and nothing has been made yet.
  Status list() const {
    return judged(postgres::run_client(location_, {"pg_restore", "--list", file_}, -1));
  }

  Status fill() const {
    return judged(postgres::run_client(
        location_,
        {"pg_restore", "--no-owner", "--no-privileges", "--exit-on-error", "--single-transaction",
         "--no-password", "--dbname=" + with_database(location_.connection, next_), file_},
        -1));
  }

  static Status judged(const Status& ran) {
    if (ran || ran.error().code == "store/client_missing") return ran;
    return restore_error("file", "not_sound");
  }

  void look_at_old() {
    pqxx::connection old(location_.full());
    pqxx::nontransaction tx(old);
    old_ = value<std::string>(tx, "SELECT current_database()");
    has_content_ = value<bool>(tx, "SELECT to_regclass('migrations') IS NOT NULL");
    const auto row = tx.exec1(
        "SELECT pg_encoding_to_char(encoding), datcollate, datctype "
        "FROM pg_database WHERE datname = current_database()");
    like_ = " TEMPLATE template0 ENCODING " + tx.quote(row[0].as<std::string>()) + " LC_COLLATE " +
            tx.quote(row[1].as<std::string>()) + " LC_CTYPE " + tx.quote(row[2].as<std::string>());
    old_pid_ = value<int>(tx, "SELECT pg_backend_pid()");
    const auto stamp = value<std::string>(tx, "SELECT to_char(now(), 'YYYYMMDDHH24MISS')");
    kept_ =
        old_.substr(0, name_max - kept_mark.size() - stamp_size) + std::string(kept_mark) + stamp;
  }

  // Our own connection has ended, but the server may show it for a moment yet.
  bool is_in_use(pqxx::connection& beside) const {
    pqxx::nontransaction tx(beside);
    return value<int>(tx, "SELECT count(*) FROM pg_stat_activity WHERE datname = " +
                              tx.quote(old_) + " AND pid <> " + std::to_string(old_pid_)) > 0;
  }

  Status create(pqxx::connection& beside) const {
    try {
      pqxx::nontransaction tx(beside);
      tx.exec0("CREATE DATABASE " + tx.quote_name(next_) + like_);
      return {};
    } catch (const pqxx::insufficient_privilege&) {
      return restore_error("database", "may_not_create");
    }
  }

  Status swap(pqxx::connection& beside) const {
    try {
      pqxx::work tx(beside);
      const auto rename = [&](const std::string& from, const std::string& to) {
        tx.exec0("ALTER DATABASE " + tx.quote_name(from) + " RENAME TO " + tx.quote_name(to));
      };
      rename(old_, kept_);
      rename(next_, old_);
      tx.commit();
      return {};
    } catch (const pqxx::insufficient_privilege&) {
      return restore_error("database", "not_owner");
    } catch (const pqxx::sql_error& error) {
      if (error.sqlstate() != object_in_use) throw;
      return restore_error("database", "in_use");
    }
  }

  std::string drop_empty(pqxx::connection& beside) const {
    if (has_content_) return kept_;
    drop(beside, kept_);
    return {};
  }

  static void drop(pqxx::connection& beside, const std::string& name) {
    pqxx::nontransaction tx(beside);
    tx.exec0("DROP DATABASE IF EXISTS " + tx.quote_name(name));
  }

  const std::string url_, file_;
  const postgres::Location location_;
  const std::string next_;
  std::string old_, like_, kept_;
  int old_pid_ = 0;
  bool has_content_ = false;
};

}  // namespace

Result<std::string> replace_database(const std::string& url, const std::string& file,
                                     const std::function<Status(const std::string&)>& check) {
  try {
    return Replacing(url, file).run(check);
  } catch (const pqxx::broken_connection&) {
    // libpq's own words may repeat the address.
    throw Failure(FailureKind::unavailable, "the PostgreSQL server cannot be reached");
  } catch (const pqxx::failure& failure) {
    throw Failure(FailureKind::statement, failure.what());
  }
}

}  // namespace fokus::store
