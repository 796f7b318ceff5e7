// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "net/call.hpp"

namespace fokus::net {

constexpr std::size_t method_count = 10;
std::string_view method_name(Method method);

// Finds the route of a path: a literal segment wins over "{param}", which wins over "{rest...}".
// Fixed once the server runs, then safe for all threads.
class Router {
 public:
  Router();
  ~Router();
  Router(Router&&) noexcept;

  // Throws std::runtime_error for a malformed pattern or one that is already there.
  void add(Method method, std::string_view pattern, std::size_t route);

  struct Match {
    std::optional<std::size_t> route;
    std::map<std::string, std::string> params;
    std::array<bool, method_count> allowed{};  // methods that some route of this path has
    bool has_path() const;                     // then a missing route means 405, not 404
    std::string allow() const;                 // the value of the Allow header
  };
  // A HEAD takes the GET route when it has none of its own.
  Match find(Method method, const std::vector<std::string>& segments) const;

 private:
  struct Leaf {
    std::size_t route = 0;
    std::vector<std::string> names;
  };
  struct Node;
  struct Search;
  void descend(const Node& node, std::size_t depth, Search& search) const;
  void arrive(const Node& node, Search& search) const;
  void take_rest(const Node& node, std::size_t depth, Search& search) const;

  std::unique_ptr<Node> root_;
};

}  // namespace fokus::net
