// SPDX-License-Identifier: Apache-2.0
#include <algorithm>

#include "features/merge/bulk_merge.hpp"
#include "features/merge/merge_values.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;

// Each points at one that is the same, the smallest of all at itself.
class SameOnes {
 public:
  std::int64_t root_of(std::int64_t id) {
    std::int64_t root = id;
    while (next(root) != root) root = next(root);
    while (next(id) != root) {
      const std::int64_t after = next(id);
      next_[id] = root;
      id = after;
    }
    return root;
  }
  void join(std::int64_t a, std::int64_t b) {
    const std::int64_t one = root_of(a), other = root_of(b);
    next_[std::max(one, other)] = std::min(one, other);
  }
  std::vector<std::int64_t> ids() const {
    std::vector<std::int64_t> out;
    for (const auto& [id, other] : next_) out.push_back(id);
    return out;
  }

 private:
  std::int64_t next(std::int64_t id) { return next_.try_emplace(id, id).first->second; }
  std::map<std::int64_t, std::int64_t> next_;
};

std::int64_t filled(const records::RecordType& type, const records::RecordImage& image) {
  return std::count_if(type.fields.begin(), type.fields.end(), [&](const records::Field& field) {
    return is_chosen(field) && !is_blank(image, field.name);
  });
}

}  // namespace

Grouping group_pairs(const Pairs& pairs) {
  SameOnes same;
  for (const auto& [a, b] : pairs) same.join(a, b);
  std::map<std::int64_t, std::vector<std::int64_t>> groups;
  for (const auto id : same.ids()) groups[same.root_of(id)].push_back(id);
  Grouping out;
  for (auto& [root, group] : groups) {
    if (group.size() < 2) continue;
    if (group.size() > limits::records_max)
      out.too_large += static_cast<std::int64_t>(group.size());
    else
      out.groups.push_back(std::move(group));
  }
  return out;
}

Result<Pairs> parse_pairs(const json::object& input) {
  const auto* given = input.if_contains("pairs");
  if (!given) return invalid("pairs", "required");
  if (!given->is_array()) return invalid("pairs", "not_a_list");
  if (given->get_array().size() > limits::pairs_max) return invalid("pairs", "too_many");
  Pairs out;
  for (const auto& one : given->get_array()) {
    const bool shaped = one.is_array() && one.get_array().size() == 2 &&
                        one.get_array()[0].is_int64() && one.get_array()[1].is_int64();
    if (!shaped) return invalid("pairs", "not_a_pair");
    out.emplace_back(one.get_array()[0].get_int64(), one.get_array()[1].get_int64());
  }
  if (out.empty()) return invalid("pairs", "required");
  return out;
}

Result<MergeOrder> plan_group(const Merges& merges, store::Session& session,
                              const access::Scope& scope, const records::RecordType& type,
                              const std::vector<std::int64_t>& group) {
  MergeOrder order;
  order.type = &type;
  std::int64_t most = -1;
  for (const auto id : group) {
    const auto image = TRY(merges.merging().look(session, scope, type, RecordId{id}));
    const std::int64_t known = filled(type, image);
    if (known > most) most = known, order.keep = RecordId{id};
  }
  for (const auto id : group)
    if (id != order.keep.value) order.merge.push_back(RecordId{id});
  TRY(merges.check(order));
  return order;
}

}  // namespace fokus::merge
