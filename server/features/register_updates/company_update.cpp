// SPDX-License-Identifier: Apache-2.0
#include "features/register_updates/company_update.hpp"

#include "base/text.hpp"

namespace fokus::register_updates {
namespace {

namespace json = boost::json;
using access::Scope;
using registers::FieldFill;
using registers::Found;

struct OpenProposal {
  std::int64_t id = 0;
  std::string present, offered, reason;
};
using OpenProposals = std::map<std::string, OpenProposal, std::less<>>;

class CompanyUpdate {
 public:
  CompanyUpdate(const RegisterUpdates& updates, store::Transaction& tx, const Scope& scope,
                const UpdateCase& what, const Subject& subject)
      : parts_(updates.parts()),
        registers_(updates.registers()),
        sql_(parts_.statements),
        tx_(tx),
        scope_(scope),
        what_(what),
        subject_(subject),
        now_(parts_.clock.now()) {}

  Result<Updated> run(const Found& found) {
    lock();
    Updated out = begin(found.obtained_on);
    const Check now = check_of(found.entry);
    const auto kept = find_check(tx_, sql_, subject_.id, what_.provider.name);
    // What was said of another number, which the company had before, says nothing of this one.
    const bool is_same = kept && kept->check.number == now.number;
    out.events = find_events(is_same ? std::optional(kept->check) : std::nullopt, now);
    out.fill = TRY(registers_.fill_company(tx_, scope_, found, order_of(found, out.events)));
    out.proposed = queue(out.fill.fields, found.obtained_on);
    TRY(note_events(out));
    // Its own saves have made another version of it.
    const auto version = out.fill.batch
                             ? tx_.query_integer(sql_["register_updates.version_of_company"],
                                                 {subject_.id}, subject_.version)
                             : subject_.version;
    save_check(now, digest_of(found.entry, what_.settings, version), found.obtained_on);
    return out;
  }

  Result<Updated> note_absence() {
    lock();
    Updated out = begin(today());
    const auto kept = find_check(tx_, sql_, subject_.id, what_.provider.name);
    if (!kept || kept->check.status == absent_status) return out;
    if (kept->check.number != number_at(what_.provider, subject_.numbers)) return out;
    Check now = kept->check;
    now.status = absent_status;
    // Whose VAT number is no longer valid may have left the VAT register only.
    if (what_.provider.company_field != "vat_number") out.events = find_events(kept->check, now);
    TRY(store_events_only(out));
    TRY(note_events(out));
    save_check(now, "", out.obtained_on);
    return out;
  }

 private:
  // Of two looks at one company the second sees what the first has kept.
  void lock() const { tx_.query_integer(sql_["register_updates.lock_company"], {subject_.id}); }
  Updated begin(const std::string& obtained_on) const {
    Updated out;
    out.provider = &what_.provider;
    out.obtained_on = obtained_on;
    out.fill.company = subject_.id;
    return out;
  }
  std::string today() const { return render_instant(now_).substr(0, 10); }

  registers::FillOrder order_of(const Found& found, const std::vector<NewEvent>& events) const {
    registers::FillOrder order;
    order.company = subject_.id;
    order.policies = what_.settings.policies;
    order.otherwise = what_.settings.otherwise;
    order.typed = what_.settings.typed;
    order.batch = what_.batch;
    order.also = said_of_events(events, found.obtained_on);
    if (const auto& status = found.entry[registers::Field::status]; !status.empty())
      order.also["register_status"] = status;
    return order;
  }

  // The fields by which lists and tiles find the company. The gravest event is the first.
  static json::object said_of_events(const std::vector<NewEvent>& events, const std::string& day) {
    if (events.empty()) return {};
    return {{"register_event", events.front().kind}, {"register_event_on", day}};
  }

  std::int64_t source(const std::string& obtained_on) const {
    return parts_.records.create_source(tx_, "register", what_.provider.title,
                                        what_.provider.licence, "", obtained_on);
  }

  Status store_events_only(Updated& out) const {
    if (out.events.empty()) return {};
    const auto dictionary = parts_.records.dictionary_ptr();
    const auto* type = dictionary->find("company");
    if (!type) return make_error(ErrorKind::not_found, "records/no_such_type");
    out.fill.batch = what_.batch ? what_.batch
                                 : parts_.records.create_batch(tx_, scope_, "register", type->name,
                                                               {{"register", what_.provider.name}});
    TRY(parts_.records.update(tx_, scope_, *type, subject_.id,
                              said_of_events(out.events, out.obtained_on), std::nullopt,
                              {source(out.obtained_on), out.fill.batch, "update"}));
    return {};
  }

  // ---- the queue

  OpenProposals read_open() const {
    OpenProposals out;
    auto rows = tx_.query(sql_["register_updates.list_open_of_company"],
                          {subject_.id, what_.provider.name});
    while (rows->next())
      out[std::string(rows->text(1))] = {rows->integer(0), std::string(rows->text(2)),
                                         std::string(rows->text(3)), std::string(rows->text(4))};
    return out;
  }

  static std::string_view reason_of(const FieldFill& fill) {
    if (fill.action == "propose") return fill.reason == "typed" ? "typed" : "policy";
    if (fill.action == "keep" && fill.reason == "given_by_person") return "given_by_person";
    return {};
  }

  std::int64_t queue(const std::vector<FieldFill>& fields, const std::string& obtained_on) const {
    auto open = read_open();
    std::int64_t added = 0;
    for (const auto& fill : fields) {
      // Whoever does not see a value has nothing to say about what is proposed for it.
      if (fill.reason == "masked") open.erase(fill.field);
      const auto reason = reason_of(fill);
      if (reason.empty()) continue;
      const auto present = json::serialize(fill.before), offered = json::serialize(fill.offered);
      const bool is_rejected =
          tx_.query_integer(sql_["register_updates.is_rejected"],
                            {subject_.id, what_.provider.name, fill.field, offered}) != 0;
      if (is_rejected) continue;
      const auto at = open.find(fill.field);
      if (at == open.end()) {
        added += tx_.execute(sql_["register_updates.add_proposal"],
                             {subject_.id, fill.field, what_.provider.name, present, offered,
                              reason, obtained_on, now_});
        continue;
      }
      const auto& was = at->second;
      if (was.present != present || was.offered != offered || was.reason != reason)
        tx_.execute(sql_["register_updates.renew_proposal"],
                    {at->second.id, present, offered, reason, obtained_on, now_});
      open.erase(at);
    }
    for (const auto& [field, one] : open)
      tx_.execute(sql_["register_updates.close_proposal"], {one.id, now_});
    return added;
  }

  // ---- events

  Status note_events(Updated& out) const {
    for (const auto& event : out.events) {
      const auto task = make_task(event, out);
      const store::Value task_id = task ? store::Value(task->value) : store::Value();
      tx_.execute(sql_["register_updates.add_event"],
                  {subject_.id, what_.provider.name, event.kind, event.before, event.after,
                   out.obtained_on, now_, task_id});
    }
    return {};
  }

  // In the language of the installation: the owner may change.
  std::string title_of(const NewEvent& event) const {
    const auto dictionary = parts_.records.dictionary_ptr();
    std::string title(event.kind);
    if (const auto* item = dictionary->find_item("register_event", event.kind)) {
      for (const auto& language : {std::string("en"), dictionary->installation.default_language})
        if (const auto label = item->label.find(language); label != item->label.end())
          title = label->second;
    }
    title += ": " + subject_.name;
    return std::string(cut_utf8(title, records::limits::name_max));
  }

  // Nothing for a company without an owner, or whose owner can have no task: the event is noted all
  // the same.
  std::optional<RecordId> make_task(const NewEvent& event, const Updated& out) const {
    if (!subject_.owner || !what_.settings.tasks.contains(event.kind)) return std::nullopt;
    const auto dictionary = parts_.records.dictionary_ptr();
    const auto* type = dictionary->find("activity");
    if (!type) return std::nullopt;
    const auto day = plus_days(*parse_date(today()), limits::task_days);
    const json::object values{{"name", title_of(event)},      {"kind", "task"},
                              {"status", "planned"},          {"due_on", render_date(day)},
                              {"company", subject_.id.value}, {"owner", subject_.owner.value}};
    Scope program;
    program.actor = access::system_actor();
    program.route = "job:register_update";
    std::optional<RecordId> made;
    tx_.in_savepoint([&] {
      const auto saved = parts_.records.create(tx_, program, *type, values,
                                               {source(out.obtained_on), out.fill.batch, "create"});
      if (saved) made = saved->id;
      return saved.ok();
    });
    return made;
  }

  void save_check(const Check& now, const std::string& digest,
                  const std::string& obtained_on) const {
    tx_.execute(sql_["register_updates.save_check"],
                {subject_.id, what_.provider.name, now.number, now.name, now.status, now.address,
                 digest, obtained_on, now_});
  }

  const records::ApiParts& parts_;
  const registers::Registers& registers_;
  const store::Statements& sql_;
  store::Transaction& tx_;
  const Scope& scope_;
  const UpdateCase& what_;
  const Subject& subject_;
  Instant now_;
};

}  // namespace

std::optional<KeptCheck> find_check(store::Session& session, const store::Statements& sql,
                                    RecordId company, std::string_view provider) {
  auto rows = session.query(sql["register_updates.find_check"], {company, provider});
  if (!rows->next()) return std::nullopt;
  return KeptCheck{{std::string(rows->text(0)), std::string(rows->text(1)),
                    std::string(rows->text(2)), std::string(rows->text(3))},
                   std::string(rows->text(4))};
}

Result<Updated> update_company(const RegisterUpdates& updates, store::Transaction& tx,
                               const Scope& scope, const UpdateCase& what, const Subject& subject,
                               const Found& found) {
  return CompanyUpdate(updates, tx, scope, what, subject).run(found);
}

Result<Updated> note_absence(const RegisterUpdates& updates, store::Transaction& tx,
                             const Scope& scope, const UpdateCase& what, const Subject& subject) {
  return CompanyUpdate(updates, tx, scope, what, subject).note_absence();
}

}  // namespace fokus::register_updates
