// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/time.hpp"

namespace fokus::worlds {

// A world before it is anywhere: what is saved, when and by whom. Plans are made by pure functions
// of a day, so that the same day gives the same world; play_plan() saves them.
using Slot = std::size_t;  // position of the step that creates a record
constexpr Slot no_slot = static_cast<Slot>(-1);

struct Link {
  std::string field;
  std::vector<Slot> slots;  // one, or several for a field of kind links
  bool several = false;
};

struct Step {
  Instant at;
  Slot author = no_slot;  // of a user; none: the program itself
  std::string type;
  boost::json::object values;
  std::vector<Link> links;
  Slot changes = no_slot;  // set: an update of that record
};

struct Account {
  Slot user = no_slot;
  std::string password, role;
  std::vector<Slot> other_groups;
};

struct Relation {
  std::string kind;
  Slot from = no_slot, to = no_slot;
  Slot author = no_slot;
  Instant at;
};

// A colleague who is asked to an appointment, and what they said: invited, accepted, declined,
// tentative.
struct Invitation {
  Slot activity = no_slot, user = no_slot, author = no_slot;
  std::string answer;
  Instant at;
};

struct Plan {
  std::vector<Step> steps;
  std::vector<Account> accounts;
  std::vector<Relation> relations;
  std::vector<Invitation> invitations;

  Slot add(Step step) {
    steps.push_back(std::move(step));
    return steps.size() - 1;
  }
};

// The order in time in which the steps are saved; steps of the same moment keep their order.
std::vector<Slot> order_of(const Plan& plan);

}  // namespace fokus::worlds
