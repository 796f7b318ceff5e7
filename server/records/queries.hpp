// SPDX-License-Identifier: Apache-2.0
// What is asked of Records, and what it answers.
#pragma once
#include <string>
#include <vector>

#include "records/criteria.hpp"
#include "records/seen.hpp"

namespace fokus::records {

// A typed relation from one record to another: "knows", "is a customer of".
struct Relation {
  std::string kind;  // an item of the list relation_kind
  const RecordType& type;
  RecordId id;       // of the record at the far end
  std::string note;  // at most 500 bytes
};

// What a list call asks for.
struct ListQuery {
  const Node* criteria = nullptr;
  std::vector<SortKey> sort;        // empty: newest first
  std::vector<std::string> fields;  // empty: the type's list columns; paths across links allowed
  int limit = 50;                   // 1 … limits::page_max
  std::string cursor;               // of the page before
  std::int64_t skip = 0;            // rows after the cursor that are passed over
  bool bin = false;                 // archived records instead of live ones
  bool quick = false;               // counts: "at least" what a first look sees will do
  bool exports = false;             // only rows that the viewer may also export
  std::string q;                    // words that the record must match, as in the search box
};

// Which part of a timeline. Its order is time, kind, id, so that pages neither lose nor repeat what
// happened at the same moment. Errors: "records/bad_cursor", "records/invalid" with unknown_kind.
struct TimelineQuery {
  std::string cursor;  // of the page before
  int limit = 50;
  std::vector<std::string> kinds;  // record types, and "change"; empty: all
  std::string q;                   // words that the entry's texts hold, each of them
};

struct Page {
  std::vector<std::int64_t> ids;
  std::string next;  // empty at the end
  Seen seen;         // whom the rows name beside themselves
};

struct Count {
  std::int64_t value = 0;
  bool at_least = false;  // there are more than the cap
};

}  // namespace fokus::records
