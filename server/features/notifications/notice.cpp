// SPDX-License-Identifier: Apache-2.0
#include "features/notifications/notice.hpp"

#include <algorithm>

#include "records/announce.hpp"

namespace fokus::notifications {
namespace {

namespace json = boost::json;

std::int64_t count_of(const json::object& params) {
  const auto* count = params.if_contains("count");
  return count && count->is_int64() ? count->get_int64() : 1;
}

void join_fields(const json::object& earlier, json::object& params) {
  const auto* before = earlier.if_contains("fields");
  auto* now = params.if_contains("fields");
  if (!before || !before->is_array() || !now || !now->is_array()) return;
  auto& fields = now->get_array();
  for (const auto& one : before->get_array())
    if (fields.size() < limits::fields_max &&
        std::find(fields.begin(), fields.end(), one) == fields.end())
      fields.push_back(one);
}

void gather_into(store::Transaction& tx, const store::Statements& sql, Instant now, Notice& notice,
                 Gather gather) {
  const std::int64_t which = gather == Gather::type ? 0 : notice.record;
  std::int64_t id = 0;
  json::object earlier;
  {
    auto rows = tx.query(sql["notifications.find_alike"],
                         {notice.user, notice.kind, notice.by, notice.record_type,
                          now.plus_ms(-limits::gather_ms), which});
    if (!rows->next()) return;
    id = rows->integer(0);
    earlier = json::parse(std::string(rows->text(1))).as_object();
  }
  if (gather == Gather::type)
    notice.params["count"] = count_of(earlier) + 1;
  else
    join_fields(earlier, notice.params);
  tx.execute(sql["notifications.remove"], {id});
}

}  // namespace

bool is_kind(std::string_view text) {
  return std::find(all_kinds.begin(), all_kinds.end(), text) != all_kinds.end();
}

void add_notice(store::Transaction& tx, const store::Statements& sql, Instant now, Notice notice,
                Gather gather) {
  if (!notice.user || notice.user.value == notice.by) return;
  if (tx.query_integer(sql["notifications.is_wanted"], {notice.user, notice.kind}) == 0) return;
  if (gather != Gather::none) gather_into(tx, sql, now, notice, gather);
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? store::Value() : store::Value(text);
  };
  const auto id_or_null = [](std::int64_t id) {
    return id == 0 ? store::Value() : store::Value(id);
  };
  const store::Value type = text_or_null(notice.record_type), once = text_or_null(notice.once);
  const store::Value record = id_or_null(notice.record), by = id_or_null(notice.by);
  const auto added = tx.execute(
      sql["notifications.add"],
      {notice.user, notice.kind, now, type, record, by, json::serialize(notice.params), once});
  if (added != 0) records::tell_user(tx, notice.user, "notifications");
}

}  // namespace fokus::notifications
