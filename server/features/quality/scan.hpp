// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/quality/quality.hpp"

namespace fokus::quality {

// The jobs "quality_scan" and "quality_night": look at all records, page by page, each page one
// transaction together with the place where it goes on; then count the scores of the day.
// Input: {"type": "person"}, or nothing for all types.
class Scan {
 public:
  Scan(const Quality& quality, work::Run& run);
  Result<boost::json::object> go();

 private:
  std::vector<std::string> types_to_do() const;
  void begin();
  bool scan_type(const std::string& name);
  void finish_type(const records::RecordType& type, std::int64_t records);
  void save(store::Transaction& tx);

  const Quality& quality_;
  const records::ApiParts& parts_;
  work::Run& run_;
  std::vector<std::string> types_;
  std::string type_;        // under way, or the last one that is through
  std::int64_t after_ = 0;  // its last record that was looked at
  std::int64_t records_ = 0, of_type_ = 0, total_ = 0;
};

}  // namespace fokus::quality
