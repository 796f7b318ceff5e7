// SPDX-License-Identifier: Apache-2.0
// What happened around a record: what links to it, and its own changes, in one order.
#include <limits>
#include <set>

#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/inner.hpp"
#include "records/list_plan.hpp"
#include "records/read_history.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;
using access::Action;

constexpr int timeline_max = 200;
constexpr int changes_per_look = 200;
constexpr std::string_view change_kind = "change";

// Which column says when a record of the type happened.
std::string_view moment_of(const RecordType& type) {
  return type.find("starts_at") ? "starts_at" : "created_at";
}

// The fields of a timeline entry that its kind makes interesting.
constexpr std::array<std::string_view, 8> telling_fields = {
    "kind", "status", "stage", "amount", "ends_at", "due_on", "description", "owner"};
// The texts that words are looked for in.
constexpr std::array<std::string_view, 4> worded_fields = {"name", "description", "location",
                                                           "competitor"};

// The place of an entry in the order. Entries of one moment are told apart by kind and id.
struct Place {
  std::int64_t at = std::numeric_limits<std::int64_t>::max();
  std::string kind;
  std::int64_t id = 0;
  auto operator<=>(const Place&) const = default;
};

struct Moment {
  Place place;
  std::string json;
  Seen seen;  // whom the entry names
};

// Rows of a kind that come after the cursor, as the moment and id that they must lie before.
struct Before {
  std::int64_t at = 0, id = 0;
};

Before before_of(const Place& cursor, std::string_view kind) {
  constexpr std::int64_t every = std::numeric_limits<std::int64_t>::max();
  if (kind == cursor.kind) return {cursor.at, cursor.id};
  return {cursor.at, kind < cursor.kind ? every : 0};
}

class Timeline {
 public:
  Timeline(store::Session& session, const store::Statements& sql, const CriteriaContext& context,
           const TimelineQuery& query, Place cursor)
      : session_(session),
        sql_(sql),
        context_(context),
        query_(query),
        cursor_(std::move(cursor)),
        limit_(std::clamp(query.limit, 1, timeline_max)) {
    const std::string folded = fold(query.q);
    for (const auto word : split(folded, ' '))
      if (!word.empty()) words_.emplace_back(word);
  }

  Status collect(const RecordType& type, RecordId id) {
    TRY(check_kinds(type));
    for (const auto& link : type.backlinks) TRY(collect_linked(link, id));
    if (is_wanted(change_kind)) collect_changes(type, id);
    return {};
  }

  void write(JsonWriter& json, Seen& seen) {
    std::sort(moments_.begin(), moments_.end(),
              [](const Moment& a, const Moment& b) { return a.place > b.place; });
    // A record may link twice.
    const auto twice =
        std::unique(moments_.begin(), moments_.end(),
                    [](const Moment& a, const Moment& b) { return a.place == b.place; });
    moments_.erase(twice, moments_.end());
    json.begin_object().key("items").begin_array();
    const std::size_t shown = std::min(moments_.size(), static_cast<std::size_t>(limit_));
    for (std::size_t i = 0; i < shown; ++i) {
      json.raw(moments_[i].json);
      seen.add(moments_[i].seen);
    }
    json.end_array().key("next");
    if (moments_.size() > shown) {
      const Place& last = moments_[shown - 1].place;
      json.value(render_cursor({last.at, last.kind, last.id}));
    } else {
      json.null();
    }
    json.end_object();
  }

 private:
  bool is_wanted(std::string_view kind) const {
    return query_.kinds.empty() ||
           std::find(query_.kinds.begin(), query_.kinds.end(), kind) != query_.kinds.end();
  }

  // A kind that cannot be there is a mistake of the caller; one that may not be seen is just empty.
  Status check_kinds(const RecordType& type) const {
    for (const auto& kind : query_.kinds) {
      const bool known =
          kind == change_kind ||
          std::any_of(type.backlinks.begin(), type.backlinks.end(), [&](const Backlink& link) {
            return link.type == kind && context_.dictionary.find(kind)->timeline;
          });
      if (!known) return field_error("records/invalid", "kinds", "unknown_kind", {{"kind", kind}});
    }
    return {};
  }

  Status collect_linked(const Backlink& link, RecordId id) {
    const RecordType& other = *context_.dictionary.find(link.type);
    if (!other.timeline || !is_wanted(other.name) ||
        !context_.scope.permissions().may(other.name, Action::read))
      return {};
    ListPlan plan(context_, other);
    TRY(plan.add_output("name"));
    for (const auto field : telling_fields)
      if (other.find(field)) TRY(plan.add_output(field));
    TRY(plan.add_output(moment_of(other)));
    const int at_column = plan.outputs().back().column;
    plan.seal();
    const std::string at = "t." + std::string(moment_of(other));
    SqlText sql;
    plan.append_select(sql);
    sql.text += " WHERE t.archived_at IS NULL AND t." + link.field + " = " + sql.bind(id.value);
    append_before(before_of(cursor_, other.name), at, sql);
    TRY(append_words(other, sql));
    const std::size_t end = sql.text.size();
    sql.text += " AND ";
    if (!append_rights(context_, other, Action::read, "t", sql)) sql.text.resize(end);
    sql.text += " ORDER BY " + at + " DESC, t.id DESC LIMIT " + sql.bind(std::int64_t{limit_ + 1});
    return read_linked(other, plan, at_column, sql);
  }

  Status read_linked(const RecordType& other, const ListPlan& plan, int at_column,
                     const SqlText& sql) {
    const auto params = sql.params();
    auto rows = session_.query(sql.text, store::Params(params));
    while (rows->next()) {
      Moment moment{{rows->integer(at_column), other.name, rows->integer(0)}, {}, {}};
      JsonWriter json(moment.json);
      json.begin_object().field("kind", other.name).field("type", other.name);
      json.field("id", moment.place.id).field("at", render_instant({moment.place.at}));
      json.key("record");
      plan.write_row(json, *rows);
      json.end_object();
      plan.collect_seen(*rows, moment.seen);
      if (other.about_person) moment.seen.add(other.name, moment.place.id);
      moments_.push_back(std::move(moment));
    }
    return {};
  }

  // The first comparison lets the engine seek in the index of link and moment.
  static void append_before(const Before& before, const std::string& at, SqlText& sql) {
    sql.text += " AND " + at + " <= " + sql.bind(before.at) + " AND (" + at + " < " +
                sql.bind(before.at) + " OR t.id < " + sql.bind(before.id) + ")";
  }

  // Each word in one of the texts that the viewer may see: a filter like any other.
  Status append_words(const RecordType& other, SqlText& sql) const {
    for (const auto& word : words_) {
      Node any;
      any.kind = Node::Kind::any;
      for (const auto name : worded_fields) {
        const Field* field = other.find(name);
        if (!field || field->hidden || !is_text_kind(field->kind) ||
            is_masked(context_.scope, *field))
          continue;
        auto leaf = std::make_unique<Node>();
        leaf->kind = Node::Kind::compare;
        leaf->path = std::string(name);
        leaf->op = Op::contains;
        leaf->terms.push_back({word});
        any.children.push_back(std::move(leaf));
      }
      sql.text += " AND ";
      if (any.children.empty())
        sql.text += "1=0";
      else
        TRY(append_criteria(context_, other, "t", any, sql));
    }
    return {};
  }

  // Words are looked for in what the viewer is shown of a change; the database holds more. So the
  // history is walked until the page is full.
  void collect_changes(const RecordType& type, RecordId id) {
    Before before = before_of(cursor_, change_kind);
    const int look = words_.empty() ? limit_ + 1 : changes_per_look;
    HistoryReader reader(session_, context_, type);
    int found = 0, passed = look;
    while (found <= limit_ && passed == look) {
      passed = 0;
      auto rows = session_.query(sql_["records.history_before"],
                                 {type.name, id, before.at, before.id, look});
      while (rows->next()) {
        ++passed;
        before = {rows->integer(2), rows->integer(0)};
        std::string entry;
        JsonWriter json(entry);
        Seen seen;
        reader.write_entry(json, *rows, seen);
        if (!holds_words(entry)) continue;
        ++found;
        add_change(type, id, before, entry);
        moments_.back().seen = std::move(seen);
      }
    }
  }

  void add_change(const RecordType& type, RecordId id, const Before& place,
                  const std::string& entry) {
    Moment moment{{place.at, std::string(change_kind), place.id}, {}, {}};
    JsonWriter json(moment.json);
    json.begin_object().field("kind", change_kind).field("type", type.name).field("id", id.value);
    json.field("at", render_instant({place.at})).key("record").raw(entry).end_object();
    moments_.push_back(std::move(moment));
  }

  bool holds_words(const std::string& entry) const {
    if (words_.empty()) return true;
    const auto parsed = json::parse(entry).as_object();
    std::string text;
    if (parsed.at("actor").is_object())
      collect_texts(parsed.at("actor").as_object().at("name"), text);
    for (const auto& change : parsed.at("changes").as_array())
      for (const char* side : {"old", "new"}) collect_texts(change.as_object().at(side), text);
    const std::string folded = fold(text);
    return std::all_of(words_.begin(), words_.end(),
                       [&](const std::string& word) { return folded.find(word) != folded.npos; });
  }

  static void collect_texts(const json::value& value, std::string& out) {
    if (value.is_string()) out.append(value.get_string()).append(" ");
    if (value.is_array())
      for (const auto& one : value.get_array()) collect_texts(one, out);
    if (value.is_object())
      for (const auto& [key, one] : value.get_object()) collect_texts(one, out);
  }

  store::Session& session_;
  const store::Statements& sql_;
  const CriteriaContext& context_;
  const TimelineQuery& query_;
  const Place cursor_;
  const int limit_;
  std::vector<std::string> words_;  // folded
  std::vector<Moment> moments_;
};

Result<Place> parse_place(std::string_view cursor) {
  if (cursor.empty()) return Place{};
  OrderKey number, text;
  text.textual = true;
  const auto values = TRY(parse_cursor(cursor, {number, text, number}));
  for (const auto& value : values)
    if (store::is_null(value)) return field_error("records/bad_cursor", "cursor", "not_a_cursor");
  return Place{std::get<std::int64_t>(values[0]), std::get<std::string>(values[1]),
               std::get<std::int64_t>(values[2])};
}

}  // namespace

Status Records::write_timeline(store::Session& session, const Scope& scope, const RecordType& type,
                               RecordId id, const TimelineQuery& query, JsonWriter& json,
                               Seen* seen) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  std::string unused;
  JsonWriter visible(unused);
  TRY(get(session, scope, type, id, visible));
  Timeline timeline(session, inner_->sql, context, query, TRY(parse_place(query.cursor)));
  TRY(timeline.collect(type, id));
  Seen named;
  timeline.write(json, named);
  if (seen) seen->add(named);
  return {};
}

}  // namespace fokus::records
