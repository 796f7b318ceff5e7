// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "features/imports/imports.hpp"

namespace fokus::imports {

namespace limits {
constexpr int remembered_max = 200;  // of one user
constexpr std::size_t remembered_name_bytes_max = 100;
constexpr int remembered_offered = 10;  // beside an import
}  // namespace limits

using RememberedId = Id<struct RememberedTag>;

// What was once said of the files of a source: mapping, transforms, match keys, policies, legal
// basis, and which row or sheet holds the table.
struct Remembered {
  RememberedId id;
  std::string record_type, name;
  std::string fingerprint;  // of the columns' names
  boost::json::object definition;
  UserId created_by;
  bool is_shared = false;  // with everyone who may import
  Instant created_at, used_at;
};

// Equal for files with the same columns, whatever their order, case and spelling of spaces.
std::string fingerprint_of(const std::vector<std::string>& columns);

// Mappings under the names of their sources. A user sees their own and the shared ones; a shared
// one is removed by who made it and by who may `administer`. Every function wants the functional
// right `import`. Thread-safe. Errors: "imports/not_found", "imports/invalid" with name (required,
// too_long, not_utf8), "imports/too_many_remembered".
class RememberedMappings {
 public:
  RememberedMappings(const records::ApiParts& parts, Imports& imports)
      : parts_(parts), imports_(imports) {}

  // Of that type, or all; those used last first.
  std::vector<Remembered> list(const access::Scope& scope, std::string_view record_type) const;
  // Those for the type of the import, the ones with the same columns first: [{id, name, fits}].
  boost::json::array offers(const access::Scope& scope, const Import& import) const;
  // What is said of the import now. One of the user's own with that name is replaced.
  Result<RememberedId> keep(const access::Scope& scope, ImportId import, std::string_view name,
                            bool is_shared) const;
  // Says all of it of the import, but for columns that its file has not: their names.
  Result<std::vector<std::string>> apply(const access::Scope& scope, ImportId import,
                                         RememberedId id) const;
  Status remove(const access::Scope& scope, RememberedId id) const;

 private:
  Result<Remembered> get(const access::Scope& scope, RememberedId id) const;

  records::ApiParts parts_;
  Imports& imports_;
};

}  // namespace fokus::imports
