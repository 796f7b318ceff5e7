// SPDX-License-Identifier: Apache-2.0
#include "features/worlds/worlds.hpp"

#include "features/worlds/seeds.hpp"
#include "store/statistics.hpp"

namespace fokus::worlds {

std::vector<std::string> list_worlds() {
  return {"demo", "test", "bench"};
}

Status seed_world(std::string_view name, const WorldParts& parts, const WorldOptions& options) {
  const auto known = list_worlds();
  if (std::find(known.begin(), known.end(), name) == known.end())
    return make_error(ErrorKind::not_found, "worlds/unknown");
  const auto users = parts.database.read(
      [](store::Session& session) { return session.query_integer("SELECT count(*) FROM users"); });
  if (users > 0) return make_error(ErrorKind::conflict, "worlds/not_empty");
  if (name == "bench") return load_bench_world(parts, options);
  const Instant now = parts.clock.now();
  TRY(play_plan(name == "demo" ? plan_demo_world(now) : plan_test_world(now), parts));
  store::renew_statistics(parts.database);
  return {};
}

std::vector<SignIn> list_sign_ins(std::string_view world) {
  if (world == "demo") return demo_sign_ins();
  if (world == "test") return test_sign_ins();
  if (world == "bench") return bench_sign_ins();
  return {};
}

}  // namespace fokus::worlds
