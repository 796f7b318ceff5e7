// SPDX-License-Identifier: Apache-2.0
#pragma once
#include <optional>
#include <string>
#include <vector>

#include "features/layouts/layout.hpp"

namespace fokus::layouts {

namespace limits {
constexpr std::int64_t versions_max = 50;  // kept of one layout
}  // namespace limits

// A place that a layout may have: a type, and a role or, with role 0, everybody whose roles have
// none. Without a layout it is as it comes with the program, or as those of everybody.
struct Place {
  std::string type;
  std::int64_t role = 0;
};
struct Stored {
  std::int64_t version = 0;  // 0: never changed
  std::optional<Layout> layout;
};
// What somebody gets: `role` is whose layout it is; is_standard when nobody made one.
struct Effective {
  std::string type;
  std::int64_t role = 0, version = 0;
  bool is_standard = true;
  Layout layout;  // filled
};
struct Version {
  std::int64_t number = 0, changed_by = 0;
  Instant changed_at;
  std::string changed_by_name;  // empty: the user is gone
  bool is_standard = false;
};
// What the rules of a layout keep off the page of one record.
struct Unshown {
  std::vector<std::string> sections, fields;  // keys, names
};

// Layouts as administrators made them. Whoever has several roles with a layout gets that of the
// first role in the order of the roles. Thread-safe.
class Layouts {
 public:
  explicit Layouts(const records::ApiParts& parts) : parts_(parts) {}

  Stored find(store::Session& session, const Place& place) const;
  // What a role gets, and what the viewer gets.
  Effective of_role(store::Session& session, const records::RecordType& type,
                    std::int64_t role) const;
  Effective of_viewer(store::Session& session, const records::RecordType& type,
                      const access::Scope& scope) const;
  // Those of the viewer that are not the standard, one per type.
  std::vector<Effective> list(store::Session& session, const access::Scope& scope) const;
  // Roles with a layout of their own for the type; 0 among them: everybody else.
  std::vector<std::int64_t> list_own(store::Session& session, const std::string& type) const;

  // Nothing: back to the standard. Tells open pages. Errors: "records/stale" with current_version
  // when `expected` is another; "layouts/invalid" with role and no_such_record; those of
  // check_layout().
  Status save(store::Transaction& tx, const access::Scope& scope, const records::RecordType& type,
              std::int64_t role, const std::optional<Layout>& layout,
              std::optional<std::int64_t> expected) const;
  std::vector<Version> list_versions(store::Session& session, const Place& place) const;
  // What a version was, with what is gone since left out: so that it can be saved again. Version 0
  // is the standard. "layouts/no_such_version".
  Result<std::optional<Layout>> find_version(store::Session& session,
                                             const records::RecordType& type, std::int64_t role,
                                             std::int64_t version) const;

  // A rule that cannot be asked for this viewer (its field is gone, or masked for them) keeps
  // nothing off the page, and so tells them nothing. Errors: "records/not_found".
  Result<Unshown> find_unshown(store::Session& session, const access::Scope& scope,
                               const records::RecordType& type, RecordId id,
                               const Layout& layout) const;

  const records::ApiParts& parts() const { return parts_; }

 private:
  records::ApiParts parts_;
};

std::vector<access::Route> layout_routes(const Layouts& layouts);

}  // namespace fokus::layouts
