// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "app/openapi_operation.hpp"

namespace fokus::app {

// Every route once; those below /api/v1/{type} once for each record type of the dictionary, unless
// the type has nothing they could be about (no file field, nothing that links to it), or the router
// would take another route. Sorted by path.
std::vector<Operation> list_operations(const std::vector<access::Route>& routes,
                                       const records::Dictionary& dictionary);

// The OpenAPI 3.1 document of these routes, with the schemas of each record type. Every route is in
// it with its parameters, because both are made from the same table as the router. Throws
// std::runtime_error when a route's terms cannot be read.
std::string render_openapi(const std::vector<access::Route>& routes,
                           const records::Dictionary& dictionary);

// The document as it is served: made anew when the dictionary is another one. Thread-safe. Keeps
// the routes without their handlers.
class OpenapiDocument {
 public:
  OpenapiDocument(std::vector<access::Route> routes, const records::DictionaryHolder& dictionary);
  // With its ETag, so that a client asks again only for what has changed.
  net::Reply reply();

 private:
  const std::vector<access::Route> routes_;
  const records::DictionaryHolder& dictionary_;
  std::mutex mutex_;
  records::DictionaryPtr known_;
  std::string text_, tag_;
};

}  // namespace fokus::app
