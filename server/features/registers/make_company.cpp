// SPDX-License-Identifier: Apache-2.0
// Companies made of entries of a register, or filled with them, through the save recipe.
#include "features/registers/registers.hpp"
#include "records/rights.hpp"

namespace fokus::registers {
namespace {

namespace json = boost::json;
using access::Scope;
using Names = std::set<std::string, std::less<>>;

// One attempt to store what is planned, in the caller's transaction.
class Filling {
 public:
  Filling(const records::ApiParts& parts, store::Transaction& tx, const Scope& scope,
          const records::RecordType& type, const FillOrder& order)
      : parts_(parts), tx_(tx), scope_(scope), type_(type), order_(order) {}

  Result<FillOutcome> run(const Found& found) {
    FillOutcome out;
    out.company = order_.company;
    out.fields = TRY(plan(found));
    if (!sets_any(out) && also_.empty() && order_.company) return out;
    const records::Provenance provenance = provenance_of(found, out);
    TRY(save(out, provenance));
    return out;
  }

 private:
  Result<std::vector<FieldFill>> plan(const Found& found) {
    auto offered = company_values(found.entry);
    Names masked;
    for (auto it = offered.begin(); it != offered.end();) {
      const auto* field = type_.find(it->key());
      // What a form holds already is the user's, and an installation may have dropped a field.
      if (!field || order_.values.contains(it->key())) {
        it = offered.erase(it);
        continue;
      }
      if (records::is_masked(scope_, *field)) masked.insert(std::string(it->key()));
      ++it;
    }
    json::object current;
    FieldOrigins origins;
    if (order_.company) {
      std::string text;
      JsonWriter writer(text);
      TRY(parts_.records.get(tx_, scope_, type_, order_.company, writer));
      current = json::parse(text).as_object();
      origins = TRY(find_origins(parts_, tx_, scope_, order_.company));
      take_also(current);
    }
    return plan_fill(offered, {current, origins.given, origins.typed, masked}, order_);
  }

  // What is so already needs no save.
  void take_also(const json::object& current) {
    for (const auto& [name, value] : order_.also) {
      const auto* field = type_.find(name);
      if (!field || records::is_masked(scope_, *field)) continue;
      const auto* before = current.if_contains(name);
      if (!before || *before != value) also_[name] = value;
    }
  }

  static bool sets_any(const FillOutcome& out) {
    return std::any_of(out.fields.begin(), out.fields.end(),
                       [](const FieldFill& one) { return one.action == "set"; });
  }

  records::Provenance provenance_of(const Found& found, FillOutcome& out) const {
    const auto& provider = *found.provider;
    const auto source = parts_.records.create_source(tx_, "register", provider.title,
                                                     provider.licence, "", found.obtained_on);
    out.batch = order_.batch ? order_.batch
                             : parts_.records.create_batch(tx_, scope_, "register", type_.name,
                                                           {{"register", provider.name},
                                                            {"name", found.entry[Field::name]}});
    return {source, out.batch, order_.company ? "update" : "create"};
  }

  // A register holds numbers and addresses that Fokus refuses. They are left out and said so; what
  // the user gave is refused as always.
  Status save(FillOutcome& out, const records::Provenance& provenance) {
    for (;;) {
      std::optional<Result<records::Saved>> tried;
      tx_.in_savepoint([&] {
        tried.emplace(save_once(out, provenance));
        return tried->ok();
      });
      const auto& saved = *tried;
      if (saved.ok()) {
        out.company = saved->id;
        return {};
      }
      if (!leave_out_refused(out, saved.error())) return saved.error();
    }
  }

  Result<records::Saved> save_once(const FillOutcome& out,
                                   const records::Provenance& provenance) const {
    json::object values;
    for (const auto& one : out.fields)
      if (one.action == "set") values[one.field] = one.offered;
    for (const auto& [name, value] : also_) values[name] = value;
    if (!order_.company) return create(std::move(values), provenance);
    return records::save_in_version(order_.expected_versions, [&](auto version) {
      return parts_.records.update(tx_, scope_, type_, order_.company, values, version, provenance);
    });
  }

  // Two saves of one change set, so that each value has its own source: what the user typed, and
  // what the register says. What has the name comes first.
  Result<records::Saved> create(json::object of_register,
                                const records::Provenance& provenance) const {
    json::object typed = order_.values;
    const records::Provenance by_hand{0, provenance.batch, "create"};
    if (typed.contains("name")) return create_in_two(typed, by_hand, of_register, provenance);
    // Other fields that an installation requires are there from the first save on.
    for (const auto& field : type_.fields)
      if (field.required && typed.contains(field.name)) {
        of_register[field.name] = typed.at(field.name);
        typed.erase(field.name);
      }
    return create_in_two(of_register, provenance, typed, by_hand);
  }

  Result<records::Saved> create_in_two(const json::object& first,
                                       const records::Provenance& first_source,
                                       const json::object& second,
                                       records::Provenance second_source) const {
    auto saved = TRY(parts_.records.create(tx_, scope_, type_, first, first_source));
    if (second.empty()) return saved;
    second_source.action = "update";
    return parts_.records.update(tx_, scope_, type_, saved.id, second, std::nullopt, second_source);
  }

  bool leave_out_refused(FillOutcome& out, const Error& error) {
    // A broken index has spoilt the transaction: nothing can be tried again in it.
    if (error.kind != ErrorKind::invalid) return false;
    bool any = false;
    for (const auto& wrong : error.errors) {
      const auto name = wrong.field.substr(0, wrong.field.find('.'));
      any |= also_.erase(name) != 0;
      for (auto& one : out.fields) {
        if (one.field != name || one.action != "set") continue;
        one.action = "refuse";
        one.reason = wrong.code;
        any = true;
      }
    }
    return any;
  }

  const records::ApiParts& parts_;
  store::Transaction& tx_;
  const Scope& scope_;
  const records::RecordType& type_;
  const FillOrder& order_;
  json::object also_;  // of order_.also, what differs
};

}  // namespace

Result<FillOutcome> Registers::fill_company(store::Transaction& tx, const Scope& scope,
                                            const Found& found, const FillOrder& order) const {
  CHECK(order.company && !order.is_preview);
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  if (!type) return make_error(ErrorKind::not_found, "registers/not_found");
  return Filling(parts_, tx, scope, *type, order).run(found);
}

Result<FillOutcome> Registers::make_company(const Scope& scope, const Found& found,
                                            const FillOrder& order) const {
  const auto dictionary = parts_.records.dictionary_ptr();
  const auto* type = dictionary->find("company");
  if (!type) return make_error(ErrorKind::not_found, "registers/not_found");
  FillOutcome out;
  const auto stored = parts_.database.write([&](store::Transaction& tx) -> Status {
    out = TRY(Filling(parts_, tx, scope, *type, order).run(found));
    // What is shown is what would happen: it has been done, and is rolled back.
    if (order.is_preview) return make_error(ErrorKind::conflict, "registers/preview");
    return {};
  });
  if (!stored.ok() && stored.error().code != "registers/preview") return stored.error();
  if (order.is_preview) out.batch = {}, out.company = order.company;
  return out;
}

}  // namespace fokus::registers
