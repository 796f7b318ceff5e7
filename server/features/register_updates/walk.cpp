// SPDX-License-Identifier: Apache-2.0
#include "features/register_updates/walk.hpp"

#include <algorithm>

#include "base/text.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;

constexpr std::size_t feed_page_full = 1'000;  // of which a shorter one is the last

void add(json::object& object, std::string_view name, std::int64_t n) {
  object[name] = number_in(object, name) + n;
}

void count(const Updated& done, bool is_absent, json::object& state) {
  add(state, "absent", is_absent ? 1 : 0);
  add(state, "changed", done.fill.batch ? 1 : 0);
  add(state, "proposed", done.proposed);
  add(state, "events", static_cast<std::int64_t>(done.events.size()));
  if (done.fill.batch) state["batch"] = done.fill.batch.value;
}

bool is_about_number(const Error& error) {
  const auto status = error.params.find("status");
  return status != error.params.end() && (status->second == "400" || status->second == "422");
}

}  // namespace

std::int64_t number_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_int64() ? value->get_int64() : 0;
}

std::string text_in(const json::object& object, std::string_view name) {
  const auto* value = object.if_contains(name);
  return value && value->is_string() ? std::string(value->get_string()) : std::string();
}

json::object counts_of(const json::object& state) {
  json::object out;
  for (const auto* name : {"checked", "changed", "proposed", "events", "absent", "failed", "batch"})
    out[name] = number_in(state, name);
  return out;
}

Walk::Walk(Places places, What what, json::object state)
    : places_(std::move(places)),
      parts_(places_.updates.parts()),
      what_(std::move(what)),
      state_(std::move(state)) {}

Status Walk::all(const std::string& filter) {
  const auto criteria = TRY(records::parse_filter(criteria_of(what_.provider, filter)));
  for (;;) {
    const auto ids = TRY(next_ids(*criteria, number_in(state_, "after")));
    if (ids.empty()) return {};
    TRY(each(ids));
    if (places_.run.should_stop()) return {};
    keep();
  }
}

Status Walk::changes() {
  for (int page = 0; page < limits::feed_pages_max; ++page) {
    const auto read = TRY(places_.updates.registers().online()->read_feed(
        what_.provider, text_in(state_, "cursor"), "", why({})));
    TRY(each_of(read.numbers));
    if (places_.run.should_stop()) return {};
    const bool goes_on = read.items >= feed_page_full && read.cursor != text_in(state_, "cursor");
    if (!read.cursor.empty()) state_["cursor"] = read.cursor;
    keep();
    if (!goes_on) return {};
  }
  return {};
}

void Walk::mark_feed(const std::string& since) {
  if (!text_in(state_, "cursor").empty()) return;
  const auto read =
      places_.updates.registers().online()->read_feed(what_.provider, "", since, why({}));
  if (!read || read->cursor.empty()) return;
  state_["cursor"] = read->cursor;
  keep();
}

registers::OnlineCalls::Why Walk::why(RecordId company) const {
  connect::Occasion occasion = connect::occasion_of(places_.scope);
  occasion.job = places_.run.job().id;
  if (company) occasion.record_type = "company", occasion.record = company.value;
  return {occasion, [this] { return places_.run.should_stop(); }, 3};
}

Result<std::vector<std::int64_t>> Walk::next_ids(const records::Node& criteria,
                                                 std::int64_t after) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  if (!type) return make_error(ErrorKind::not_found, "records/no_such_type");
  return parts_.database.read([&](store::Session& session) {
    return parts_.records.list_ids(session, places_.scope, *type, access::Action::update, &criteria,
                                   after, limits::ids_per_step);
  });
}

Status Walk::each_of(const std::vector<std::string>& numbers) {
  for (std::size_t from = 0; from < numbers.size(); from += limits::ids_per_step) {
    std::vector<std::string> quoted;
    const auto end = std::min(numbers.size(), from + limits::ids_per_step);
    for (std::size_t i = from; i < end; ++i) quoted.push_back("'" + numbers[i] + "'");
    const auto criteria = TRY(records::parse_filter(
        criteria_of(what_.provider, "org_number in (" + join(quoted, ", ") + ")")));
    for (std::int64_t after = 0;;) {
      const auto ids = TRY(next_ids(*criteria, after));
      if (ids.empty()) break;
      TRY(each(ids));
      if (places_.run.should_stop()) return {};
      after = ids.back();
    }
  }
  return {};
}

Status Walk::each(const std::vector<std::int64_t>& ids) {
  for (const auto id : ids) {
    if (places_.run.should_stop()) return {};
    TRY(one(RecordId{id}));
    state_["after"] = id;
  }
  return {};
}

Status Walk::one(RecordId id) {
  const auto subject = parts_.database.read(
      [&](store::Session& session) { return places_.updates.find_subject(session, id); });
  const auto number_there = subject ? number_at(what_.provider, subject->numbers) : std::string();
  if (number_there.empty() || subject->is_exempt) return {};
  const auto found = places_.updates.look_up(what_.provider, number_there, what_.source, why(id));
  if (found) return store(*subject, &*found);
  if (found.error().kind == ErrorKind::not_found) return store(*subject, nullptr);
  return note_failure(found.error());
}

// A provider that fails again and again, or is off, is left alone until the next time. One number
// that it does not take is no failure of the provider.
Status Walk::note_failure(const Error& error) {
  if (is_about_number(error)) {
    add(state_, "failed", 1);
    return {};
  }
  if (error.kind != ErrorKind::unavailable || ++failures_ >= limits::failures_max) {
    // Too many calls are a reason to come back later, not to give up.
    if (error.kind != ErrorKind::too_many) return error;
    return make_error(ErrorKind::unavailable, error.code);
  }
  add(state_, "failed", 1);
  return {};
}

// `found` null: the provider has no such number any more.
Status Walk::store(const Subject& before, const registers::Found* found) {
  failures_ = 0;
  if (!is_news(before, found)) {
    add(state_, "checked", 1);
    add(state_, "absent", found ? 0 : 1);
    return {};
  }
  json::object next;
  const auto stored = parts_.database.write([&](store::Transaction& tx) -> Status {
    next = state_;
    add(next, "checked", 1);
    const auto subject = places_.updates.find_subject(tx, before.id);
    if (!subject || subject->is_exempt) return {};
    const UpdateCase what{what_.provider, what_.settings, BatchId{number_in(next, "batch")}};
    const auto done =
        TRY(found ? update_company(places_.updates, tx, places_.scope, what, *subject, *found)
                  : note_absence(places_.updates, tx, places_.scope, what, *subject));
    count(done, !found, next);
    next["after"] = before.id.value;
    save_state(tx, next);
    return {};
  });
  if (stored) {
    state_ = std::move(next);
    return {};
  }
  if (stored.error().kind == ErrorKind::unavailable) return stored.error();
  add(state_, "failed", 1);
  return {};
}

bool Walk::is_news(const Subject& subject, const registers::Found* found) const {
  const auto kept = parts_.database.read([&](store::Session& session) {
    return find_check(session, parts_.statements, subject.id, what_.provider.name);
  });
  if (!found)
    return kept && kept->check.status != absent_status &&
           kept->check.number == number_at(what_.provider, subject.numbers);
  return !kept || kept->digest != digest_of(found->entry, what_.settings, subject.version);
}

void Walk::save_state(store::Transaction& tx, const json::object& state) const {
  places_.run.save_state(tx, places_.whole(state), number_in(state, "checked"),
                         number_in(state, "total"));
}

void Walk::keep() {
  parts_.database.write([&](store::Transaction& tx) { save_state(tx, state_); });
}

}  // namespace fokus::register_updates
