// SPDX-License-Identifier: Apache-2.0
#pragma once
#include "features/dav/cards.hpp"
#include "features/dav/collection.hpp"

namespace fokus::dav {

// What an address book holds: what the actor owns, or the members of a selection.
struct BookContent {
  std::string name;   // "persons", "companies", "selection-17"
  std::string title;  // of the selection; empty for the others
  std::string type;   // "person", "company"
  selections::SelectionId selection = {};
};
// Nothing for a name that is no book of the actor.
std::optional<BookContent> find_book(const Dav& dav, store::Session& session,
                                     const access::Scope& scope, std::string_view name);
// What is in it; limit + 1 when there is more.
Result<std::vector<std::int64_t>> list_book(const Dav& dav, store::Session& session,
                                            const access::Scope& scope, const BookContent& book,
                                            int limit);

class BookCollection : public Collection {
 public:
  BookCollection(const Dav& dav, const access::Scope& scope, BookContent content);

  CollectionKind kind() const override { return CollectionKind::book; }
  bool may_create() const override;
  std::string_view media_type() const override { return "text/vcard"; }
  std::string display_name() const override;

  Result<std::vector<Member>> list(store::Session& session) const override;
  Result<std::vector<Member>> list_for(store::Session& session,
                                       std::string_view name) const override;
  Result<std::string> read(store::Session& session, const Member& member, std::string_view version,
                           records::Seen& seen) const override;
  Result<Saved> put(store::Transaction& tx, const Put& put) const override;
  Status remove(store::Transaction& tx, const Member& member) const override;

 private:
  std::map<std::int64_t, std::string> states_of(store::Session& session,
                                                const std::vector<std::int64_t>& ids) const;
  Result<bool> has(store::Session& session, std::int64_t id) const;
  Status check_uid(store::Session& session, const Put& put, std::string_view uid) const;
  Result<std::int64_t> save(store::Transaction& tx, const Put& put, const vcard::Card& sent) const;
  Status add_company(store::Transaction& tx, const vcard::Card& before, const vcard::Card& after,
                     boost::json::object& changes) const;

  BookContent content_;
};

}  // namespace fokus::dav
