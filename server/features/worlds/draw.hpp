// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <cstdint>
#include <span>
#include <string_view>

namespace fokus::worlds {

// The dice of a world: the same throws for the same seed on every machine and in every release.
// (The standard library's distributions may differ between versions; these are our own.)
class Draw {
 public:
  explicit Draw(std::uint64_t seed) : state_(seed) {}
  explicit Draw(std::string_view name);
  // Independent dice for item n, so that a change in one place does not shift the rest of the
  // world.
  Draw fork(std::uint64_t n) const;

  std::uint64_t next();
  double unit();                                         // 0 <= x < 1
  std::int64_t below(std::int64_t n);                    // 0 … n - 1
  std::int64_t between(std::int64_t a, std::int64_t b);  // both included
  bool chance(double probability) { return unit() < probability; }
  // 0 … n - 1, where small numbers are much more common: share of the first k is (k/n)^(1/skew).
  std::int64_t skewed(std::int64_t n, double skew = 2.0);
  // Around 1, mostly 0.4 to 2.5, sometimes far more: amounts of money, sizes of companies.
  double factor();
  // An index, as often as its weight says.
  std::size_t weighted(std::span<const int> weights);

  template <class List>
  const auto& pick(const List& list) {
    return list[static_cast<std::size_t>(below(static_cast<std::int64_t>(std::size(list))))];
  }

 private:
  std::uint64_t state_;
};

}  // namespace fokus::worlds
