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
// or of money counts as a field of its own kind. "amount.minor" is the amount as it was entered: a
// whole number of the smallest units of its own currency.
struct FieldPath {
  std::vector<LinkStep> steps;
  FieldKind kind;
  int scale = 0;
  std::string column;  // main column; the folded twin is <column>_f, the base amount <column>_base
  const Field* field;  // as declared
  std::string part;    // "city", "currency", "minor"; empty for the field itself
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

// "source(company.address)", "notice(due_on)": what rows beside the record's own say of it.
struct OriginField {
  std::vector<LinkStep> steps;
  const RecordType* owner;  // whose value it is
  std::string field;        // "address", "contact_points"; empty for a notice
  FieldPath told;           // of `sources`, `value_origins` or `notice_duties`, without steps
  bool is_notice() const { return field.empty(); }
};
// Also "criteria/masked_field" where the field itself may not be read.
Result<OriginField> resolve_origin(const CriteriaContext& context, const RecordType& type,
                                   std::string_view path);
// What a comparison is about: a field, or what is told of its origin, with the links to it.
Result<FieldPath> resolve_compared(const CriteriaContext& context, const RecordType& type,
                                   std::string_view path);

// The rows of the table contact_points in the shape of a record type: kind, label, value,
// is_primary.
const RecordType& contact_point_type();

// What the ids of a link are: also a `link` to users or groups takes me and my_group.
FieldKind kind_of_ids(const FieldPath& field);

Error criteria_error(std::string_view code, std::string_view path);

}  // namespace fokus::records
