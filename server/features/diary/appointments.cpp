// SPDX-License-Identifier: Apache-2.0
#include "features/diary/appointments.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "records/criteria.hpp"

namespace fokus::diary {
namespace {

using access::Action;
using records::SqlText;

constexpr const char* columns =
    "t.id, t.version, t.owner, t.name, t.kind, t.status, t.location, t.due_on, t.starts_at, "
    "t.ends_at, t.all_day, t.company, t.person, t.sale, t.recurrence, t.recurrence_zone, "
    "t.recurrence_except, t.recurrence_of, t.occurrence_at, t.updated_at";
constexpr int column_count = 20;

class Search {
 public:
  Search(const Diary& diary, store::Session& session, const access::Scope& scope,
         const Question& question)
      : dictionary_(diary.parts().dictionary.current()),
        type_(*dictionary_->find("activity")),
        context_{*dictionary_, scope, diary.parts().clock.now(), session.engine()},
        question_(question) {}

  const SqlText& text() {
    const std::string reads = right(Action::read), edits = right(Action::update);
    const std::string me = sql_.bind(context_.scope.actor.user.value);
    const std::string is_invited =
        "EXISTS (SELECT 1 FROM activity_participants m WHERE m.activity = t.id AND m.user_id = " +
        me + ")";
    sql_.text = std::string("SELECT ") + columns + ", CASE WHEN " + reads +
                " THEN 1 ELSE 0 END, CASE WHEN " + edits +
                " THEN 1 ELSE 0 END FROM activities t WHERE t.archived_at IS NULL AND t.id IN (" +
                ids() + ") AND (" + reads + " OR " + is_invited +
                ") ORDER BY t.starts_at, t.id LIMIT " + std::to_string(limits::entries_max + 1);
    return sql_;
  }

 private:
  std::string right(Action action) {
    SqlText rights{"", std::move(sql_.values)};
    const bool is_limited = records::append_rights(context_, type_, action, "t", rights);
    sql_.values = std::move(rights.values);
    return is_limited ? "(" + rights.text + ")" : "1=1";
  }

  // Each look is one that an index answers: that of owner and time, owner and day, owner and rule.
  // What is no series, and when a series began, is asked so that no engine begins with an index in
  // which most rows fit.
  std::string ids() {
    std::vector<std::string> users;
    for (const auto user : question_.users) users.push_back(sql_.bind(user));
    const std::string whose = "a.owner IN (" + join(users, ", ") + ")";
    const std::string invited =
        "a.id IN (SELECT p.activity FROM activity_participants p WHERE p.answer <> 'declined' AND "
        "p.user_id IN (" +
        join(users, ", ") + "))";
    std::vector<std::string> looks;
    for (const auto& when : {at_their_time(), on_their_day(), series()})
      for (const auto& who : {whose, invited})
        looks.push_back("SELECT a.id FROM activities a WHERE " + who + " AND " + when);
    return join(looks, " UNION ");
  }

  std::string at_their_time() {
    const auto from = sql_.bind(question_.from.ms), to = sql_.bind(question_.to.ms);
    const auto far = sql_.bind(question_.from.ms - limits::longest_days * ms_per_day);
    return "coalesce(a.recurrence, '') = '' AND a.starts_at >= " + far + " AND a.starts_at < " +
           to + " AND (a.starts_at >= " + from + " OR a.ends_at > " + from +
           ") AND NOT (a.kind = 'task' AND a.due_on IS NOT NULL)";
  }
  std::string on_their_day() {
    const auto from = sql_.bind(render_date(question_.from_day)),
               to = sql_.bind(render_date(question_.to_day));
    return "coalesce(a.recurrence, '') = '' AND a.kind = 'task' AND a.due_on >= " + from +
           " AND a.due_on < " + to;
  }
  std::string series() {
    return "a.recurrence > '' AND a.starts_at + 0 < " + sql_.bind(question_.to.ms);
  }

  records::DictionaryPtr dictionary_;
  const records::RecordType& type_;
  records::CriteriaContext context_;
  const Question& question_;
  SqlText sql_;
};

std::optional<Instant> instant_at(const store::Rows& rows, int column) {
  if (rows.is_null(column)) return std::nullopt;
  return Instant{rows.integer(column)};
}

Appointment read_appointment(const store::Rows& rows) {
  Appointment out;
  out.id = rows.integer(0), out.version = rows.integer(1), out.owner = rows.integer(2);
  out.name = rows.text(3), out.kind = rows.text(4), out.status = rows.text(5);
  out.location = rows.text(6);
  out.starts_at = Instant{rows.integer(8)};
  out.ends_at = instant_at(rows, 9);
  out.all_day = rows.boolean(10);
  out.recurrence_of = rows.integer(17);
  out.occurrence_at = instant_at(rows, 18);
  out.updated_at = Instant{rows.integer(19)};
  out.is_readable = rows.boolean(column_count);
  out.is_editable = out.is_readable && rows.boolean(column_count + 1);
  out.series = make_series(rows.text(14), rows.text(15), rows.text(16), out);
  // Where it stands in the diary is known to whoever is invited; what it is about is not.
  out.due_on = rows.text(7);
  if (!out.is_readable) return out;
  out.company = rows.integer(11), out.person = rows.integer(12), out.sale = rows.integer(13);
  return out;
}

}  // namespace

Found find_appointments(const Diary& diary, store::Session& session, const access::Scope& scope,
                        const Question& question) {
  Found out;
  if (question.users.empty()) return out;
  Search search(diary, session, scope, question);
  const auto& sql = search.text();
  const auto params = sql.params();
  for (auto rows = session.query(sql.text, store::Params(params)); rows->next();)
    out.appointments.push_back(read_appointment(*rows));
  if (out.appointments.size() > limits::entries_max) {
    out.appointments.pop_back();
    out.is_cut = true;
  }
  return out;
}

std::vector<Entry> list_entries(const Found& found, const Question& question, bool& is_cut) {
  std::vector<Entry> out;
  for (const auto& one : found.appointments) {
    if (!one.series) {
      out.push_back({&one, one.starts_at, one.ends_at});
      continue;
    }
    for (const auto& occurrence : list_occurrences(*one.series, question.from, question.to))
      out.push_back({&one, occurrence.starts_at, occurrence.ends_at});
  }
  std::stable_sort(out.begin(), out.end(),
                   [](const Entry& a, const Entry& b) { return a.starts_at < b.starts_at; });
  is_cut = found.is_cut || out.size() > limits::entries_max;
  if (out.size() > limits::entries_max) out.erase(out.begin() + limits::entries_max, out.end());
  return out;
}

std::optional<Series> make_series(std::string_view rule, std::string_view zone,
                                  std::string_view left_out, const Appointment& of) {
  return make_series({rule, zone, left_out}, {of.starts_at, of.ends_at}, of.all_day);
}

}  // namespace fokus::diary
