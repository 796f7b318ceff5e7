// SPDX-License-Identifier: Apache-2.0
#include "records/criteria_evaluate.hpp"

#include <fmt/format.h>
#include <unicode/ucol.h>

#include <algorithm>
#include <cstdlib>

#include "base/text.hpp"
#include "records/aggregate_time.hpp"
#include "records/criteria_path.hpp"
#include "records/criteria_terms.hpp"
#include "records/criteria_tree.hpp"
#include "records/number_forms.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

struct CloseCollator {
  void operator()(UCollator* collator) const { ucol_close(collator); }
};

int compare_danish(const std::string& a, const std::string& b) {
  UErrorCode error = U_ZERO_ERROR;
  const std::unique_ptr<UCollator, CloseCollator> collator(ucol_open("da", &error));
  const auto order = ucol_strcollUTF8(collator.get(), a.data(), static_cast<std::int32_t>(a.size()),
                                      b.data(), static_cast<std::int32_t>(b.size()), &error);
  CHECK(U_SUCCESS(error));
  return order != UCOL_EQUAL ? static_cast<int>(order) : a.compare(b);
}

store::Value value_of(const MemoryRow& row, const std::string& column) {
  const auto at = row.find(column);
  return at == row.end() ? store::Value() : at->second;
}

std::string text_of(const MemoryRow& row, const std::string& column) {
  const auto value = value_of(row, column);
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

std::optional<std::int64_t> number_of(const MemoryRow& row, const std::string& column) {
  const auto value = value_of(row, column);
  const auto* number = std::get_if<std::int64_t>(&value);
  if (!number) return std::nullopt;
  return *number;
}

// Three-way comparison by the operator; what `between` and `in` are made of.
bool holds(Op op, int order) {
  switch (op) {
    case Op::gt:
      return order > 0;
    case Op::ge:
      return order >= 0;
    case Op::lt:
      return order < 0;
    case Op::le:
      return order <= 0;
    default:
      return order == 0;
  }
}

template <class Compare>  // Compare(op, term) → bool
bool holds_for_terms(Op op, const std::vector<Term>& terms, Compare compare) {
  if (op == Op::between) return compare(Op::ge, terms.at(0)) && compare(Op::le, terms.at(1));
  if (op == Op::weekday || op == Op::hour)
    return std::any_of(terms.begin(), terms.end(),
                       [&](const Term& term) { return compare(op, term); });
  if (op == Op::in || op == Op::has_any)
    return std::any_of(terms.begin(), terms.end(),
                       [&](const Term& term) { return compare(Op::eq, term); });
  if (op == Op::has_all)
    return std::all_of(terms.begin(), terms.end(),
                       [&](const Term& term) { return compare(Op::eq, term); });
  return compare(op, terms.at(0));
}

template <class Point>
bool holds_for_range(Op op, const Point& point, const Point& first, const Point& last) {
  if (op == Op::lt) return point < first;
  if (op == Op::ge) return point >= first;
  if (op == Op::gt) return point > last;
  if (op == Op::le) return point <= last;
  return first <= point && point <= last;
}

std::string folded_value(FieldKind kind, const std::string& text) {
  if (kind == FieldKind::phone && text.find('@') == text.npos) {
    if (std::string digits = fold_phone(text); !digits.empty()) return digits;
  }
  if (kind != FieldKind::registration_number) return fold(text);
  std::string out;
  for (const char c : fold(text))
    if (std::isalnum(static_cast<unsigned char>(c))) out += c;
  return out;
}

class Evaluator {
 public:
  Evaluator(const CriteriaContext& context, const MemoryRows& rows)
      : context_(context),
        rows_(rows),
        calendar_(context.now, context.scope.actor.time_zone, context.dictionary.installation),
        zone_(TimeZone::find(context.scope.actor.time_zone).value_or(TimeZone::utc())) {}

  bool node(const RecordType& type, const MemoryRow& row, const Node& n) const {
    const auto child = [&](const NodePtr& c) { return node(type, row, *c); };
    switch (n.kind) {
      case Node::Kind::all:
        return std::all_of(n.children.begin(), n.children.end(), child);
      case Node::Kind::any:
        return std::any_of(n.children.begin(), n.children.end(), child);
      case Node::Kind::negation:
        return !child(n.children.at(0));
      case Node::Kind::compare:
        return compare(type, row, n);
      case Node::Kind::related:
        return related(type, row, n);
      case Node::Kind::selection:
        return selection(type, row, n);
      case Node::Kind::members:
        break;  // kept by another room
    }
    return false;
  }

 private:
  bool selection(const RecordType& type, const MemoryRow& row, const Node& n) const {
    const auto id = std::get<std::int64_t>(n.terms[0].content);
    if (n.path.empty()) return node(type, row, **context_.selections(type, id));
    const FieldPath end = resolve_field(context_, type, n.path + ".id").value();
    for (const auto* member : follow(end.steps, row))
      if (node(*end.owner, *member, **context_.selections(*end.owner, id))) return true;
    return false;
  }

  using RowList = std::vector<const MemoryRow*>;

  bool readable(const RecordType& type, const MemoryRow& row) const {
    const bool system = context_.scope.actor.kind == access::ActorKind::system;
    if (!system && type.about_person && !context_.scope.see_restricted &&
        number_of(row, "restricted").value_or(1) != 0)
      return false;
    return may_touch(context_.scope, type, access::Action::read,
                     UserId{number_of(row, "owner").value_or(0)},
                     GroupId{number_of(row, "owner_group").value_or(0)});
  }

  const MemoryRow* find(const RecordType& type, std::int64_t id) const {
    const auto of_type = rows_.types.find(type.name);
    if (of_type == rows_.types.end()) return nullptr;
    const auto at = of_type->second.find(id);
    return at == of_type->second.end() ? nullptr : &at->second;
  }

  RowList members(const RecordType& type, const Field& field, const RecordType& to,
                  const MemoryRow& row) const {
    RowList out;
    for (const auto& relation : rows_.relations)
      if (relation.type == type.name && relation.field == field.name &&
          relation.from == number_of(row, "id"))
        if (const auto* member = find(to, relation.to)) out.push_back(member);
    return out;
  }

  RowList follow(const std::vector<LinkStep>& steps, const MemoryRow& row) const {
    RowList at{&row};
    for (const auto& step : steps) {
      RowList next;
      for (const auto* from : at) {
        RowList found;
        const auto id = number_of(*from, step.field->name);
        if (step.field->kind == FieldKind::links)
          found = members(*step.from, *step.field, *step.to, *from);
        else if (const auto* one = id ? find(*step.to, *id) : nullptr)
          found = {one};
        for (const auto* to : found)
          if (readable(*step.to, *to)) next.push_back(to);
      }
      at = std::move(next);
    }
    return at;
  }

  // What is told of the origin of a field, or of the duties to tell a person.
  std::vector<MemoryRow> told(const OriginField& origin, const MemoryRow& row) const {
    std::vector<MemoryRow> out;
    for (const auto& one : origin.is_notice() ? rows_.notices : rows_.origins) {
      if (text_of(one, "record_type") != origin.owner->name ||
          number_of(one, "record_id") != number_of(row, "id"))
        continue;
      if (origin.is_notice()) {
        if (origin.told.column != "due_on" || text_of(one, "state") == "open") out.push_back(one);
        continue;
      }
      if (text_of(one, "field") != origin.field) continue;
      const auto source = rows_.sources.find(number_of(one, "source").value_or(0));
      if (origin.told.column != "batch" && source != rows_.sources.end())
        out.push_back(source->second);
      if (origin.told.column == "batch" && number_of(one, "batch").value_or(0) != 0)
        out.push_back(one);
    }
    std::erase_if(out, [&](const MemoryRow& one) {
      const auto value = value_of(one, origin.told.column);
      const auto* text = std::get_if<std::string>(&value);
      return text && text->empty();
    });
    return out;
  }

  bool compare_origin(const RecordType& type, const MemoryRow& row, const Node& n) const {
    const OriginField origin = resolve_origin(context_, type, n.path).value();
    const bool textual = is_text_kind(origin.told.kind) || origin.told.kind == FieldKind::choice;
    const bool nothing = !n.terms.empty() && (n.terms.front() == Term{} ||
                                              (textual && n.terms.front() == Term{std::string()}));
    const bool asks_empty = n.op == Op::empty || (nothing && (n.op == Op::eq || n.op == Op::ne));
    bool found = false;
    for (const auto* end : follow(origin.steps, row))
      for (const auto& one : told(origin, *end))
        found =
            found || asks_empty || leaf(origin.told, one, n.op == Op::ne ? Op::eq : n.op, n.terms);
    return found != (asks_empty != (n.op == Op::ne));
  }

  bool compare(const RecordType& type, const MemoryRow& row, const Node& n) const {
    if (parse_origin_path(n.path)) return compare_origin(type, row, n);
    const FieldPath field = resolve_field(context_, type, n.path).value();
    const auto ends = follow(field.steps, row);
    const bool null_term =
        !n.terms.empty() && std::holds_alternative<std::monostate>(n.terms.front().content);
    const bool textual = is_text_kind(field.kind) || field.kind == FieldKind::choice;
    const bool empty_term = !n.terms.empty() && textual && n.terms.front() == Term{std::string()};
    const bool equality = n.op == Op::eq || n.op == Op::ne;
    const bool asks_empty = n.op == Op::empty || (equality && (null_term || empty_term));
    const Op op = n.op == Op::ne ? Op::eq : n.op;
    const bool result = std::any_of(ends.begin(), ends.end(), [&](const MemoryRow* end) {
      if (is_empty(field, *end)) return false;
      return asks_empty || leaf(field, *end, op, n.terms);
    });
    return result != (asks_empty != (n.op == Op::ne));
  }

  RowList list_rows(const ListPath& list, const MemoryRow& row) const {
    RowList out;
    if (list.kind == ListPath::Kind::contact_points) {
      for (const auto& point : rows_.contact_points)
        if (text_of(point, "record_type") == list.from->name &&
            number_of(point, "record_id") == number_of(row, "id"))
          out.push_back(&point);
      return out;
    }
    if (list.kind == ListPath::Kind::links) {
      out = members(*list.from, *list.field, *list.to, row);
    } else if (const auto all = rows_.types.find(list.to->name); all != rows_.types.end()) {
      for (const auto& [id, other] : all->second)
        if (number_of(other, list.field->name) == number_of(row, "id")) out.push_back(&other);
    }
    std::erase_if(out, [&](const MemoryRow* other) {
      return !readable(*list.to, *other) || number_of(*other, "archived_at");
    });
    return out;
  }

  bool related(const RecordType& type, const MemoryRow& row, const Node& n) const {
    const ListPath list = resolve_list(context_, type, n.path).value();
    for (const auto* from : follow(list.steps, row))
      for (const auto* other : list_rows(list, *from))
        if (n.children.empty() || node(*list.to, *other, *n.children.front())) return true;
    return false;
  }

  bool is_empty(const FieldPath& field, const MemoryRow& row) const {
    if (field.kind == FieldKind::links) return member_ids(field, row).empty();
    if (field.kind == FieldKind::address) {
      for (const char* part : {"_street", "_postcode", "_city", "_region", "_country"})
        if (!text_of(row, field.column + part).empty()) return false;
      return true;
    }
    const auto value = value_of(row, field.column);
    const auto* text = std::get_if<std::string>(&value);
    return text ? text->empty() || *text == "," : store::is_null(value);
  }

  std::vector<std::int64_t> member_ids(const FieldPath& field, const MemoryRow& row) const {
    std::vector<std::int64_t> ids;
    for (const auto& relation : rows_.relations)
      if (relation.type == field.owner->name && relation.field == field.field->name &&
          relation.from == number_of(row, "id"))
        ids.push_back(relation.to);
    return ids;
  }

  bool leaf(const FieldPath& field, const MemoryRow& row, Op op,
            const std::vector<Term>& terms) const {
    return holds_for_terms(
        op, terms, [&](Op one, const Term& term) { return one_term(field, row, one, term); });
  }

  bool one_term(const FieldPath& field, const MemoryRow& row, Op op, const Term& term) const {
    if (is_text_kind(field.kind)) return text_term(field, row, op, *term_text(term));
    switch (field.kind) {
      case FieldKind::choice:
        return text_of(row, field.column) == *term_text(term);
      case FieldKind::choices: {
        const std::string stored = text_of(row, field.column);
        const auto keys = split(stored, ',');
        const std::string key = *term_text(term);
        return !key.empty() && std::find(keys.begin(), keys.end(), key) != keys.end();
      }
      case FieldKind::boolean:
        return (number_of(row, field.column) == 1) == std::get<bool>(term.content);
      case FieldKind::integer:
      case FieldKind::decimal:
      case FieldKind::money:
        return number_term(field, row, op, term);
      case FieldKind::date: {
        if (op == Op::weekday)
          return weekday(*parse_date(text_of(row, field.column))) ==
                 std::get<std::int64_t>(term.content);
        const auto days = *calendar_.days(term);
        return holds_for_range(op, *parse_date(text_of(row, field.column)), days.first, days.last);
      }
      case FieldKind::instant: {
        if (op == Op::weekday || op == Op::hour)
          return bucket_of({*number_of(row, field.column)},
                           op == Op::hour ? TimeUnit::hour : TimeUnit::weekday,
                           zone_) == std::get<std::int64_t>(term.content);
        const auto range = *calendar_.moments(term);
        return holds_for_range(op, *number_of(row, field.column), range.from, range.to - 1);
      }
      case FieldKind::address:
        return address_contains(field, row, fold(*term_text(term)));
      default:
        return id_term(field, row, term);
    }
  }

  bool text_term(const FieldPath& field, const MemoryRow& row, Op op,
                 const std::string& term) const {
    const std::string text = text_of(row, field.column);
    if (op != Op::eq && op != Op::contains && op != Op::startswith && op != Op::endswith)
      return holds(op, compare_danish(text, term));
    const std::string folded = folded_value(field.kind, text), part = fold_term(field.kind, term);
    if (has_number_forms(field.kind) && op != Op::endswith)
      if (const auto typed = typed_readings(field.kind, term); !typed.empty())
        return number_form(field.kind, folded, op, typed) ||
               (op == Op::contains && folded.find(part) != folded.npos);
    if (op == Op::contains) return folded.find(part) != folded.npos;
    if (op == Op::startswith) return folded.starts_with(part);
    if (op == Op::endswith) return folded.ends_with(part);
    return folded == part;
  }

  // Whether a reading of the stored number meets one of the typed number.
  static bool number_form(FieldKind kind, const std::string& folded, Op op,
                          const std::vector<NumberReading>& typed) {
    for (const auto& asked : typed) {
      if (op == Op::contains && asked.country.empty() && folded.find(asked.rest) != folded.npos)
        return true;
      for (const auto& stored : stored_readings(kind, folded)) {
        const bool one_country =
            asked.country.empty() || stored.country.empty() || asked.country == stored.country;
        const bool meets =
            op == Op::eq ? stored.rest == asked.rest : stored.rest.starts_with(asked.rest);
        if (one_country && meets) return true;
      }
    }
    return false;
  }

  bool number_term(const FieldPath& field, const MemoryRow& row, Op op, const Term& term) const {
    const bool money = field.kind == FieldKind::money;
    const auto stored = number_of(row, money ? field.column + "_base" : field.column);
    if (!stored) return false;
    long double value = static_cast<long double>(*stored), unit = 1;
    for (int i = 0; i < (money ? context_.base_scale : field.scale); ++i) unit *= 10;
    value /= unit;
    long double other = 0;
    if (const auto* whole = std::get_if<std::int64_t>(&term.content)) other = *whole;
    if (const auto* text = std::get_if<std::string>(&term.content))
      other = std::strtold(text->c_str(), nullptr);
    if (const auto* real = std::get_if<double>(&term.content))
      other = std::strtold(fmt::format("{}", *real).c_str(), nullptr);
    return holds(op, value < other ? -1 : value > other ? 1 : 0);
  }

  bool address_contains(const FieldPath& field, const MemoryRow& row,
                        const std::string& folded) const {
    for (const char* part : {"_street", "_postcode", "_city", "_region", "_country"})
      if (fold(text_of(row, field.column + part)).find(folded) != std::string::npos) return true;
    return false;
  }

  bool id_term(const FieldPath& field, const MemoryRow& row, const Term& term) const {
    const auto ids = *term_ids(term, kind_of_ids(field), context_.scope.actor);
    const auto is_one = [&](std::int64_t id) {
      return std::find(ids.begin(), ids.end(), id) != ids.end();
    };
    if (field.kind != FieldKind::links) return is_one(*number_of(row, field.column));
    const auto members = member_ids(field, row);
    return std::any_of(members.begin(), members.end(), is_one);
  }

  const CriteriaContext& context_;
  const MemoryRows& rows_;
  Calendar calendar_;
  TimeZone zone_;
};

}  // namespace

bool evaluate(const CriteriaContext& context, const MemoryRows& rows, const RecordType& type,
              const MemoryRow& row, const Node& node) {
  return Evaluator(context, rows).node(type, row, node);
}

}  // namespace fokus::records
