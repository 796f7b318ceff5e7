// SPDX-License-Identifier: Apache-2.0
#include "features/imports/import_store.hpp"

#include <array>
#include <limits>

#include "base/text.hpp"

namespace fokus::imports {
namespace {

namespace json = boost::json;

constexpr std::array<std::string_view, 8> status_names = {
    "uploaded", "checking", "checked", "running", "done", "failed", "reversing", "reversed"};

ImportStatus parse_status(std::string_view name) {
  for (std::size_t i = 0; i < status_names.size(); ++i)
    if (status_names[i] == name) return static_cast<ImportStatus>(i);
  CHECK(!"a status that this program wrote");
  return ImportStatus::failed;
}

json::value read_json(std::string_view text) {
  return json::parse(json::string_view(text.data(), text.size()));
}

// What stands between two cells: with a blank behind it, quotes are padded.
std::string stored_delimiter(const CsvFormat& format) {
  std::string out(1, format.delimiter);
  if (format.pads_quotes) out += ' ';
  return out;
}

Import read_import(const store::Rows& rows) {
  Import one;
  one.id = ImportId{rows.integer(0)};
  one.record_type = rows.text(1);
  one.name = rows.text(2);
  one.status = parse_status(rows.text(3));
  one.created_by = UserId{rows.integer(4)};
  one.created_at = Instant{rows.integer(5)};
  one.file = rows.text(6);
  one.size_bytes = rows.integer(7);
  one.encoding = rows.text(8);
  const auto delimiter = rows.text(9);
  one.format.delimiter = delimiter.empty() ? ',' : delimiter.front();
  one.format.pads_quotes = delimiter.size() > 1;
  one.header = {rows.integer(10), rows.integer(11)};
  one.rows_estimate = rows.integer(12);
  one.columns = read_json(rows.text(13)).as_array();
  one.definition = read_json(rows.text(14)).as_object();
  one.counts = read_json(rows.text(15)).as_object();
  one.sample = read_json(rows.text(16)).as_array();
  one.job = JobId{rows.integer(17)};
  one.batch = BatchId{rows.integer(18)};
  one.has_header = rows.boolean(19);
  one.original = rows.text(20);
  one.form = read_json(rows.text(21)).as_object();
  return one;
}

constexpr std::size_t name_bytes_max = 200;  // of a name that was refused

// Broken text of a refused row must still be storable and readable.
std::string clean(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    std::size_t good = 0;
    while (good < text.size() && is_clean_utf8(text.substr(good, 1))) ++good;
    out += text.substr(0, good);
    text.remove_prefix(good);
    if (text.empty()) break;
    std::size_t length = 1;
    while (length <= 4 && length <= text.size() && !is_clean_utf8(text.substr(0, length))) ++length;
    const bool whole = length <= 4 && length <= text.size();
    out += whole ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
    text.remove_prefix(whole ? length : 1);
  }
  return out;
}

// The cells that the file has itself, as JSON. A row that was refused for its size is not kept
// whole.
std::string kept_cells(const Cells& all, std::size_t width) {
  constexpr std::size_t bytes_max = 64 * 1024;
  json::array cells;
  std::size_t bytes = 0;
  for (std::size_t i = 0; i < std::min(width, all.size()) && bytes < bytes_max; ++i) {
    const auto text = clean(std::string_view(all[i]).substr(0, bytes_max - bytes));
    bytes += std::min(text.size(), bytes_max - bytes);
    cells.emplace_back(text);
  }
  return json::serialize(cells);
}

}  // namespace

std::string_view status_name(ImportStatus status) {
  return status_names[static_cast<std::size_t>(status)];
}

std::vector<std::string> Import::column_names() const {
  std::vector<std::string> names;
  for (const auto& column : columns) names.emplace_back(column.at("name").as_string());
  return names;
}

bool Import::is_text() const {
  const auto* kind = form.if_contains("kind");
  return !kind || *kind == "csv";
}

ImportId ImportStore::create(store::Transaction& tx, const Import& one) const {
  const std::string columns = json::serialize(one.columns), form = json::serialize(one.form);
  const std::string delimiter = stored_delimiter(one.format);
  return ImportId{
      tx.query_integer(statements_["imports.create_import"],
                       {one.record_type, one.name, one.created_by, one.created_at, one.file,
                        one.size_bytes, one.encoding, delimiter, one.header.offset, one.header.row,
                        one.rows_estimate, columns, one.has_header, one.original, form})};
}

std::optional<Import> ImportStore::find(store::Session& session, ImportId id) const {
  const auto rows = session.query(statements_["imports.get_import"], {id});
  if (!rows->next()) return std::nullopt;
  return read_import(*rows);
}

std::vector<Import> ImportStore::list(store::Session& session, UserId user, bool everyone,
                                      ImportId before, int limit) const {
  const auto below = before ? before.value : std::numeric_limits<std::int64_t>::max();
  const auto rows =
      session.query(statements_["imports.list_imports"], {below, user, everyone ? 1 : 0, limit});
  std::vector<Import> out;
  while (rows->next()) out.push_back(read_import(*rows));
  return out;
}

std::optional<ImportId> ImportStore::find_of_batch(store::Session& session, BatchId batch) const {
  const auto id = session.query_integer(statements_["imports.find_import_of_batch"], {batch});
  if (id == 0) return std::nullopt;
  return ImportId{id};
}

void ImportStore::save_definition(store::Transaction& tx, ImportId id,
                                  const json::object& definition) const {
  const std::string text = json::serialize(definition);
  tx.execute(statements_["imports.save_definition"], {id, text});
}

void ImportStore::save_form(store::Transaction& tx, const Import& one) const {
  const std::string columns = json::serialize(one.columns), form = json::serialize(one.form);
  const std::string delimiter = stored_delimiter(one.format);
  tx.execute(statements_["imports.save_form"],
             {one.id, delimiter, one.header.offset, one.header.row, one.rows_estimate, columns,
              one.has_header, one.file, one.original, one.size_bytes, one.encoding, form});
}

void ImportStore::start(store::Transaction& tx, ImportId id, ImportStatus status, JobId job,
                        BatchId batch) const {
  tx.execute(statements_["imports.start_import"], {id, status_name(status), job, batch});
}

void ImportStore::save_outcome(store::Transaction& tx, ImportId id, ImportStatus status,
                               const Counts& counts, const json::array& sample) const {
  const std::string counts_text = json::serialize(counts.to_json());
  const std::string sample_text = json::serialize(sample);
  tx.execute(statements_["imports.save_outcome"],
             {id, status_name(status), counts_text, sample_text});
}

void ImportStore::save_status(store::Transaction& tx, ImportId id, ImportStatus status) const {
  tx.execute(statements_["imports.save_status"], {id, status_name(status)});
}

void ImportStore::add_errors(store::Transaction& tx, ImportId id,
                             const std::vector<RowError>& errors) const {
  for (const auto& error : errors) {
    const std::string text = kept_cells(*error.cells, error.width);
    const std::string name(cut_utf8(clean(error.name), name_bytes_max));
    tx.execute(statements_["imports.add_import_error"],
               {id, error.row, error.field, error.code, text, name});
  }
}

void ImportStore::forget_findings(store::Transaction& tx, ImportId id) const {
  erase_errors(tx, id);
  tx.execute(statements_["imports.erase_open_questions"], {id});
}

void ImportStore::erase_errors(store::Transaction& tx, ImportId id) const {
  tx.execute(statements_["imports.erase_import_errors"], {id});
}

std::vector<StoredError> ImportStore::list_errors(store::Session& session, ImportId id,
                                                  std::int64_t after, int limit) const {
  const auto rows = session.query(statements_["imports.list_import_errors"], {id, after, limit});
  std::vector<StoredError> out;
  while (rows->next())
    out.push_back({rows->integer(0), rows->integer(1), std::string(rows->text(2)),
                   std::string(rows->text(3)), read_json(rows->text(4)).as_array(),
                   std::string(rows->text(5))});
  return out;
}

void ImportStore::add_questions(store::Transaction& tx, ImportId id,
                                const std::vector<RowQuestion>& questions) const {
  for (const auto& question : questions) {
    const json::array ids(question.records.begin(), question.records.end());
    const std::string records = json::serialize(ids);
    const std::string cells = kept_cells(question.row->cells, question.row->width);
    tx.execute(statements_["imports.add_question"], {id, question.row->row, records, cells});
  }
}

void ImportStore::remove_questions(store::Transaction& tx, ImportId id, std::int64_t first_row,
                                   std::int64_t last_row) const {
  tx.execute(statements_["imports.remove_questions"], {id, first_row, last_row});
}

void ImportStore::erase_questions(store::Transaction& tx, ImportId id) const {
  tx.execute(statements_["imports.erase_questions"], {id});
}

void ImportStore::decide(store::Transaction& tx, ImportId id, std::int64_t row,
                         std::string_view decision) const {
  tx.execute(statements_["imports.decide_question"], {id, row, decision});
}

Decisions ImportStore::list_decisions(store::Session& session, ImportId id) const {
  const auto rows = session.query(statements_["imports.list_decisions"], {id});
  Decisions out;
  while (rows->next())
    if (const auto decision = parse_on_match(rows->text(1))) out[rows->integer(0)] = *decision;
  return out;
}

std::vector<StoredQuestion> ImportStore::list_questions(store::Session& session, ImportId id,
                                                        std::int64_t after_row, int limit) const {
  const auto rows = session.query(statements_["imports.list_questions"], {id, after_row, limit});
  std::vector<StoredQuestion> out;
  while (rows->next())
    out.push_back({rows->integer(0), read_json(rows->text(1)).as_array(),
                   read_json(rows->text(2)).as_array(), std::string(rows->text(3))});
  return out;
}

QuestionCount ImportStore::count_questions(store::Session& session, ImportId id) const {
  const auto rows = session.query(statements_["imports.count_questions"], {id});
  QuestionCount count;
  while (rows->next()) (rows->text(0).empty() ? count.open : count.decided) += rows->integer(1);
  return count;
}

std::vector<OldFiles> ImportStore::list_old_files(store::Session& session, Instant before,
                                                  int limit) const {
  const auto rows = session.query(statements_["imports.list_old_import_files"], {before, limit});
  std::vector<OldFiles> out;
  while (rows->next())
    out.push_back(
        {ImportId{rows->integer(0)}, std::string(rows->text(1)), std::string(rows->text(2))});
  return out;
}

void ImportStore::forget_file(store::Transaction& tx, ImportId id) const {
  erase_errors(tx, id);
  erase_questions(tx, id);
  tx.execute(statements_["imports.forget_import_file"], {id});
}

}  // namespace fokus::imports
