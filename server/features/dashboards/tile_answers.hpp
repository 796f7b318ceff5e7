// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>

#include "features/dashboards/answer_cache.hpp"
#include "features/dashboards/change_counts.hpp"
#include "features/dashboards/question.hpp"
#include "records/api.hpp"

namespace fokus::dashboards {

class ExternalTiles;
class Panels;

namespace limits {
constexpr std::int64_t tile_ms_max = 10'000;  // what a tile may take
}

// What tiles show, within what the viewer may read: numbers with the filter that lists the records
// behind each of them. Answers are kept until a record changes that they depend on, and are shared
// by viewers with the same rights. Thread-safe. Not for other rooms.
class TileAnswers {
 public:
  TileAnswers(const records::ApiParts& parts, const ChangeCounts& changes)
      : parts_(parts), changes_(changes) {}

  // Before the first call: with what tiles of other systems are answered. Without them nothing is
  // fetched, and no panel may be framed.
  void set_neighbours(ExternalTiles& external, const Panels& panels) {
    external_ = &external;
    panels_ = &panels;
  }

  // JSON. Errors: those of make_question(), and "dashboards/too_slow".
  Result<std::string> answer(const access::Scope& scope, const Definition& definition,
                             const PageFilters& filters) const;
  // The same without asking for rows: nothing when the answer is not kept, or would be an error.
  std::optional<std::string> known(const access::Scope& scope, const Definition& definition,
                                   const PageFilters& filters) const;
  // Stands for the answer there would be now: another one when its records, the viewer's rights,
  // the definition or the day are others. Nothing when it would be an error.
  std::optional<std::string> mark(const access::Scope& scope, const Definition& definition,
                                  const PageFilters& filters) const;
  // Whether the dictionary and the viewer's rights allow the definition, without asking for rows.
  Status check(const access::Scope& scope, const Definition& definition) const;

 private:
  struct Asked {
    Question question;
    std::string key, stamp;
  };

  Result<Asked> ask(const records::Dictionary& dictionary, const access::Scope& scope, Instant now,
                    const Definition& definition, const PageFilters& filters) const;
  std::optional<std::string> kept(const access::Scope& scope, const Asked& asked) const;
  std::string stamp_of(const Question& question) const;
  std::string key_of(const records::Dictionary& dictionary, const access::Scope& scope, Instant now,
                     const Definition& definition, const PageFilters& filters,
                     const Question& question) const;
  Result<CachedAnswer> compute(const records::Dictionary& dictionary, const access::Scope& scope,
                               Instant now, const Definition& definition, Question& question) const;

  std::string web_answer(const access::Scope& scope, const Definition& definition,
                         const std::string& record) const;

  records::ApiParts parts_;
  const ChangeCounts& changes_;
  ExternalTiles* external_ = nullptr;
  const Panels* panels_ = nullptr;
  mutable AnswerCache cache_;
};

}  // namespace fokus::dashboards
