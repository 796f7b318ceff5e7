// SPDX-License-Identifier: Apache-2.0
#include "records/record_watch.hpp"

#include "records/inner.hpp"

namespace fokus::records {

DraftedRecord draft_record(const FieldContext& context, const Scope& scope, const RecordType& type,
                           const boost::json::object& values) {
  DraftedRecord out{Draft(type), {}};
  boost::json::object readable;
  for (const auto& [name, value] : values) {
    if (parse_input(context, scope, out.draft, {{name, value}}).ok())
      readable[name] = value;
    else
      out.is_whole = false;
  }
  if (auto points = parse_contact_points(readable, type); !points)
    readable.erase("contact_points"), out.is_whole = false;
  else if (*points)
    out.points = std::move(**points);
  if (type.contact_points) merge_contact_points(out.draft, readable, out.points);
  compute_fields(out.draft);
  out.is_whole = out.is_whole && check_required(out.draft).ok();
  return out;
}

}  // namespace fokus::records
