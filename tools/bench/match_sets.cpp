// SPDX-License-Identifier: Apache-2.0
#include "match_sets.hpp"

#include <map>

#include "base/text.hpp"
#include "features/duplicates/names.hpp"
#include "features/imports/csv_reader.hpp"
#include "platform/locale.hpp"

namespace fokus::bench {
namespace {

using Cells = std::map<std::string, std::string>;

std::vector<Cells> read_csv(const std::string& path) {
  auto source = imports::open_file_source(path);
  if (!source) return {};
  imports::CsvReader reader(std::move(source), {});
  std::vector<std::string> header;
  std::vector<Cells> out;
  for (imports::CsvRow row; reader.next(row);) {
    if (header.empty()) {
      for (const auto cell : row.cells) header.emplace_back(trim(cell));
      continue;
    }
    auto& cells = out.emplace_back();
    for (std::size_t i = 0; i < row.cells.size() && i < header.size(); ++i)
      cells[header[i]] = std::string(trim(row.cells[i]));
  }
  return out;
}

duplicates::Subject subject_of(const duplicates::Matcher& matcher, std::int64_t id) {
  duplicates::Subject out;
  out.id = id;
  out.values.resize(matcher.fields().size());
  return out;
}

void set(const duplicates::Matcher& matcher, duplicates::Subject& subject, std::string_view field,
         duplicates::FoldedValue value) {
  const bool is_empty = value.text.empty() && value.postcode.empty() && value.city.empty();
  if (const auto at = matcher.index_of(field); at < subject.values.size() && !is_empty)
    subject.values[at].push_back({std::move(value), {}});
}

std::string joined(const std::vector<std::string>& words) {
  return join(words, " ");
}

std::string date_of(const std::string& digits) {
  if (digits.size() != 8) return {};
  return digits.substr(0, 4) + "-" + digits.substr(4, 2) + "-" + digits.substr(6);
}

}  // namespace

std::optional<Set> read_febrl(const duplicates::Matcher& persons, const std::string& folder) {
  Set out{"Febrl 3 (persons)", "same name and postcode", {}};
  for (auto& cells : read_csv(folder + "/febrl3.csv")) {
    Row row{subject_of(persons, static_cast<std::int64_t>(out.rows.size()) + 1), {}, {}};
    const std::string name = fold(cells["given_name"] + " " + cells["surname"]);
    set(persons, row.subject, "name", {name, {}, {}});
    set(persons, row.subject, "address",
        {fold(cells["street_number"] + " " + cells["address_1"]), fold(cells["postcode"]),
         fold(cells["suburb"])});
    set(persons, row.subject, "birth_date", {date_of(cells["date_of_birth"]), {}, {}});
    const auto& id = cells["rec_id"];  // rec-17-org, rec-17-dup-0
    row.cluster = id.substr(0, id.find('-', 4));
    row.baseline = name.empty() ? "" : name + "|" + fold(cells["postcode"]);
    out.rows.push_back(std::move(row));
  }
  if (out.rows.empty()) return std::nullopt;
  return out;
}

std::optional<Set> read_restaurants(const duplicates::Matcher& companies,
                                    const std::string& folder) {
  Set out{"Restaurants (companies)", "same name and city", {}};
  for (auto& cells : read_csv(folder + "/restaurants-with-clusters.csv")) {
    Row row{subject_of(companies, static_cast<std::int64_t>(out.rows.size()) + 1), {}, {}};
    const std::string name = fold(cells["name"]);
    set(companies, row.subject, "name", {name, {}, {}});
    set(companies, row.subject, "address", {fold(cells["address"]), {}, fold(cells["city"])});
    row.cluster = cells["unique_id"];
    row.baseline = joined(duplicates::words_of(name)) + "|" + fold(cells["city"]);
    out.rows.push_back(std::move(row));
  }
  if (out.rows.empty()) return std::nullopt;
  return out;
}

}  // namespace fokus::bench
