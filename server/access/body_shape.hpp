// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json/fwd.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace fokus::access {

// The members that a JSON body may have, of the notation in Terms::body. What a notation leaves
// open
// ("object", "any", "$name") may hold anything; whether a value is of its kind the handler says.
class BodyShape {
 public:
  static BodyShape parse(std::string_view notation);

  bool is_open() const { return !is_object_ && !items_; }
  // The first member that the notation does not have, as a path: "tiles.0.colour".
  std::optional<std::string> unknown_member(const boost::json::value& body) const;

 private:
  struct Member;
  class Reader;

  bool is_object_ = false;
  std::shared_ptr<const std::vector<Member>> members_;  // shared by the copies of a route
  std::shared_ptr<const BodyShape> items_;              // of a list; likewise
};

}  // namespace fokus::access
