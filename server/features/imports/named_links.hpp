// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <boost/json.hpp>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "features/imports/match_lookup.hpp"

namespace fokus::imports {

// The cells of fields of kind `links`: "Anna Lund; anna@nordhavn.example; 17". Made for one chunk:
// what was found once is not asked for again. Within the right to read.
class NamedLinks {
 public:
  NamedLinks(const records::CriteriaContext& context, const records::FieldContext& fields)
      : context_(context), fields_(fields) {}

  // The ids that the cell names, by name, e-mail address (of types that have one) or id, in this
  // order of meaning. `current`: what the record has there, or null; of several of one name those
  // are meant that it has. Errors, with the name as param: "no_such_record", "ambiguous_match".
  Result<boost::json::array> ids_of(store::Session& session, const records::Field& field,
                                    std::string_view cell, const boost::json::value& current);
  // "Anna Lund; Bo Holm", as an export writes them.
  static std::string line_of(const boost::json::value& members);

 private:
  using Ids = std::vector<std::int64_t>;
  Result<Ids> find(store::Session& session, const records::Field& field, std::string_view entry);
  Ids find_by(store::Session& session, const records::RecordType& target, std::string_view by,
              std::string_view entry) const;

  const records::CriteriaContext& context_;
  const records::FieldContext& fields_;
  std::map<std::string, std::int64_t, std::less<>> found_;  // by type and entry
};

}  // namespace fokus::imports
