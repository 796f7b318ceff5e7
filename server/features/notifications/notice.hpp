// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <array>
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/id.hpp"
#include "base/time.hpp"
#include "store/database.hpp"
#include "store/statements.hpp"

// One thing that a user is told.
namespace fokus::notifications {

namespace kinds {
constexpr std::string_view reminder = "reminder";      // an appointment begins soon
constexpr std::string_view task_due = "task_due";      // a task is due
constexpr std::string_view invited = "invited";        // to an appointment
constexpr std::string_view answered = "answered";      // an invitation to one's own appointment
constexpr std::string_view moved = "moved";            // an appointment that one is to attend
constexpr std::string_view cancelled = "cancelled";    // likewise
constexpr std::string_view assigned = "assigned";      // a record has become one's own
constexpr std::string_view changed = "changed";        // a record that one watches
constexpr std::string_view job_done = "job_done";      // work that one had asked for
constexpr std::string_view job_failed = "job_failed";  // likewise
constexpr std::string_view quality_weekly = "quality_weekly";  // how good one's records are
constexpr std::string_view alert = "alert";  // a number of a dashboard crossed a value
}  // namespace kinds
inline constexpr std::array all_kinds = {kinds::reminder,   kinds::task_due, kinds::invited,
                                         kinds::answered,   kinds::moved,    kinds::cancelled,
                                         kinds::assigned,   kinds::changed,  kinds::job_done,
                                         kinds::job_failed, kinds::alert,    kinds::quality_weekly};

namespace limits {
constexpr std::int64_t keep_ms = 90 * ms_per_day;
constexpr std::int64_t gather_ms = 10 * ms_per_minute;  // in which what is alike becomes one
constexpr std::size_t fields_max = 5;                   // named of one change
constexpr std::int64_t watches_max = 1000;              // of one user
constexpr int page_default = 30, page_max = 200;
constexpr std::int64_t count_cap = 999;  // unread ones beyond it are not counted
}  // namespace limits

struct Notice {
  UserId user;
  std::string_view kind;
  std::string record_type;  // empty: about no record
  std::int64_t record = 0;
  std::int64_t by = 0;  // whose act it was; 0: nobody's
  // What the sentence needs beside the record's name, and never a value of the record: moments,
  // names of fields, "count".
  boost::json::object params;
  std::string once;  // told only once under this key, if not empty
};

// How a notice joins one of its kind by the same user that was not read yet, and is not older than
// gather_ms. The later one takes the place of the earlier.
enum class Gather {
  none,
  record,  // of the same record: names of fields add up
  type     // of any record of the type: params "count" says of how many
};

// Tells the user, and the user's open browsers after the commit. Without effect for what the user
// has done, has switched off, or was told under the same key; and for users who are not active.
void add_notice(store::Transaction& tx, const store::Statements& sql, Instant now, Notice notice,
                Gather gather = Gather::none);

bool is_kind(std::string_view text);

}  // namespace fokus::notifications
