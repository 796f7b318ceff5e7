// SPDX-License-Identifier: Apache-2.0
#include "records/notices.hpp"

#include "records/rights.hpp"

namespace fokus::records {
namespace {

using access::Action;

struct Amount {
  std::int64_t minor = 0;
  std::string currency;
};

struct Sum {
  std::int64_t minor = 0, base = 0, rows = 0;
  std::string currency;  // of all of them; empty when they have several
  bool is_known = true;  // neither too large nor without a worth in the base currency
};

bool add(std::int64_t& to, std::int64_t value) {
  return !__builtin_add_overflow(to, value, &to);
}

// The records that link to `id`, those that the viewer may see; amounts that are empty count as 0.
Sum sum_up(store::Session& session, const CriteriaContext& context, const RecordType& type,
           const Backlink& link, const Field& amount, std::int64_t id) {
  SqlText sql{"SELECT t." + amount.columns[0].name + ", t." + amount.columns[1].name + ", t." +
                  amount.columns[2].name + " FROM " + type.table +
                  " t WHERE t.archived_at IS NULL AND t." + link.field + " = ",
              {}};
  sql.text += sql.bind(id) + " AND ";
  if (!append_rights(context, type, Action::read, "t", sql)) sql.text += "1=1";
  sql.text += " LIMIT " + sql.bind(limits::summed_rows_max + 1);
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  Sum out;
  bool first = true;
  for (; rows->next(); ++out.rows) {
    if (rows->is_null(0)) continue;
    if (first) out.currency = std::string(rows->text(1));
    if (out.currency != rows->text(1)) out.currency.clear();
    first = false;
    out.is_known = out.is_known && !rows->is_null(2) && add(out.minor, rows->integer(0)) &&
                   add(out.base, rows->integer(2));
  }
  return out;
}

std::int64_t count_all(store::Session& session, const RecordType& type, const Backlink& link,
                       std::int64_t id) {
  return session.query_integer("SELECT count(*) FROM " + type.table +
                                   " WHERE archived_at IS NULL AND " + link.field + " = $1",
                               {id});
}

// Nothing when the amount is what the sum says, or nothing can be said.
std::optional<Amount> other_sum(const Sum& sum, const store::Rows& row, int column,
                                const std::string& base_currency) {
  if (sum.rows == 0 || sum.rows > limits::summed_rows_max || !sum.is_known) return std::nullopt;
  const bool is_empty = row.is_null(column);
  if (!sum.currency.empty() && (is_empty || row.text(column + 1) == sum.currency)) {
    if ((is_empty ? 0 : row.integer(column)) == sum.minor) return std::nullopt;
    return Amount{sum.minor, sum.currency};
  }
  if (!is_empty && row.is_null(column + 2)) return std::nullopt;
  std::int64_t apart = 0;
  const std::int64_t own = is_empty ? 0 : row.integer(column + 2);
  const bool far = __builtin_sub_overflow(own, sum.base, &apart);
  if (!far && apart <= sum.rows && apart >= -sum.rows) return std::nullopt;
  return Amount{sum.base, base_currency};
}

void write_notice(JsonWriter& json, const Field& field, const Amount& sum) {
  json.begin_object().field("field", field.name).field("code", "differs_from_sum");
  json.field("sum_of", field.sum_of).key("sum");
  write_columns(json, field, {sum.minor, sum.currency, store::Value()});
  json.end_object();
}

}  // namespace

void write_notices(JsonWriter& json, store::Session& session, const CriteriaContext& context,
                   const RecordType& type, const ListPlan& plan, const store::Rows& row) {
  bool begun = false;
  for (const auto& field : type.fields) {
    if (field.sum_of.empty()) continue;
    if (!begun) json.key("notices").begin_array();
    begun = true;
    const int column = plan.column_of(field.name);
    const auto dot = field.sum_of.find('.');
    const Backlink& link = *type.find_backlink(field.sum_of.substr(0, dot));
    const RecordType& summed = *context.dictionary.find(link.type);
    const Field& amount = *summed.find(field.sum_of.substr(dot + 1));
    const std::int64_t id = row.integer(0);
    if (column < 0 || is_masked(context.scope, amount) ||
        !context.scope.permissions().may(summed.name, Action::read))
      continue;
    const Sum sum = sum_up(session, context, summed, link, amount, id);
    const auto other = other_sum(sum, row, column, context.dictionary.installation.base_currency);
    if (other && count_all(session, summed, link, id) == sum.rows)
      write_notice(json, field, *other);
  }
  if (begun) json.end_array();
}

}  // namespace fokus::records
