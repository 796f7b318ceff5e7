// SPDX-License-Identifier: Apache-2.0
#include "features/registers/provider.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "features/registers/definition.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, field_count> field_names = {
    "number",    "org_number", "name",    "vat_number", "street",      "postcode",      "city",
    "region",    "country",    "phone",   "email",      "website",     "industry_code", "industry",
    "employees", "status",     "founded", "dissolved",  "no_marketing"};

class Reader {
 public:
  Result<Provider> read(const json::object& root) {
    TRY(read_texts(root));
    const auto delimiter = TRY(text_member(root, "delimiter", false));
    if (delimiter.size() > 1) return bad_definition("delimiter", "one_character");
    if (!delimiter.empty()) provider_.delimiter = delimiter.front();
    if (const auto* bulk = root.if_contains("bulk")) {
      if (!bulk->is_bool()) return bad_definition("bulk", "wrong_kind");
      provider_.has_bulk = bulk->get_bool();
    }
    const auto* fields = root.if_contains("fields");
    if (!fields || !fields->is_object()) return bad_definition("fields", "required");
    static_cast<Mapping&>(provider_) = TRY(parse_mapping(fields->get_object(), "fields"));
    if (const auto* online = root.if_contains("online")) {
      if (!online->is_object()) return bad_definition("online", "wrong_kind");
      provider_.online = TRY(parse_online(online->get_object(), provider_));
    }
    return std::move(provider_);
  }

 private:
  Status read_texts(const json::object& root) {
    provider_.name = TRY(text_member(root, "name", true));
    if (!is_identifier(provider_.name)) return bad_definition("name", "not_an_identifier");
    provider_.title = TRY(text_member(root, "title", true));
    provider_.country = TRY(text_member(root, "country", false));
    provider_.licence = TRY(text_member(root, "licence", true));
    provider_.licence_text = TRY(text_member(root, "licence_text", true));
    provider_.licence_url = TRY(text_member(root, "licence_url", false));
    provider_.source_url = TRY(text_member(root, "source_url", false));
    provider_.note = TRY(text_member(root, "note", false));
    provider_.number_kind = TRY(text_member(root, "number_kind", false));
    const auto field = TRY(text_member(root, "company_field", false));
    if (!field.empty()) provider_.company_field = field;
    if (provider_.company_field != "org_number" && provider_.company_field != "vat_number")
      return bad_definition("company_field", "unknown_field");
    return {};
  }

  Provider provider_;
};

}  // namespace

Error bad_definition(std::string field, std::string code) {
  return field_error("registers/bad_definition", std::move(field), std::move(code));
}

Result<std::vector<std::string>> text_members(const json::object& object, std::string_view key,
                                              const std::string& path) {
  std::vector<std::string> out;
  const auto* value = object.if_contains(key);
  if (!value) return out;
  if (value->is_string()) return std::vector<std::string>{std::string(value->get_string())};
  if (!value->is_array()) return bad_definition(path + "." + std::string(key), "wrong_kind");
  for (const auto& one : value->get_array()) {
    if (!one.is_string()) return bad_definition(path + "." + std::string(key), "wrong_kind");
    out.emplace_back(one.get_string());
  }
  return out;
}

Result<std::string> text_member(const json::object& object, std::string_view key,
                                bool is_required) {
  const auto* value = object.if_contains(key);
  if (!value && !is_required) return std::string();
  if (!value || !value->is_string()) return bad_definition(std::string(key), "required");
  return std::string(value->get_string());
}

std::string_view field_name(Field field) {
  return field_names[static_cast<std::size_t>(field)];
}

std::optional<Field> parse_field(std::string_view name) {
  const auto found = std::find(field_names.begin(), field_names.end(), name);
  if (found == field_names.end()) return std::nullopt;
  return static_cast<Field>(found - field_names.begin());
}

Result<Provider> parse_provider(std::string_view text) {
  boost::system::error_code ec;
  const auto root = json::parse(text, ec);
  if (ec || !root.is_object()) return bad_definition("", "not_json");
  return Reader().read(root.get_object());
}

}  // namespace fokus::registers
