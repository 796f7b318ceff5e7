// SPDX-License-Identifier: Apache-2.0
#include "access/idempotency.hpp"

#include <boost/json.hpp>
#include <fstream>

#include "base/text.hpp"
#include "platform/crypto.hpp"

namespace fokus::access {
namespace {

namespace json = boost::json;

constexpr std::size_t upload_piece_bytes = 64 * 1024;

std::string request_hash_of(const net::Call& call) {
  crypto::Sha256 digest;
  digest.add(call.path);
  for (const auto& [name, value] : call.query) digest.add("\n" + name + "=" + value);
  digest.add("\n\n");
  digest.add(call.body);
  std::ifstream upload(call.body_file, std::ios::binary);
  std::string piece(upload_piece_bytes, '\0');
  while (!call.body_file.empty() && upload) {
    upload.read(piece.data(), static_cast<std::streamsize>(piece.size()));
    digest.add({piece.data(), static_cast<std::size_t>(upload.gcount())});
  }
  return crypto::to_hex(digest.finish());
}

// An answer that would be another one tomorrow, or that does not lie in memory, is not kept.
bool is_worth_keeping(const net::Reply& reply, bool keeps_body) {
  return reply.status < (keeps_body ? 500 : 300) && reply.status != 401 && reply.status != 429 &&
         !reply.stream && reply.file.empty() && reply.body.size() <= limits::idempotency_reply_max;
}

}  // namespace

Idempotency::Answer Idempotency::run(UserId user, std::string_view key, const net::Call& call,
                                     bool keeps_body, const std::function<net::Reply()>& work) {
  if (key.empty() || key.size() > limits::idempotency_key_max || !is_clean_utf8(key))
    return {
        net::Reply::problem(make_error(ErrorKind::malformed, "access/idempotency_key"), call.id)};
  const std::string key_hash = crypto::sha256_hex(key);
  auto before = claim(user, key_hash, request_hash_of(call));
  if (!before.ok()) return {net::Reply::problem(before.error(), call.id)};
  if (*before) return {std::move(**before), true};
  try {
    net::Reply reply = work();
    is_worth_keeping(reply, keeps_body) ? keep(user, key_hash, reply, keeps_body)
                                        : release(user, key_hash);
    return {std::move(reply)};
  } catch (...) {
    release(user, key_hash);  // the call says that it failed, so it may be tried again
    throw;
  }
}

Result<std::optional<net::Reply>> Idempotency::claim(UserId user, const std::string& key_hash,
                                                     const std::string& request_hash) {
  using Found = std::optional<net::Reply>;
  const auto& sql = parts_.statements;
  const Instant now = parts_.clock.now();
  return parts_.database.write([&](store::Transaction& tx) -> Result<Found> {
    if (tx.execute(sql["access.claim_idempotency_key"], {user, key_hash, request_hash, now}) == 1)
      return Found{};
    auto rows = tx.query(sql["access.find_idempotency_key"], {user, key_hash});
    if (!rows->next()) return make_error(ErrorKind::conflict, "access/idempotency_unfinished");
    if (rows->text(0) != request_hash)
      return make_error(ErrorKind::invalid, "access/idempotency_mismatch");
    if (rows->is_null(1)) return make_error(ErrorKind::conflict, "access/idempotency_unfinished");
    net::Reply reply;
    reply.status = static_cast<int>(rows->integer(1));
    reply.type = rows->text(2);
    boost::system::error_code failed;
    const auto headers = json::parse(json::string_view(rows->text(3)), failed);
    if (headers.is_object())
      for (const auto& [name, value] : headers.get_object())
        if (value.is_string()) reply.headers.emplace_back(name, value.get_string());
    reply.body = rows->text(4);
    return Found{std::move(reply)};
  });
}

void Idempotency::keep(UserId user, const std::string& key_hash, const net::Reply& reply,
                       bool keeps_body) {
  json::object headers;
  for (const auto& [name, value] : reply.headers)
    if (lower_ascii(name) != "set-cookie") headers[name] = value;
  const std::string header_text = json::serialize(headers), body = keeps_body ? reply.body : "";
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["access.store_idempotent_reply"],
               {user, key_hash, reply.status, reply.type, header_text, body});
  });
}

void Idempotency::release(UserId user, const std::string& key_hash) {
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["access.release_idempotency_key"], {user, key_hash});
  });
}

void Idempotency::remove_old() {
  const Instant limit = parts_.clock.now().plus_ms(-limits::idempotency_ms);
  parts_.database.write([&](store::Transaction& tx) {
    tx.execute(parts_.statements["access.remove_old_idempotency_keys"], {limit});
  });
}

}  // namespace fokus::access
