// SPDX-License-Identifier: Apache-2.0
#include "features/quality/rule_preview.hpp"

#include "features/quality/finding_json.hpp"
#include "records/rights.hpp"

namespace fokus::quality {
namespace {

namespace json = boost::json;
using records::Draft;
using records::SqlText;

constexpr int page = 1'000;
constexpr std::int64_t tried_max = 20'000;
constexpr std::size_t sample_max = 5;

class Preview {
 public:
  Preview(const FindingQuery& query, const records::RecordType& type, const Rule& rule)
      : query_(query),
        type_(type),
        rule_(rule),
        writer_(query),
        knowledge_(query.quality().knowledge()) {
    if (!rule.filter.empty())
      if (auto node = records::parse_filter(rule.filter)) node_ = std::move(*node);
  }

  Result<json::object> go() {
    bool has_more = true;
    while (has_more && tried_ < tried_max)
      has_more = TRY(query_.quality().parts().database.read(
          [&](store::Session& session) { return look(session); }));
    records::trace_read(query_.quality().parts(), query_.scope(), "list", type_, shown_, "quality");
    return json::object{{"count", count_}, {"capped", has_more}, {"sample", std::move(sample_)}};
  }

 private:
  // One page, the newest first; false when there is no more.
  Result<bool> look(store::Session& session) {
    const auto context = query_.context(session);
    SqlText sql{"SELECT t.id, " + type_.draft_columns + " FROM " + type_.table +
                    " t WHERE t.archived_at IS NULL AND t.id < ",
                {}};
    sql.text += sql.bind(before_) + " AND ";
    if (!records::append_rights(context, type_, access::Action::read, "t", sql)) sql.text += "1=1";
    if (node_) {
      sql.text += " AND (";
      TRY(records::append_criteria(context, type_, "t", *node_, sql));
      sql.text += ")";
    }
    sql.text += " ORDER BY t.id DESC LIMIT " + sql.bind(std::int64_t{page});
    const auto params = sql.params();
    int read = 0;
    for (auto rows = session.query(sql.text, store::Params(params)); rows->next(); ++read) {
      before_ = rows->integer(0);
      Draft draft(type_);
      records::read_draft(draft, *rows, 1);
      note(draft);
    }
    tried_ += read;
    return read == page;
  }

  void note(const Draft& draft) {
    const Subject subject(draft, nullptr);
    const auto hits = node_ ? std::vector<Hit>{filter_hit(rule_, subject)}
                            : find_hits(rule_, subject, *knowledge_);
    for (const auto& hit : hits) {
      const auto one = writer_.hit_json(type_, rule_, hit);
      if (!one) continue;
      ++count_;
      if (sample_.size() >= sample_max) continue;
      const auto* name = type_.find("name");
      const bool is_named = name && !records::is_masked(query_.scope(), *name);
      shown_.push_back(before_);
      sample_.push_back(
          json::object{{"id", before_},
                       {"name", is_named ? json::value(draft.text("name")) : json::value()},
                       {"field", one->at("field")},
                       {"value", one->at("value")},
                       {"suggestion", one->at("suggestion")}});
    }
  }

  const FindingQuery& query_;
  const records::RecordType& type_;
  const Rule& rule_;
  FindingWriter writer_;
  KnowledgePtr knowledge_;
  records::NodePtr node_;
  std::int64_t before_ = std::numeric_limits<std::int64_t>::max();
  std::int64_t tried_ = 0, count_ = 0;
  json::array sample_;
  std::vector<std::int64_t> shown_;
};

}  // namespace

Result<json::object> preview_rule(const FindingQuery& query, const records::RecordType& type,
                                  const Rule& rule) {
  return Preview(query, type, rule).go();
}

}  // namespace fokus::quality
