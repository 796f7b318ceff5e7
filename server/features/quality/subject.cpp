// SPDX-License-Identifier: Apache-2.0
#include "base/json_writer.hpp"
#include "features/quality/checks.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using records::FieldKind;

constexpr int country_part = 4;

std::string text_of(const store::Value& value) {
  const auto* text = std::get_if<std::string>(&value);
  return text ? *text : std::string();
}

std::string first_text(const records::Draft& draft, const records::Field& field) {
  const auto& columns = draft[field.name];
  return columns.empty() ? std::string() : text_of(columns.front());
}

}  // namespace

std::string Subject::text(std::string_view field) const {
  const auto* known = draft_.type.find(field);
  if (!known) return {};
  std::string out = first_text(draft_, *known);
  if (!out.empty() || !raw_) return out;
  const auto* said = raw_->if_contains(field);
  return said && said->is_string() ? std::string(said->get_string()) : std::string();
}

std::string_view Subject::folded(std::string_view field) const {
  const auto* known = draft_.type.find(field);
  if (!known || draft_[known->name].size() < 2) return {};
  const auto* text = std::get_if<std::string>(&draft_[known->name][1]);
  return text ? std::string_view(*text) : std::string_view();
}

bool Subject::is_empty(std::string_view field) const {
  const auto* known = draft_.type.find(field);
  if (!known || known->kind == FieldKind::links) return false;
  if (!text(field).empty()) return false;
  for (const auto& column : draft_[known->name])
    if (!store::is_null(column)) return false;
  return true;
}

std::string Subject::part(std::string_view field, int part) const {
  const auto* known = draft_.type.find(field);
  if (!known || known->kind != FieldKind::address) return {};
  return text_of(draft_[known->name][static_cast<std::size_t>(2 * part)]);
}

std::string Subject::shown(std::string_view field) const {
  const auto* known = draft_.type.find(field);
  if (!known || known->kind == FieldKind::links || is_empty(field)) return {};
  if (known->kind == FieldKind::address) {
    std::string out = part(field, 0);
    for (const int at : {1, 2}) {
      const std::string more = part(field, at);
      if (!more.empty()) out += (out.empty() ? "" : at == 1 ? ", " : " ") + more;
    }
    return out;
  }
  if (const std::string out = text(field); !out.empty()) return out;
  if (records::is_link_kind(known->kind) || known->kind == FieldKind::file) return {};
  std::string written;
  JsonWriter writer(written);
  records::write_columns(writer, *known, draft_[known->name]);
  return written;
}

std::string Subject::country() const {
  if (const std::string own = text("country"); !own.empty()) return own;
  return part("address", country_part);
}

std::int64_t value_hash(const records::Draft& draft, const Hit& hit) {
  std::uint64_t hash = 14'695'981'039'346'656'037ULL;  // FNV-1a
  const auto add = [&](std::string_view text) {
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 1'099'511'628'211ULL;
    hash = (hash ^ 0xFFU) * 1'099'511'628'211ULL;
  };
  const auto add_field = [&](std::string_view name) {
    const auto* field = draft.type.find(name);
    if (!field) return;
    for (const auto& column : draft[field->name]) {
      if (const auto* text = std::get_if<std::string>(&column)) add(*text);
      if (const auto* number = std::get_if<std::int64_t>(&column)) add(std::to_string(*number));
      if (store::is_null(column)) add("");
    }
  };
  add_field(hit.field);
  for (const auto& other : hit.others) add_field(other);
  return static_cast<std::int64_t>(hash >> 1);
}

}  // namespace fokus::quality
