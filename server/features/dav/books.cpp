// SPDX-License-Identifier: Apache-2.0
#include "features/dav/books.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "records/criteria_tree.hpp"
#include "records/rights.hpp"

namespace fokus::dav {
namespace {

namespace json = boost::json;

constexpr std::string_view ending = ".vcf";
constexpr std::string_view selection_prefix = "selection";
constexpr std::size_t ids_of_one_query = 500;
constexpr std::size_t line_bytes_max = 4'000;  // of a property of a large card that is kept

std::string server_uid(std::string_view type, std::int64_t id) {
  return std::string(type) + "-" + std::to_string(id) + "@fokus";
}

// "company-4@fokus" → 4
std::optional<std::int64_t> id_in_uid(std::string_view uid) {
  return id_in_name(uid, "company", "@fokus");
}

// The card as it was sent; of one that is too large to keep, without its large properties (photos).
std::string kept_text(const std::string& body, const vcard::Card& sent) {
  if (body.size() <= limits::kept_card_bytes_max) return body;
  vcard::Card card = sent;
  std::erase_if(card.rest, [](const auto& line) { return line.size() > line_bytes_max; });
  auto text = vcard::render_card(card, card.version);
  if (text.size() <= limits::kept_card_bytes_max) return text;
  card.rest.clear();
  return vcard::render_card(card, card.version);
}

Error not_here() {
  return make_error(ErrorKind::forbidden, "dav/not_here");
}

}  // namespace

std::optional<BookContent> find_book(const Dav& dav, store::Session& session,
                                     const access::Scope& scope, std::string_view name) {
  const auto& permissions = scope.permissions();
  BookContent out{std::string(name), {}, {}, {}};
  if (name == "persons") out.type = "person";
  if (name == "companies") out.type = "company";
  if (const auto id = id_in_name(name, selection_prefix, "")) {
    const auto has =
        session.query_integer(dav.parts().statements["dav.has_book"], {scope.actor.user, *id});
    const auto selection = dav.selections().get(session, scope, selections::SelectionId{*id});
    if (has == 0 || !selection) return std::nullopt;
    out.type = selection->record_type;
    out.title = selection->name;
    out.selection = selection->id;
  }
  if (out.type != "person" && out.type != "company") return std::nullopt;
  if (!permissions.may(out.type, access::Action::read)) return std::nullopt;
  return out;
}

namespace {

Result<records::NodePtr> criteria_of(const BookContent& book) {
  if (book.selection.value != 0) return selections::selection_node(book.selection.value);
  return records::parse_filter("owner eq me");
}

}  // namespace

Result<std::vector<std::int64_t>> list_book(const Dav& dav, store::Session& session,
                                            const access::Scope& scope, const BookContent& book,
                                            int limit) {
  const auto dictionary = dav.parts().dictionary.current();
  const auto& type = *dictionary->find(book.type);
  const auto criteria = TRY(criteria_of(book));
  return dav.parts().records.list_ids(session, scope, type, access::Action::read, criteria.get(), 0,
                                      limit + 1);
}

BookCollection::BookCollection(const Dav& dav, const access::Scope& scope, BookContent content)
    : Collection(dav, scope,
                 "addressbooks/" + std::to_string(scope.actor.user.value) + "/" + content.name,
                 content.type),
      content_(std::move(content)) {}

bool BookCollection::may_create() const {
  return content_.selection.value == 0 && scope_.permissions().may(type_, access::Action::create);
}

// The names that the model has for the types; those of people are translated by nobody here.
std::string BookCollection::display_name() const {
  if (!content_.title.empty()) return content_.title;
  const auto dictionary = dav_.parts().dictionary.current();
  const auto& labels = dictionary->find(type_)->label_plural;
  const auto own = labels.find(scope_.actor.language);
  const auto english = labels.find("en");
  if (own != labels.end()) return own->second;
  return english == labels.end() ? content_.name : english->second;
}

// Version, and the name of the company that the card tells too.
std::map<std::int64_t, std::string> BookCollection::states_of(
    store::Session& session, const std::vector<std::int64_t>& ids) const {
  std::map<std::int64_t, std::string> out;
  const std::string view = view_of(scope_) + (may_create() ? "c" : "");
  const bool is_person = type_ == "person";
  for (std::size_t at = 0; at < ids.size(); at += ids_of_one_query) {
    records::SqlText sql;
    std::vector<std::string> places;
    for (std::size_t i = at; i < std::min(ids.size(), at + ids_of_one_query); ++i)
      places.push_back(sql.bind(ids[i]));
    sql.text = is_person ? "SELECT t.id, t.version, coalesce(c.name, '') FROM persons t LEFT JOIN "
                           "companies c ON c.id = t.company WHERE t.id IN ("
                         : "SELECT t.id, t.version, '' FROM companies t WHERE t.id IN (";
    sql.text += join(places, ", ") + ")";
    const auto params = sql.params();
    for (auto rows = session.query(sql.text, store::Params(params)); rows->next();)
      out[rows->integer(0)] =
          digest_of(view + "|" + std::to_string(rows->integer(0)) + ":" +
                    std::to_string(rows->integer(1)) + "|" + std::string(rows->text(2)));
  }
  return out;
}

Result<std::vector<Member>> BookCollection::list(store::Session& session) const {
  const int limit = dav_.cards_max();
  const auto ids = TRY(list_book(dav_, session, scope_, content_, limit));
  if (ids.size() > static_cast<std::size_t>(limit)) {
    Error out = make_error(ErrorKind::too_large, "dav/too_many_entries");
    out.params["max"] = std::to_string(limit);
    return out;
  }
  const auto states = states_of(session, ids);
  const auto known = resources().list(session);
  std::vector<Member> out;
  for (const auto& [id, state] : states) {
    const auto resource = known.find(id);
    if (resource == known.end())
      out.push_back({type_ + "-" + std::to_string(id) + std::string(ending), state, id, state});
    else
      out.push_back({resource->second.name, etag_of(state, resource->second.digest), id, state});
  }
  std::sort(out.begin(), out.end(),
            [](const Member& a, const Member& b) { return a.name < b.name; });
  return out;
}

// What the book has of one record, however many others are in it.
Result<bool> BookCollection::has(store::Session& session, std::int64_t id) const {
  std::vector<records::NodePtr> both;
  both.push_back(TRY(criteria_of(content_)));
  both.push_back(TRY(records::parse_filter("id in (" + std::to_string(id) + ")")));
  const auto criteria = records::make_group(records::Node::Kind::all, std::move(both));
  const auto dictionary = dav_.parts().dictionary.current();
  const auto found = TRY(dav_.parts().records.list_ids(session, scope_, *dictionary->find(type_),
                                                       access::Action::read, criteria.get(), 0, 1));
  return !found.empty();
}

Result<std::vector<Member>> BookCollection::list_for(store::Session& session,
                                                     std::string_view name) const {
  const auto resource = resources().find_named(session, name);
  const auto id = resource ? std::optional(resource->record) : id_in_name(name, type_, ending);
  if (!id || !TRY(has(session, *id))) return std::vector<Member>();
  const auto states = states_of(session, {*id});
  const auto state = states.find(*id);
  if (state == states.end()) return std::vector<Member>();
  if (resource)
    return std::vector<Member>{
        {resource->name, etag_of(state->second, resource->digest), *id, state->second}};
  // What a program has named is there under that name alone.
  const auto own_name = type_ + "-" + std::to_string(*id) + std::string(ending);
  if (name != own_name || resources().find(session, *id)) return std::vector<Member>();
  return std::vector<Member>{{own_name, state->second, *id, state->second}};
}

Result<std::string> BookCollection::read(store::Session& session, const Member& member,
                                         std::string_view version, records::Seen& seen) const {
  const auto wanted = version == "4.0" ? vcard::Version::v40 : vcard::Version::v30;
  const auto resource = resources().find(session, member.id);
  // Also when the body is told as it was sent: whether the record may be read is asked here.
  const auto record = TRY(read_record(dav_, session, scope_, type_, member.id, seen));
  vcard::Card card = card_of(record, type_);
  card.uid = resource ? resource->uid : server_uid(type_, member.id);
  if (!resource) return vcard::render_card(card, wanted);
  const auto kept = vcard::parse_card(resource->body);
  if (!kept) return vcard::render_card(card, wanted);
  if (resource->whole_state == member.state && kept->version == wanted) return resource->body;
  return vcard::render_card(with_kept(std::move(card), *kept, type_), wanted);
}

Status BookCollection::check_uid(store::Session& session, const Put& put,
                                 std::string_view uid) const {
  const Error conflict = make_error(ErrorKind::forbidden, "dav/uid_conflict");
  const auto uid_of = [&](std::int64_t id) {
    const auto resource = resources().find(session, id);
    return resource ? resource->uid : server_uid(type_, id);
  };
  if (put.there && uid_of(put.there->id) != uid) return conflict;
  auto ids = resources().list_of_uid(session, uid);
  if (const auto id = id_in_name(uid, type_, "@fokus"); id && uid_of(*id) == uid)
    ids.push_back(*id);
  for (const auto id : ids)
    if (!(put.there && put.there->id == id) && TRY(has(session, id))) return conflict;
  return {};
}

Result<Saved> BookCollection::put(store::Transaction& tx, const Put& put) const {
  const auto sent = TRY(vcard::parse_card(put.body));
  if (sent.uid.empty() || sent.uid.size() > 255)
    return field_error("vcard/unreadable", "vcard", "no_uid");
  if (sent.kind == "group") return not_here();
  TRY(check_uid(tx, put, sent.uid));
  if (!put.there && (!may_create() || id_in_name(put.name, type_, ending))) return not_here();
  const auto id = TRY(save(tx, put, sent));
  records::Seen seen;
  const auto record = TRY(read_record(dav_, tx, scope_, type_, id, seen));
  const bool is_exact = is_same(as_seen(card_of(record, type_), sent.version), sent, type_) &&
                        sent.version != vcard::Version::v21;
  const auto kept = kept_text(put.body, sent);
  const bool is_whole = is_exact && kept == put.body;
  const auto state = states_of(tx, {id}).at(id);
  resources().save(tx, {id, put.name, sent.uid, {}, is_whole ? state : "", kept});
  return Saved{id, is_whole ? etag_of(state, digest_of(kept)) : ""};
}

Result<std::int64_t> BookCollection::save(store::Transaction& tx, const Put& put,
                                          const vcard::Card& sent) const {
  const auto dictionary = dav_.parts().dictionary.current();
  const auto& type = *dictionary->find(type_);
  if (!put.there) {
    auto values = changes_of(vcard::Card{}, sent, type_, {});
    if (records::is_class_masked(scope_, records::contact_class)) values.erase("contact_points");
    TRY(add_company(tx, vcard::Card{}, sent, values));
    return TRY(dav_.parts().records.create(tx, scope_, type, values,
                                           provenance_of(dav_, tx, CollectionKind::book, "create")))
        .id.value;
  }
  records::Seen seen;
  const auto record = TRY(read_record(dav_, tx, scope_, type_, put.there->id, seen));
  const auto before = as_seen(card_of(record, type_), sent.version);
  auto changes = changes_of(before, sent, type_, record);
  TRY(add_company(tx, before, sent, changes));
  if (!may_update(record)) {
    if (changes.empty()) return put.there->id;
    return make_error(ErrorKind::forbidden, "records/forbidden");
  }
  if (changes.empty()) return put.there->id;
  TRY(dav_.parts().records.update(tx, scope_, type, RecordId{put.there->id}, changes,
                                  record.at("version").to_number<std::int64_t>(),
                                  provenance_of(dav_, tx, CollectionKind::book, "update")));
  return put.there->id;
}

// A company is linked when the card names it by its uid, and unlinked when the card has none at
// all.
Status BookCollection::add_company(store::Transaction& tx, const vcard::Card& before,
                                   const vcard::Card& after, json::object& changes) const {
  if (type_ != "person") return {};
  if (after.organisation.empty() && after.organisation_uid.empty()) {
    if (!before.organisation.empty()) changes["company"] = nullptr;
    return {};
  }
  const auto id = id_in_uid(after.organisation_uid);
  if (!id || after.organisation_uid == before.organisation_uid) return {};
  const auto dictionary = dav_.parts().dictionary.current();
  const auto& companies = *dictionary->find("company");
  std::string text;
  JsonWriter writer(text);
  const auto found = dav_.parts().records.get(tx, scope_, companies, RecordId{*id}, writer);
  if (found) changes["company"] = *id;
  return {};
}

Status BookCollection::remove(store::Transaction& tx, const Member& member) const {
  // Out of a selection nobody is thrown by a phone, and nobody into the bin because of one.
  if (content_.selection.value != 0) return not_here();
  const auto dictionary = dav_.parts().dictionary.current();
  TRY(dav_.parts().records.archive(tx, scope_, *dictionary->find(type_), RecordId{member.id},
                                   provenance_of(dav_, tx, CollectionKind::book, "archive")));
  return {};
}

std::unique_ptr<Collection> open_book(const Dav& dav, store::Session& session,
                                      const access::Scope& scope, std::string_view name) {
  auto content = find_book(dav, session, scope, name);
  if (!content) return nullptr;
  return std::make_unique<BookCollection>(dav, scope, std::move(*content));
}

std::vector<std::string> list_book_names(const Dav& dav, store::Session& session,
                                         const access::Scope& scope) {
  std::vector<std::string> names = {"persons", "companies"}, out;
  for (auto rows = session.query(dav.parts().statements["dav.list_books"], {scope.actor.user});
       rows->next();)
    names.push_back("selection-" + std::to_string(rows->integer(0)));
  for (auto& name : names)
    if (find_book(dav, session, scope, name)) out.push_back(std::move(name));
  return out;
}

}  // namespace fokus::dav
