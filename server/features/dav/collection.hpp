// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "features/dav/changes.hpp"
#include "features/dav/dav.hpp"
#include "features/dav/resources.hpp"

// One calendar or address book of the user who calls, for one call.
namespace fokus::dav {

// What a program asks of a calendar (RFC 4791, 9.7).
struct CalendarFilter {
  std::optional<bool> is_task;  // VTODO or VEVENT alone
  std::optional<Instant> from, to;
};

enum class CollectionKind { calendar, book };

// What a program wrote, and what it expects to be there.
struct Put {
  std::string name, body;
  const Member* there = nullptr;       // the entry of that name, if there is one
  const std::vector<Member>& members;  // as list_for() found them
};

struct Saved {
  std::int64_t id = 0;
  std::string etag;  // only of an entry that is now, byte for byte, what was put
};

class Collection {
 public:
  Collection(const Dav& dav, const access::Scope& scope, std::string path, std::string_view type)
      : dav_(dav), scope_(scope), path_(std::move(path)), type_(type) {}
  virtual ~Collection() = default;

  virtual CollectionKind kind() const = 0;
  virtual bool may_create() const = 0;
  virtual std::string_view media_type() const = 0;  // of its entries
  virtual std::string display_name() const = 0;

  // Everything in it that the actor may read, in order of name. Errors: "dav/too_many_entries"
  // (too_large) with params max.
  virtual Result<std::vector<Member>> list(store::Session& session) const = 0;
  // What a call about the entry of that name must know of the others: that entry, if it is there,
  // and maybe more. A book need not be read for it. Errors: the same.
  virtual Result<std::vector<Member>> list_for(store::Session& session, std::string_view) const {
    return list(session);
  }
  // The body of an entry; `version` is that of a vCard ("4.0"; others are 3.0). Whom it names goes
  // into `seen`. Error: "records/not_found".
  virtual Result<std::string> read(store::Session& session, const Member& member,
                                   std::string_view version, records::Seen& seen) const = 0;
  // Saves what was put. Errors: those of the save recipe, of the parsers, "records/forbidden",
  // "dav/uid_conflict" (forbidden), "dav/not_here" (forbidden: entries are not made in this
  // collection), "dav/out_of_window" (forbidden: of a calendar, too long ago or too far ahead).
  virtual Result<Saved> put(store::Transaction& tx, const Put& put) const = 0;
  // Of a calendar; a book has no such question.
  virtual bool fits(const Member&, const CalendarFilter&) const { return true; }
  // Into the bin; or an invitation is declined.
  virtual Status remove(store::Transaction& tx, const Member& member) const = 0;

  const std::string& path() const { return path_; }  // "calendars/5/diary"
  const std::string& type() const { return type_; }
  const Dav& dav() const { return dav_; }
  const access::Scope& scope() const { return scope_; }

 protected:
  Resources resources() const { return {dav_, scope_.actor.user, type_}; }
  const Dav& dav_;
  const access::Scope& scope_;
  std::string path_, type_;
};

// The user's diary; books named "persons" and "companies" (what the user owns), or "selection-17".
// Null when there is no such collection. `scope` outlives it.
std::unique_ptr<Collection> make_calendar(const Dav& dav, const access::Scope& scope);
std::unique_ptr<Collection> open_book(const Dav& dav, store::Session& session,
                                      const access::Scope& scope, std::string_view name);
// Those that the user has: the two, and the chosen selections that are still visible.
std::vector<std::string> list_book_names(const Dav& dav, store::Session& session,
                                         const access::Scope& scope);

// A row of `sources`, so that the history says how a value came.
records::Provenance provenance_of(const Dav& dav, store::Transaction& tx, CollectionKind kind,
                                  std::string action);
// The record as the API would answer it. Error: "records/not_found".
Result<boost::json::object> read_record(const Dav& dav, store::Session& session,
                                        const access::Scope& scope, std::string_view type,
                                        std::int64_t id, records::Seen& seen);
std::string text_of(const boost::json::object& record, std::string_view field);
bool may_update(const boost::json::object& record);
bool is_masked(const boost::json::object& record, std::string_view field);
// What of the actor's rights decides what an entry shows, for its state.
std::string view_of(const access::Scope& scope);
// "activity-17.ics" → 17; nothing for other names.
std::optional<std::int64_t> id_in_name(std::string_view name, std::string_view type,
                                       std::string_view ending);

}  // namespace fokus::dav
