// SPDX-License-Identifier: Apache-2.0
#include "records/base_amounts.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

#include "records/schema.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

constexpr int rows_per_step = 500;  // records per transaction of the job
constexpr std::size_t created_day_bytes = 10;

// One money field of one type, and the SQL that reads its amounts.
struct AmountField {
  const RecordType* type;
  std::string name;
};

std::vector<AmountField> amount_fields(const Dictionary& dictionary) {
  std::vector<AmountField> out;
  for (const auto& [name, type] : dictionary.types)
    for (const auto& field : type.fields)
      if (field.kind == FieldKind::money) out.push_back({&type, field.name});
  return out;
}

struct AmountRow {
  std::int64_t id = 0, minor = 0;
  std::optional<std::int64_t> base;
  std::string currency, day;
};

std::string day_of(std::int64_t ms) {
  return render_instant({ms}).substr(0, created_day_bytes);
}

// Archived records too: they may come back.
std::vector<AmountRow> read_amounts(store::Session& session, const AmountField& field,
                                    std::int64_t after) {
  std::string dates;
  for (const auto& date : field.type->rate_dates) dates += ", " + date;
  auto rows =
      session.query("SELECT id, " + field.name + ", " + field.name + "_base, " + field.name +
                        "_currency, created_at" + dates + " FROM " + field.type->table +
                        " WHERE id > $1 AND " + field.name + " IS NOT NULL ORDER BY id LIMIT $2",
                    {after, rows_per_step});
  std::vector<AmountRow> out;
  while (rows->next()) {
    AmountRow row{rows->integer(0), rows->integer(1), std::nullopt, std::string(rows->text(3)),
                  day_of(rows->integer(4))};
    if (!rows->is_null(2)) row.base = rows->integer(2);
    for (std::size_t i = field.type->rate_dates.size(); i > 0; --i)
      if (const int at = static_cast<int>(4 + i); !rows->is_null(at))
        row.day = std::string(rows->text(at));
    out.push_back(std::move(row));
  }
  return out;
}

// The first filled date of the type, else the day that the record was made.
std::string rate_day(const FieldContext& context, const Draft& draft) {
  for (const auto& date : draft.type.rate_dates)
    if (draft.has(date) && !draft.text(date).empty()) return std::string(draft.text(date));
  const std::int64_t created = draft.has("created_at") ? draft.integer("created_at") : 0;
  return created == 0 ? render_date(context.today) : day_of(created);
}

class BaseAmountsJob {
 public:
  BaseAmountsJob(const ApiParts& parts, work::Run& run) : parts_(parts), run_(run) {}

  Result<json::object> run() {
    json::object state = run_.job().state;
    if (state.empty())
      state = {{"field", 0}, {"after", 0}, {"amounts", 0}, {"changed", 0}, {"without_rate", 0}};
    while (!run_.should_stop()) {
      Step done =
          TRY(parts_.database.write([&](store::Transaction& tx) { return step(tx, state); }));
      state = std::move(done.state);
      if (!done.more) return state;
    }
    return state;
  }

 private:
  struct Step {
    json::object state;
    bool more = false;
  };

  // Leaves the state alone: a transaction that runs twice begins with the same one.
  // Amounts without a rate keep what they had and are counted.
  Result<Step> step(store::Transaction& tx, const json::object& state) {
    const auto dictionary = parts_.dictionary.current();
    const auto fields = amount_fields(*dictionary);
    json::object next = state;
    const auto at = static_cast<std::size_t>(next.at("field").as_int64());
    if (at >= fields.size()) {
      const bool more = TRY(finish(tx));
      return Step{std::move(next), more};
    }
    const auto rows = read_amounts(tx, fields[at], next.at("after").as_int64());
    for (const auto& row : rows) recompute(tx, *dictionary, fields[at], row, next);
    if (rows.empty()) {
      next["field"] = static_cast<std::int64_t>(at + 1);
      next["after"] = 0;
    } else {
      next["after"] = rows.back().id;
      add(next, "amounts", static_cast<std::int64_t>(rows.size()));
    }
    const auto* total = run_.job().input.if_contains("total");
    run_.save_state(tx, next, next.at("amounts").as_int64(),
                    total && total->is_int64() ? total->get_int64() : 0);
    return Step{std::move(next), true};
  }

  static void add(json::object& state, std::string_view key, std::int64_t n) {
    state[key] = state.at(key).as_int64() + n;
  }

  void recompute(store::Transaction& tx, const Dictionary& dictionary, const AmountField& field,
                 const AmountRow& row, json::object& next) const {
    const auto base = to_base_amount(dictionary, row.minor, row.currency, row.day);
    if (!base) return add(next, "without_rate", 1);
    if (row.base == *base) return;
    // The amount itself is no other one, so that the record keeps its version and its history.
    tx.execute("UPDATE " + field.type->table + " SET " + field.name + "_base = $1 WHERE id = $2",
               {*base, row.id});
    tell(tx, *field.type, row.id);
    add(next, "changed", 1);
  }

  // Whoever keeps sums hears that one of their parts changed.
  void tell(store::Transaction& tx, const RecordType& type, std::int64_t id) const {
    const std::string circles = type.owned ? "owner, owner_group" : "NULL, NULL";
    const std::string restricted = type.find("restricted") ? "restricted" : "0";
    tx.execute(
        "INSERT INTO events(at, kind, record_type, record_id, version, owner, owner_group, "
        "restricted, actor) SELECT CAST($1 AS BIGINT), 'changed', CAST($2 AS TEXT), id, version, " +
            circles + ", " + restricted + ", CAST($3 AS BIGINT) FROM " + type.table +
            " WHERE id = $4",
        {parts_.clock.now(), type.name, run_.job().created_by.user, id});
    tx.notify("events", "saved");
  }

  Result<bool> finish(store::Transaction& tx) const {
    set_base_amounts_pending(tx, parts_.statements, false, parts_.clock.now().ms);
    TRY(publish_dictionary(tx, parts_.statements, parts_.model, parts_.dictionary,
                           parts_.clock.now()));
    return false;
  }

  const ApiParts& parts_;
  work::Run& run_;
};

}  // namespace

Result<std::int64_t> to_base_amount(const Dictionary& dictionary, std::int64_t minor,
                                    std::string_view currency, std::string_view day) {
  const std::string& base = dictionary.installation.base_currency;
  if (currency == base) return minor;
  const auto rate = dictionary.rates.find(currency, base, day);
  if (!rate)
    return bad_value(
        "currency_without_rate",
        {{"currency", std::string(currency)}, {"base", base}, {"date", std::string(day)}});
  const int shift = currency_scale(base) - currency_scale(currency);
  const long double worth = static_cast<long double>(minor) * *rate * std::pow(10.0L, shift);
  if (std::fabs(worth) >= static_cast<long double>(std::numeric_limits<std::int64_t>::max()))
    return bad_value("out_of_range");
  return static_cast<std::int64_t>(std::llround(worth));
}

Status fill_base_amounts(const FieldContext& context, Draft& draft, const Draft* stored) {
  const bool has_amounts =
      std::any_of(draft.type.fields.begin(), draft.type.fields.end(),
                  [](const Field& field) { return field.kind == FieldKind::money; });
  if (!has_amounts) return {};
  Error wrong = make_error(ErrorKind::invalid, "records/invalid");
  const std::string day = rate_day(context, draft);
  const bool day_changed = !stored || rate_day(context, *stored) != day;
  for (std::size_t i = 0; i < draft.columns.size(); ++i) {
    const Field& field = draft.type.fields[i];
    auto& columns = draft.columns[i];
    if (field.kind != FieldKind::money || store::is_null(columns[0])) continue;
    const bool same = stored && stored->columns[i][0] == columns[0] &&
                      stored->columns[i][1] == columns[1] && !store::is_null(stored->columns[i][2]);
    if (same && !day_changed) {
      columns[2] = stored->columns[i][2];
      continue;
    }
    auto base = to_base_amount(context.dictionary, std::get<std::int64_t>(columns[0]),
                               std::get<std::string>(columns[1]), day);
    if (base) {
      columns[2] = *base;
      continue;
    }
    auto problem = std::move(base.error().errors.at(0));
    problem.field = field.name;
    wrong.errors.push_back(std::move(problem));
  }
  if (!wrong.errors.empty()) return wrong;
  return {};
}

Result<BaseAmountsPreview> preview_base_amounts(store::Session& session,
                                                const Dictionary& dictionary) {
  BaseAmountsPreview out;
  for (const auto& field : amount_fields(dictionary)) {
    std::int64_t after = 0;
    for (auto rows = read_amounts(session, field, after); !rows.empty();
         rows = read_amounts(session, field, after)) {
      after = rows.back().id;
      out.amounts += static_cast<std::int64_t>(rows.size());
      for (const auto& row : rows) {
        const auto base = to_base_amount(dictionary, row.minor, row.currency, row.day);
        if (base) {
          out.changed += row.base != *base;
          continue;
        }
        auto& missing = out.missing[row.currency];
        ++missing.count;
        if (missing.earliest.empty() || row.day < missing.earliest) missing.earliest = row.day;
      }
    }
  }
  return out;
}

void add_base_amount_jobs(const ApiParts& parts) {
  parts.jobs.add_kind("base_amounts",
                      [parts](work::Run& run) { return BaseAmountsJob(parts, run).run(); });
}

}  // namespace fokus::records
