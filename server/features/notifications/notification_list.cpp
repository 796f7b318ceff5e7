// SPDX-License-Identifier: Apache-2.0
#include "features/notifications/notification_list.hpp"

#include <algorithm>
#include <limits>
#include <map>
#include <set>

#include "base/text.hpp"
#include "features/notifications/notice.hpp"
#include "records/criteria.hpp"
#include "records/rights.hpp"

namespace fokus::notifications {
namespace {

namespace json = boost::json;
using access::Action;
using records::CriteriaContext;
using records::RecordType;
using records::SqlText;

struct Item {
  std::int64_t id = 0, record = 0, by = 0;
  std::string kind, type, by_name;
  Instant at;
  std::optional<Instant> read_at;
  json::object params;
};

// What a notification may say of the record it is about.
struct Title {
  std::string name;
  bool is_readable = false, is_archived = false;
};
using Titles = std::map<std::pair<std::string, std::int64_t>, Title>;

std::string readable(const CriteriaContext& context, const RecordType& type, SqlText& sql) {
  SqlText rights{"", std::move(sql.values)};
  const bool is_limited = records::append_rights(context, type, Action::read, "t", rights);
  sql.values = std::move(rights.values);
  return is_limited ? "(" + rights.text + ")" : "1=1";
}

// Whoever is invited to an appointment knows its title, as in the diary.
std::string visible(const CriteriaContext& context, const RecordType& type, SqlText& sql) {
  const std::string reads = readable(context, type, sql);
  if (type.name != "activity") return reads;
  return "(" + reads +
         " OR EXISTS (SELECT 1 FROM activity_participants m WHERE m.activity = t.id AND "
         "m.user_id = " +
         sql.bind(context.scope.actor.user.value) + "))";
}

class Reader {
 public:
  Reader(store::Session& session, const records::ApiParts& parts, const access::Scope& scope)
      : session_(session),
        parts_(parts),
        dictionary_(parts.dictionary.current()),
        context_{*dictionary_, scope, parts.clock.now(), session.engine()} {}

  std::vector<Item> items(const ListAsk& ask) const {
    SqlText sql;
    const std::string where = condition(ask, sql);
    sql.text =
        "SELECT n.id, n.kind, n.at, n.read_at, n.record_type, n.record_id, n.by_user, u.name, "
        "n.params FROM notifications n LEFT JOIN users u ON u.id = n.by_user WHERE " +
        where + " ORDER BY n.id DESC LIMIT " + std::to_string(ask.limit);
    const auto params = sql.params();
    std::vector<Item> out;
    for (auto rows = session_.query(sql.text, store::Params(params)); rows->next();)
      out.push_back(read_item(*rows));
    return out;
  }

  std::int64_t count(const ListAsk& ask) const {
    SqlText sql;
    const std::string where = condition(ask, sql);
    sql.text = "SELECT count(*) FROM (SELECT n.id FROM notifications n WHERE " + where + " LIMIT " +
               std::to_string(ask.limit) + ") one";
    const auto params = sql.params();
    auto rows = session_.query(sql.text, store::Params(params));
    return rows->next() ? rows->integer(0) : 0;
  }

  Titles titles_of(const std::vector<Item>& items) const {
    std::map<std::string, std::set<std::int64_t>> ids;
    for (const auto& one : items)
      if (one.record != 0) ids[one.type].insert(one.record);
    Titles out;
    for (const auto& [name, records] : ids)
      if (const auto* type = dictionary_->find(name)) read_titles(*type, records, out);
    return out;
  }

  json::object render(const Item& item, const Titles& titles) const {
    const auto title = titles.find({item.type, item.record});
    const bool is_known = title != titles.end();
    json::object out{
        {"id", item.id},
        {"kind", item.kind},
        {"at", render_instant(item.at)},
        {"read_at", item.read_at ? json::value(render_instant(*item.read_at)) : json::value()},
        {"record", is_known ? json::value(render_record(item, title->second)) : json::value()},
        {"by",
         item.by != 0 ? json::value({{"id", item.by}, {"name", item.by_name}}) : json::value()},
        {"params", is_known || item.record == 0 ? shown_params(item) : json::object()}};
    return out;
  }

  const records::Dictionary& dictionary() const { return *dictionary_; }

 private:
  std::string condition(const ListAsk& ask, SqlText& sql) const {
    const auto me = context_.scope.actor.user.value;
    const auto before = ask.before != 0 ? ask.before : std::numeric_limits<std::int64_t>::max();
    std::string out = "n.user_id = " + sql.bind(me) + " AND n.id < " + sql.bind(before);
    if (ask.only_unread) out += " AND n.read_at IS NULL";
    return out + " AND (" + join(sights(me, sql), " OR ") + ")";
  }

  // One for each type of which the user was told anything.
  std::vector<std::string> sights(std::int64_t me, SqlText& sql) const {
    std::vector<std::string> out{"n.record_id IS NULL"};
    for (auto rows = session_.query(parts_.statements["notifications.types_of_user"], {me});
         rows->next();) {
      const auto* type = dictionary_->find(rows->text(0));
      if (!type) continue;
      const std::string is_it = "n.record_type = " + sql.bind(type->name);
      out.push_back("(" + is_it + " AND EXISTS (SELECT 1 FROM " + type->table +
                    " t WHERE t.id = n.record_id AND " + visible(context_, *type, sql) + "))");
    }
    return out;
  }

  static Item read_item(const store::Rows& rows) {
    Item out;
    out.id = rows.integer(0);
    out.kind = rows.text(1);
    out.at = Instant{rows.integer(2)};
    if (!rows.is_null(3)) out.read_at = Instant{rows.integer(3)};
    out.type = rows.text(4);
    out.record = rows.integer(5);
    out.by = rows.integer(6);
    out.by_name = rows.text(7);
    out.params = json::parse(std::string(rows.text(8))).as_object();
    return out;
  }

  void read_titles(const RecordType& type, const std::set<std::int64_t>& records,
                   Titles& titles) const {
    SqlText sql;
    std::vector<std::string> ids;
    for (const auto id : records) ids.push_back(sql.bind(id));
    const std::string reads = readable(context_, type, sql);
    const std::string sees = visible(context_, type, sql);
    sql.text = "SELECT t.id, t.name, CASE WHEN " + reads +
               " THEN 1 ELSE 0 END, CASE WHEN t.archived_at IS NULL THEN 0 ELSE 1 END FROM " +
               type.table + " t WHERE t.id IN (" + join(ids, ", ") + ") AND " + sees;
    const bool is_masked = records::is_masked(context_.scope, *type.find("name"));
    const auto params = sql.params();
    for (auto rows = session_.query(sql.text, store::Params(params)); rows->next();)
      titles[{type.name, rows->integer(0)}] = {is_masked ? "" : std::string(rows->text(1)),
                                               rows->boolean(2), rows->boolean(3)};
  }

  json::object render_record(const Item& item, const Title& title) const {
    return {{"type", item.type},
            {"plural", dictionary_->find(item.type)->plural},
            {"id", item.record},
            {"title", title.name.empty() ? json::value() : json::value(title.name)},
            {"may_read", title.is_readable},
            {"is_archived", title.is_archived}};
  }

  // Names of fields only as far as the reader may see what is in them.
  json::object shown_params(const Item& item) const {
    json::object out = item.params;
    auto* fields = out.if_contains("fields");
    const auto* type = dictionary_->find(item.type);
    if (!fields || !fields->is_array() || !type) return out;
    json::array shown;
    for (const auto& one : fields->get_array()) {
      const auto* field = one.is_string() ? type->find(one.get_string()) : nullptr;
      if (field && !field->hidden && !records::is_masked(context_.scope, *field))
        shown.push_back(one);
    }
    *fields = std::move(shown);
    return out;
  }

  store::Session& session_;
  const records::ApiParts& parts_;
  records::DictionaryPtr dictionary_;
  CriteriaContext context_;
};

}  // namespace

json::array list_notifications(store::Session& session, const records::ApiParts& parts,
                               const access::Scope& scope, const ListAsk& ask,
                               records::Seen& seen) {
  const Reader reader(session, parts, scope);
  const auto items = reader.items(ask);
  const auto titles = reader.titles_of(items);
  for (const auto& [record, title] : titles)
    if (reader.dictionary().find(record.first)->about_person) seen.add(record.first, record.second);
  json::array out;
  for (const auto& item : items) out.push_back(reader.render(item, titles));
  return out;
}

std::int64_t count_unread(store::Session& session, const records::ApiParts& parts,
                          const access::Scope& scope) {
  return Reader(session, parts, scope).count({true, 0, static_cast<int>(limits::count_cap)});
}

}  // namespace fokus::notifications
