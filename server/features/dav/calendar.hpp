// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <map>
#include <set>

#include "features/dav/collection.hpp"
#include "features/dav/events.hpp"

namespace fokus::dav {

// An entry of the calendar: an activity, and the activities that stand in the place of occurrences.
struct Entry {
  diary::Appointment appointment;
  struct Replacement {
    std::int64_t id = 0, version = 0;
    Instant at, starts_at, ends_at;
  };
  std::vector<Replacement> replacements;
};

// The entry as components: the activity first, then its replacements in their order.
struct Shown {
  std::vector<Component> components;
  std::vector<std::int64_t> records;  // of each component
  bool may_update = false, is_readable = false;
};

class CalendarCollection : public Collection {
 public:
  CalendarCollection(const Dav& dav, const access::Scope& scope);

  CollectionKind kind() const override { return CollectionKind::calendar; }
  bool may_create() const override;
  std::string_view media_type() const override { return "text/calendar"; }
  std::string display_name() const override { return scope_.actor.name; }

  Result<std::vector<Member>> list(store::Session& session) const override;
  Result<std::string> read(store::Session& session, const Member& member, std::string_view version,
                           records::Seen& seen) const override;
  Result<Saved> put(store::Transaction& tx, const Put& put) const override;
  Status remove(store::Transaction& tx, const Member& member) const override;

  // Which of the entries that list() found last fit.
  bool fits(const Member& member, const CalendarFilter& filter) const override;

 private:
  Status find_entries(store::Session& session) const;
  void add_replacements(store::Session& session) const;
  std::string state_of(const Entry& entry, const std::vector<diary::Participant>& people) const;
  Result<Shown> show(store::Session& session, const Entry& entry, records::Seen& seen) const;
  void add_people(store::Session& session, const Entry& entry, std::int64_t activity,
                  Component& component) const;

  const TimeZone zone_;
  mutable std::map<std::int64_t, Entry> entries_;  // as list() found them last
};

// A calendar body as it is saved; calendar_save.cpp.
class CalendarSave {
 public:
  CalendarSave(const Dav& dav, store::Transaction& tx, const access::Scope& scope,
               const TimeZone& zone);

  // `parsed` begins with the component without RECURRENCE-ID.
  Result<std::int64_t> create(const std::vector<Component>& parsed);
  Status change(const Shown& before, const Entry& entry, const std::vector<Component>& parsed);

 private:
  struct Owned {
    RecordId id;
    std::int64_t owner = 0;
  };
  Result<std::set<Instant>> save_replacements(const Shown& before, const Entry& entry,
                                              std::map<Instant, Component>& wanted);
  Status save_series(const Owned& series, const std::map<Instant, Component>& wanted,
                     const Component& whole, std::int64_t fraction);
  Status save_people(const Owned& activity, const Component& before, const Component& after);
  Result<bool> answer_invitation(const Entry& entry, const Component& after);
  static Status check_unchanged(const Component& known, const Component& after, bool has_answered);
  std::vector<std::int64_t> users_of(const Component& component, std::int64_t owner) const;
  records::Provenance provenance(const char* action) {
    return provenance_of(dav_, tx_, CollectionKind::calendar, action);
  }

  const Dav& dav_;
  store::Transaction& tx_;
  const access::Scope& scope_;
  const TimeZone& zone_;
  records::DictionaryPtr dictionary_;
  const records::RecordType& type_;
};

// Moments as a program tells them: whole seconds, and days as they begin for the viewer.
Instant told(Instant at, bool all_day, const TimeZone& zone);

}  // namespace fokus::dav
