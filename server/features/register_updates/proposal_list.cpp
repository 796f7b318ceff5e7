// SPDX-License-Identifier: Apache-2.0
// Which proposals a viewer sees: the rights are those to the company, inside the query.
#include <algorithm>

#include "base/text.hpp"
#include "features/register_updates/proposals.hpp"
#include "records/rights.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using access::Scope;
using records::SqlText;

Error invalid(std::string_view field, std::string code) {
  return field_error("register_updates/invalid", std::string(field), std::move(code));
}

Result<std::int64_t> owner_of(const json::value& value, const Scope& scope) {
  if (value.is_string() && value.get_string() == "me") return scope.actor.user.value;
  if (value.is_int64() && value.get_int64() > 0) return value.get_int64();
  return invalid("owner", "not_a_user");
}

void append_match(SqlText& sql, std::string_view column, const std::string& text) {
  if (text.empty()) return;
  sql.text += " AND " + std::string(column) + " = ";
  sql.text += sql.bind(text);
}

void append_match(SqlText& sql, std::string_view column, std::int64_t number) {
  if (number == 0) return;
  sql.text += " AND " + std::string(column) + " = ";
  sql.text += sql.bind(number);
}

// Columns of every statement: p the proposal, t its company, u the company's owner.
void append_from(const RegisterUpdates& updates, const store::Session& session, const Scope& scope,
                 access::Action action, const ProposalFilter& filter, SqlText& sql) {
  const auto& parts = updates.parts();
  const auto dictionary = parts.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  CHECK(type);
  sql.text +=
      " FROM register_proposals p JOIN companies t ON t.id = p.company "
      "LEFT JOIN users u ON u.id = t.owner LEFT JOIN users d ON d.id = p.decided_by "
      "WHERE t.archived_at IS NULL";
  append_match(sql, "p.state", filter.state);
  append_match(sql, "p.field", filter.field);
  append_match(sql, "p.provider", filter.provider);
  append_match(sql, "t.owner", filter.owner);
  append_match(sql, "p.company", filter.company);
  if (!filter.ids.empty()) {
    std::vector<std::string> bound;
    for (const auto id : filter.ids) bound.push_back(sql.bind(id));
    sql.text += " AND p.id IN (" + join(bound, ", ") + ")";
  }
  for (const auto& field : type->fields)
    if (records::is_masked(scope, field)) {
      sql.text += " AND p.field <> ";
      sql.text += sql.bind(field.name);
    }
  const records::CriteriaContext context{*dictionary, scope, parts.clock.now(), session.engine()};
  const std::size_t length = sql.text.size();
  sql.text += " AND ";
  if (!records::append_rights(context, *type, action, "t", sql)) sql.text.resize(length);
}

json::value named(const store::Rows& rows, int id, int name) {
  if (rows.is_null(id)) return nullptr;
  return json::object{{"id", rows.integer(id)}, {"name", rows.text(name)}};
}

json::value parsed(std::string_view text) {
  boost::system::error_code ec;
  auto out = json::parse(json::string_view(text.data(), text.size()), ec);
  return ec ? json::value() : std::move(out);
}

json::object render(const store::Rows& rows) {
  const auto* provider = registers::find_provider(rows.text(6));
  const auto instant = [&](int column) {
    return rows.is_null(column) ? json::value()
                                : json::value(render_instant(Instant{rows.integer(column)}));
  };
  json::object out{{"id", rows.integer(0)},
                   {"company", named(rows, 1, 2)},
                   {"owner", named(rows, 3, 4)},
                   {"field", rows.text(5)},
                   {"present", parsed(rows.text(7))},
                   {"offered", parsed(rows.text(8))},
                   {"provider", rows.text(6)},
                   {"title", provider ? std::string_view(provider->title) : rows.text(6)},
                   {"obtained_on", rows.text(9)},
                   {"found_at", instant(10)},
                   {"state", rows.text(11)},
                   {"reason", rows.text(12)},
                   {"decided_at", instant(13)},
                   {"decided_by", named(rows, 14, 15)}};
  out["batch"] = rows.is_null(16) ? json::value() : json::value(rows.integer(16));
  return out;
}

}  // namespace

Result<ProposalFilter> parse_proposal_filter(const json::object& input, const Scope& scope) {
  ProposalFilter out;
  for (const auto& [key, value] : input) {
    if (key == "owner") {
      out.owner = TRY(owner_of(value, scope));
    } else if (key == "field" || key == "provider") {
      if (!value.is_string()) return invalid(key, "wrong_kind");
      (key == "field" ? out.field : out.provider) = std::string(value.get_string());
    } else {
      return invalid(key, "unknown_field");
    }
  }
  return out;
}

json::array list_proposals(const RegisterUpdates& updates, store::Session& session,
                           const Scope& scope, access::Action action, const ProposalFilter& filter,
                           std::int64_t before, int limit) {
  SqlText sql;
  sql.text =
      "SELECT p.id, t.id, t.name, u.id, u.name, p.field, p.provider, p.present, p.offered, "
      "p.obtained_on, p.found_at, p.state, p.reason, p.decided_at, d.id, d.name, p.batch";
  append_from(updates, session, scope, action, filter, sql);
  sql.text += " AND p.id < ";
  sql.text += sql.bind(before);
  sql.text += " ORDER BY p.id DESC LIMIT " + std::to_string(limit);
  const auto params = sql.params();
  json::array out;
  for (auto rows = session.query(sql.text, store::Params(params)); rows->next();)
    out.push_back(render(*rows));
  return out;
}

std::int64_t count_proposals(const RegisterUpdates& updates, store::Session& session,
                             const Scope& scope, access::Action action,
                             const ProposalFilter& filter) {
  SqlText sql;
  sql.text = "SELECT count(*) FROM (SELECT p.id";
  append_from(updates, session, scope, action, filter, sql);
  sql.text += " LIMIT " + std::to_string(limits::counted_max) + ") one";
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  return rows->next() ? rows->integer(0) : 0;
}

std::vector<std::pair<std::string, std::int64_t>> count_by(const RegisterUpdates& updates,
                                                           store::Session& session,
                                                           const Scope& scope,
                                                           const ProposalFilter& filter,
                                                           std::string_view column) {
  CHECK(column == "field" || column == "provider");
  const std::string name = "p." + std::string(column);
  SqlText sql;
  sql.text = "SELECT " + name + ", count(*)";
  append_from(updates, session, scope, access::Action::read, filter, sql);
  sql.text += " GROUP BY " + name + " ORDER BY 2 DESC, 1";
  const auto params = sql.params();
  std::vector<std::pair<std::string, std::int64_t>> out;
  for (auto rows = session.query(sql.text, store::Params(params)); rows->next();)
    out.emplace_back(rows->text(0), rows->integer(1));
  return out;
}

}  // namespace fokus::register_updates
