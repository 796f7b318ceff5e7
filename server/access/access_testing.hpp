// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <list>

#include "access/access_log.hpp"
#include "access/bind_route.hpp"
#include "access/roles.hpp"
#include "access/sign_in.hpp"
#include "access/tokens.hpp"
#include "platform/locale.hpp"
#include "store/migrations.hpp"
#include "store/testing.hpp"

namespace fokus::access::testing {

// The SQL of this room from the source tree: a test has no embedded files.
struct SourceFiles {
  SourceFiles() {
    const std::filesystem::path root = FOKUS_SOURCE_DIR "/server";
    for (const char* folder : {"access/migrations", "access/sql"})
      for (const auto& entry : std::filesystem::directory_iterator(root / folder)) {
        if (entry.path().extension() != ".sql") continue;
        std::ifstream in(entry.path());
        texts.emplace_back(std::istreambuf_iterator<char>(in), std::istreambuf_iterator<char>());
        paths.push_back(std::filesystem::relative(entry.path(), root).string());
        files.push_back({paths.back(), texts.back()});
      }
    std::sort(files.begin(), files.end(),
              [](const auto& a, const auto& b) { return a.path < b.path; });
  }
  std::list<std::string> texts, paths;
  std::vector<EmbeddedFile> files;
};

constexpr std::string_view good_password = "grønne elefanter danser";

// A database with this room's tables and the parts of users and groups that it reads.
class AccessTest : public store::testing::EachEngine {
 protected:
  void SetUp() override {
    EachEngine::SetUp();
    if (IsSkipped()) return;
    scratch.emplace(GetParam());
    ASSERT_TRUE(store::migrate(**scratch, sources.files, [] { return Status{}; }).ok());
    statements.emplace(sources.files, GetParam());
    (*scratch)->write([&](store::Transaction& tx) {
      tx.execute_script(store::render_ddl(
          "CREATE TABLE users (id {id}, name TEXT, email TEXT, email_f {exact} UNIQUE,"
          " primary_group BIGINT, active BIGINT, language TEXT, time_zone TEXT, theme TEXT,"
          " density TEXT, archived_at BIGINT);"
          "CREATE TABLE groups (id {id}, name TEXT, archived_at BIGINT);"
          "INSERT INTO groups (name) VALUES ('Salg'), ('Service'), ('Marked');",
          GetParam()));
    });
    parts.emplace(Parts{**scratch, *statements, clock, random, std::string(32, 'k')});
    roles.emplace(*parts);
    roles->seed();
    tokens.emplace(*parts);
    sign_in.emplace(*parts, hasher);
    authenticator.emplace(*parts);
    idempotency.emplace(*parts);
    gate.emplace(Gate{*authenticator, *idempotency,
                      [](std::string_view purpose) { return purpose == "marketing"; }});
  }

  UserId add_user(std::string_view name, std::string_view email, std::string_view role) {
    const std::string folded = fold(email);
    return *(*scratch)->write([&](store::Transaction& tx) -> Result<UserId> {
      const UserId user{tx.query_integer(
          "INSERT INTO users (name, email, email_f, primary_group, active, language, time_zone,"
          " theme, density) VALUES ($1, $2, $3, 1, 1, 'da', 'Europe/Copenhagen', 'system',"
          " 'comfortable') RETURNING id",
          {name, email, folded})};
      if (role.empty()) return user;
      const std::vector<RoleId> one = {roles->find_by_key(tx, role).value()};
      TRY(roles->assign_roles(tx, user, one));
      return user;
    });
  }

  UserId add_user_with_password(std::string_view email, std::string_view role = "sales") {
    const UserId user = add_user("Ida Holm", email, role);
    EXPECT_TRUE(sign_in->set_password(user, good_password, 0).ok());
    return user;
  }

  SignInRequest request(std::string_view email, std::string_view password = good_password) {
    SignInRequest r;
    r.email = email;
    r.password = password;
    r.remote = "192.0.2.17";
    r.user_agent = "Test/1.0";
    return r;
  }

  static net::Call call(net::Method method, std::string path) {
    net::Call c;
    c.method = method;
    c.path = std::move(path);
    c.remote = "192.0.2.17";
    c.id = "0123456789abcdef";
    c.headers.emplace_back("Host", "crm.firma.dk");
    c.headers.emplace_back("Content-Type", "application/json");
    return c;
  }
  static net::Call with_cookie(net::Call c, const std::string& token) {
    c.headers.emplace_back("Cookie", "fokus=" + token);
    return c;
  }
  static net::Call with_key(net::Call c, const std::string& token) {
    c.headers.emplace_back("Authorization", "Bearer " + token);
    return c;
  }
  static net::Call from_same_site(net::Call c) {
    c.headers.emplace_back("Sec-Fetch-Site", "same-origin");
    return c;
  }

  SourceFiles sources;
  std::optional<store::Statements> statements;
  FakeClock clock{Instant{1'800'000'000'000}};
  SystemRandom random;
  PasswordHasher hasher;
  std::optional<store::testing::ScratchDatabase> scratch;
  std::optional<Parts> parts;
  std::optional<Roles> roles;
  std::optional<Tokens> tokens;
  std::optional<SignIn> sign_in;
  std::optional<Authenticator> authenticator;
  std::optional<Idempotency> idempotency;
  std::optional<Gate> gate;
};

}  // namespace fokus::access::testing
