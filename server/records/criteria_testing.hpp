// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <algorithm>
#include <random>

#include "base/text.hpp"
#include "records/criteria_evaluate.hpp"
#include "records/criteria_path.hpp"
#include "records/criteria_testing_numbers.hpp"
#include "records/criteria_testing_origins.hpp"
#include "records/criteria_tree.hpp"
#include "store/testing.hpp"

// A small invented world for the tests of criteria: a dictionary, rows in memory and in tables, and
// random trees over them. Seeded, so that a failure can be seen again.
namespace fokus::records::testing {

constexpr Instant world_now{1'795'442'400'000};  // Monday 2026-11-23 15:00 in Copenhagen
constexpr int sales = 80;

inline Field make_field(std::string name, FieldKind kind, std::string target = {}) {
  Field field;
  field.name = std::move(name);
  field.kind = kind;
  field.target = std::move(target);
  field.label = {{"en", field.name}, {"da", field.name}};
  field.privacy = {"none", "customer_care", "keep"};
  return finish_field(std::move(field));
}

inline RecordType make_type(std::string name, std::string plural, std::vector<Field> fields) {
  using K = FieldKind;
  RecordType type;
  type.name = std::move(name);
  type.plural = type.table = std::move(plural);
  type.owned = true;
  type.fields = {make_field("id", K::integer), make_field("name", K::text),
                 make_field("archived_at", K::instant), make_field("owner", K::user, "user"),
                 make_field("owner_group", K::group, "group")};
  for (auto& field : fields) type.fields.push_back(std::move(field));
  return type;
}

inline Dictionary make_dictionary() {
  using K = FieldKind;
  Dictionary dictionary;
  const auto add = [&](RecordType type) { dictionary.types[type.name] = std::move(type); };
  RecordType company =
      make_type("company", "companies",
                {make_field("category", K::choice), make_field("country", K::country),
                 make_field("address", K::address), make_field("founded", K::date),
                 make_field("revenue", K::money), make_field("rating", K::decimal),
                 make_field("active", K::boolean), make_field("tags", K::choices),
                 make_field("employees", K::integer), make_field("vat", K::registration_number),
                 make_field("notes", K::long_text), make_field("parent", K::link, "company"),
                 make_field("members", K::links, "person"), make_field("secret", K::text),
                 make_field("gone", K::text)});
  company.fields[company.fields.size() - 2].privacy.data_class = "special";
  company.fields.back().hidden = true;
  add(std::move(company));
  RecordType person = make_type(
      "person", "persons",
      {make_field("restricted", K::boolean), make_field("company", K::link, "company"),
       make_field("phone", K::phone), make_field("email", K::email), make_field("born", K::date)});
  person.about_person = person.contact_points = true;
  add(std::move(person));
  add(make_type("sale", "sales",
                {make_field("company", K::link, "company"), make_field("amount", K::money),
                 make_field("status", K::choice), make_field("closes_at", K::instant)}));
  for (const auto& [name, plural] : {std::pair("user", "users"), std::pair("group", "groups")}) {
    RecordType type = make_type(name, plural, {});
    type.owned = false;
    type.fields.resize(3);
    add(std::move(type));
  }
  CHECK(link_types(dictionary).ok());
  return dictionary;
}

// What rows hold and what trees ask for, by kind of field.
inline std::vector<std::string> sample_texts(FieldKind kind) {
  using K = FieldKind;
  if (kind == K::country) return {"DK", "SE", "NO", "GR"};
  if (kind == K::choice) return {"customer", "lead", "Lead", "won", "open", "DKK", "EUR"};
  if (kind == K::choices) return {"vip", "a", "A", "ab", "b%", "b_"};
  if (has_number_forms(kind)) return sample_numbers(kind);
  if (kind == K::email) return {"anna@example.dk", "BO@example.se", "c_d%e@example.no"};
  return {"Åse",    "aase",    "Nordlys A/S", "Ærø Færger",  "50% rabat", "under_score",
          "O'Hara", "Дмитрий", "Müller",      "back\\slash", "zebra",     "Aarhus",
          "  ",     "n",       "Nord",        "æ",           "x\x7F",     "´"};
}

inline std::int64_t sample_instant(Chance& chance) {
  // Days around now, some on the very borders of local days.
  const std::int64_t day = chance.below(200) - 150;
  const std::int64_t local_midnight = world_now.ms - 15 * ms_per_hour;
  return local_midnight + day * ms_per_day + (chance.one_in(2) ? 0 : chance.below(86'400'000)) -
         (chance.one_in(4) ? 1 : 0);
}

inline store::Value sample_value(Chance& chance, const Field& field) {
  using K = FieldKind;
  if (chance.one_in(5)) return {};
  if (is_text_kind(field.kind) || field.kind == K::choice) {
    if (field.kind == K::text && chance.one_in(10)) return std::string();
    return chance.pick(sample_texts(field.kind));
  }
  switch (field.kind) {
    case K::boolean:
      return std::int64_t{chance.below(2)};
    case K::date:
      return chance.pick(sample_dates());
    case K::instant:
      return sample_instant(chance);
    case K::choices: {
      std::string keys = ",";
      for (const auto& key : sample_texts(field.kind))
        if (chance.one_in(3)) keys += key + ",";
      return keys;
    }
    case K::user:
    case K::group:
      return std::int64_t{1 + chance.below(4)};
    case K::link:
      return std::int64_t{1 + chance.below(companies + 3)};  // some lead nowhere
    default:
      return std::int64_t{chance.below(400) - 100};
  }
}

inline MemoryRow sample_row(Chance& chance, const RecordType& type, std::int64_t id) {
  MemoryRow row;
  for (const auto& field : type.fields) {
    const std::string& name = field.name;
    if (field.kind == FieldKind::links) continue;
    if (field.kind == FieldKind::address) {
      const Field part = make_field("", FieldKind::text);
      for (const char* one : {"_street", "_postcode", "_city", "_region"})
        row[name + one] = sample_value(chance, part);
      row[name + "_country"] = sample_value(chance, make_field("", FieldKind::country));
      continue;
    }
    row[name] = sample_value(chance, field);
    if (field.kind != FieldKind::money) continue;
    const bool null = store::is_null(row[name]);
    const bool foreign = id % 3 == 0;
    row[name + "_currency"] =
        null ? store::Value() : store::Value(std::string(foreign ? "EUR" : "DKK"));
    row[name + "_base"] = row[name];
    if (foreign && !null) row[name + "_base"] = 7 * std::get<std::int64_t>(row[name]);
  }
  row["id"] = id;
  if (!chance.one_in(5)) row["archived_at"] = {};
  if (type.about_person) row["restricted"] = std::int64_t{chance.one_in(5)};
  return row;
}

inline MemoryRows sample_rows(Chance& chance, const Dictionary& dictionary) {
  MemoryRows rows;
  const auto fill = [&](const std::string& type, int count) {
    for (int id = 1; id <= count; ++id)
      rows.types[type][id] = sample_row(chance, *dictionary.find(type), id);
  };
  fill("company", companies);
  fill("person", persons);
  fill("sale", sales);
  for (const char* system : {"user", "group"}) fill(system, 4);
  for (int i = 0; i < companies; ++i)
    rows.relations.push_back({"company", "members", 1 + chance.below(companies), 1 + i});
  for (int i = 0; i < persons * 2; ++i) {
    const bool phone = chance.one_in(2);
    rows.contact_points.push_back(
        {{"record_type", std::string("person")},
         {"record_id", std::int64_t{1 + chance.below(persons)}},
         {"kind", std::string(phone ? "phone" : "email")},
         {"value", chance.pick(sample_texts(phone ? FieldKind::phone : FieldKind::email))},
         {"is_primary", std::int64_t{chance.below(2)}}});
    for (const char* part : {"label", "street", "postcode", "city", "region", "country"})
      rows.contact_points.back()[part] = chance.pick(sample_texts(FieldKind::text));
  }
  sample_origins(chance, rows);
  return rows;
}

// A tree that append_criteria() accepts.
class RandomTree {
 public:
  RandomTree(Chance& chance, const CriteriaContext& context) : chance_(chance), context_(context) {}

  NodePtr make(const RecordType& type, int depth = 3) {
    const int which = chance_.below(depth > 0 ? 10 : 5);
    if (which < 5) return compare(type);
    if (which == 5) return make_negation(make(type, depth - 1));
    if (which < 8) {
      std::vector<NodePtr> children;
      for (int i = chance_.below(4); i >= 0; --i) children.push_back(make(type, depth - 1));
      if (chance_.one_in(15)) children.clear();
      return make_group(chance_.one_in(2) ? Node::Kind::all : Node::Kind::any, std::move(children));
    }
    return related(type, depth);
  }

 private:
  NodePtr related(const RecordType& type, int depth) {
    std::vector<std::string> lists;
    for (const auto& backlink : type.backlinks) lists.push_back(backlink.name);
    if (type.contact_points) lists.push_back("contact_points");
    if (type.find("members")) lists.push_back("members");
    if (const auto* link = type.find("company"); link && link->kind == FieldKind::link)
      lists.insert(lists.end(), {"company.sales", "company.members", "company.parent.persons"});
    if (lists.empty()) return compare(type);
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::related;
    node->path = chance_.pick(lists);
    const ListPath list = resolve_list(context_, type, node->path).value();
    if (!chance_.one_in(5)) node->children.push_back(make(*list.to, depth - 1));
    return chance_.one_in(3) ? make_negation(std::move(node)) : std::move(node);
  }

  std::string path(const RecordType& type) {
    const RecordType* at = &type;
    std::string out;
    for (;;) {
      const Field& field = chance_.pick(at->fields);
      if (field.hidden || field.privacy.data_class == "special") continue;
      out += field.name;
      const bool link = is_link_kind(field.kind) || field.kind == FieldKind::links;
      if (link && chance_.one_in(2) && std::count(out.begin(), out.end(), '.') < 3) {
        at = context_.dictionary.find(field.target);
        out += '.';
        continue;
      }
      if (field.kind == FieldKind::address && chance_.one_in(2)) {
        const std::vector<std::string> parts{".city", ".street", ".country"};
        out += chance_.pick(parts);
      }
      if (field.kind == FieldKind::money && chance_.one_in(4)) out += ".currency";
      return out;
    }
  }

  static std::vector<Op> operators(FieldKind kind) {
    using K = FieldKind;
    std::vector<Op> all{Op::eq, Op::ne, Op::gt,      Op::ge,   Op::lt,
                        Op::le, Op::in, Op::between, Op::empty};
    if (kind == K::address) return {Op::contains, Op::empty};
    if (kind == K::choices)
      return {Op::eq, Op::ne, Op::in, Op::has_any, Op::has_all, Op::contains, Op::empty};
    if (kind == K::links) return {Op::eq, Op::ne, Op::in, Op::has_any, Op::has_all, Op::empty};
    if (kind == K::choice) return {Op::eq, Op::ne, Op::in, Op::has_any, Op::empty};
    if (kind == K::boolean || is_link_kind(kind)) return {Op::eq, Op::ne, Op::in, Op::empty};
    if (kind == K::date) all.push_back(Op::weekday);
    if (kind == K::instant) all.insert(all.end(), {Op::weekday, Op::hour});
    if (kind == K::phone || kind == K::long_text) all = {Op::eq, Op::ne, Op::in, Op::empty};
    if (is_text_kind(kind))
      all.insert(all.end(), {Op::contains, Op::startswith, Op::endswith, Op::contains});
    return all;
  }

  NodePtr compare(const RecordType& type) {
    auto node = std::make_unique<Node>();
    node->kind = Node::Kind::compare;
    node->path = origin_path(chance_, type);
    if (node->path.empty()) node->path = path(type);
    const FieldPath field = resolve_compared(context_, type, node->path).value();
    std::vector<Op> all = operators(field.kind);
    if (parse_origin_path(node->path)) std::erase(all, Op::weekday);
    node->op = chance_.pick(all);
    int terms = 1;
    if (arity_of(node->op) == Arity::none) terms = 0;
    if (arity_of(node->op) == Arity::two) terms = 2;
    if (arity_of(node->op) == Arity::many) terms = 1 + chance_.below(3);
    for (int i = 0; i < terms; ++i) node->terms.push_back(term(field, node->op));
    const bool equality = node->op == Op::eq || node->op == Op::ne;
    if (equality && chance_.one_in(12)) node->terms = {Term{}};
    return node;
  }

  Term term(const FieldPath& field, Op op) {
    using K = FieldKind;
    if (op == Op::weekday || op == Op::hour) return {std::int64_t{1 + chance_.below(7)}};
    if (is_text_kind(field.kind) || field.kind == K::choice || field.kind == K::choices)
      return {text_term(field.kind, op)};
    switch (field.kind) {
      case K::address:
        return {text_term(K::text, op)};
      case K::boolean:
        return {chance_.one_in(2)};
      case K::date:
        return time_term(false);
      case K::instant:
        return time_term(true);
      case K::user:
        return chance_.one_in(2) ? Term{Symbol{"me", 0, {}}} : Term{std::int64_t{2}};
      case K::group: {
        const std::vector<Term> all{
            {Symbol{"my_group", 0, {}}}, {Symbol{"my_groups", 0, {}}}, {std::int64_t{3}}};
        return chance_.pick(all);
      }
      case K::link:
      case K::links:
        return {std::int64_t{1 + chance_.below(companies)}};
      default:
        return number_term();
    }
  }

  std::string text_term(FieldKind kind, Op op) {
    std::string text = chance_.pick(sample_texts(kind));
    if (chance_.one_in(20)) return {};
    const bool part = op == Op::contains || op == Op::startswith || op == Op::endswith;
    if (!part || kind == FieldKind::choices || chance_.one_in(3)) return text;
    const std::size_t cut = static_cast<std::size_t>(chance_.below(4)) + 1;
    if (op == Op::endswith)
      return text.size() > cut && is_clean_utf8(text.substr(cut)) ? text.substr(cut) : text;
    return std::string(cut_utf8(text, cut));
  }

  Term number_term() {
    const std::int64_t n = chance_.below(500) - 150;
    switch (chance_.below(5)) {
      case 0:
        return {n};
      case 1:
        return {static_cast<double>(n) / 100};
      case 2:
        return {static_cast<double>(n) / 1000};
      case 3:
        return {std::to_string(chance_.below(4)) + "." + std::to_string(chance_.below(99))};
      default:
        return {n / 50};
    }
  }

  Term time_term(bool instant) {
    const std::vector<std::string> words{
        "today",      "yesterday",  "tomorrow",   "this_week",    "last_week",    "next_week",
        "this_month", "last_month", "next_month", "this_quarter", "last_quarter", "next_quarter",
        "this_year",  "last_year",  "next_year",  "now"};
    const std::vector<std::string> units{"days", "weeks", "months", "quarters", "years"};
    switch (chance_.below(4)) {
      case 0:
        return {chance_.pick(sample_dates())};
      case 1:
        if (instant) return {render_instant({sample_instant(chance_)})};
        [[fallthrough]];
      case 2:
        return {Symbol{chance_.pick(words), 0, {}}};
      default: {
        const std::string unit = instant && chance_.one_in(6) ? "hours" : chance_.pick(units);
        return {Symbol{chance_.one_in(2) ? "last" : "next", 1 + chance_.below(40), unit}};
      }
    }
  }

  Chance& chance_;
  const CriteriaContext& context_;
};

}  // namespace fokus::records::testing
