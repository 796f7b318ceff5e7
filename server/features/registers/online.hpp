// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <functional>
#include <string>
#include <vector>

#include "features/connect/connect.hpp"
#include "features/registers/answer.hpp"

namespace fokus::registers {

namespace limits {
constexpr std::int64_t online_bytes_max = 8 << 20;  // of one answer
constexpr std::int64_t online_ms_max = 20'000;      // of one call
}  // namespace limits

// Asks providers over the network, each as a connector that is off until an administrator switches
// it on. Blocks; never from within a read() or write(). Thread-safe. Errors: "registers/online_off"
// (switched off, or the definition has no such question), "registers/online_busy" (pace, or the
// provider said 429), "registers/online_failed" with the param "reason", and for a look-up
// "registers/not_found".
class OnlineCalls {
 public:
  struct Why {
    connect::Occasion occasion;
    std::function<bool()> should_stop = {};
    int attempts_max = 1;  // a job waits and tries again, a person does not
  };

  explicit OnlineCalls(connect::Outbound& outbound) : outbound_(outbound) {}

  // Before the server starts: a connector for each provider that can be asked.
  static void declare(connect::Connections& connections);

  bool is_on(const Provider& provider) const;
  Result<Entry> look_up(const Provider& provider, std::string_view number, const Why& why) const;
  Result<std::vector<Entry>> search(const Provider& provider, std::string_view q, int limit,
                                    const Why& why) const;
  // What changed behind the cursor; without one since that moment (RFC 3339).
  Result<FeedPage> read_feed(const Provider& provider, const std::string& cursor,
                             const std::string& since, const Why& why) const;

 private:
  Result<std::string> ask(const Provider& provider, const Ask& ask, const Question& question,
                          const Why& why) const;

  connect::Outbound& outbound_;
};

}  // namespace fokus::registers
