// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <mutex>
#include <string>
#include <vector>

#include "access/access_log.hpp"
#include "platform/random.hpp"

namespace fokus::access {

// Entries of the access log on their way into its database: lines of a file that is this process's
// alone. What was appended survives a killed process (not a power cut: nothing waits for the disk,
// as the log's own database does not). Thread-safe.
class AccessJournal {
 public:
  // Entries that belong together: they are stored in one transaction, then the file goes.
  struct Segment {
    std::string path;
    std::vector<LogEntry> entries;
    int file = -1;  // open and locked while this process lives; not of those left behind
  };

  // Makes its files in `folder` when there is something to write.
  AccessJournal(std::string folder, Random& random) : folder_(std::move(folder)), random_(random) {}
  ~AccessJournal();
  AccessJournal(const AccessJournal&) = delete;
  AccessJournal& operator=(const AccessJournal&) = delete;

  // In the file when it returns. Throws store::Failure when it cannot be: nothing of it counts.
  // Returns how many now wait for take().
  std::size_t append(std::vector<LogEntry> entries);
  // What was appended since the last take(). The file stays until forget(); no path when there is
  // nothing.
  Segment take();
  static void forget(Segment& segment);
  // Leaves the file to whoever comes next.
  static void release(Segment& segment);

  // The files in `folder` of processes that are gone, oldest first. A line that a crash has torn is
  // left out: no answer had waited for it.
  static std::vector<Segment> left_behind(const std::string& folder);

  // Waits until what living processes had in their journals when this was called has been moved.
  // False when that takes longer.
  static bool wait_for_others(const std::string& folder, int limit_ms);

 private:
  void open_file();
  void write_all(const std::string& text);

  const std::string folder_;
  Random& random_;
  std::mutex mutex_;
  std::int64_t written_ = 0;  // bytes of whole appends
  Segment segment_;
};

}  // namespace fokus::access
