// SPDX-License-Identifier: Apache-2.0
#include "records/wholes.hpp"

#include "records/rights.hpp"

namespace fokus::records {

Status check_whole(store::Session& session, const CriteriaContext& context, const RecordType& part,
                   std::int64_t whole, access::Action action) {
  if (part.part_of.empty()) return {};
  const RecordType* type = context.dictionary.find(part.find(part.part_of)->target);
  SqlText sql{"SELECT 1 FROM " + type->table + " t WHERE t.id = ", {}};
  sql.text += sql.bind(whole) + " AND ";
  if (!append_rights(context, *type, action_on_whole(action), "t", sql)) return {};
  const auto params = sql.params();
  if (session.query(sql.text, store::Params(params))->next()) return {};
  return make_error(ErrorKind::forbidden, "records/forbidden");
}

}  // namespace fokus::records
