// SPDX-License-Identifier: Apache-2.0
// What the files of this folder share. Not for other rooms.
#pragma once
#include "features/worlds/plan.hpp"
#include "features/worlds/worlds.hpp"

namespace fokus::worlds {

Plan plan_test_world(Instant now);
Plan plan_demo_world(Instant now);
std::vector<SignIn> test_sign_ins();
std::vector<SignIn> demo_sign_ins();
std::vector<SignIn> bench_sign_ins();

// Saves a plan through the record engine, each step at its own time and as its own author.
Status play_plan(const Plan& plan, const WorldParts& parts);

// Loads the bench world with statements of its own: the save recipe would take an hour for it.
// Writes the same columns, contact points and search entries as the recipe, but no history.
Status load_bench_world(const WorldParts& parts, const WorldOptions& options);

}  // namespace fokus::worlds
