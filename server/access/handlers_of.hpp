// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <utility>

#include "access/route.hpp"

namespace fokus::access {

// What makes handlers of the members of one object, which lives as long as they do:
//   const auto to = handlers_of(std::make_shared<WatchApi>(notifications));
//   … to(&WatchApi::list) …
template <class Api>
auto handlers_of(std::shared_ptr<Api> api) {
  return [api = std::move(api)](Result<net::Reply> (Api::*member)(Visit&) const) -> Handler {
    return [api, member](Visit& visit) { return ((*api).*member)(visit); };
  };
}

}  // namespace fokus::access
