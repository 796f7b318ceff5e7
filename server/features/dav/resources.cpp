// SPDX-License-Identifier: Apache-2.0
#include "features/dav/resources.hpp"

#include "platform/crypto.hpp"

namespace fokus::dav {
namespace {

constexpr std::size_t digest_digits = 32;

Resource read(const store::Rows& rows) {
  return {rows.integer(0), std::string(rows.text(1)), std::string(rows.text(2)),
          std::string(rows.text(3)), std::string(rows.text(4))};
}

}  // namespace

std::map<std::int64_t, Resource> Resources::list(store::Session& session) const {
  std::map<std::int64_t, Resource> out;
  for (auto rows = session.query(sql_["dav.list_resources"], {user_, type_}); rows->next();) {
    auto one = read(*rows);
    out.emplace(one.record, std::move(one));
  }
  return out;
}

std::optional<Resource> Resources::find(store::Session& session, std::int64_t record) const {
  auto rows = session.query(sql_["dav.find_resource"], {user_, type_, record});
  if (!rows->next()) return std::nullopt;
  auto out = read(*rows);
  out.body = rows->text(5);
  return out;
}

std::optional<Resource> Resources::find_named(store::Session& session,
                                              std::string_view name) const {
  auto rows = session.query(sql_["dav.find_named_resource"], {user_, type_, name});
  if (!rows->next()) return std::nullopt;
  return read(*rows);
}

std::vector<std::int64_t> Resources::list_of_uid(store::Session& session,
                                                 std::string_view uid) const {
  std::vector<std::int64_t> out;
  for (auto rows = session.query(sql_["dav.list_of_uid"], {user_, type_, uid}); rows->next();)
    out.push_back(rows->integer(0));
  return out;
}

void Resources::save(store::Transaction& tx, const Resource& resource) const {
  tx.execute(sql_["dav.remove_named_resource"], {user_, type_, resource.name, resource.record});
  tx.execute(sql_["dav.save_resource"],
             {user_, type_, resource.record, resource.name, resource.uid, resource.body,
              digest_of(resource.body), resource.whole_state, clock_.now()});
}

std::string digest_of(std::string_view text) {
  return crypto::sha256_hex(text).substr(0, digest_digits);
}

std::string etag_of(const std::string& state, const std::string& body_digest) {
  return digest_of(state + body_digest);
}

}  // namespace fokus::dav
