// SPDX-License-Identifier: Apache-2.0
#include "features/dashboards/question.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "features/dashboards/dependencies.hpp"
#include "records/criteria_tree.hpp"
#include "records/records.hpp"

namespace fokus::dashboards {
namespace {

namespace json = boost::json;
using records::Node;
using records::NodePtr;
using records::Term;

constexpr std::size_t filter_word_max = 60;

Error invalid_filter(std::string_view name) {
  return field_error("dashboards/invalid_filter", std::string(name), "invalid");
}

bool is_number(std::string_view text) {
  return !text.empty() && text.size() < 19 &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

struct FilterMember {
  const char* name;
  std::string PageFilters::*text;
};
constexpr FilterMember filter_members[] = {
    {"period", &PageFilters::period}, {"owner", &PageFilters::owner},
    {"group", &PageFilters::group},   {"country", &PageFilters::country},
    {"scope", &PageFilters::scope},   {"record", &PageFilters::record}};

Result<PageFilters> check_page_filters(PageFilters f) {
  for (const auto& [name, text] : filter_members)
    if ((f.*text).size() > filter_word_max) return invalid_filter(name);
  if (!f.period.empty() && !parse_period(f.period, {0}, "UTC")) return invalid_filter("period");
  if (!f.owner.empty() && f.owner != "me" && !is_number(f.owner)) return invalid_filter("owner");
  if (!f.group.empty() && f.group != "my_group" && !is_number(f.group))
    return invalid_filter("group");
  const auto is_letter = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (!f.country.empty() &&
      !(f.country.size() == 2 && is_letter(f.country[0]) && is_letter(f.country[1])))
    return invalid_filter("country");
  if (!f.scope.empty() && f.scope != "mine" && f.scope != "my_group" && f.scope != "all")
    return invalid_filter("scope");
  const auto colon = f.record.find(':');
  const bool is_record = colon != f.record.npos && is_identifier(f.record.substr(0, colon)) &&
                         is_number(f.record.substr(colon + 1));
  if (!f.record.empty() && !is_record) return invalid_filter("record");
  return f;
}

NodePtr equals(const std::string& path, Term term) {
  auto node = std::make_unique<Node>();
  node->kind = Node::Kind::compare;
  node->path = path;
  node->terms = {std::move(term)};
  return node;
}

Term symbol(std::string_view name) {
  return Term{records::Symbol{std::string(name), 0, {}}};
}

Term id_or_symbol(const std::string& text) {
  std::int64_t id = 0;
  if (!is_number(text)) return symbol(text);
  std::from_chars(text.data(), text.data() + text.size(), id);
  return Term{id};
}

// Where the country of a record stands: its own, or that of its company.
std::string country_path(const records::Dictionary& dictionary, const records::RecordType& type,
                         const Definition& definition) {
  if (!definition.country_field.empty()) return definition.country_field;
  if (type.find("country")) return "country";
  const auto* link = type.find("company");
  const auto* other = link ? dictionary.find(link->target) : nullptr;
  return other && other->find("country") ? "company.country" : "";
}

// The conditions of one question, one after the other, so that a list shows them as such.
class Conditions {
 public:
  Conditions(const records::Dictionary& dictionary, const Definition& definition,
             const PageFilters& filters, Question& question)
      : dictionary_(dictionary), d_(definition), filters_(filters), q_(question) {}

  Status collect() {
    if (!d_.filter.empty()) parts_.push_back(TRY(records::parse_filter(d_.filter)));
    add_scope(d_.scope == "viewer" ? filters_.scope : d_.scope);
    if (d_.scope == "viewer" && !filters_.scope.empty()) q_.applied.emplace_back("scope");
    add_page_filters();
    return {};
  }

  // Of the tile's own selection, with the days of the period, which come last.
  NodePtr with(NodePtr days) const { return of(d_.selection, std::move(days)); }

  // Likewise of the selection that it is compared with.
  NodePtr compared(NodePtr days) const { return of(d_.compared_selection, std::move(days)); }

 private:
  NodePtr of(std::int64_t selection, NodePtr days) const {
    std::vector<NodePtr> all;
    if (selection != 0) {
      auto node = std::make_unique<Node>();
      node->kind = Node::Kind::selection;
      node->terms = {Term{selection}};
      all.push_back(std::move(node));
    }
    for (const auto& part : parts_) all.push_back(records::clone(*part));
    if (days) all.push_back(std::move(days));
    return records::make_group(Node::Kind::all, std::move(all));
  }

  void add_scope(std::string_view scope) {
    if (!q_.type->owned) return;
    if (scope == "mine") parts_.push_back(equals("owner", symbol("me")));
    if (scope == "my_group") parts_.push_back(equals("owner_group", symbol("my_group")));
  }

  void add_page_filters() {
    if (!filters_.owner.empty() && q_.type->owned) {
      parts_.push_back(equals("owner", id_or_symbol(filters_.owner)));
      q_.applied.emplace_back("owner");
    }
    if (!filters_.group.empty() && q_.type->owned) {
      parts_.push_back(equals("owner_group", id_or_symbol(filters_.group)));
      q_.applied.emplace_back("group");
    }
    const auto country = country_path(dictionary_, *q_.type, d_);
    if (!filters_.country.empty() && !country.empty()) {
      parts_.push_back(equals(country, Term{filters_.country}));
      q_.applied.emplace_back("country");
    }
  }

  const records::Dictionary& dictionary_;
  const Definition& d_;
  const PageFilters& filters_;
  Question& q_;
  std::vector<NodePtr> parts_;
};

struct PeriodAsk {
  const records::Installation& installation;
  const std::string& zone;
  Instant now;
};

Status add_period(const Conditions& conditions, const PeriodAsk& ask, const Definition& d,
                  const PageFilters& filters, Question& q) {
  const bool from_page = !filters.period.empty() && !d.period_field.empty();
  const std::string& text = from_page ? filters.period : d.period;
  if (from_page) q.applied.emplace_back("period");
  const bool by_selection = d.compared_selection != 0;
  if (text.empty()) {
    q.criteria = conditions.with(nullptr);
    if (by_selection) q.compared = conditions.compared(nullptr);
    return {};
  }
  const auto period = parse_period(text, ask.now, ask.zone, ask.installation);
  if (!period) return invalid_tile("period", "unknown");
  q.criteria = conditions.with(period_node(d.period_field, *period));
  q.days = period->days;
  if (d.comparison.empty()) return {};
  if (by_selection) {
    q.compared_days = q.days;
    q.compared = conditions.compared(period_node(d.period_field, *period));
    return {};
  }
  q.compared_days = compared_days(*period, d.comparison);
  q.compared = conditions.with(days_node(d.period_field, *q.compared_days));
  return {};
}

// Amounts in the base currency have the rate of each record's day; from there on it is today's.
Status add_rate(const records::Dictionary& dictionary, const PeriodAsk& ask, const Definition& d,
                Question& q) {
  const std::string& base = dictionary.installation.base_currency;
  if (d.currency.empty() || d.currency == "own" || d.currency == base) return {};
  const auto zone = TimeZone::find(ask.zone).value_or(TimeZone::utc());
  q.rate_day = render_date(zone.date_of(ask.now));
  q.rate = dictionary.rates.find(base, d.currency, q.rate_day);
  if (!q.rate)
    return invalid_tile("currency", "without_rate",
                        {{"currency", d.currency}, {"base", base}, {"date", q.rate_day}});
  return {};
}

}  // namespace

Result<PageFilters> page_filters_of(const net::Call& call) {
  PageFilters out;
  for (const auto& [name, member] : filter_members)
    out.*member = std::string(call.query_value(name).value_or(""));
  return check_page_filters(std::move(out));
}

Result<PageFilters> parse_page_filters(const json::object& input) {
  PageFilters out;
  for (const auto& [said, unused] : input)
    if (std::none_of(std::begin(filter_members), std::end(filter_members),
                     [&](const FilterMember& member) { return said == member.name; }))
      return field_error("dashboards/invalid_filter", std::string(said), "unknown");
  for (const auto& [name, member] : filter_members) {
    const auto* value = input.if_contains(name);
    if (!value || value->is_null()) continue;
    if (!value->is_string()) return invalid_filter(name);
    out.*member = std::string(value->get_string());
  }
  return check_page_filters(std::move(out));
}

json::object render_page_filters(const PageFilters& filters) {
  json::object out;
  for (const auto& [name, text] : filter_members)
    if (!(filters.*text).empty()) out[name] = filters.*text;
  return out;
}

Result<Question> make_question(const records::Dictionary& dictionary, const access::Scope& scope,
                               Instant now, const Definition& d, const PageFilters& filters) {
  Question q;
  q.type = dictionary.find(d.record_type);
  if (!q.type) return invalid_tile("record_type", "unknown");
  if (!scope.permissions().may(q.type->name, access::Action::read))
    return make_error(ErrorKind::forbidden, "records/forbidden");
  Conditions conditions(dictionary, d, filters, q);
  TRY(conditions.collect());
  const PeriodAsk ask{dictionary.installation, scope.actor.time_zone, now};
  TRY(add_period(conditions, ask, d, filters, q));
  TRY(add_rate(dictionary, ask, d, q));
  if (!d.is_list()) {
    json::object form;
    for (const auto* member : {"measures", "group_by", "order", "limit", "others"})
      if (const auto* value = d.json.if_contains(member)) form[member] = *value;
    q.query = TRY(records::parse_aggregate(form));
  }
  collect_dependencies(dictionary, d, q);
  return q;
}

}  // namespace fokus::dashboards
