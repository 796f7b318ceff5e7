// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/diary/appointments.hpp"
#include "features/diary/occurrences.hpp"

// One change of a series in its transaction: the record, what follows from it, and the change set.
namespace fokus::diary {

class SeriesRecord {
 public:
  // Reads the series and finds the occurrence. Errors: see occurrences.hpp.
  static Result<SeriesRecord> open(const Diary& diary, store::Transaction& tx,
                                   const access::Scope& scope, const OccurrenceOrder& order);

  const Series& series() const { return *series_; }
  const Occurrence& occurrence() const { return occurrence_; }
  RecordId id() const { return id_; }
  BatchId batch() const { return batch_; }
  bool is_first() const { return occurrence_.starts_at == series_->starts_at; }

  // A change of the series by the actor, who must hold the right to it.
  Status save(const boost::json::object& changes, std::optional<std::int64_t> version);
  // A copy of what is written in the record, with these values instead of its own; who is invited
  // comes along. Whoever may change the series may divide it, whoever owns it.
  Result<RecordId> copy(const boost::json::object& instead);
  // A copy that is a series, as one that begins with the occurrence; in the same change set.
  Result<SeriesRecord> open_rest(RecordId copy) const;
  // A change of a copy, which is the actor's own.
  Status save_copy(RecordId copy, const boost::json::object& changes);

  struct Replacement {
    RecordId id;
    Instant at;
  };
  // Live activities that stand in the place of occurrences from that moment on.
  std::vector<Replacement> list_replacements(Instant from) const;
  Status save_replacement(RecordId id, const boost::json::object& changes);
  Status archive_replacements(Instant from);
  Status archive(std::optional<std::int64_t> version);

 private:
  SeriesRecord(const Diary& diary, store::Transaction& tx, const access::Scope& scope);
  Status read(RecordId id);
  // Before anything is written, because the caller may go on with another version that it knows;
  // the save has the last word.
  Status check_version(std::optional<std::int64_t> expected) const;
  records::Provenance provenance(const char* action) const { return {0, batch_, action}; }

  const Diary& diary_;
  store::Transaction& tx_;
  const access::Scope& scope_;
  access::Scope wide_;  // reaches every record of the types that the actor may touch at all
  records::DictionaryPtr dictionary_;
  const records::RecordType& type_;
  RecordId id_;
  BatchId batch_;
  boost::json::object record_;
  std::optional<Series> series_;
  Occurrence occurrence_;
};

}  // namespace fokus::diary
