// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>

#include "base/json_writer.hpp"
#include "features/dashboards/answer_cache.hpp"
#include "features/dashboards/chart_rows.hpp"
#include "features/dashboards/question.hpp"
#include "records/api.hpp"

namespace fokus::dashboards {

struct AnswerContext {
  const records::Records& records;
  const store::Statements& statements;
  const records::Dictionary& dictionary;
  const access::Scope& scope;
  store::Session& session;
  Instant now;
};

// Asks for the numbers or rows of one question and writes them down. Not for other rooms.
class AnswerWriter {
 public:
  AnswerWriter(const AnswerContext& context, const Definition& definition, Question& question,
               CachedAnswer& out)
      : c_(context), d_(definition), q_(question), out_(out), json_(out.body) {}

  Status write();

 private:
  // Where the number of records behind a measure stands among the values; none: all of the group.
  struct Behind {
    std::optional<std::size_t> count;
    const records::Node* where = nullptr;
  };

  void write_head();
  void write_measures();
  void write_groups_head();
  Status write_list();
  Status write_chart();
  void add_counts();
  bool is_own_amount() const;
  Status split_by_currency();
  Status count_currencies(const records::Node& criteria, const std::string& path,
                          std::map<std::string, std::int64_t>& counts);
  void settle_units(const records::Aggregate& found);
  store::Value worth(std::size_t at, const store::Value& value) const;
  const std::string& currency_of(std::size_t at) const;
  void write_currency();
  Result<records::Aggregate> ask(const records::Node& criteria, bool all_groups);
  void write_row(const ComparedRow& one);
  void write_key(std::size_t at, const records::GroupKey& key);
  void write_cells(std::string_view name, const ChartRow& row, const records::Node& base);
  void write_others(const records::Aggregate& found, records::NodePtr shown);
  void write_total(const records::Aggregate& found,
                   const std::optional<records::Aggregate>& before);
  void write_comparison();
  void remember_names(const std::vector<ComparedRow>& rows);
  void remember_count(std::int64_t count);
  std::string path_label(std::string_view path) const;
  const records::Field* field_at(std::string_view path) const;

  const AnswerContext& c_;
  const Definition& d_;
  Question& q_;
  CachedAnswer& out_;
  JsonWriter json_;
  std::size_t asked_ = 0;  // measures of the definition; counts follow them
  std::vector<Behind> behind_;
  std::vector<records::MeasureUnit> units_;
  std::string currency_;
  std::vector<records::MeasureUnit> stored_units_;  // as the engine gives the values
  std::vector<std::string> own_;                    // the currency of each figure, when they differ
  std::size_t currencies_left_out_ = 0;
};

// Compiles each member of a definition by itself, so that a refusal names the member.
Status check_members(const records::ApiParts& parts, const records::Dictionary& dictionary,
                     const access::Scope& scope, store::Session& session,
                     const Definition& definition, const records::RecordType& type);

}  // namespace fokus::dashboards
