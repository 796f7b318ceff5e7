// SPDX-License-Identifier: Apache-2.0
// import, import reverse, export: the same engine and jobs as the API, run to their end here.
#include <cstdio>
#include <thread>

#include "app/accounts.hpp"
#include "app/commands/commands.hpp"
#include "base/text.hpp"
#include "features/imports/error_file.hpp"
#include "features/imports/exports.hpp"

namespace fokus::app {
namespace {

namespace json = boost::json;
using imports::ImportStatus;

constexpr auto poll_interval = std::chrono::milliseconds(100);

struct ImportOptions {
  std::string type, file, source, legal_basis, obtained_at;
  std::vector<std::string> maps, policies;
  std::string match, header_row, delimiter, encoding, sheet, zone;
  std::string errors;  // file for the rows that failed
  bool dry_run = false;
  std::int64_t batch = 0;
};

struct ExportOptions {
  std::string type, filter, format = "csv";
};

// field="Column" pairs.
json::object pairs_of(const std::vector<std::string>& texts) {
  json::object out;
  for (const auto& text : texts) {
    const auto at = text.find('=');
    if (at != text.npos) out[text.substr(0, at)] = text.substr(at + 1);
  }
  return out;
}

json::object definition_of(const ImportOptions& options) {
  json::object out;
  if (!options.maps.empty()) out["mapping"] = pairs_of(options.maps);
  if (!options.policies.empty()) out["policy"] = pairs_of(options.policies);
  if (!options.match.empty()) {
    json::array match;
    for (const auto field : split(options.match, ',')) match.emplace_back(trim(field));
    out["match"] = std::move(match);
  }
  if (!options.zone.empty()) out["time_zone"] = options.zone;
  out["source"] = {{"name", options.source.empty() ? options.file : options.source},
                   {"legal_basis", options.legal_basis},
                   {"obtained_at", options.obtained_at}};
  return out;
}

Result<imports::FileForm> file_form_of(const ImportOptions& options) {
  imports::FileForm out;
  if (!options.header_row.empty())
    out.header_row = TRY(imports::parse_header_row(options.header_row));
  if (!options.delimiter.empty()) out.delimiter = TRY(imports::parse_delimiter(options.delimiter));
  if (!options.encoding.empty()) out.encoding = TRY(imports::parse_file_encoding(options.encoding));
  if (!options.sheet.empty()) out.sheet = TRY(imports::parse_sheet(options.sheet));
  return out;
}

bool is_working(ImportStatus status) {
  return status == ImportStatus::checking || status == ImportStatus::running ||
         status == ImportStatus::reversing;
}

// Waits for the job, which this program or a server on the same data runs.
Result<imports::Import> wait_for(House& house, const access::Scope& scope, imports::ImportId id) {
  for (;;) {
    auto import = TRY(house.imports->get(scope, id));
    if (!is_working(import.status)) return import;
    std::this_thread::sleep_for(poll_interval);
  }
}

constexpr int errors_shown = 20;

std::int64_t failed_rows(const imports::Import& import) {
  const auto* n = import.counts.if_contains("failed");
  return n && n->is_number() ? n->to_number<std::int64_t>() : 0;
}

// The first of the rows that failed on stderr, all of them in the file that --errors names.
int tell_failed_rows(House& house, const imports::Import& import, const std::string& file) {
  for (const auto& error : house.imports->list_errors(import.id, 0, errors_shown))
    fmt::print(stderr, "row {}: {}{}{}{}\n", error.row, error.field,
               error.field.empty() ? "" : ": ", error.code,
               error.name.empty() ? "" : " \"" + error.name + '"');
  if (failed_rows(import) > errors_shown && file.empty())
    fmt::print(stderr, "{} rows failed in all; --errors FILE writes them\n", failed_rows(import));
  if (file.empty()) return exit_problems;
  std::FILE* out = std::fopen(file.c_str(), "wb");
  if (!out) return refuse(field_error("files/cannot_write", "--errors", file));
  bool good = true;
  imports::write_error_file(*house.imports, import, [&](std::string_view piece) {
    return good = std::fwrite(piece.data(), 1, piece.size(), out) == piece.size();
  });
  if (std::fclose(out) != 0 || !good)
    return refuse(field_error("files/cannot_write", "--errors", file));
  return exit_problems;
}

int print_import(const CommandLine& line, const imports::Import& import) {
  const bool failed = import.status == ImportStatus::failed;
  if (line.json) {
    json::object out{{"import", import.id.value},
                     {"batch", import.batch.value},
                     {"status", imports::status_name(import.status)},
                     {"counts", import.counts}};
    fmt::print("{}\n", json::serialize(out));
    return failed ? exit_refused : 0;
  }
  fmt::print("{}", imports::status_name(import.status));
  if (import.batch) fmt::print(", batch {}", import.batch.value);
  fmt::print("\n");
  for (const auto& [name, count] : import.counts)
    fmt::print("  {}: {}\n", std::string_view(name), json::serialize(count));
  return failed ? exit_refused : 0;
}

int import_file(House& house, const CommandLine& line, const ImportOptions& options) {
  const auto scope = command_scope("cli:import");
  const auto run = [&]() -> Result<imports::Import> {
    const auto id = TRY(house.imports->begin(scope, options.type, options.file, options.file,
                                             TRY(file_form_of(options))));
    TRY(house.imports->define(scope, id, definition_of(options)));
    TRY(options.dry_run ? house.imports->check_later(scope, id)
                        : house.imports->run_later(scope, id));
    house.imports->add_jobs();
    house.jobs->start(1);
    return wait_for(house, scope, id);
  };
  const auto import = run();
  if (!import) return refuse(import.error());
  const int status = print_import(line, *import);
  return status == 0 && failed_rows(*import) > 0 ? tell_failed_rows(house, *import, options.errors)
                                                 : status;
}

// Of the job and not of the import, which is reversed a moment before its numbers are there.
Result<work::Job> wait_for_job(House& house, JobId id) {
  for (;;) {
    auto job = TRY(house.database->read(
        [&](store::Session& session) { return house.jobs->get(session, id); }));
    if (job.status == work::JobStatus::done) return job;
    if (job.status == work::JobStatus::failed)
      return make_error(ErrorKind::unavailable, job.error_code);
    if (job.status == work::JobStatus::cancelled)
      return make_error(ErrorKind::conflict, "imports/cancelled");
    std::this_thread::sleep_for(poll_interval);
  }
}

int print_reversal(const CommandLine& line, std::int64_t batch, const work::Job& job) {
  json::object counts;
  for (const char* name : {"removed", "restored", "left", "conflicts"})
    if (const auto* count = job.result.if_contains(name)) counts[name] = *count;
  const auto* listed = job.result.if_contains("errors");
  const json::array refused = listed && listed->is_array() ? listed->get_array() : json::array();
  const auto status = imports::status_name(ImportStatus::reversed);
  if (line.json) {
    const json::object out{{"import", job.input.at("import")},
                           {"batch", batch},
                           {"status", status},
                           {"counts", counts},
                           {"refused", refused}};
    fmt::print("{}\n", json::serialize(out));
    return 0;
  }
  fmt::print("{}, batch {}\n", status, batch);
  for (const auto& [name, count] : counts)
    fmt::print("  {}: {}\n", std::string_view(name), json::serialize(count));
  for (const auto& one : refused) fmt::print("  refused: {}\n", json::serialize(one));
  return 0;
}

int reverse_batch(House& house, const CommandLine& line, std::int64_t batch) {
  const auto scope = command_scope("cli:import reverse");
  const auto run = [&]() -> Result<work::Job> {
    const auto started = TRY(house.imports->reverse_batch_later(scope, BatchId{batch}));
    house.imports->add_jobs();
    house.jobs->start(1);
    return wait_for_job(house, started.job);
  };
  const auto job = run();
  return job ? print_reversal(line, batch, *job) : refuse(job.error());
}

int export_type(House& house, const CommandLine& line, const ExportOptions& options) {
  const auto dictionary = house.dictionary.current();
  imports::Export wanted;
  wanted.type = dictionary->find(options.type);
  if (!wanted.type) return refuse(field_error("records/no_such_type", "type", "unknown"));
  const auto format = imports::parse_export_format(options.format);
  if (!format) return refuse(field_error("imports/invalid", "format", "csv_json_or_xlsx"));
  wanted.format = *format;
  records::NodePtr criteria;
  if (!options.filter.empty()) {
    auto parsed = records::parse_filter(options.filter);
    if (!parsed) return refuse(parsed.error());
    criteria = std::move(*parsed);
    wanted.shape = records::render_shape(*criteria);
    wanted.query.criteria = criteria.get();
  }
  const auto sink = [](std::string_view piece) {
    return std::fwrite(piece.data(), 1, piece.size(), stdout) == piece.size();
  };
  const auto count = imports::export_records(house.api_parts(), command_scope("cli:export"), wanted,
                                             file_in(house.config, "spool"), sink);
  if (!count) return refuse(count.error());
  // Standard output is the file.
  line.json ? fmt::print(stderr, "{{\"records\":{}}}\n", *count)
            : fmt::print(stderr, "{} records\n", *count);
  return 0;
}

}  // namespace

namespace {

int import_or_reverse(const CommandLine& line, const ImportOptions& options, bool reversing) {
  for (const auto* pairs : {&options.maps, &options.policies})
    for (const auto& text : *pairs)
      if (text.find('=') == text.npos || text.front() == '=')
        return refuse(field_error("imports/invalid", text, "reads: field=value"));
  return with_house(line, [&](House& house) {
    return reversing ? reverse_batch(house, line, options.batch)
                     : import_file(house, line, options);
  });
}

void add_import(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<ImportOptions>();
  auto* import = app.add_subcommand("import", "Import a file; prints the batch and the counts");
  import->require_subcommand(0, 1);
  auto* reverse = import->add_subcommand("reverse", "Take an import back, updates included");
  reverse->add_option("batch", options->batch, "Number of the batch")->required();
  import->add_option("type", options->type, "company, person, …");
  import->add_option("file", options->file, "CSV, XLSX or vCard file");
  import->add_option("--map", options->maps, "field=\"Column\"; without it columns are guessed");
  import->add_option("--header-row", options->header_row,
                     "N or none: which row names the columns; without it it is found");
  import->add_option("--delimiter", options->delimiter,
                     "Sign or tab: what divides the cells; without it it is found");
  import->add_option("--encoding", options->encoding,
                     "utf-8, utf-16, windows-1252, …; without it it is found");
  import->add_option("--sheet", options->sheet, "Of a workbook; default the first with rows");
  import->add_option("--zone", options->zone,
                     "Time zone of times without an offset; default that of the installation");
  import->add_option("--match", options->match, "field,…: what finds an existing record");
  import->add_option("--policy", options->policies, "field=always|if_empty|never");
  import->add_option("--source", options->source, "Where the data came from; default the file");
  import->add_option("--legal-basis", options->legal_basis, "Kept with every value");
  import->add_option("--obtained-at", options->obtained_at, "YYYY-MM-DD");
  import->add_option("--errors", options->errors, "Writes the rows that failed to this CSV file");
  import->add_flag("--dry-run", options->dry_run, "Count and check; store nothing");
  import->callback([&line, options, reverse] {
    const bool reversing = reverse->parsed();
  if (!reversing && (options->type.empty() || options->file.empty()))
    throw CLI::RequiredError("TYPE and FILE");
  line.chosen = [&line, options, reversing] {
    return import_or_reverse(line, *options, reversing);
  };
});
}  // namespace

void add_export(CLI::App& app, CommandLine& line) {
  const auto options = std::make_shared<ExportOptions>();
  auto* command = app.add_subcommand("export", "Write records to standard output");
  command->add_option("type", options->type, "company, person, …")->required();
  command->add_option("--filter", options->filter, "As in the API");
  command->add_option("--format", options->format, "csv, json or xlsx")->capture_default_str();
  command->callback([&line, options] {
    line.chosen = [&line, options] {
      return with_existing_house(line,
                                 [&](House& house) { return export_type(house, line, *options); });
    };
  });
}

}  // namespace fokus::app

void add_import_commands(CLI::App& app, CommandLine& line) {
  add_import(app, line);
  add_export(app, line);
}

}  // namespace fokus::app
