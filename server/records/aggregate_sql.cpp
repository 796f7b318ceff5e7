// SPDX-License-Identifier: Apache-2.0
// Runs an aggregate: one statement for the groups, one per median, one for totals that cannot be
// added up, one per linked type for the names.
#include <map>

#include "base/text.hpp"
#include "records/aggregate_rows.hpp"
#include "records/inner.hpp"
#include "records/list_plan.hpp"

namespace fokus::records {
namespace {

// Asks the database.
class AggregateReader {
 public:
  AggregateReader(const CriteriaContext& context, store::Session& session, const RecordType& type,
                  const AggregateQuery& query)
      : context_(context), session_(session), type_(type), query_(query), plan_(context, type) {}

  Status prepare() {
    TRY(plan_.add_keys(query_.group_by));
    TRY(plan_.add_measures(query_.measures));
    SqlText where{"", std::move(plan_.sql().values)};
    ListQuery list;
    list.criteria = query_.criteria;
    list.q = query_.q;
    const auto written = append_where(context_, session_, type_, list, access::Action::read, where);
    plan_.sql().values = std::move(where.values);
    TRY(written);
    where_ = std::move(where.text);
    plan_.finish_keys([this](const FieldPath& field, const std::string& column) {
      return range_of(field, column);
    });
    return {};
  }

  Result<std::vector<GroupRow>> groups() {
    std::vector<GroupRow> out;
    TRY(read_groups(plan_.keys().size(), out));
    TRY(read_medians(plan_.keys().size(), out));
    return out;
  }

  // Over all rows; from the groups where these can be added up.
  Result<GroupRow> total(const std::vector<GroupRow>& groups) {
    const bool additive = std::all_of(plan_.parts().begin(), plan_.parts().end(),
                                      [](const auto& part) { return part.merge != Merge::none; });
    if (!additive || groups.empty()) {
      std::vector<GroupRow> one;
      TRY(read_groups(0, one));
      TRY(read_medians(0, one));
      return std::move(one.front());
    }
    GroupRow sum = groups.front();
    for (std::size_t i = 1; i < groups.size(); ++i) add_group(plan_, sum, groups[i]);
    return sum;
  }

  const AggregatePlan& plan() const { return plan_; }

 private:
  std::string grouping(std::size_t keys) const {
    if (keys == 0) return "";
    return keys == 1 ? " GROUP BY 1" : " GROUP BY 1, 2";
  }

  // Text keys come in their Danish order; the rest is sorted here.
  std::string ordering(std::size_t keys) const {
    std::vector<std::string> by;
    for (std::size_t i = 0; i < keys; ++i)
      if (!plan_.keys()[i].label.empty()) by.push_back(plan_.keys()[i].label);
    return by.empty() ? "" : " ORDER BY " + join(by, ", ");
  }

  std::unique_ptr<store::Rows> query(const std::string& text) {
    // PostgreSQL wants every value that is sent to stand in the text.
    std::vector<store::Value> used;
    const std::string numbered = renumber(text, used);
    const std::vector<store::Param> params(used.begin(), used.end());
    return session_.query(numbered, store::Params(params));
  }

  std::string renumber(const std::string& text, std::vector<store::Value>& used) {
    std::map<std::size_t, std::size_t> places;
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
      out += text[i];
      if (text[i] != '$') continue;
      std::size_t number = 0;
      while (i + 1 < text.size() && text[i + 1] >= '0' && text[i + 1] <= '9')
        number = number * 10 + static_cast<std::size_t>(text[++i] - '0');
      const auto [place, fresh] = places.try_emplace(number, used.size() + 1);
      if (fresh) used.push_back(plan_.sql().values.at(number - 1));
      out += std::to_string(place->second);
    }
    return out;
  }

  Status read_groups(std::size_t keys, std::vector<GroupRow>& out) {
    std::vector<std::string> columns, labels;
    for (std::size_t i = 0; i < keys; ++i) {
      columns.push_back(plan_.keys()[i].expression);
      labels.push_back(plan_.keys()[i].label.empty() ? "NULL" : plan_.keys()[i].label);
    }
    columns.insert(columns.end(), labels.begin(), labels.end());
    for (const auto& part : plan_.parts())
      columns.push_back(part.sql.empty() ? std::string("NULL") : part.sql);
    columns.emplace_back("count(*)");
    auto rows = query("SELECT " + join(columns, ", ") + plan_.from() + where_ + grouping(keys) +
                      ordering(keys));
    while (rows->next()) {
      if (out.size() == limits::groups_max) return aggregate_error("too_many_groups", "group_by");
      GroupRow row;
      int at = 0;
      for (std::size_t i = 0; i < keys; ++i) row.keys.push_back(rows->value(at++));
      for (std::size_t i = 0; i < keys; ++i) row.labels.emplace_back(rows->text(at++));
      for (const auto& part : plan_.parts()) row.parts.push_back(checked(part, rows->value(at++)));
      row.count = rows->integer(at);
      out.push_back(std::move(row));
    }
    return {};
  }

  // SQLite turns a product that is too large into a real number, and CAST stops at the border.
  static store::Value checked(const PartPlan& part, store::Value value) {
    const auto* n = std::get_if<std::int64_t>(&value);
    using Border = std::numeric_limits<std::int64_t>;
    if (n && part.merge == Merge::add && (*n == Border::max() || *n == Border::min()))
      throw store::Failure(store::FailureKind::out_of_range, "a sum");
    return value;
  }

  // The middle one or two of the ordered values; neither engine's own median is exact on both.
  Status read_medians(std::size_t keys, std::vector<GroupRow>& groups) {
    for (const auto& measure : plan_.measures()) {
      if (measure.median_of.empty()) continue;
      std::map<std::string, std::size_t> places;
      for (std::size_t i = 0; i < groups.size(); ++i) places[key_text(groups[i].keys)] = i;
      auto rows = query(median_sql(measure, keys));
      while (rows->next()) {
        std::vector<store::Value> key;
        for (std::size_t i = 0; i < keys; ++i) key.push_back(rows->value(static_cast<int>(i)));
        const auto place = places.find(key_text(key));
        if (place == places.end()) continue;
        auto& parts = groups[place->second].parts;
        parts[measure.first_part] = rows->value(static_cast<int>(keys));
        parts[measure.first_part + 1] = rows->value(static_cast<int>(keys) + 1);
      }
    }
    return {};
  }

  std::string median_sql(const MeasurePlan& measure, std::size_t keys) const {
    std::string inner, outer, partition;
    for (std::size_t i = 0; i < keys; ++i) {
      const std::string name = "k" + std::to_string(i);
      inner += plan_.keys()[i].expression + " AS " + name + ", ";
      outer += name + ", ";
      partition += (i > 0 ? ", " : "PARTITION BY ") + name;
    }
    return "SELECT " + outer + "min(v), max(v) FROM (SELECT " + outer + "v, row_number() OVER (" +
           partition + " ORDER BY v) AS place, count(*) OVER (" + partition +
           ") AS size FROM (SELECT " + inner + measure.median_of + " AS v" + plan_.from() + where_ +
           ") every_row WHERE v IS NOT NULL) numbered WHERE place IN ((size + 1) / 2, (size + 2) / "
           "2)" +
           grouping(keys);
  }

  // An index knows both ends at once; only how far the buckets reach comes of it.
  InstantRange range_of(const FieldPath& field, const std::string& column) {
    const bool fast = field.steps.empty() && field.field->indexed;
    const auto end = [&](const char* of) {
      return query("SELECT " + std::string(of) + "(" + column + ")" +
                   (fast ? " FROM " + type_.table + " t" : plan_.from() + where_));
    };
    InstantRange out;
    auto least = end("min");
    if (!least->next() || least->is_null(0)) return out;
    out.first = least->integer(0);
    auto most = end("max");
    most->next();
    out.last = most->integer(0);
    out.empty = false;
    return out;
  }

  const CriteriaContext& context_;
  store::Session& session_;
  const RecordType& type_;
  const AggregateQuery& query_;
  AggregatePlan plan_;
  std::string where_;
};

}  // namespace

Result<Aggregate> Records::aggregate(store::Session& session, const Scope& scope,
                                     const RecordType& type, const AggregateQuery& query) const {
  const auto dictionary = dictionary_ptr();
  const auto context = inner_->criteria_context(session, scope, *dictionary);
  return run_aggregate(context, session, type, query,
                       inner_->field_context(scope, *dictionary).base_currency);
}

Result<Aggregate> run_aggregate(const CriteriaContext& context, store::Session& session,
                                const RecordType& type, const AggregateQuery& query,
                                const std::string& currency) {
  if (query.order && (query.order->measure < 0 ||
                      static_cast<std::size_t>(query.order->measure) >= query.measures.size()))
    return aggregate_error("invalid", "order");
  AggregateReader reader(context, session, type, query);
  TRY(reader.prepare());
  auto groups = query.group_by.empty() ? std::vector<GroupRow>() : TRY(reader.groups());
  const GroupRow total = TRY(reader.total(groups));
  GroupWriter writer(context, session, reader.plan());
  Aggregate out = rank_groups(reader.plan(), writer, query, std::move(groups), total);
  for (std::size_t i = 0; i < query.measures.size(); ++i)
    out.units.push_back(query.measures[i].over.empty() ? reader.plan().measures()[i].unit
                                                       : MeasureUnit{MeasureUnit::Kind::real, 0});
  out.currency = currency;
  return out;
}

}  // namespace fokus::records
