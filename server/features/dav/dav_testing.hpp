// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "access/roles.hpp"
#include "access/tokens.hpp"
#include "features/dav/dav.hpp"
#include "platform/crypto.hpp"
#include "platform/random.hpp"
#include "records/place_testing.hpp"

// A place with a diary, selections and /dav, and two users with keys for it.
namespace fokus::dav::testing {

namespace json = boost::json;
using json::object;

inline std::string base64(std::string text) {
  std::string out = crypto::to_base64url(text);
  for (char& c : out) c = c == '-' ? '+' : c == '_' ? '/' : c;
  while (out.size() % 4) out += '=';
  return out;
}

class DavPlace : public records::testing::Place {
 protected:
  struct User {
    std::int64_t id = 0;
    std::string email, key;
  };
  struct Asked {
    std::string body = {};
    std::vector<std::pair<std::string, std::string>> headers = {};
  };

  void SetUp() override {
    Place::SetUp();
    if (IsSkipped()) return;
    jobs_ = work::make_jobs(**database_, *statements_, clock_, {30'000, 5});
    access_ = std::make_unique<access::Parts>(
        access::Parts{**database_, *statements_, clock_, random_, std::string(32, 's')});
    authenticator_ = std::make_unique<access::Authenticator>(*access_);
    diary_ = std::make_unique<diary::Diary>(parts(), *access_);
    selections_ = std::make_unique<selections::Selections>(parts());
    open_dav(limits::cards_default);
    records_->set_save_rule(&diary::Diary::check_save);
    records_->set_selections(
        [this](store::Session& session, const access::Scope& scope, const records::RecordType& type,
               std::int64_t id) { return selections_->meaning(session, scope, type, id); });
    records_->set_record_watch([this](store::Transaction& tx, const records::RecordType& type,
                                      RecordId id, const records::WatchedRecord* before,
                                      const records::WatchedRecord* after) {
      diary_->follow(tx, type, id, before, after);
      dav_->follow(tx, type, id, before, after);
    });
    roles_ = std::make_unique<access::Roles>(*access_);
    roles_->seed();
    group_ = create("group", {{"name", "Salg"}});
    anna_ = user("Anna", "anna@example.org", "sales");
    bo_ = user("Bo", "bo@example.org", "read_only");
  }
  void TearDown() override {
    if (jobs_) jobs_->stop();
  }

  void open_dav(int cards_max) {
    routes_.clear();
    dav_ = std::make_unique<Dav>(
        parts(), Dav::Neighbours{*access_, *authenticator_, *diary_, *selections_, cards_max});
    routes_ = dav_net_routes(*dav_);
  }
  records::ApiParts parts() {
    return {**database_,
            *statements_,
            clock_,
            holder_,
            *records_,
            *jobs_,
            [this](const access::Scope& scope, const records::ReadTrace& read) {
              traces_.push_back(scope.route + " " + std::string(read.action) + " " +
                                std::string(read.record_type) + " " +
                                std::to_string(read.ids.size()));
            },
            [](const work::JobAuthor&) -> Result<access::Actor> { return access::system_actor(); },
            embedded_model()};
  }

  User user(const char* name, const char* email, std::string_view role) {
    const auto id = create("user", {{"name", name}, {"email", email}, {"primary_group", group_}});
    write([&](store::Transaction& tx) {
      const std::vector<RoleId> one = {roles_->find_by_key(tx, role).value()};
      return roles_->assign_roles(tx, UserId{id}, one);
    });
    access::Tokens tokens(*access_);
    const std::vector<std::string> scopes = {"activity:write", "person:write", "company:write",
                                             "user:read"};
    const auto key = tokens.create_key(UserId{id}, "Phone", scopes, std::nullopt);
    EXPECT_TRUE(key.ok());
    return {id, email, key.ok() ? key->token : ""};
  }

  net::Reply call(const User& who, net::Method method, const std::string& rest) {
    return call(who, method, rest, Asked());
  }
  net::Reply call(const User& who, net::Method method, const std::string& rest, Asked asked) {
    net::Call call;
    call.method = method;
    call.path = "/dav/" + rest;
    call.path_params["rest"] = rest;
    call.remote = "192.0.2.17";
    call.id = "0123456789abcdef";
    call.headers = std::move(asked.headers);
    if (!who.email.empty())
      call.headers.emplace_back("Authorization", "Basic " + base64(who.email + ":" + who.key));
    call.body = std::move(asked.body);
    for (const auto& route : routes_)
      if (route.method == method && route.path == "/dav/{rest...}") return route.handler(call);
    ADD_FAILURE() << "no route";
    return {};
  }
  static std::string header(const net::Reply& reply, std::string_view name) {
    for (const auto& [key, value] : reply.headers)
      if (key == name) return value;
    return {};
  }
  static std::string calendar_of(const User& user) {
    return "calendars/" + std::to_string(user.id) + "/diary/";
  }
  static std::string book_of(const User& user, const std::string& name = "persons") {
    return "addressbooks/" + std::to_string(user.id) + "/" + name + "/";
  }
  // What is between the first <open> and the next </…>.
  static std::string between(const std::string& text, const std::string& open) {
    const auto at = text.find(open);
    if (at == std::string::npos) return {};
    const auto begin = at + open.size();
    return text.substr(begin, text.find('<', begin) - begin);
  }
  std::string sync_token(const User& who, const std::string& collection) {
    const auto reply = call(who, net::Method::propfind, collection,
                            {"<propfind xmlns='DAV:'><prop><sync-token/></prop></propfind>", {}});
    return between(reply.body, "<D:sync-token>");
  }
  net::Reply sync(const User& who, const std::string& collection, const std::string& token) {
    return call(who, net::Method::report, collection,
                {"<sync-collection xmlns='DAV:'><sync-token>" + token +
                     "</sync-token><sync-level>1</sync-level><prop><getetag/></prop>"
                     "</sync-collection>",
                 {}});
  }
  static bool contains(const std::string& text, const std::string& part) {
    return text.find(part) != std::string::npos;
  }

  std::unique_ptr<work::Jobs> jobs_;
  SystemRandom random_;
  std::unique_ptr<access::Parts> access_;
  std::unique_ptr<access::Authenticator> authenticator_;
  std::unique_ptr<access::Roles> roles_;
  std::unique_ptr<diary::Diary> diary_;
  std::unique_ptr<selections::Selections> selections_;
  std::unique_ptr<Dav> dav_;
  std::vector<net::Route> routes_;
  std::vector<std::string> traces_;
  std::int64_t group_ = 0;
  User anna_, bo_;
};

}  // namespace fokus::dav::testing
