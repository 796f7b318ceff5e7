// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <unordered_map>
#include <vector>

#include "features/duplicates/duplicates.hpp"

namespace fokus::duplicates {

// What one blocking key gave in a scan.
struct KeyFigures {
  std::string key;
  std::int64_t blocks = 0;                // with two records and more
  std::int64_t pairs = 0;                 // compared
  std::int64_t largest = 0, skipped = 0;  // blocks beyond limits::scan_block_max
};

// A scan that is asked for before all records have their keys has them built and waits.
constexpr std::string_view keys_missing = "duplicates/keys_missing";

// The job "duplicate_scan": walks the blocks of one key after the other, compares what meets there
// and keeps the pairs of score keep_at and more. A step is one read, one comparison in memory and
// one write with the position; a scan that is interrupted goes on behind the last step. Sees all
// records; what it keeps is read with the rights of who looks.
class Scan {
 public:
  Scan(const Duplicates& duplicates, work::Run& run);
  Result<boost::json::object> go();

 private:
  struct Block {
    std::vector<std::int64_t> records;
  };
  struct Step {
    std::vector<Block> blocks;
    std::int64_t last = 0;  // the block that the next step begins behind; 0: the key is through
  };
  struct Found {
    std::int64_t left, right;
    int score, open_score;
  };

  bool has_keys() const;
  Error wait_for_keys();
  void begin();
  bool scan_key(std::size_t key);
  Step read_step(std::size_t key, KeyFigures& figures) const;
  std::vector<Found> compare(const std::vector<Block>& blocks, KeyFigures& figures) const;
  void store_step(const std::vector<Found>& found);
  void finish();
  boost::json::object state() const;
  boost::json::array keys_json() const;

  const Duplicates& duplicates_;
  const records::ApiParts& parts_;
  work::Run& run_;
  records::DictionaryPtr dictionary_;
  const records::RecordType* type_ = nullptr;
  TypeRulesPtr rules_;
  LeftOut masked_;
  std::int64_t scan_ = 0, at_ = 0, found_ = 0;
  std::size_t key_ = 0;
  std::vector<KeyFigures> figures_;
};

}  // namespace fokus::duplicates
