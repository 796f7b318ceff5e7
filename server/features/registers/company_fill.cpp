// SPDX-License-Identifier: Apache-2.0
#include "features/registers/company_fill.hpp"

#include <algorithm>
#include <charconv>

#include "base/text.hpp"
#include "platform/locale.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

constexpr std::array<std::pair<std::string_view, FillPolicy>, 4> policy_names = {{
    {"always", FillPolicy::always},
    {"if_empty", FillPolicy::if_empty},
    {"propose", FillPolicy::propose},
    {"never", FillPolicy::never},
}};

// Company fields that are text in the register and in Fokus.
constexpr std::array<std::pair<std::string_view, Field>, 6> plain_fields = {{
    {"name", Field::name},
    {"vat_number", Field::vat_number},
    {"phone", Field::phone},
    {"email", Field::email},
    {"website", Field::website},
    {"country", Field::country},
}};

constexpr std::array<std::pair<std::string_view, Field>, 5> address_fields = {{
    {"street", Field::street},
    {"postcode", Field::postcode},
    {"city", Field::city},
    {"region", Field::region},
    {"country", Field::country},
}};

constexpr std::array<std::string_view, 3> others = {"org_number", "employees", "address"};

bool is_company_field(std::string_view name) {
  const auto is_name = [&](const auto& one) { return one.first == name; };
  return std::find(others.begin(), others.end(), name) != others.end() ||
         std::any_of(plain_fields.begin(), plain_fields.end(), is_name);
}

Error bad(std::string field, std::string code) {
  return field_error("registers/invalid", std::move(field), std::move(code));
}

bool is_blank(const json::value& value) {
  if (value.is_null()) return true;
  if (value.is_string()) return value.get_string().empty();
  if (value.is_object())
    return std::all_of(value.get_object().begin(), value.get_object().end(),
                       [](const auto& part) { return is_blank(part.value()); });
  return false;
}

// Addresses are the same when their parts are; a part that is not there is an empty one.
bool is_same(const json::value& a, const json::value& b) {
  if (is_blank(a) || is_blank(b)) return is_blank(a) && is_blank(b);
  if (!a.is_object() || !b.is_object()) return a == b;
  for (const auto& [part, field] : address_fields) {
    const auto* left = a.get_object().if_contains(part);
    const auto* right = b.get_object().if_contains(part);
    if (!is_same(left ? *left : json::value(), right ? *right : json::value())) return false;
  }
  return true;
}

std::string without_scheme(std::string_view url) {
  const auto at = url.find("://");
  if (at != url.npos) url.remove_prefix(at + 3);
  if (url.ends_with('/')) url.remove_suffix(1);
  return lower_ascii(url);
}

FillPolicy policy_of(const FillOrder& order, std::string_view field) {
  const auto found = order.policies.find(field);
  return found == order.policies.end() ? order.otherwise : found->second;
}

void decide(FieldFill& fill, const FillCase& state, const FillOrder& order) {
  const auto keep = [&](std::string reason) {
    fill.action = "keep";
    fill.reason = std::move(reason);
  };
  FillPolicy policy = policy_of(order, fill.field);
  const bool is_empty = is_blank(fill.before);
  const bool is_typed = !is_empty && state.typed.contains(fill.field);
  const bool is_because_typed =
      policy == FillPolicy::always && is_typed && order.typed != FillPolicy::always;
  if (is_because_typed) policy = order.typed;
  const bool is_accepted = order.accepted.contains(fill.field);
  if (state.masked.contains(fill.field)) return keep("masked");
  if (policy == FillPolicy::never) return keep("policy");
  // Also one that the person had emptied.
  if (state.given.contains(fill.field)) return keep("given_by_person");
  if (policy == FillPolicy::propose && !is_accepted) {
    fill.action = "propose";
    fill.reason = is_because_typed ? "typed" : "";
    return;
  }
  if (policy == FillPolicy::if_empty && !is_empty && !is_accepted) return keep("not_empty");
  fill.action = "set";
}

}  // namespace

std::optional<FillPolicy> parse_fill_policy(std::string_view name) {
  for (const auto& [known, policy] : policy_names)
    if (known == name) return policy;
  return std::nullopt;
}

namespace {

Result<FillPolicy> read_policy(const json::value& value, std::string field) {
  const auto policy = value.is_string() ? parse_fill_policy(value.get_string()) : std::nullopt;
  if (!policy) return bad(std::move(field), "unknown_policy");
  return *policy;
}

Status read_policies(const json::value& value, FillOrder& order) {
  if (!value.is_object()) return bad("policy", "wrong_kind");
  for (const auto& [field, name] : value.get_object()) {
    if (!is_company_field(field)) return bad(std::string(field), "unknown_field");
    order.policies[std::string(field)] = TRY(read_policy(name, std::string(field)));
  }
  return {};
}

Status read_accepted(const json::value& value, FillOrder& order) {
  if (!value.is_array()) return bad("accept", "wrong_kind");
  for (const auto& one : value.get_array()) {
    if (!one.is_string()) return bad("accept", "wrong_kind");
    if (!is_company_field(one.get_string()))
      return bad(std::string(one.get_string()), "unknown_field");
    order.accepted.emplace(one.get_string());
  }
  return {};
}

Status read_member(std::string_view key, const json::value& value, FillOrder& order) {
  if (key == "company") {
    if (!value.is_int64() || value.get_int64() < 1) return bad("company", "wrong_kind");
    order.company = RecordId{value.get_int64()};
  } else if (key == "policy") {
    return read_policies(value, order);
  } else if (key == "otherwise") {
    order.otherwise = TRY(read_policy(value, "otherwise"));
  } else if (key == "accept") {
    return read_accepted(value, order);
  } else if (key == "values") {
    if (!value.is_object()) return bad("values", "wrong_kind");
    order.values = value.get_object();
  } else if (key == "preview") {
    if (!value.is_bool()) return bad("preview", "wrong_kind");
    order.is_preview = value.get_bool();
  } else {
    return bad(std::string(key), "unknown_field");
  }
  return {};
}

}  // namespace

Result<FillOrder> parse_fill_order(const json::object& input) {
  FillOrder order;
  for (const auto& [key, value] : input) TRY(read_member(key, value, order));
  if (order.company && !order.values.empty()) return bad("values", "of_a_new_company_only");
  return order;
}

std::vector<std::string_view> company_fields() {
  std::vector<std::string_view> out(others.begin(), others.end());
  for (const auto& [name, field] : plain_fields) out.push_back(name);
  std::sort(out.begin(), out.end());
  return out;
}

std::string_view fill_policy_name(FillPolicy policy) {
  return policy_names[static_cast<std::size_t>(policy)].first;
}

bool is_same_value(std::string_view field, const json::value& a, const json::value& b) {
  if (!a.is_string() || !b.is_string()) return is_same(a, b);
  const std::string_view left = a.get_string(), right = b.get_string();
  if (field == "org_number" || field == "vat_number")
    return plain_number(left) == plain_number(right);
  if (field == "phone") return fold_phone(left) == fold_phone(right);
  if (field == "website") return without_scheme(left) == without_scheme(right);
  if (field == "email") return lower_ascii(left) == lower_ascii(right);
  return left == right;
}

json::object company_values(const Entry& entry) {
  json::object out;
  for (const auto& [name, field] : plain_fields)
    if (!entry[field].empty()) out[name] = entry[field];
  // As the save would complete it, so that a form and a comparison see what is stored.
  if (const auto& url = entry[Field::website]; !url.empty() && url.find("://") == url.npos)
    out["website"] = "https://" + url;
  // The national number is what letters and invoices show; a register of the world has another.
  const auto& org_number =
      entry[Field::org_number].empty() ? entry[Field::number] : entry[Field::org_number];
  // A register of VAT numbers knows no other number.
  if (org_number != entry[Field::vat_number]) out["org_number"] = org_number;
  std::int64_t employees = 0;
  const auto& text = entry[Field::employees];
  const auto end = std::from_chars(text.data(), text.data() + text.size(), employees);
  if (!text.empty() && end.ptr == text.data() + text.size()) out["employees"] = employees;
  json::object address;
  for (const auto& [part, field] : address_fields)
    if (!entry[field].empty()) address[part] = entry[field];
  // A country alone is no address.
  if (address.size() > 1 || (address.size() == 1 && !address.contains("country")))
    out["address"] = std::move(address);
  return out;
}

std::vector<FieldFill> plan_fill(const json::object& offered, const FillCase& state,
                                 const FillOrder& order) {
  std::vector<FieldFill> out;
  for (const auto& [name, value] : offered) {
    const auto* before = state.current.if_contains(name);
    FieldFill fill{std::string(name), before ? *before : json::value(), value, "", ""};
    if (is_same_value(fill.field, fill.before, value) && !state.masked.contains(fill.field))
      continue;
    decide(fill, state, order);
    out.push_back(std::move(fill));
  }
  return out;
}

}  // namespace fokus::registers
