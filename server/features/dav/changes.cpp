// SPDX-License-Identifier: Apache-2.0
#include "features/dav/changes.hpp"

#include <algorithm>
#include <charconv>
#include <set>

namespace fokus::dav {
namespace {

constexpr std::string_view token_prefix = "urn:fokus:sync:";
constexpr std::size_t epoch_bytes = 9;

struct Difference {
  std::string name, etag;
  bool is_gone = false;
};

}  // namespace

std::string ChangeLog::token(const std::vector<Member>& members) const {
  return token_of(refresh(members));
}

Result<Changes> ChangeLog::since(const std::vector<Member>& members, std::string_view token) const {
  const Head head = refresh(members);
  Changes out;
  out.token = token_of(head);
  std::int64_t seq = 0;
  if (!token.empty()) {
    const std::string prefix = std::string(token_prefix) + head.epoch + ":";
    const Error unknown = make_error(ErrorKind::forbidden, "dav/invalid_sync_token");
    if (!token.starts_with(prefix)) return unknown;
    const auto digits = token.substr(prefix.size());
    const auto [end, failed] = std::from_chars(digits.data(), digits.data() + digits.size(), seq);
    if (failed != std::errc{} || end != digits.data() + digits.size() || seq < head.floor ||
        seq > head.seq)
      return unknown;
  }
  const auto known =
      dav_.parts().database.read([&](store::Session& session) { return read_known(session); });
  std::set<std::string_view> there;
  for (const auto& member : members) {
    there.insert(member.name);
    const auto at = known.find(member.name);
    if (token.empty() || at == known.end() || at->second.seq > seq)
      out.changed.push_back(member.name);
  }
  if (token.empty()) return out;
  for (const auto& [name, one] : known)
    if (one.is_gone && one.seq > seq && !there.contains(name)) out.gone.push_back(name);
  return out;
}

std::string ChangeLog::token_of(const Head& head) const {
  return std::string(token_prefix) + head.epoch + ":" + std::to_string(head.seq);
}

std::optional<ChangeLog::Head> ChangeLog::read_head(store::Session& session) const {
  auto rows = session.query(dav_.parts().statements["dav.find_collection"], {user_, collection_});
  if (!rows->next()) return std::nullopt;
  return Head{std::string(rows->text(0)), rows->integer(1), rows->integer(2)};
}

ChangeLog::KnownMembers ChangeLog::read_known(store::Session& session) const {
  KnownMembers out;
  for (auto rows = session.query(dav_.parts().statements["dav.list_members"], {user_, collection_});
       rows->next();)
    out.emplace(std::string(rows->text(0)),
                Known{std::string(rows->text(1)), rows->integer(2), rows->boolean(3)});
  return out;
}

namespace {

template <class Known>
std::vector<Difference> differences(const Known& known, const std::vector<Member>& members) {
  std::vector<Difference> out;
  std::set<std::string_view> there;
  for (const auto& member : members) {
    there.insert(member.name);
    const auto at = known.find(member.name);
    if (at == known.end() || at->second.is_gone || at->second.etag != member.etag)
      out.push_back({member.name, member.etag, false});
  }
  for (const auto& [name, one] : known)
    if (!one.is_gone && !there.contains(name)) out.push_back({name, {}, true});
  return out;
}

}  // namespace

ChangeLog::Head ChangeLog::refresh(const std::vector<Member>& members) const {
  auto& database = dav_.parts().database;
  // Mostly nothing is new, and then nothing is written.
  const auto same = database.read([&](store::Session& session) -> std::optional<Head> {
    auto head = read_head(session);
    if (!head || !differences(read_known(session), members).empty()) return std::nullopt;
    return head;
  });
  if (same) return *same;
  return *database.write(
      [&](store::Transaction& tx) -> Result<Head> { return write_down(tx, members); });
}

ChangeLog::Head ChangeLog::write_down(store::Transaction& tx,
                                      const std::vector<Member>& members) const {
  const auto& sql = dav_.parts().statements;
  tx.execute(sql["dav.add_collection"],
             {user_, collection_, dav_.access().random.token(epoch_bytes)});
  tx.execute(sql["dav.lock_collection"], {user_, collection_});
  Head head = *read_head(tx);
  const auto known = read_known(tx);
  const auto news = differences(known, members);
  if (news.empty()) return head;
  ++head.seq;
  for (const auto& one : news)
    tx.execute(sql["dav.save_member"],
               {user_, collection_, one.name, one.etag, head.seq, one.is_gone});
  std::vector<std::int64_t> gone;
  for (const auto& [name, one] : known)
    if (one.is_gone) gone.push_back(one.seq);
  if (gone.size() > limits::gone_max) {
    std::nth_element(gone.begin(), gone.end() - limits::gone_max, gone.end());
    head.floor = std::max(head.floor, *(gone.end() - limits::gone_max));
    tx.execute(sql["dav.forget_gone"], {user_, collection_, head.floor});
  }
  tx.execute(sql["dav.count_change"], {user_, collection_, head.seq, head.floor});
  return head;
}

}  // namespace fokus::dav
