// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "records/criteria.hpp"

namespace fokus::records {

// Where a dotted path of a criteria tree leads in the dictionary. Pointers live as long as it.

// One link followed on the way.
struct LinkStep {
  const RecordType* from;
  const Field* field;  // link, user, group or links
  const RecordType* to;
};

// "company.category", "address.city", "amount.currency": the field at the end. A part of an address
// or of money counts as a field of its own kind.
struct FieldPath {
  std::vector<LinkStep> steps;
  FieldKind kind;
  int scale = 0;
  std::string column;  // main column; the folded twin is <column>_f, the base amount <column>_base
  const Field* field;  // as declared
  std::string part;    // "city", "currency"; empty for the field itself
  const RecordType* owner;  // the type that has the field
};

// "sales", "company.sales", "members", "contact_points": the many rows an any(…) looks into.
struct ListPath {
  enum class Kind { backlink, links, contact_points } kind;
  std::vector<LinkStep> steps;
  const RecordType* from;
  const RecordType* to;
  const Field* field;  // backlink: the link in `to`; links: the field in `from`
};

// Errors: "criteria/unknown_field", "criteria/masked_field", with the path.
Result<FieldPath> resolve_field(const CriteriaContext& context, const RecordType& type,
                                std::string_view path);
Result<ListPath> resolve_list(const CriteriaContext& context, const RecordType& type,
                              std::string_view path);

// The rows of the table contact_points in the shape of a record type: kind, label, value,
// is_primary.
const RecordType& contact_point_type();

// What the ids of a link are: also a `link` to users or groups takes me and my_group.
FieldKind kind_of_ids(const FieldPath& field);

Error criteria_error(std::string_view code, std::string_view path);

}  // namespace fokus::records
