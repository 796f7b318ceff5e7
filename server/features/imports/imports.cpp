// SPDX-License-Identifier: Apache-2.0
#include "features/imports/imports.hpp"

#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <filesystem>

#include "base/text.hpp"
#include "features/imports/column_guess.hpp"
#include "platform/random.hpp"
#include "records/rights.hpp"

namespace fokus::imports {
namespace {

namespace fs = std::filesystem;
namespace json = boost::json;
using access::Scope;

constexpr std::size_t sniff_bytes = 256 * 1024;
constexpr int sniff_rows = 50;
constexpr std::size_t samples_per_column = 5;
constexpr std::size_t sample_bytes = 80;

Error wrong_status(const Import& import) {
  Error error = make_error(ErrorKind::conflict, "imports/wrong_status");
  error.params["status"] = status_name(import.status);
  return error;
}

std::string read_start(const std::string& path) {
  std::string text(sniff_bytes, '\0');
  const auto source = open_file_source(path);
  text.resize(source ? source->read(text.data(), text.size()) : 0);
  return text;
}

// Header and samples of a file, as the mapping screen shows them.
Result<std::vector<FileColumn>> read_columns(const std::string& start, const CsvSniff& sniff,
                                             bool has_header) {
  CsvReader reader(make_text_source(start), sniff.format, sniff.header);
  CsvRow row;
  if (!reader.next(row)) return make_error(ErrorKind::invalid, "imports/empty_file");
  if (!row.problem.empty()) {
    Error error = make_error(ErrorKind::invalid, "imports/bad_header");
    error.params["problem"] = row.problem;
    return error;
  }
  std::vector<FileColumn> columns;
  const std::vector<std::string_view> unnamed(row.cells.size());
  for (auto& name : column_names(has_header ? row.cells : unnamed))
    columns.push_back({std::move(name), {}, {}});
  if (!has_header) reader = CsvReader(make_text_source(start), sniff.format, sniff.header);
  for (int i = 0; i < sniff_rows && reader.next(row); ++i) {
    if (!row.problem.empty()) continue;
    for (std::size_t c = 0; c < columns.size() && c < row.cells.size(); ++c) {
      const auto cell = trim(row.cells[c]);
      if (!cell.empty() && columns[c].sample.size() < samples_per_column)
        columns[c].sample.emplace_back(cut_utf8(cell, sample_bytes));
    }
  }
  return columns;
}

json::array to_json(const std::vector<FileColumn>& columns) {
  json::array out;
  for (const auto& column : columns) {
    json::array sample;
    for (const auto& text : column.sample) sample.emplace_back(text);
    json::value guess;
    if (!column.guess.empty()) guess = column.guess;
    out.push_back(
        json::object{{"name", column.name}, {"sample", std::move(sample)}, {"guess", guess}});
  }
  return out;
}

json::object guessed_definition(const std::vector<FileColumn>& columns, char delimiter) {
  json::object mapping;
  for (const auto& column : columns)
    if (!column.guess.empty()) mapping[column.guess] = column.name;
  const bool point = guess_decimal_mark(columns, delimiter) == '.';
  return {{"mapping", std::move(mapping)}, {"decimal_mark", point ? "point" : "comma"}};
}

std::string new_file() {
  return SystemRandom().hex(16);
}

// Files that are unlinked again unless they are kept: whatever goes wrong leaves none behind.
class NewFiles {
 public:
  NewFiles() = default;
  NewFiles(const NewFiles&) = delete;
  NewFiles& operator=(const NewFiles&) = delete;
  ~NewFiles() {
    for (const auto& path : paths_) ::unlink(path.c_str());
  }
  const std::string& add(std::string path) { return paths_.emplace_back(std::move(path)); }
  void keep() { paths_.clear(); }

 private:
  std::vector<std::string> paths_;
};

std::int64_t first_row(const Import& import) {
  return import.header.row + (import.has_header ? 1 : 0);
}

Result<json::object> changed_definition(json::object definition, const json::object& changes) {
  constexpr std::array<std::string_view, 11> known = {
      "mapping",   "match",      "policy",    "source",   "date_order", "decimal_mark",
      "time_zone", "transforms", "constants", "on_match", "duplicates"};
  for (const auto& [key, value] : changes) {
    if (is_form_member(key)) continue;
    if (std::find(known.begin(), known.end(), std::string_view(key)) == known.end())
      return field_error("imports/invalid", std::string(key), "unknown_field");
    definition[key] = value;
  }
  return definition;
}

void take_in(Import& import, const TakenFile& taken) {
  import.size_bytes = taken.intake.bytes;
  import.encoding = encoding_name(taken.intake.encoding);
  import.rows_estimate = taken.intake.lines + 1 - first_row(import);
  import.form = taken.to_json();
}

// A table that the program has written itself: nothing of it need be found but where it begins.
CsvSniff find_written_table(CsvSniff sniff, const std::string& start) {
  CsvReader reader(make_text_source(start), sniff.format, sniff.header);
  CsvRow row;
  if (reader.next(row)) sniff.header = {row.offset, row.row};
  return sniff;
}

// What was said stays so when the rest of the form is said anew.
void note_delimiter(json::object& definition, const FileForm& form) {
  definition.erase("delimiter");
  if (form.delimiter) definition["delimiter"] = std::string(1, *form.delimiter);
}

FileForm said_form(const Import& import) {
  FileForm form;
  form.header_row = import.has_header ? import.header.row : 0;
  if (const auto* said = import.definition.if_contains("delimiter"))
    form.delimiter = said->as_string().front();
  return form;
}

}  // namespace

Imports::Imports(const records::ApiParts& parts, std::string folder)
    : parts_(parts), folder_(std::move(folder)), store_(parts.statements) {
  ::mkdir(folder_.c_str(), 0700);
}

Status Imports::check_may_import(const Scope& scope) const {
  const bool may = scope.actor.kind == access::ActorKind::system ||
                   scope.permissions().has_function(access::functions::import);
  if (!may) return make_error(ErrorKind::forbidden, "access/forbidden");
  return {};
}

std::string Imports::path_of(const std::string& file) const {
  return folder_ + "/" + file;
}

Result<ImportId> Imports::begin(const Scope& scope, std::string_view record_type,
                                std::string_view name, const std::string& path,
                                const FileForm& form) {
  TRY(check_may_import(scope));
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find(record_type);
  if (!type || !is_clean_utf8(name))
    return make_error(ErrorKind::not_found, "imports/unknown_type");
  TRY(records::check_type_right(scope, *type, access::Action::create));
  Import import;
  import.record_type = type->name;
  import.name = cut_utf8(name, 200);
  import.created_by = scope.actor.user;
  import.created_at = parts_.clock.now();
  import.file = new_file();
  NewFiles made;
  const auto taken = TRY(take_file(path, made.add(path_of(import.file)), form));
  take_in(import, taken);
  if (taken.intake.encoding != Encoding::utf8 || taken.kind != FileKind::csv) {
    import.original = new_file();
    std::error_code failed;
    fs::copy_file(path, made.add(path_of(import.original)), failed);
    if (failed) return make_error(ErrorKind::unavailable, "imports/not_stored");
  }
  note_delimiter(import.definition, form);
  TRY(read_table(scope, import, form));
  parts_.database.write([&](store::Transaction& tx) {
    import.id = store_.create(tx, import);
    store_.save_definition(tx, import.id, import.definition);
  });
  made.keep();
  return import.id;
}

// Where the table is, its columns and what they are guessed to be.
Status Imports::read_table(const Scope& scope, Import& import, FileForm form) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find(import.record_type);
  if (!type) return make_error(ErrorKind::not_found, "imports/unknown_type");
  const std::int64_t end = import.rows_estimate + first_row(import);
  const std::string start = read_start(path_of(import.file));
  if (!import.is_text()) form.delimiter = ',';
  CsvSniff sniff = TRY(find_table(start, form));
  if (!import.is_text()) sniff = find_written_table(sniff, start);
  const bool has_header = form.header_row != 0;
  auto columns = TRY(read_columns(start, sniff, has_header));
  guess_columns(*dictionary, *type, columns,
                [&](const records::Field& field) { return !records::is_masked(scope, field); });
  import.has_header = has_header;
  import.format = sniff.format;
  import.header = sniff.header;
  import.rows_estimate = std::max<std::int64_t>(end - first_row(import), 0);
  import.columns = to_json(columns);
  for (const auto& [key, value] : guessed_definition(columns, sniff.format.delimiter))
    import.definition[key] = value;
  for (const char* key : {"match", "policy", "transforms"}) import.definition.erase(key);
  return {};
}

// Another header row, delimiter or encoding.
Status Imports::read_anew(const Scope& scope, Import& import, const json::object& changes) const {
  FileForm form = TRY(form_of(changes, said_form(import)));
  if (!import.is_text() && changes.contains("delimiter"))
    return field_error("imports/invalid", "delimiter", "not_of_this_kind");
  if (changes.contains("encoding") || changes.contains("sheet")) TRY(convert_anew(import, form));
  // Another sheet begins where it begins.
  if (changes.contains("sheet") && !changes.contains("header_row")) form.header_row.reset();
  note_delimiter(import.definition, form);
  auto read = read_table(scope, import, form);
  if (read.ok() || changes.contains("header_row")) return read;
  // The rows are others now, and that which named the columns is not among them.
  form.header_row.reset();
  return read_table(scope, import, form);
}

// A file of its own: the one that is there stays until the import knows the new one.
Status Imports::convert_anew(Import& import, const FileForm& form) const {
  const bool is_first = import.encoding == encoding_name(Encoding::utf8);
  if (import.original.empty() && !is_first)
    return field_error("imports/invalid", "encoding", "original_gone");
  if (import.original.empty()) import.original = import.file;
  import.file = new_file();
  take_in(import, TRY(take_file(path_of(import.original), path_of(import.file), form)));
  return {};
}

Status Imports::define(const Scope& scope, ImportId id, const json::object& changes) {
  auto import = TRY(get(scope, id));
  const bool open = import.status == ImportStatus::uploaded ||
                    import.status == ImportStatus::checked ||
                    (import.status == ImportStatus::failed && !import.batch);
  if (!open || import.file.empty()) return wrong_status(import);
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find(import.record_type);
  if (!type) return make_error(ErrorKind::not_found, "imports/unknown_type");
  const std::string file_before = import.file;
  NewFiles made;
  if (names_form(changes)) {
    const auto read = read_anew(scope, import, changes);
    if (import.file != file_before) made.add(path_of(import.file));
    TRY(read);
  }
  const auto definition = TRY(changed_definition(import.definition, changes));
  TRY(make_plan(*dictionary, *type, import.column_names(), definition));
  parts_.database.write([&](store::Transaction& tx) {
    if (names_form(changes)) {
      store_.save_form(tx, import);
      store_.erase_questions(tx, id);
    }
    store_.save_definition(tx, id, definition);
  });
  made.keep();
  const bool is_replaced = import.file != file_before && import.original != file_before;
  if (is_replaced) ::unlink(path_of(file_before).c_str());
  return {};
}

Result<Import> Imports::get(const Scope& scope, ImportId id) const {
  TRY(check_may_import(scope));
  auto import = parts_.database.read([&](store::Session& s) { return store_.find(s, id); });
  const bool visible = import && (scope.actor.kind == access::ActorKind::system ||
                                  import->created_by == scope.actor.user ||
                                  scope.permissions().has_function(access::functions::administer));
  if (!visible) return make_error(ErrorKind::not_found, "imports/not_found");
  settle_status(*import);
  return std::move(*import);
}

// The job may have been cancelled, or ended without a word: then the import is not running.
void Imports::settle_status(Import& import) const {
  const bool at_work = import.status == ImportStatus::checking ||
                       import.status == ImportStatus::running ||
                       import.status == ImportStatus::reversing;
  if (!at_work) return;
  const auto job =
      parts_.database.read([&](store::Session& s) { return parts_.jobs.get(s, import.job); });
  const bool ended = !job.ok() || job->status == work::JobStatus::failed ||
                     job->status == work::JobStatus::cancelled;
  if (!ended) return;
  // How far it came, and not what a dry run has promised before. What becomes of rows that were put
  // aside is counted as it is stored.
  if (job.ok() && import.status != ImportStatus::reversing && job->kind != "import_decisions")
    import.counts = Counts::from_json(job->state).to_json();
  import.status = ImportStatus::failed;
}

std::vector<Import> Imports::list(const Scope& scope, ImportId before, int limit) const {
  const bool everyone = scope.actor.kind == access::ActorKind::system ||
                        scope.permissions().has_function(access::functions::administer);
  auto all = parts_.database.read([&](store::Session& s) {
    return store_.list(s, scope.actor.user, everyone, before,
                       std::clamp(limit, 1, limits::page_max));
  });
  for (auto& import : all) settle_status(import);
  return all;
}

std::vector<StoredError> Imports::list_errors(ImportId id, std::int64_t after, int limit) const {
  return parts_.database.read(
      [&](store::Session& s) { return store_.list_errors(s, id, after, limit); });
}

Result<Started> Imports::check_later(const Scope& scope, ImportId id) {
  const auto import = TRY(get(scope, id));
  const bool open = import.status == ImportStatus::uploaded ||
                    import.status == ImportStatus::checked ||
                    (import.status == ImportStatus::failed && !import.batch);
  if (!open) return wrong_status(import);
  return start(scope, import, "import_check", ImportStatus::checking);
}

Result<Started> Imports::run_later(const Scope& scope, ImportId id) {
  const auto import = TRY(get(scope, id));
  const bool open = import.status == ImportStatus::uploaded ||
                    import.status == ImportStatus::checked ||
                    (import.status == ImportStatus::failed && !import.batch);
  if (!open) return wrong_status(import);
  return start(scope, import, "import", ImportStatus::running);
}

Result<Started> Imports::reverse_later(const Scope& scope, ImportId id) {
  const auto import = TRY(get(scope, id));
  const bool ended = import.status == ImportStatus::done || import.status == ImportStatus::failed;
  if (!ended || !import.batch) return wrong_status(import);
  return start(scope, import, "import_reversal", ImportStatus::reversing);
}

Result<Started> Imports::decide_later(const Scope& scope, ImportId id) {
  const auto import = TRY(get(scope, id));
  const bool ended = import.status == ImportStatus::done || import.status == ImportStatus::failed;
  if (!ended || !import.batch) return wrong_status(import);
  const auto count =
      parts_.database.read([&](store::Session& s) { return store_.count_questions(s, id); });
  if (count.decided == 0) return make_error(ErrorKind::conflict, "imports/nothing_decided");
  return start(scope, import, "import_decisions", ImportStatus::running);
}

Result<Started> Imports::reverse_batch_later(const Scope& scope, BatchId batch) {
  const auto id =
      parts_.database.read([&](store::Session& s) { return store_.find_of_batch(s, batch); });
  if (!id) return make_error(ErrorKind::not_found, "imports/not_found");
  return reverse_later(scope, *id);
}

Result<Started> Imports::start(const Scope& scope, const Import& import, std::string_view kind,
                               ImportStatus status) {
  if (import.file.empty() && status != ImportStatus::reversing) return wrong_status(import);
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find(import.record_type);
  if (!type) return make_error(ErrorKind::not_found, "imports/unknown_type");
  const auto plan = TRY(make_plan(*dictionary, *type, import.column_names(), import.definition));
  return parts_.database.write([&](store::Transaction& tx) -> Result<Started> {
    // Asked again inside: two people may press the button at once.
    const auto now = store_.find(tx, import.id);
    if (!now || now->job != import.job) return wrong_status(now.value_or(import));
    Started started{{}, import.batch};
    json::object input{{"import", import.id.value}, {"source", 0}};
    if (kind == "import_decisions") {
      // Of the run that it completes.
      const auto run = parts_.jobs.get(tx, import.job);
      if (run.ok() && run->input.contains("source")) input["source"] = run->input.at("source");
      input["counts"] = import.counts;
    }
    if (kind == "import") {
      input["source"] = parts_.records.create_source(
          tx, "import", plan.source.name.empty() ? import.name : plan.source.name, "",
          plan.source.legal_basis, plan.source.obtained_at);
      started.batch = parts_.records.create_batch(
          tx, scope, "import", type->name, {{"import", import.id.value}, {"name", import.name}});
    }
    started.job =
        parts_.jobs.create(tx, kind, access::author_of(scope.actor), input, parts_.clock.now());
    store_.start(tx, import.id, status, started.job, started.batch);
    return started;
  });
}

}  // namespace fokus::imports
