// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <span>
#include <string_view>

// What the people of Nordlys Inventar A/S sell, plan and write. Tables, in Danish as they would.
namespace fokus::worlds::demo {

struct User {
  std::string_view name, email, title, group, role;
};
struct Product {
  std::string_view code, name, family, unit;
  int price;  // DKK
};
struct Talk {
  std::string_view kind, title;
};

extern const std::span<const std::string_view> groups;
extern const std::span<const User> users;
extern const std::span<const Product> products;
extern const std::span<const std::string_view> sale_names;  // "{}": the company
extern const std::span<const Talk> sale_talks;              // around a sale
extern const std::span<const Talk> service_talks;           // after it
extern const std::span<const Talk> office_talks;            // about nobody
extern const std::span<const std::string_view> notes;
extern const std::span<const std::string_view> project_names;
extern const std::span<const std::string_view> company_notes;
extern const std::span<const std::string_view> competitors;

}  // namespace fokus::worlds::demo
