// SPDX-License-Identifier: Apache-2.0
#include "records/criteria_leaf.hpp"

#include "base/text.hpp"
#include "records/aggregate_time.hpp"
#include "records/number_forms.hpp"

namespace fokus::records {
namespace {

Error wrong_operator(std::string_view path) {
  return criteria_error("wrong_operator", path);
}
Error wrong_value(std::string_view path) {
  return criteria_error("wrong_value", path);
}

bool is_long_text(FieldKind kind) {
  return kind == FieldKind::long_text || kind == FieldKind::rich_text;
}

// What is less than every text behind the prefix, and not less than the prefix: its last code
// point plus one. Nothing when there is none.
std::optional<std::string> next_prefix(std::string prefix) {
  while (!prefix.empty()) {
    std::size_t at = prefix.size() - 1;
    while (at > 0 && (static_cast<unsigned char>(prefix[at]) & 0xC0u) == 0x80u) --at;
    // Within ASCII the byte is the code point, and 0x7F + 1 would not be UTF-8.
    const auto byte = static_cast<unsigned char>(prefix[at]);
    if (at == prefix.size() - 1 && byte < 0x7F) {
      prefix[at] = static_cast<char>(byte + 1);
      return prefix;
    }
    if (at < prefix.size() - 1) {
      const auto last = static_cast<unsigned char>(prefix.back());
      if (last < 0xBF) {
        prefix.back() = static_cast<char>(last + 1);
        return prefix;
      }
    }
    prefix.resize(at);  // a longer carry: a coarser bound, which the caller narrows
  }
  return std::nullopt;
}

std::string_view sql_operator(Op op) {
  switch (op) {
    case Op::gt:
      return " > ";
    case Op::ge:
      return " >= ";
    case Op::lt:
      return " < ";
    case Op::le:
      return " <= ";
    default:
      return " = ";
  }
}

bool is_order(Op op) {
  return op == Op::gt || op == Op::ge || op == Op::lt || op == Op::le;
}

}  // namespace

Result<std::string> LeafWriter::write(const FieldPath& field, const std::string& alias,
                                      std::string_view path, const Comparison& comparison) {
  const Leaf leaf{field, column_of(field, alias), path, comparison.op, comparison.terms};
  if (comparison.op == Op::empty) return (comparison.negated ? "NOT " : "") + empty_condition(leaf);
  const Condition positive = TRY(condition(leaf));
  if (!comparison.negated) return positive.text;
  return "(" + positive.column + " IS NULL OR NOT " + positive.text + ")";
}

// SQLite begins with the index of a column that an operator stands before as little as with none.
std::string LeafWriter::column_of(const FieldPath& field, const std::string& alias) const {
  const bool of_the_row_itself = alias.find('_') == alias.npos;
  const bool hold_back =
      context_.row_by_row && of_the_row_itself && context_.engine == store::Engine::sqlite;
  return (hold_back ? "+" : "") + alias + "." + field.column;
}

std::string LeafWriter::empty_condition(const Leaf& leaf) const {
  const std::string& c = leaf.column;
  const FieldKind kind = leaf.field.kind;
  if (kind == FieldKind::address) {
    std::vector<std::string> parts;
    for (const char* part : {"_street", "_postcode", "_city", "_region", "_country"})
      parts.push_back("(" + c + part + " IS NULL OR " + c + part + " = '')");
    return "(" + join(parts, " AND ") + ")";
  }
  if (is_text_kind(kind) || kind == FieldKind::choice)
    return "(" + c + " IS NULL OR " + c + " = '')";
  if (kind == FieldKind::choices) return "(" + c + " IS NULL OR " + c + " IN ('', ','))";
  return "(" + c + " IS NULL)";
}

Result<LeafWriter::Condition> LeafWriter::condition(const Leaf& leaf) {
  if (is_text_kind(leaf.field.kind)) return text_condition(leaf);
  switch (leaf.field.kind) {
    case FieldKind::choice:
      return choice_condition(leaf);
    case FieldKind::choices:
      return choices_condition(leaf);
    case FieldKind::integer:
    case FieldKind::decimal:
    case FieldKind::money:
      return number_condition(leaf);
    case FieldKind::boolean:
      return boolean_condition(leaf);
    case FieldKind::date:
      return date_condition(leaf);
    case FieldKind::instant:
      return instant_condition(leaf);
    case FieldKind::address:
      return address_condition(leaf);
    default:
      return id_condition(leaf);
  }
}

std::string LeafWriter::like(const std::string& column, std::string_view before,
                             std::string_view folded, std::string_view after) {
  std::string pattern(before);
  for (const char c : folded) {
    if (c == '\\' || c == '%' || c == '_') pattern += '\\';
    pattern += c;
  }
  pattern += after;
  return column + " LIKE " + sql_.bind(std::move(pattern)) + " ESCAPE '\\'";
}

// A range, because an index serves it on both engines. Long text has no bytewise order to rely on.
std::string LeafWriter::starts_with(const std::string& column, const std::string& folded,
                                    bool as_range) {
  const auto next = next_prefix(folded);
  if (!as_range || !next) return like(column, "", folded, "%");
  std::string range =
      column + " >= " + sql_.bind(folded) + " AND " + column + " < " + sql_.bind(*next);
  // Every text of the range has the prefix when only its last byte was counted up.
  if (next->size() != folded.size()) range += " AND " + like(column, "", folded, "%");
  return range;
}

std::string LeafWriter::one_of(const std::string& column, std::vector<store::Value> values) {
  if (values.size() == 1) return column + " = " + sql_.bind(std::move(values.front()));
  std::vector<std::string> places;
  for (auto& value : values) places.push_back(sql_.bind(std::move(value)));
  return column + " IN (" + join(places, ", ") + ")";
}

Result<LeafWriter::Condition> LeafWriter::text_condition(const Leaf& leaf) {
  if (is_order(leaf.op) || leaf.op == Op::between) return ordered_text_condition(leaf);
  return folded_condition(leaf);
}

Result<LeafWriter::Condition> LeafWriter::folded_condition(const Leaf& leaf) {
  const std::string folded_column = leaf.column + "_f";
  std::vector<std::string> folded;
  bool vanished = false;  // a term of which folding leaves nothing finds no empty field
  for (const auto& term : leaf.terms) {
    const auto text = term_text(term);
    if (!text) return wrong_value(leaf.path);
    folded.push_back(fold_term(leaf.field.kind, *text));
    vanished = vanished || folded.back().empty();
  }
  const bool is_number = has_number_forms(leaf.field.kind) && !leaf.terms.empty() &&
                         !typed_readings(leaf.field.kind, *term_text(leaf.terms.front())).empty();
  std::string text;
  switch (leaf.op) {
    case Op::eq:
    case Op::in:
      text = has_number_forms(leaf.field.kind)
                 ? equals_number(leaf, folded_column)
                 : one_of(folded_column, {folded.begin(), folded.end()});
      break;
    case Op::contains:
      text = is_number ? contains_number(leaf, folded_column)
                       : like(folded_column, "%", folded.front(), "%");
      break;
    case Op::startswith:
      text = is_number ? starts_number(leaf, folded_column)
                       : starts_with(folded_column, folded.front(), !is_long_text(leaf.field.kind));
      break;
    case Op::endswith:
      text = like(folded_column, "%", folded.front(), "");
      break;
    default:
      return wrong_operator(leaf.path);
  }
  if (vanished) text += " AND " + leaf.column + " <> ''";
  return Condition{"(" + text + ")", folded_column};
}

// In the order of the Danish collation, as lists are sorted.
Result<LeafWriter::Condition> LeafWriter::ordered_text_condition(const Leaf& leaf) {
  if (is_long_text(leaf.field.kind) || leaf.field.kind == FieldKind::phone)
    return wrong_operator(leaf.path);
  std::vector<std::string> texts;
  for (const auto& term : leaf.terms) {
    auto text = term_text(term);
    if (!text) return wrong_value(leaf.path);
    texts.push_back(std::move(*text));
  }
  const std::string& c = leaf.column;
  std::string text;
  if (leaf.op == Op::between)
    text = c + " >= " + sql_.bind(texts.at(0)) + " AND " + c + " <= " + sql_.bind(texts.at(1));
  else
    text = c + std::string(sql_operator(leaf.op)) + sql_.bind(texts.at(0));
  return Condition{"(" + text + " AND " + c + " <> '')", c};
}

Result<LeafWriter::Condition> LeafWriter::choice_condition(const Leaf& leaf) {
  if (leaf.op != Op::eq && leaf.op != Op::in && leaf.op != Op::has_any)
    return wrong_operator(leaf.path);
  std::vector<store::Value> keys;
  for (const auto& term : leaf.terms) {
    auto key = term_text(term);
    if (!key) return wrong_value(leaf.path);
    // The empty key is no key: an empty field equals nothing.
    if (!key->empty()) keys.emplace_back(std::move(*key));
  }
  if (keys.empty()) return Condition{"(1=0)", leaf.column};
  return Condition{"(" + one_of(leaf.column, std::move(keys)) + ")", leaf.column};
}

Result<LeafWriter::Condition> LeafWriter::choices_condition(const Leaf& leaf) {
  if (is_order(leaf.op) || leaf.op == Op::between || leaf.op == Op::startswith ||
      leaf.op == Op::endswith)
    return wrong_operator(leaf.path);
  std::vector<std::string> parts;
  for (const auto& term : leaf.terms) {
    const auto key = term_text(term);
    if (!key) return wrong_value(leaf.path);
    if (key->empty() || key->find(',') != key->npos) {
      parts.push_back("1=0");
      continue;
    }
    // Not LIKE: SQLite's does not tell A from a.
    const bool sqlite = context_.engine == store::Engine::sqlite;
    parts.push_back((sqlite ? "instr(" : "strpos(") + leaf.column + ", " +
                    sql_.bind("," + *key + ",") + ") > 0");
  }
  return Condition{"(" + join(parts, leaf.op == Op::has_all ? " AND " : " OR ") + ")", leaf.column};
}

// The borders are whole scaled numbers; a term with more digits than the field has lies between
// two.
Result<std::string> LeafWriter::compare_number(const Leaf& leaf, const std::string& column, Op op,
                                               const Term& term, int scale) {
  const auto scaled = scale_term(term, scale);
  if (!scaled) return wrong_value(leaf.path);
  if (op == Op::eq && !scaled->exact) return std::string("1=0");
  if (op == Op::ge && !scaled->exact) op = Op::gt;
  if (op == Op::lt && !scaled->exact) op = Op::le;
  return column + std::string(sql_operator(op)) + sql_.bind(scaled->floor);
}

Result<LeafWriter::Condition> LeafWriter::number_condition(const Leaf& leaf) {
  const bool money = leaf.field.kind == FieldKind::money;
  const std::string column = money ? leaf.column + "_base" : leaf.column;
  const int scale = money ? context_.base_scale : leaf.field.scale;
  std::vector<std::string> parts;
  if (leaf.op == Op::between) {
    parts.push_back(TRY(compare_number(leaf, column, Op::ge, leaf.terms.at(0), scale)));
    parts.push_back(TRY(compare_number(leaf, column, Op::le, leaf.terms.at(1), scale)));
    return Condition{"(" + join(parts, " AND ") + ")", column};
  }
  if (is_order(leaf.op))
    return Condition{
        "(" + TRY(compare_number(leaf, column, leaf.op, leaf.terms.at(0), scale)) + ")", column};
  if (leaf.op != Op::eq && leaf.op != Op::in) return wrong_operator(leaf.path);
  std::vector<store::Value> values;
  for (const auto& term : leaf.terms) {
    const auto scaled = scale_term(term, scale);
    if (!scaled) return wrong_value(leaf.path);
    if (scaled->exact) values.emplace_back(scaled->floor);
  }
  return Condition{"(" + (values.empty() ? "1=0" : one_of(column, std::move(values))) + ")",
                   column};
}

Result<LeafWriter::Condition> LeafWriter::boolean_condition(const Leaf& leaf) {
  if (leaf.op != Op::eq && leaf.op != Op::in) return wrong_operator(leaf.path);
  std::vector<store::Value> values;
  for (const auto& term : leaf.terms) {
    const auto* value = std::get_if<bool>(&term.content);
    if (!value) return wrong_value(leaf.path);
    values.emplace_back(std::int64_t{*value});
  }
  return Condition{"(" + one_of(leaf.column, std::move(values)) + ")", leaf.column};
}

// Weekdays and hours, by the very buckets that numbers are grouped by: a drill finds its group.
Result<LeafWriter::Condition> LeafWriter::clock_condition(const Leaf& leaf) {
  const bool hour = leaf.op == Op::hour;
  const bool date = leaf.field.kind == FieldKind::date;
  if (hour && date) return wrong_operator(leaf.path);
  std::vector<std::string> places;
  for (const auto& term : leaf.terms) {
    const auto n = clock_term(leaf.op, term);
    if (!n) return wrong_value(leaf.path);
    places.push_back(sql_.bind(*n));
  }
  const TimeUnit unit = hour ? TimeUnit::hour : TimeUnit::weekday;
  const auto zone = TimeZone::find(context_.scope.actor.time_zone).value_or(TimeZone::utc());
  const std::string bucket =
      date ? date_bucket(leaf.column, unit, context_.engine)
           : instant_bucket(leaf.column, unit, zone, every_instant(zone), sql_);
  return Condition{"(" + bucket + " IN (" + join(places, ", ") + "))", leaf.column};
}

Result<LeafWriter::Condition> LeafWriter::date_condition(const Leaf& leaf) {
  if (leaf.op == Op::weekday || leaf.op == Op::hour) return clock_condition(leaf);
  const std::string& c = leaf.column;
  std::vector<Days> ranges;
  for (const auto& term : leaf.terms) {
    const auto days = calendar().days(term);
    if (!days) return wrong_value(leaf.path);
    ranges.push_back(*days);
  }
  const auto first = [&](std::size_t i) { return sql_.bind(render_date(ranges.at(i).first)); };
  const auto last = [&](std::size_t i) { return sql_.bind(render_date(ranges.at(i).last)); };
  std::string text;
  if (leaf.op == Op::lt) text = c + " < " + first(0);
  if (leaf.op == Op::ge) text = c + " >= " + first(0);
  if (leaf.op == Op::gt) text = c + " > " + last(0);
  if (leaf.op == Op::le) text = c + " <= " + last(0);
  if (leaf.op == Op::between) text = c + " >= " + first(0) + " AND " + c + " <= " + last(1);
  if (leaf.op == Op::eq || leaf.op == Op::in) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < ranges.size(); ++i)
      parts.push_back(ranges[i].first == ranges[i].last
                          ? c + " = " + first(i)
                          : "(" + c + " >= " + first(i) + " AND " + c + " <= " + last(i) + ")");
    text = join(parts, " OR ");
  }
  if (text.empty()) return wrong_operator(leaf.path);
  return Condition{"(" + text + ")", c};
}

Result<LeafWriter::Condition> LeafWriter::instant_condition(const Leaf& leaf) {
  if (leaf.op == Op::weekday || leaf.op == Op::hour) return clock_condition(leaf);
  const std::string& c = leaf.column;
  std::vector<Moments> ranges;
  for (const auto& term : leaf.terms) {
    const auto moments = calendar().moments(term);
    if (!moments) return wrong_value(leaf.path);
    ranges.push_back(*moments);
  }
  const auto from = [&](std::size_t i) { return sql_.bind(ranges.at(i).from); };
  const auto to = [&](std::size_t i) { return sql_.bind(ranges.at(i).to); };
  std::string text;
  if (leaf.op == Op::lt) text = c + " < " + from(0);
  if (leaf.op == Op::ge) text = c + " >= " + from(0);
  if (leaf.op == Op::gt) text = c + " >= " + to(0);
  if (leaf.op == Op::le) text = c + " < " + to(0);
  if (leaf.op == Op::between) text = c + " >= " + from(0) + " AND " + c + " < " + to(1);
  if (leaf.op == Op::eq || leaf.op == Op::in) {
    std::vector<std::string> parts;
    for (std::size_t i = 0; i < ranges.size(); ++i)
      parts.push_back("(" + c + " >= " + from(i) + " AND " + c + " < " + to(i) + ")");
    text = join(parts, " OR ");
  }
  if (text.empty()) return wrong_operator(leaf.path);
  return Condition{"(" + text + ")", c};
}

Result<LeafWriter::Condition> LeafWriter::id_condition(const Leaf& leaf) {
  if (leaf.op != Op::eq && leaf.op != Op::in) return wrong_operator(leaf.path);
  std::vector<store::Value> ids;
  for (const auto& term : leaf.terms) {
    const auto found = term_ids(term, kind_of_ids(leaf.field), context_.scope.actor);
    if (!found) return wrong_value(leaf.path);
    ids.insert(ids.end(), found->begin(), found->end());
  }
  return Condition{"(" + one_of(leaf.column, std::move(ids)) + ")", leaf.column};
}

// Any of its parts; an address as a whole has no order and no equality.
Result<LeafWriter::Condition> LeafWriter::address_condition(const Leaf& leaf) {
  if (leaf.op != Op::contains) return wrong_operator(leaf.path);
  const auto term = term_text(leaf.terms.at(0));
  if (!term) return wrong_value(leaf.path);
  const std::string folded = fold(*term);
  if (folded.empty()) return Condition{"(NOT " + empty_condition(leaf) + ")", "1"};
  std::vector<std::string> parts;
  for (const char* part : {"_street", "_postcode", "_city", "_region", "_country"})
    parts.push_back("(" + leaf.column + part + "_f IS NOT NULL AND " +
                    like(leaf.column + part + "_f", "%", folded, "%") + ")");
  return Condition{"(" + join(parts, " OR ") + ")", "1"};
}

const Calendar& LeafWriter::calendar() {
  if (!calendar_)
    calendar_.emplace(context_.now, context_.scope.actor.time_zone,
                      context_.dictionary.installation);
  return *calendar_;
}

}  // namespace fokus::records
