// SPDX-License-Identifier: Apache-2.0
#include "records/history.hpp"

#include "platform/crypto.hpp"
#include "platform/random.hpp"
#include "records/schema.hpp"

namespace fokus::records {
namespace {

constexpr std::size_t salt_bytes = 16;

std::string chain_hash(std::string_view previous, std::string_view payload_hash,
                       std::string_view facts) {
  std::string text;
  text.reserve(previous.size() + payload_hash.size() + facts.size() + 2);
  text.append(previous).append("\n").append(payload_hash).append("\n").append(facts);
  return crypto::sha256_hex(text);
}

std::string facts_of(std::int64_t version, std::int64_t at, std::int64_t actor,
                     std::string_view actor_kind, std::string_view action, std::int64_t batch,
                     std::int64_t source) {
  return fmt::format("{}|{}|{}|{}|{}|{}|{}", version, at, actor, actor_kind, action, batch, source);
}

std::string_view kind_name(access::ActorKind kind) {
  switch (kind) {
    case access::ActorKind::user:
      return "user";
    case access::ActorKind::api_key:
      return "api_key";
    case access::ActorKind::system:
      return "system";
  }
  return "system";
}

std::optional<std::int64_t> none_if_zero(std::int64_t value) {
  if (value == 0) return std::nullopt;
  return value;
}

}  // namespace

void append_change(std::string& payload, std::string_view change) {
  payload.pop_back();  // reopens the list
  if (payload != "[") payload += ',';
  payload.append(change).append("]");
}

HistorySeal seal_history(const HistoryEntry& e, std::string_view previous) {
  HistorySeal seal;
  seal.salt = SystemRandom().hex(salt_bytes);
  seal.payload_hash = crypto::sha256_hex(seal.salt + e.payload);
  seal.hash =
      chain_hash(previous, seal.payload_hash,
                 facts_of(e.version, e.at.ms, e.actor.user.value, kind_name(e.actor.kind),
                          e.provenance.action, e.provenance.batch.value, e.provenance.source));
  return seal;
}

void add_history(store::Transaction& tx, const store::Statements& sql, const HistoryEntry& e,
                 const HistorySeal& seal, RecordId record) {
  tx.execute(
      sql["records.add_history"],
      {e.type.name, record, e.version, e.at, none_if_zero(e.actor.user.value),
       kind_name(e.actor.kind), e.provenance.action, none_if_zero(e.provenance.batch.value),
       none_if_zero(e.provenance.source), e.payload, seal.salt, seal.payload_hash, seal.hash});
}

std::string verify_history(store::Session& session, const store::Statements& sql,
                           const RecordType& type, RecordId record) {
  std::string previous;
  auto rows = session.query(sql["records.chain_history"], {type.name, record});
  while (rows->next()) {
    const bool destroyed = rows->is_null(7);
    if (!destroyed && crypto::sha256_hex(std::string(rows->text(8)) + std::string(rows->text(7))) !=
                          rows->text(9))
      return fmt::format("version {}: payload does not fit its hash", rows->integer(0));
    const auto expected =
        chain_hash(previous, rows->text(9),
                   facts_of(rows->integer(0), rows->integer(1), rows->integer(2), rows->text(3),
                            rows->text(4), rows->integer(5), rows->integer(6)));
    if (expected != rows->text(10))
      return fmt::format("version {}: chain is broken", rows->integer(0));
    previous = expected;
  }
  const auto head = session.query_text(
      std::string("SELECT ") + history_hash_column + " FROM " + type.table + " WHERE id = $1",
      {record});
  if (head && *head != previous) return "the newest entries are missing";
  return {};
}

}  // namespace fokus::records
