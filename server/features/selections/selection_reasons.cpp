// SPDX-License-Identifier: Apache-2.0
// Criteria as sentences: what they would find, and why a record is in a selection, or not.
#include "access/handlers_of.hpp"
#include "base/text.hpp"
#include "features/selections/selection_calls.hpp"
#include "records/criteria_explain.hpp"
#include "records/stored_filter.hpp"

namespace fokus::selections {
namespace {

namespace json = boost::json;
using access::Right;
using access::Scope;
using access::Visit;
using net::Method;
using net::Reply;
using records::Node;
using records::NodePtr;

class ReasonApi {
 public:
  explicit ReasonApi(const Selections& selections)
      : selections_(selections), parts_(selections.parts()) {}

  Result<Reply> preview(Visit& visit) const {
    const auto input = TRY(records::with_filter(TRY(records::body_object(visit.call))));
    const auto dictionary = parts_.dictionary.current();
    Selection s;
    const std::string name = text_of(input, "record_type");
    const auto* plural = dictionary->find_plural(name);
    s.record_type = plural ? plural->name : name;
    const auto* type = TRY(type_of(*dictionary, visit.scope, s));
    const std::string filter = TRY(said_text(input, "filter"));
    const NodePtr tree = filter.empty() ? nullptr : TRY(records::parse_filter(filter));
    records::ListQuery query;
    query.criteria = tree.get();
    const auto count = TRY(parts_.database.read([&](store::Session& session) {
      return parts_.records.count(session, visit.scope, *type, query, 100'000);
    }));
    json::array sentences;
    if (tree)
      parts_.database.read([&](store::Session& session) {
        for (const auto* part : conditions_of(*tree))
          sentences.push_back(
              json::string(sentence(session, visit.scope, *dictionary, *type, *part)));
      });
    const std::string whole =
        tree ? records::explain_criteria(*dictionary, *type, *tree, visit.scope.actor.language)
             : "";
    return Reply::json(json::serialize(
        json::object{{"count", {{"value", count.value}, {"at_least", count.at_least}}},
                     {"sentence", whole},
                     {"sentences", std::move(sentences)},
                     {"all", !tree || tree->kind != Node::Kind::any}}));
  }

  // Each condition of the selection, as a sentence, and whether the record fulfils it.
  Result<Reply> explanation(Visit& visit) const {
    const SelectionId id = TRY(selection_id_of(visit));
    const RecordId record = TRY(records::id_of(visit, "record"));
    const auto dictionary = parts_.dictionary.current();
    json::object out =
        TRY(parts_.database.read([&](store::Session& session) -> Result<json::object> {
          const Selection s = TRY(selections_.get(session, visit.scope, id));
          const auto* type = TRY(type_of(*dictionary, visit.scope, s));
          if (!TRY(holds(session, visit.scope, *type, record, nullptr)))
            return make_error(ErrorKind::not_found, "records/not_found");
          const NodePtr self = selection_node(id.value);
          json::array reasons;
          const NodePtr meaning = TRY(selections_.meaning(session, visit.scope, *type, id.value));
          for (const auto* part : conditions_of(*meaning))
            reasons.push_back(
                json::object{{"text", sentence(session, visit.scope, *dictionary, *type, *part)},
                             {"holds", TRY(holds(session, visit.scope, *type, record, part))}});
          return json::object{
              {"member", TRY(holds(session, visit.scope, *type, record, self.get()))},
              {"all", meaning->kind != Node::Kind::any},
              {"reasons", std::move(reasons)}};
        }));
    return Reply::json(json::serialize(out));
  }

  // Every selection of the record's type, and whether the record is in it.
  Result<Reply> of_record(Visit& visit) const {
    const auto dictionary = parts_.dictionary.current();
    const records::RecordType& type = *TRY(records::type_of(*dictionary, visit));
    const RecordId record = TRY(records::id_of(visit));
    json::array out;
    TRY(parts_.database.read([&](store::Session& session) -> Status {
      if (!TRY(holds(session, visit.scope, type, record, nullptr)))
        return make_error(ErrorKind::not_found, "records/not_found");
      for (const auto& one : selections_.list(session, visit.scope, {.type = type.name})) {
        if (out.size() == static_cast<std::size_t>(limits::record_selections_max)) break;
        const NodePtr inside = selection_node(one.id.value);
        // One whose criteria the viewer may not use says nothing.
        const auto member = holds(session, visit.scope, type, record, inside.get());
        out.push_back(
            json::object{{"id", one.id.value},
                         {"name", one.name},
                         {"kind", one.kind},
                         {"completed", one.completed},
                         {"is_editable", selections_.is_editable(visit.scope, one)},
                         {"member", member ? json::value(*member) : json::value(nullptr)}});
      }
      return {};
    }));
    return Reply::json(json::serialize(json::object{{"items", std::move(out)}}));
  }

 private:
  Result<bool> holds(store::Session& session, const Scope& scope, const records::RecordType& type,
                     RecordId record, const Node* condition) const {
    const NodePtr tree =
        both(condition ? records::clone(*condition) : nullptr, ids_node({record.value}));
    records::ListQuery query;
    query.criteria = tree.get();
    return TRY(parts_.records.count(session, scope, type, query, 1)).value > 0;
  }

  // What one reads one by one: the parts of a group, or the one condition.
  static std::vector<const Node*> conditions_of(const Node& node) {
    if (node.kind != Node::Kind::all && node.kind != Node::Kind::any) return {&node};
    std::vector<const Node*> out;
    for (const auto& child : node.children) out.push_back(child.get());
    return out;
  }

  // Other selections by their name instead of their number; without what the viewer may not see.
  std::string sentence(store::Session& session, const Scope& scope,
                       const records::Dictionary& dictionary, const records::RecordType& type,
                       const Node& node) const {
    const NodePtr shown = records::clone(node);
    records::mask_values(dictionary, scope, &type, *shown);
    std::string text = records::explain_criteria(dictionary, type, *shown, scope.actor.language);
    if (node.kind != Node::Kind::selection && node.kind != Node::Kind::members) return text;
    const auto id = std::get<std::int64_t>(node.terms.at(0).content);
    const auto found = selections_.get(session, scope, SelectionId{id});
    return found ? replace_all(text, std::to_string(id), "\"" + found->name + "\"") : text;
  }

  const Selections& selections_;
  const records::ApiParts& parts_;
};

}  // namespace

std::vector<access::Route> reason_routes(const Selections& selections) {
  const auto to = access::handlers_of(std::make_shared<ReasonApi>(selections));
  const auto right = Right::signed_in();
  return {{Method::post,
           "/api/v1/selections/preview",
           right,
           to(&ReasonApi::preview),
           {"Count what criteria would find",
            {.body = "{record_type!: text, filter: text, criteria: $criteria?}",
             .answer = "{count!: $count, sentence!: text, sentences!: [any], all!: boolean}",
             .only_asks = true}},
           net::Lane::slow},
          {Method::get,
           "/api/v1/selections/{id}/explanation/{record}",
           right,
           to(&ReasonApi::explanation),
           {"Why a record is in a selection, or not",
            {.answer = "{member!: boolean, all!: boolean, "
                       "reasons!: [{text!: text, holds!: boolean}]}"}}},
          {Method::get,
           "/api/v1/{type}/{id}/selections",
           right,
           to(&ReasonApi::of_record),
           {"Which selections a record is in",
            {.answer = "{items!: [{id!: id, name!: text, kind!: text, completed: boolean, "
                       "is_editable: boolean, member!: boolean?}]}"}}}};
}

}  // namespace fokus::selections
