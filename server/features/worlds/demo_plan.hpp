// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "features/worlds/draw.hpp"
#include "features/worlds/names.hpp"
#include "features/worlds/plan.hpp"

namespace fokus::worlds::demo {

constexpr int days_back = 730;
constexpr int company_count = 400;
constexpr int person_count = 900;
constexpr int sale_count = 700;
constexpr int project_count = 60;
constexpr int document_count = 350;
constexpr int activity_count = 5000;  // beside the series
constexpr int series_count = 6;
constexpr const char* password = "nordlys inventar demo";

struct Customer {
  Slot slot = no_slot;
  std::string name, domain;
  Culture culture = Culture::danish;
  Slot owner = no_slot;
  Instant since;
  std::vector<Slot> persons;
};
struct Person {
  Slot slot = no_slot;
  std::size_t customer = 0;
};
struct Sale {
  Slot slot = no_slot, person = no_slot, owner = no_slot;
  std::size_t customer = 0;
  Instant opened, closed;  // closed: also when it is expected to
  std::string name, status;
};

// The demo company in the making. Each file of this folder named demo_*.cpp adds one part, in the
// order of plan_demo_world(); later parts lean on earlier ones.
struct Company {
  explicit Company(Instant now);
  void add_staff();
  void add_products();
  void add_customers();
  void add_persons();
  void add_sales();
  void add_projects();
  void add_documents();
  void add_activities();
  void add_series();
  void add_relations();

  // A working hour of that many days after today (negative: before), Copenhagen time.
  Instant work_time(Draw& draw, int day) const;
  // A weekday between two moments; busy months come more often.
  Instant busy_time(Draw& draw, Instant from, Instant to) const;
  std::string day_text(Instant at) const;
  Slot user(std::string_view email) const;
  std::vector<Slot> users_of(std::string_view group) const;
  // Most of those who are asked come; the author is not asked.
  void invite(Draw& draw, Slot activity, Slot author, const std::vector<Slot>& asked);

  Instant now, start;
  Date today;
  Draw dice{"demo"};
  Plan plan;
  std::vector<Slot> groups, users, products;
  std::vector<Customer> customers;
  std::vector<Person> persons;
  std::vector<Sale> sales;
  std::vector<std::pair<Slot, std::size_t>> projects;  // with the index of the customer
};

boost::json::object dkk(std::int64_t minor_units);

}  // namespace fokus::worlds::demo
