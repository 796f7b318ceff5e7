// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/subjects.hpp"

#include <algorithm>

#include "platform/locale.hpp"

namespace fokus::duplicates {
namespace {

using records::ColumnValues;
using records::Field;
using records::FieldKind;
using records::SqlText;

constexpr std::size_t address_parts = 3;  // street, postcode, city; each with its folded twin
// Lists of ids are filled up to one of these, so that few statements are prepared.
constexpr std::array<std::size_t, 4> list_sizes = {1, 16, 128, 512};

std::string text_of(const store::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value)) return std::to_string(*number);
  return {};
}

bool is_address(const Field& field) {
  return field.kind == FieldKind::address;
}

// The columns of a field that are read: folded ones, and those that are shown before them.
std::vector<std::string> columns_of(const Field& field, bool with_shown) {
  const auto& all = records::columns_of(field);
  const std::size_t values = is_address(field) ? address_parts : 1;
  const bool has_twin = is_address(field) || records::is_text_kind(field.kind);
  std::vector<std::string> out;
  for (std::size_t i = 0; i < values; ++i) {
    if (!has_twin) return {all[0].name};
    if (with_shown) out.push_back(all[2 * i].name);
    out.push_back(all[2 * i + 1].name);
  }
  return out;
}

std::string shown_address(const std::string& street, const std::string& postcode,
                          const std::string& city) {
  std::string out = street;
  if (!postcode.empty() || !city.empty()) out += out.empty() ? "" : ", ";
  out += postcode + (postcode.empty() || city.empty() ? "" : " ") + city;
  return out;
}

bool is_blank(const Value& value) {
  return value.folded.text.empty() && value.folded.postcode.empty() && value.folded.city.empty();
}

Value address_value(const std::array<std::string, address_parts>& shown, FoldedValue folded) {
  return {std::move(folded), shown_address(shown[0], shown[1], shown[2])};
}

Value value_of(const Field& field, const ColumnValues& columns) {
  if (is_address(field))
    return address_value({text_of(columns[0]), text_of(columns[2]), text_of(columns[4])},
                         {text_of(columns[1]), text_of(columns[3]), text_of(columns[5])});
  const std::string shown = text_of(columns[0]);
  return {{records::is_text_kind(field.kind) ? text_of(columns[1]) : shown, {}, {}}, shown};
}

Value read_value(const store::Rows& rows, const Field& field, bool with_shown, int& at) {
  const auto next = [&] { return text_of(rows.value(at++)); };
  if (is_address(field)) {
    std::array<std::string, address_parts> shown;
    FoldedValue folded;
    std::string* const parts[] = {&folded.text, &folded.postcode, &folded.city};
    for (std::size_t i = 0; i < address_parts; ++i) {
      if (with_shown) shown[i] = next();
      *parts[i] = next();
    }
    return address_value(shown, std::move(folded));
  }
  const bool has_twin = records::is_text_kind(field.kind);
  std::string first = next();
  if (!has_twin || !with_shown) return {{first, {}, {}}, has_twin ? std::string() : first};
  return {{next(), {}, {}}, first};
}

void append_ids(SqlText& sql, std::span<const std::int64_t> ids) {
  std::size_t size = list_sizes.back();
  for (const std::size_t one : list_sizes)
    if (one >= ids.size()) {
      size = one;
      break;
    }
  sql.text += " IN (";
  for (std::size_t i = 0; i < size; ++i)
    sql.text += (i ? "," : "") + sql.bind(ids[std::min(i, ids.size() - 1)]);
  sql.text += ")";
}

}  // namespace

Subjects::Subjects(const Matcher& matcher, const records::RecordType& type)
    : matcher_(matcher), type_(type) {
  for (const auto& name : matcher.fields()) {
    const Field* field = type.find(name);
    fields_.push_back(field && !field->hidden ? field : nullptr);
  }
}

void Subjects::add_value(Subject& subject, std::size_t field, Value value) const {
  auto& values = subject.values[field];
  if (is_blank(value)) return;
  const bool is_known = std::any_of(values.begin(), values.end(), [&](const Value& known) {
    return known.folded == value.folded;
  });
  if (!is_known) values.push_back(std::move(value));
}

std::size_t Subjects::field_of_point(std::string_view kind) const {
  const FieldKind wanted = kind == "phone"   ? FieldKind::phone
                           : kind == "email" ? FieldKind::email
                           : kind == "url"   ? FieldKind::url
                                             : FieldKind::address;
  const auto found = std::find_if(fields_.begin(), fields_.end(), [&](const Field* field) {
    return field && field->kind == wanted && !field->custom;
  });
  return static_cast<std::size_t>(found - fields_.begin());
}

Subject Subjects::of(const records::Draft& draft,
                     const std::vector<records::ContactPoint>& points) const {
  Subject out;
  out.values.resize(fields_.size());
  for (std::size_t i = 0; i < fields_.size(); ++i)
    if (fields_[i]) add_value(out, i, value_of(*fields_[i], draft[fields_[i]->name]));
  for (const auto& point : points) {
    const std::size_t at = field_of_point(point.kind);
    if (at == fields_.size()) continue;
    if (point.kind == "address" && point.address.size() >= 2 * address_parts)
      add_value(out, at, value_of(*fields_[at], point.address));
    else if (point.kind != "address")
      add_value(out, at, {{point.folded, {}, {}}, point.value});
  }
  return out;
}

std::string Subjects::select(bool with_shown) const {
  std::string out = "SELECT t.id";
  for (const Field* field : fields_)
    if (field)
      for (const auto& column : columns_of(*field, with_shown)) out += ", t." + column;
  return out + " FROM " + type_.table + " t WHERE t.archived_at IS NULL AND t.id";
}

std::vector<Subject> Subjects::read_rows(store::Session& session, const SqlText& sql,
                                         bool with_shown) const {
  std::vector<Subject> out;
  const auto params = sql.params();
  for (auto rows = session.query(sql.text, store::Params(params)); rows->next();) {
    auto& subject = out.emplace_back();
    subject.id = rows->integer(0);
    subject.values.resize(fields_.size());
    int at = 1;
    for (std::size_t i = 0; i < fields_.size(); ++i)
      if (fields_[i]) add_value(subject, i, read_value(*rows, *fields_[i], with_shown, at));
  }
  return out;
}

std::vector<Subject> Subjects::read(store::Session& session, std::span<const std::int64_t> ids,
                                    bool with_shown, const Condition& finish) const {
  std::vector<Subject> out;
  for (std::size_t from = 0; from < ids.size(); from += list_sizes.back()) {
    const auto part = ids.subspan(from, std::min(list_sizes.back(), ids.size() - from));
    SqlText sql{select(with_shown), {}};
    append_ids(sql, part);
    if (finish) finish(sql);
    auto found = read_rows(session, sql, with_shown);
    add_points(session, found, with_shown);
    std::move(found.begin(), found.end(), std::back_inserter(out));
  }
  std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  return out;
}

// SQLite needs nothing: its one writer is this one.
std::vector<Subject> Subjects::read_locked(store::Transaction& tx,
                                           std::span<const std::int64_t> ids) const {
  const bool has_locks = tx.engine() == store::Engine::postgres;
  return read(tx, ids, false, [&](SqlText& sql) {
    if (has_locks) sql.text += " ORDER BY t.id FOR SHARE OF t";
  });
}

std::vector<Subject> Subjects::read_after(store::Session& session, std::int64_t after,
                                          int limit) const {
  SqlText sql{select(false), {}};
  sql.text += " > " + sql.bind(after) + " ORDER BY t.id LIMIT " +
              sql.bind(static_cast<std::int64_t>(limit));
  auto out = read_rows(session, sql, false);
  add_points(session, out, false);
  return out;
}

// What the record's own fields mirror is there already; these are the further ones.
void Subjects::add_points(store::Session& session, std::vector<Subject>& subjects,
                          bool with_shown) const {
  if (!type_.contact_points || subjects.empty()) return;
  std::sort(subjects.begin(), subjects.end(),
            [](const auto& a, const auto& b) { return a.id < b.id; });
  std::vector<std::int64_t> ids;
  for (const auto& subject : subjects) ids.push_back(subject.id);
  for (std::size_t from = 0; from < ids.size(); from += list_sizes.back()) {
    SqlText sql{
        "SELECT record_id, kind, value, value_f, street_f, postcode_f, city_f FROM contact_points "
        "WHERE record_type = ",
        {}};
    sql.text += sql.bind(type_.name) + " AND record_id";
    append_ids(sql, std::span(ids).subspan(from, std::min(list_sizes.back(), ids.size() - from)));
    const auto params = sql.params();
    for (auto rows = session.query(sql.text, store::Params(params)); rows->next();) {
      const auto subject =
          std::lower_bound(subjects.begin(), subjects.end(), rows->integer(0),
                           [](const Subject& one, std::int64_t id) { return one.id < id; });
      const std::string_view kind = rows->text(1);
      const std::size_t at = field_of_point(kind);
      if (at == fields_.size()) continue;
      const auto text = [&](int column) { return std::string(rows->text(column)); };
      const std::string shown = with_shown ? text(2) : std::string();
      if (kind == "address")
        add_value(*subject, at, {{text(4), text(5), text(6)}, shown});
      else
        add_value(*subject, at, {{text(3), {}, {}}, shown});
    }
  }
}

}  // namespace fokus::duplicates
