// SPDX-License-Identifier: Apache-2.0
#include "records/visible_names.hpp"

namespace fokus::records {
namespace {

std::optional<std::string> read_name(store::Session& session, const CriteriaContext& context,
                                     const RecordType& type, std::int64_t id) {
  SqlText sql{"SELECT t.name FROM " + type.table + " t WHERE t.archived_at IS NULL AND t.id = ",
              {}};
  sql.text += sql.bind(id) + " AND ";
  if (!append_rights(context, type, access::Action::read, "t", sql)) sql.text += "1=1";
  const auto params = sql.params();
  auto rows = session.query(sql.text, store::Params(params));
  if (!rows->next()) return std::nullopt;
  return std::string(rows->text(0));
}

}  // namespace

std::optional<std::string> VisibleNames::name_of(const RecordType& type, std::int64_t id) {
  const auto [at, fresh] = known_.try_emplace({type.name, id});
  if (fresh) at->second = read_name(session_, context_, type, id);
  return at->second;
}

}  // namespace fokus::records
