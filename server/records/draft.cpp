// SPDX-License-Identifier: Apache-2.0
#include "records/draft.hpp"

#include <numeric>

#include "base/check.hpp"
#include "base/text.hpp"
#include "platform/locale.hpp"
#include "records/rights.hpp"

namespace fokus::records {
namespace {

namespace json = boost::json;

// Columns in memory under the interface of a row, so that the field types write both.
class DraftRows final : public store::Rows {
 public:
  explicit DraftRows(const ColumnValues& values) : values_(values) {}
  bool next() override { return false; }
  int column_count() const override { return static_cast<int>(values_.size()); }
  bool is_null(int c) const override { return store::is_null(at(c)); }
  std::int64_t integer(int c) const override {
    const auto* n = std::get_if<std::int64_t>(&at(c));
    return n ? *n : 0;
  }
  double real(int c) const override {
    const auto* d = std::get_if<double>(&at(c));
    return d ? *d : static_cast<double>(integer(c));
  }
  std::string_view text(int c) const override {
    const auto* s = std::get_if<std::string>(&at(c));
    return s ? std::string_view(*s) : std::string_view{};
  }
  store::Value value(int c) const override { return at(c); }

 private:
  const store::Value& at(int c) const { return values_[static_cast<std::size_t>(c)]; }
  const ColumnValues& values_;
};

bool is_empty(const ColumnValues& values) {
  return std::all_of(values.begin(), values.end(), [](const auto& v) { return store::is_null(v); });
}

// What one may not see one does not overwrite. A new record has nothing to overwrite: whoever takes
// somebody in writes down the phone number, without seeing it again.
bool may_enter(const Scope& scope, const Draft& draft, std::string_view data_class) {
  if (!is_class_masked(scope, data_class)) return true;
  return data_class == contact_class && store::is_null(draft["version"][0]);
}

// Members of an answer that are no fields: the program's own, as its read-only fields are.
bool is_told_only(std::string_view key) {
  return key == "rights" || key == "masked" || key == "notices";
}

// A member that is no field one may write; nothing when it is the list of contact points.
std::optional<FieldError> wrong_member(const Scope& scope, const Draft& draft,
                                       std::string_view key) {
  const bool points = key == "contact_points" && draft.type.contact_points;
  if (points && may_enter(scope, draft, contact_class)) return std::nullopt;
  const char* code = points ? "masked" : is_told_only(key) ? "read_only" : "unknown_field";
  return FieldError{std::string(key), code, {}};
}

// A default that can no longer be chosen is none.
bool is_retired(const Dictionary& dictionary, const Field& field) {
  if (field.kind != FieldKind::choice || field.default_value.size() < 2) return false;
  const auto& quoted = field.default_value;
  const auto* item =
      dictionary.find_item(field.list, std::string_view(quoted).substr(1, quoted.size() - 2));
  return item && item->retired;
}

std::string compute(const Draft& draft, std::string_view pattern) {
  std::string out;
  while (!pattern.empty()) {
    const auto open = pattern.find('{');
    out += pattern.substr(0, open);
    if (open == pattern.npos) break;
    const auto close = pattern.find('}', open);
    CHECK(close != pattern.npos);
    out += draft.text(pattern.substr(open + 1, close - open - 1));
    pattern.remove_prefix(close + 1);
  }
  return std::string(trim(out));
}

}  // namespace

std::size_t Draft::index_of(std::string_view field) const {
  for (std::size_t i = 0; i < type.fields.size(); ++i)
    if (type.fields[i].name == field) return i;
  CHECK(false);
}

std::int64_t Draft::integer(std::string_view field) const {
  return DraftRows(columns[index_of(field)]).integer(0);
}

std::string_view Draft::text(std::string_view field) const {
  const auto* s = std::get_if<std::string>(&columns[index_of(field)].at(0));
  return s ? std::string_view(*s) : std::string_view{};
}

Status parse_input(const FieldContext& context, const Scope& scope, Draft& draft,
                   const json::object& input) {
  Error wrong = make_error(ErrorKind::invalid, "records/invalid");
  for (const auto& [key, value] : input) {
    const Field* field = draft.type.find(key);
    if (!field || field->hidden) {
      if (auto member = wrong_member(scope, draft, key)) wrong.errors.push_back(std::move(*member));
      continue;
    }
    if (field->read_only) {
      wrong.errors.push_back({field->name, "read_only", {}});
      continue;
    }
    if (!may_enter(scope, draft, field->privacy.data_class)) {
      wrong.errors.push_back({field->name, "masked", {}});
      continue;
    }
    auto parsed = parse_field_input(context, *field, value);
    if (parsed)
      draft[field->name] = std::move(*parsed);
    else
      wrong.errors.push_back(std::move(parsed.error().errors.at(0)));
  }
  if (!wrong.errors.empty()) return wrong;
  return {};
}

Status apply_defaults(const FieldContext& context, Draft& draft, const json::object& input) {
  for (std::size_t i = 0; i < draft.columns.size(); ++i) {
    const Field& field = draft.type.fields[i];
    if (field.default_value.empty() || input.contains(field.name)) continue;
    if (is_retired(context.dictionary, field)) continue;
    const bool quoted = field.default_value.front() == '"' || field.default_value == "me";
    const json::value value =
        field.default_value == "me" ? json::value("me") : json::parse(field.default_value);
    if (quoted || !value.is_null())
      draft.columns[i] = TRY(parse_field_input(context, field, value));
  }
  return {};
}

void compute_fields(Draft& draft) {
  for (std::size_t i = 0; i < draft.columns.size(); ++i) {
    const Field& field = draft.type.fields[i];
    if (field.computed.empty()) continue;
    std::string text = compute(draft, field.computed);
    if (text.empty())
      draft.columns[i] = ColumnValues(2);
    else
      draft.columns[i] = ColumnValues{text, fold(text)};
  }
}

Status check_required(const Draft& draft, const std::vector<std::size_t>& fields) {
  Error wrong = make_error(ErrorKind::invalid, "records/invalid");
  for (const std::size_t i : fields) {
    const Field& field = draft.type.fields[i];
    if (field.required && !field.hidden && is_empty(draft.columns[i]))
      wrong.errors.push_back({field.name, "required", {}});
  }
  if (!wrong.errors.empty()) return wrong;
  return {};
}

Status check_required(const Draft& draft) {
  std::vector<std::size_t> all(draft.columns.size());
  std::iota(all.begin(), all.end(), std::size_t{0});
  return check_required(draft, all);
}

std::vector<std::size_t> changed_fields(const Draft& before, const Draft& after) {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < after.columns.size(); ++i)
    if (before.columns[i] != after.columns[i]) out.push_back(i);
  return out;
}

std::string render_changes(const Draft* before, const Draft& after,
                           const std::vector<std::size_t>& changed) {
  std::string out;
  JsonWriter json(out);
  json.begin_array();
  for (const std::size_t i : changed) {
    const Field& field = after.type.fields[i];
    json.begin_object().field("field", field.name);
    if (before) {
      json.key("old");
      write_field(json, field, DraftRows(before->columns[i]), 0);
    }
    json.key("new");
    write_field(json, field, DraftRows(after.columns[i]), 0);
    json.end_object();
  }
  json.end_array();
  return out;
}

void write_columns(JsonWriter& json, const Field& field, const ColumnValues& columns) {
  write_field(json, field, DraftRows(columns), 0);
}

void read_draft(Draft& draft, const store::Rows& rows, int at) {
  for (auto& columns : draft.columns)
    for (auto& column : columns) column = rows.value(at++);
}

}  // namespace fokus::records
