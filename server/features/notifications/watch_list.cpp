// SPDX-License-Identifier: Apache-2.0
#include "features/notifications/watch_list.hpp"

#include <charconv>
#include <map>
#include <set>
#include <vector>

#include "access/keyset.hpp"
#include "base/text.hpp"
#include "records/criteria.hpp"
#include "records/rights.hpp"

namespace fokus::notifications {
namespace {

namespace json = boost::json;
using records::CriteriaContext;
using records::RecordType;
using records::SqlText;

struct Watch {
  WatchPlace place;
  std::string title;
  bool is_archived = false;
};

class Reader {
 public:
  Reader(store::Session& session, const records::ApiParts& parts, const access::Scope& scope)
      : session_(session),
        parts_(parts),
        dictionary_(parts.dictionary.current()),
        context_{*dictionary_, scope, parts.clock.now(), session.engine()} {}

  std::vector<WatchPlace> places(const std::optional<WatchPlace>& after, int limit) const {
    SqlText sql;
    const auto seen = sights(sql);
    if (seen.empty()) return {};
    std::string where = "w.user_id = " + sql.bind(context_.scope.actor.user.value);
    if (after) where += " AND " + behind(*after, sql);
    sql.text = "SELECT w.since, w.record_id, w.record_type FROM record_watches w WHERE " + where +
               " AND (" + join(seen, " OR ") +
               ") ORDER BY w.since DESC, w.record_id DESC, w.record_type DESC LIMIT " +
               std::to_string(limit);
    const auto params = sql.params();
    std::vector<WatchPlace> out;
    for (auto rows = session_.query(sql.text, store::Params(params)); rows->next();)
      out.push_back({rows->integer(0), rows->integer(1), std::string(rows->text(2))});
    return out;
  }

  std::vector<Watch> watches(const std::vector<WatchPlace>& places) const {
    std::map<std::string, std::set<std::int64_t>> ids;
    for (const auto& one : places) ids[one.type].insert(one.record);
    std::map<std::pair<std::string, std::int64_t>, Watch> titles;
    for (const auto& [name, records] : ids) read_titles(*dictionary_->find(name), records, titles);
    std::vector<Watch> out;
    for (const auto& place : places) {
      Watch one = titles[{place.type, place.record}];
      one.place = place;
      out.push_back(std::move(one));
    }
    return out;
  }

  json::object render(const Watch& watch) const {
    const auto& place = watch.place;
    return {{"record",
             {{"type", place.type},
              {"plural", dictionary_->find(place.type)->plural},
              {"id", place.record},
              {"title", watch.title.empty() ? json::value() : json::value(watch.title)},
              {"is_archived", watch.is_archived}}},
            {"since", render_instant(Instant{place.since_ms})}};
  }

  bool is_about_person(const std::string& type) const {
    return dictionary_->find(type)->about_person;
  }

 private:
  static std::string behind(const WatchPlace& place, SqlText& sql) {
    const auto since = sql.bind(place.since_ms), record = sql.bind(place.record);
    return "(w.since < " + since + " OR (w.since = " + since + " AND (w.record_id < " + record +
           " OR (w.record_id = " + record + " AND w.record_type < " + sql.bind(place.type) + "))))";
  }

  // One for each type of which the user watches anything.
  std::vector<std::string> sights(SqlText& sql) const {
    std::vector<std::string> out;
    for (auto rows = session_.query(parts_.statements["notifications.types_of_watches"],
                                    {context_.scope.actor.user});
         rows->next();) {
      const auto* type = dictionary_->find(rows->text(0));
      if (!type) continue;
      const std::string is_it = "w.record_type = " + sql.bind(type->name);
      SqlText rights{"", std::move(sql.values)};
      const bool is_limited =
          records::append_rights(context_, *type, access::Action::read, "t", rights);
      sql.values = std::move(rights.values);
      out.push_back("(" + is_it + " AND EXISTS (SELECT 1 FROM " + type->table +
                    " t WHERE t.id = w.record_id" + (is_limited ? " AND " + rights.text : "") +
                    "))");
    }
    return out;
  }

  void read_titles(const RecordType& type, const std::set<std::int64_t>& records,
                   std::map<std::pair<std::string, std::int64_t>, Watch>& titles) const {
    SqlText sql;
    std::vector<std::string> ids;
    for (const auto id : records) ids.push_back(sql.bind(id));
    sql.text = "SELECT t.id, t.name, CASE WHEN t.archived_at IS NULL THEN 0 ELSE 1 END FROM " +
               type.table + " t WHERE t.id IN (" + join(ids, ", ") + ")";
    const bool is_masked = records::is_masked(context_.scope, *type.find("name"));
    const auto params = sql.params();
    for (auto rows = session_.query(sql.text, store::Params(params)); rows->next();)
      titles[{type.name, rows->integer(0)}] = {
          {}, is_masked ? "" : std::string(rows->text(1)), rows->boolean(2)};
  }

  store::Session& session_;
  const records::ApiParts& parts_;
  records::DictionaryPtr dictionary_;
  CriteriaContext context_;
};

bool read_number(std::string_view& text, std::int64_t& out) {
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (failed != std::errc{} || end == text.data() + text.size() || *end != '.') return false;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()) + 1);
  return true;
}

}  // namespace

std::string render_watch_place(const WatchPlace& place) {
  return std::to_string(place.since_ms) + "." + std::to_string(place.record) + "." + place.type;
}

Result<WatchPlace> parse_watch_place(std::string_view text) {
  WatchPlace out;
  if (!read_number(text, out.since_ms) || !read_number(text, out.record) || text.empty())
    return access::bad_cursor();
  out.type = text;
  return out;
}

WatchPage list_watches(store::Session& session, const records::ApiParts& parts,
                       const access::Scope& scope, const std::optional<WatchPlace>& after,
                       int limit, records::Seen& seen) {
  const Reader reader(session, parts, scope);
  auto places = reader.places(after, limit + 1);
  WatchPage out;
  if (places.size() > static_cast<std::size_t>(limit)) {
    places.resize(static_cast<std::size_t>(limit));
    out.last = places.back();
  }
  for (const auto& watch : reader.watches(places)) {
    if (reader.is_about_person(watch.place.type)) seen.add(watch.place.type, watch.place.record);
    out.items.push_back(reader.render(watch));
  }
  return out;
}

}  // namespace fokus::notifications
