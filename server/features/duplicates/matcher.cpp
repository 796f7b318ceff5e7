// SPDX-License-Identifier: Apache-2.0
#include "features/duplicates/matcher.hpp"

#include <algorithm>

#include "base/check.hpp"

namespace fokus::duplicates {
namespace {

double points_of(const Comparison& comparison, double similarity) {
  for (const auto& level : comparison.levels)
    if (similarity >= level.from) return level.points * comparison.weight;
  return comparison.differ * comparison.weight;
}

// The pair of values that are most alike speaks for the field.
Reason best_pair(const Comparison& comparison, const std::vector<Item>& a,
                 const std::vector<Item>& b) {
  Reason out;
  bool is_first = true;
  for (const auto& x : a) {
    for (const auto& y : b) {
      const Likeness likeness = compare(comparison.kind, x, y);
      if (!is_first && likeness.similarity <= out.likeness.similarity) continue;
      is_first = false;
      out.likeness = likeness;
      out.mine_field = x.field, out.mine_value = x.value;
      out.theirs_field = y.field, out.theirs_value = y.value;
    }
  }
  out.points = points_of(comparison, out.likeness.similarity);
  return out;
}

}  // namespace

Matcher::Matcher(Rules rules) : rules_(std::move(rules)) {
  const auto place = [&](const std::string& name) {
    const std::size_t at = index_of(name);
    if (at == fields_.size()) fields_.push_back(name);
    return at;
  };
  for (const auto& comparison : rules_.comparisons) {
    auto& indexes = comparison_fields_.emplace_back();
    for (const auto& field : comparison.fields) indexes.push_back(place(field));
  }
  for (const auto& key : rules_.keys)
    for (const auto& part : key.parts)
      for (const auto& field : part.fields) place(field);
}

std::size_t Matcher::index_of(std::string_view field) const {
  return static_cast<std::size_t>(std::find(fields_.begin(), fields_.end(), field) -
                                  fields_.begin());
}

Prepared Matcher::prepare(const Subject& subject) const {
  CHECK(subject.values.size() == fields_.size());
  Prepared out;
  for (std::size_t c = 0; c < rules_.comparisons.size(); ++c) {
    auto& items = out.items.emplace_back();
    for (std::size_t f = 0; f < comparison_fields_[c].size(); ++f) {
      const auto& values = subject.values[comparison_fields_[c][f]];
      for (std::size_t v = 0; v < values.size(); ++v) {
        Item item = make_item(rules_.comparisons[c].kind, values[v].folded);
        if (is_empty(item)) continue;
        item.field = static_cast<int>(f);
        item.value = static_cast<int>(v);
        items.push_back(std::move(item));
      }
    }
  }
  return out;
}

Match Matcher::match(const Prepared& a, const Prepared& b, const std::vector<bool>& is_left_out,
                     bool with_reasons) const {
  Match out;
  for (std::size_t c = 0; c < rules_.comparisons.size(); ++c) {
    if (c < is_left_out.size() && is_left_out[c]) continue;
    if (a.items[c].empty() || b.items[c].empty()) continue;
    Reason reason = best_pair(rules_.comparisons[c], a.items[c], b.items[c]);
    out.points += reason.points;
    if (!with_reasons) continue;
    reason.comparison = c;
    out.reasons.push_back(reason);
  }
  out.score = score_of(rules_, out.points);
  return out;
}

std::string_view certainty_of(const Rules& rules, int score) {
  if (score >= rules.certain_at) return "certain";
  return score >= rules.warn_at ? "likely" : "possible";
}

}  // namespace fokus::duplicates
