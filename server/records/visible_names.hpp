// SPDX-License-Identifier: Apache-2.0
// What other records are called, as far as the viewer may know. Not for other rooms.
#pragma once
#include <map>
#include <optional>
#include <string>

#include "records/records.hpp"

namespace fokus::records {

// One call's look-ups; each record is asked for once.
class VisibleNames {
 public:
  VisibleNames(store::Session& session, const CriteriaContext& context)
      : session_(session), context_(context) {}

  // Nothing when the record is in the bin, gone, or not to be seen.
  std::optional<std::string> name_of(const RecordType& type, std::int64_t id);

 private:
  store::Session& session_;
  const CriteriaContext& context_;
  std::map<std::pair<std::string, std::int64_t>, std::optional<std::string>> known_;
};

}  // namespace fokus::records
