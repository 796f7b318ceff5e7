// SPDX-License-Identifier: Apache-2.0
// What is shown of an import: the rows of its file, what they would do, and those that wait for a
// decision.
#include <algorithm>
#include <charconv>
#include <unordered_map>

#include "base/json_writer.hpp"
#include "base/text.hpp"
#include "features/imports/import_work.hpp"
#include "features/imports/imports.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;

constexpr std::size_t filtered_rows = 200;      // looked through at once for those of one action
constexpr std::size_t values_counted = 10'000;  // kept while the file is looked through
constexpr std::size_t value_bytes_max = 200;

std::optional<std::int64_t> whole(std::string_view text) {
  std::int64_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || end.ec != std::errc{} || end.ptr != text.data() + text.size() || value < 0)
    return std::nullopt;
  return value;
}

std::string cursor_of(CsvPosition position) {
  return std::to_string(position.offset) + "." + std::to_string(position.row);
}

Result<CsvPosition> position_of(std::string_view cursor, const Import& import) {
  if (cursor.empty()) return import.header;
  const auto dot = cursor.find('.');
  const auto offset = whole(cursor.substr(0, dot));
  const auto row = dot == cursor.npos ? std::nullopt : whole(cursor.substr(dot + 1));
  if (!offset || !row || *offset > import.size_bytes)
    return field_error("imports/invalid", "cursor", "unknown");
  return CsvPosition{*offset, *row};
}

void add_errors(json::array& items, const std::vector<RowError>& errors) {
  for (auto& item : items) {
    json::array own;
    for (const auto& error : errors) {
      if (item.at("row") != error.row) continue;
      json::object one{{"field", error.field}, {"code", error.code}};
      if (!error.name.empty()) one["name"] = error.name;
      own.push_back(std::move(one));
    }
    if (!own.empty()) item.as_object()["errors"] = std::move(own);
  }
}

// The fields of a plan, those of linked records too; an owner stands twice in it.
std::vector<const MappedField*> fields_of(const ImportPlan& plan) {
  std::vector<const MappedField*> out;
  const auto add = [&](const TargetPlan& target) {
    for (const auto& field : target.fields)
      if (std::none_of(out.begin(), out.end(), [&](auto* one) { return one->key == field.key; }))
        out.push_back(&field);
  };
  add(plan.main);
  for (const auto& linked : plan.linked) add(linked.target);
  return out;
}

const DerivedCell* derived_of(const ImportPlan& plan, const MappedField& field) {
  return field.column < plan.column_count ? nullptr
                                          : &plan.derived[field.column - plan.column_count];
}

json::object preview_of(const ImportPlan& plan, const FileRow& row) {
  json::object cells;
  for (const auto* field : fields_of(plan)) {
    const auto* derived = derived_of(plan, *field);
    const auto from = derived ? derived->column : std::optional(field->column);
    json::object cell{{"file", nullptr}, {"field", cell_at(row.cells, field->column)}};
    if (from) cell["file"] = cell_at(row.cells, *from);
    cells[field->key] = std::move(cell);
  }
  return {{"row", row.row}, {"cells", std::move(cells)}};
}

// Counts the values of one column, as they are before they are replaced.
class ValueCount {
 public:
  ValueCount(const ImportPlan& plan, const MappedField& field)
      : column_(field.column), is_list_(field.field->kind == records::FieldKind::choices) {
    const auto* derived = derived_of(plan, field);
    if (!derived) return;
    column_ = derived->column.value_or(plan.column_count);
    for (const auto& step : derived->steps)
      if (step.kind != Step::Kind::replace) steps_.push_back(step);
  }

  void add(const FileRow& row) {
    const auto text = transformed(steps_, cell_at(row.cells, column_));
    if (!is_list_) return add(text);
    for (const auto one : split(text, text.find(';') != text.npos ? ';' : ',')) add(trim(one));
  }

  bool is_whole = true;
  std::vector<std::pair<std::string, std::int64_t>> commonest() {
    std::vector<std::pair<std::string, std::int64_t>> out(counts_.begin(), counts_.end());
    std::sort(out.begin(), out.end(), [](const auto& a, const auto& b) {
      return a.second != b.second ? a.second > b.second : a.first < b.first;
    });
    is_whole &= out.size() <= limits::values_max;
    out.resize(std::min(out.size(), limits::values_max));
    return out;
  }

 private:
  void add(std::string_view value) {
    if (value.empty() || !is_clean_utf8(value)) return;
    const std::string text(cut_utf8(value, value_bytes_max));
    const auto found = counts_.find(text);
    if (found != counts_.end())
      ++found->second;
    else if (counts_.size() < values_counted)
      counts_.emplace(text, 1);
    else
      is_whole = false;
  }

  std::size_t column_;
  bool is_list_;
  std::vector<Step> steps_;
  std::unordered_map<std::string, std::int64_t> counts_;
};

bool is_known(const records::Dictionary& dictionary, const records::Field& field,
              std::string_view value) {
  using records::FieldKind;
  const bool has_list = field.kind == FieldKind::choice || field.kind == FieldKind::choices;
  return !has_list || is_choice(dictionary, field.list, value);
}

}  // namespace

Result<Imports::Object> Imports::list_diff(const access::Scope& scope, ImportId id,
                                           std::string_view cursor, int limit,
                                           std::string_view action) const {
  TRY(get(scope, id));
  const auto work = TRY(open_work(store_, parts_, id));
  auto at = TRY(position_of(cursor, work.import));
  auto reader = TRY(open_reader(path_of(work.import.file), work.import, at));
  const ChunkWriter writer(
      {parts_.records, *work.dictionary, work.plan, scope, {0, {}, "import"}, parts_.clock.now()});
  const auto decisions = load_decisions(id);
  const auto wanted = static_cast<std::size_t>(std::clamp(limit, 1, limits::page_max));
  json::array items;
  bool goes_on = true;
  for (int looked = 0; goes_on && items.size() < wanted && looked < limits::diff_rows_max;) {
    const auto rows =
        read_chunk(reader, work.plan, action.empty() ? wanted - items.size() : filtered_rows);
    goes_on = !rows.empty();
    looked += static_cast<int>(rows.size());
    auto found = try_rows(writer, rows, decisions);
    for (std::size_t i = 0; i < rows.size() && items.size() < wanted; ++i) {
      at = rows[i].end;
      for (const auto& one : found)
        if (one.at("row") == rows[i].row &&
            (action.empty() || std::string_view(one.at("action").as_string()) == action))
          items.push_back(one);
    }
  }
  json::value next;
  if (goes_on) next = cursor_of(at);
  return Object{{"items", std::move(items)}, {"next", std::move(next)}};
}

// What the rows would do, each described, with nothing kept.
json::array Imports::try_rows(const ChunkWriter& writer, const std::vector<FileRow>& rows,
                              const Decisions& decisions) const {
  json::array items;
  const auto twins = twins_of(writer.parts(), rows);
  for (const auto care : {Care::none, Care::each_row}) {
    ChunkOutcome outcome;
    (void)parts_.database.write([&](store::Transaction& tx) -> Status {
      ChunkWriter::Options options{rows.size(), nullptr, care};
      options.decisions = &decisions;
      options.twins = &twins;
      outcome = writer.apply(tx, rows, options);
      return make_error(ErrorKind::conflict, "imports/dry_run");  // rolls back
    });
    if (outcome.needs_care) continue;
    add_errors(outcome.sample, outcome.errors);
    items = std::move(outcome.sample);
    break;
  }
  return items;
}

Result<json::array> Imports::preview(const access::Scope& scope, ImportId id) const {
  TRY(get(scope, id));
  const auto work = TRY(open_work(store_, parts_, id));
  auto reader = TRY(open_reader(path_of(work.import.file), work.import, work.import.header));
  json::array out;
  for (const auto& row : read_chunk(reader, work.plan, limits::preview_rows))
    if (row.problem.empty()) out.push_back(preview_of(work.plan, row));
  return out;
}

Result<Imports::Object> Imports::list_values(const access::Scope& scope, ImportId id,
                                             std::string_view key) const {
  TRY(get(scope, id));
  const auto work = TRY(open_work(store_, parts_, id));
  const auto fields = fields_of(work.plan);
  const auto found =
      std::find_if(fields.begin(), fields.end(), [&](auto* one) { return one->key == key; });
  if (found == fields.end()) return field_error("imports/invalid", "key", "unknown_field");
  auto reader = TRY(open_reader(path_of(work.import.file), work.import, work.import.header));
  ValueCount count(work.plan, **found);
  std::int64_t looked = 0;
  for (auto rows = read_chunk(reader, work.plan); !rows.empty();
       rows = read_chunk(reader, work.plan)) {
    for (const auto& row : rows)
      if (row.problem.empty()) count.add(row);
    looked += static_cast<std::int64_t>(rows.size());
    count.is_whole &= looked < limits::value_rows_max;
    if (looked >= limits::value_rows_max) break;
  }
  json::array values;
  for (const auto& [value, times] : count.commonest())
    values.push_back(
        json::object{{"value", value},
                     {"count", times},
                     {"is_known", is_known(*work.dictionary, *(*found)->field, value)}});
  return Object{{"values", std::move(values)}, {"is_whole", count.is_whole}};
}

Result<Imports::Object> Imports::list_questions(const access::Scope& scope, ImportId id,
                                                std::int64_t after, int limit) const {
  const auto import = TRY(get(scope, id));
  const int wanted = std::clamp(limit, 1, limits::page_max);
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find(import.record_type);
  if (!type) return make_error(ErrorKind::not_found, "imports/unknown_type");
  const auto names = import.column_names();
  return parts_.database.read([&](store::Session& session) -> Result<Object> {
    json::array items;
    json::value next;
    for (auto& question : store_.list_questions(session, id, after, wanted + 1)) {
      if (items.size() == static_cast<std::size_t>(wanted)) {
        next = std::to_string(items.back().at("row").as_int64());
        break;
      }
      json::object cells;
      for (std::size_t i = 0; i < question.cells.size() && i < names.size(); ++i)
        cells[names[i]] = std::move(question.cells[i]);
      json::value decision;
      if (!question.decision.empty()) decision = question.decision;
      items.push_back(Object{{"row", question.row},
                             {"records", named_records(session, scope, *type, question.records)},
                             {"cells", std::move(cells)},
                             {"decision", std::move(decision)}});
    }
    const auto count = store_.count_questions(session, id);
    return Object{{"items", std::move(items)},
                  {"next", std::move(next)},
                  {"open", count.open},
                  {"decided", count.decided}};
  });
}

// Those that may be read, with their names.
json::array Imports::named_records(store::Session& session, const access::Scope& scope,
                                   const records::RecordType& type, const json::array& ids) const {
  json::array out;
  for (const auto& id : ids) {
    std::string text;
    JsonWriter writer(text);
    if (!parts_.records.get(session, scope, type, RecordId{id.as_int64()}, writer).ok()) continue;
    const auto record = json::parse(text);
    const auto* name = record.as_object().if_contains("name");
    out.push_back(Object{{"id", id}, {"name", name ? *name : json::value()}});
  }
  return out;
}

Status Imports::decide(const access::Scope& scope, ImportId id,
                       const std::optional<std::vector<std::int64_t>>& rows,
                       std::optional<OnMatch> decision) {
  const auto import = TRY(get(scope, id));
  const bool open = import.status == ImportStatus::checked || import.status == ImportStatus::done ||
                    import.status == ImportStatus::failed;
  if (!open) {
    Error error = make_error(ErrorKind::conflict, "imports/wrong_status");
    error.params["status"] = status_name(import.status);
    return error;
  }
  if (decision == OnMatch::ask) return field_error("imports/invalid", "decision", "unknown");
  const std::string_view word = decision ? on_match_name(*decision) : "";
  parts_.database.write([&](store::Transaction& tx) {
    if (!rows) store_.decide(tx, id, 0, word);
    if (rows)
      for (const auto row : *rows)
        if (row > 0) store_.decide(tx, id, row, word);
  });
  return {};
}

}  // namespace fokus::imports
