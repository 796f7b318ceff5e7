// SPDX-License-Identifier: Apache-2.0
#include "features/worlds/draw.hpp"

#include <cmath>

#include "base/check.hpp"

namespace fokus::worlds {

Draw::Draw(std::string_view name) : state_(0xcbf29ce484222325) {
  for (const char c : name) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3;
}

Draw Draw::fork(std::uint64_t n) const {
  Draw child(state_ ^ (n + 1) * 0x9e3779b97f4a7c15);
  child.next();
  return child;
}

// SplitMix64: every seed is a good seed, and a fork costs nothing.
std::uint64_t Draw::next() {
  std::uint64_t z = (state_ += 0x9e3779b97f4a7c15);
  z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
  z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
  return z ^ (z >> 31);
}

double Draw::unit() {
  return static_cast<double>(next() >> 11) * 0x1.0p-53;
}

std::int64_t Draw::below(std::int64_t n) {
  CHECK(n > 0);
  return static_cast<std::int64_t>(next() % static_cast<std::uint64_t>(n));
}

std::int64_t Draw::between(std::int64_t a, std::int64_t b) {
  return a + below(b - a + 1);
}

std::int64_t Draw::skewed(std::int64_t n, double skew) {
  return static_cast<std::int64_t>(static_cast<double>(n) * std::pow(unit(), skew));
}

double Draw::factor() {
  const double bell = unit() + unit() + unit() + unit() - 2.0;  // near a bell, deviation 0.58
  return std::exp(bell * 1.25);
}

std::size_t Draw::weighted(std::span<const int> weights) {
  std::int64_t sum = 0;
  for (const int weight : weights) sum += weight;
  std::int64_t at = below(sum);
  for (std::size_t i = 0; i < weights.size(); ++i)
    if ((at -= weights[i]) < 0) return i;
  return weights.size() - 1;
}

}  // namespace fokus::worlds
