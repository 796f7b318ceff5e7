// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <unordered_map>

#include "features/worlds/names.hpp"

namespace fokus::worlds::bench {

struct Sizes {
  std::int64_t companies, persons, sales, activities;
};
Sizes sizes_at(double scale);

constexpr int owner_count = 50;
constexpr int group_count = 8;

// The records of the bench world by number, from 1. Pure: the same number is the same record.
struct Company {
  Culture culture;
  std::string name, business, domain, phone;
  std::int64_t owner;
};
struct Person {
  Culture culture;
  std::string first, last, email, phone, mobile;
  std::string_view job_title;
  std::int64_t company, owner;
};
Company company_at(const Sizes& sizes, std::int64_t id);
Person person_at(const Sizes& sizes, std::int64_t id);
std::int64_t company_of_person(const Sizes& sizes, std::int64_t person);
std::int64_t draw_owner(Draw& draw);  // few own most
inline std::int64_t group_of(std::int64_t owner) {
  return (owner - 1) % group_count + 1;
}

}  // namespace fokus::worlds::bench
