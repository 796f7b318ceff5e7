// SPDX-License-Identifier: Apache-2.0
#include "records/criteria_explain.hpp"

#include <fmt/format.h>

#include <array>

#include "base/text.hpp"
#include "records/criteria_tree.hpp"

namespace fokus::records {
namespace {

struct Phrase {
  std::string_view word, english, danish;
};

constexpr std::array<Phrase, 41> phrases = {{
    {"eq", "is", "er"},
    {"ne", "is not", "er ikke"},
    {"gt", "is more than", "er over"},
    {"ge", "is at least", "er mindst"},
    {"lt", "is less than", "er under"},
    {"le", "is at most", "er højst"},
    {"in", "is one of", "er en af"},
    {"between", "is between", "er mellem"},
    {"contains", "contains", "indeholder"},
    {"startswith", "starts with", "begynder med"},
    {"endswith", "ends with", "slutter med"},
    {"empty", "is empty", "er tom"},
    {"has_any", "has one of", "har en af"},
    {"has_all", "has all of", "har alle af"},
    {"and", "and", "og"},
    {"or", "or", "eller"},
    {"not", "not", "ikke"},
    {"true", "yes", "ja"},
    {"false", "no", "nej"},
    {"null", "nothing", "ingenting"},
    {"all", "everything", "alt"},
    {"none", "nothing", "intet"},
    {"has", "has", "har"},
    {"has_no", "has no", "har ingen"},
    {"where", "where", "hvor"},
    {"me", "me", "mig"},
    {"my_group", "my group", "min gruppe"},
    {"my_groups", "my groups", "mine grupper"},
    {"today", "today", "i dag"},
    {"yesterday", "yesterday", "i går"},
    {"tomorrow", "tomorrow", "i morgen"},
    {"now", "now", "nu"},
    {"this_week", "this week", "denne uge"},
    {"last_week", "last week", "sidste uge"},
    {"next_week", "next week", "næste uge"},
    {"this_month", "this month", "denne måned"},
    {"last_month", "last month", "sidste måned"},
    {"next_month", "next month", "næste måned"},
    {"this_year", "this year", "i år"},
    {"last_year", "last year", "sidste år"},
    {"next_year", "next year", "næste år"},
}};

// Where a value came from. Both languages say the thing before the field.
constexpr std::array<Phrase, 15> origin_phrases = {{
    {"source", "the source of", "kilden til"},
    {"source_name", "the name of the source of", "navnet på kilden til"},
    {"batch", "the change set of", "ændringssættet for"},
    {"obtained_at", "the day of obtaining", "dagen for indhentning af"},
    {"notice", "the duty to inform", "oplysningspligten"},
    {"state", "state", "status"},
    {"since", "obtained on", "indhentet den"},
    {"due_on", "deadline", "frist"},
    {"open", "open", "åben"},
    {"informed", "informed", "oplyst"},
    {"import", "an import", "en import"},
    {"register", "a register", "et register"},
    {"device", "a device", "en enhed"},
    {"form", "a form", "en formular"},
    {"migration", "a migration", "en migrering"},
}};

constexpr std::array<Phrase, 27> more_phrases = {{
    {"this_quarter", "this quarter", "dette kvartal"},
    {"last_quarter", "last quarter", "sidste kvartal"},
    {"next_quarter", "next quarter", "næste kvartal"},
    {"this_fiscal_year", "this fiscal year", "dette regnskabsår"},
    {"last_fiscal_year", "last fiscal year", "sidste regnskabsår"},
    {"next_fiscal_year", "next fiscal year", "næste regnskabsår"},
    {"this_fiscal_quarter", "this fiscal quarter", "dette regnskabskvartal"},
    {"last_fiscal_quarter", "last fiscal quarter", "sidste regnskabskvartal"},
    {"next_fiscal_quarter", "next fiscal quarter", "næste regnskabskvartal"},
    {"last", "the last", "de seneste"},
    {"next", "the next", "de næste"},
    {"hours", "hours", "timer"},
    {"days", "days", "dage"},
    {"weeks", "weeks", "uger"},
    {"months", "months", "måneder"},
    {"quarters", "quarters", "kvartaler"},
    {"years", "years", "år"},
    {"in_selection", "is in selection", "er i udvalg"},
    {"weekday", "is on a", "er på en"},
    {"hour", "is in the hour from", "er i timen fra kl."},
    {"weekday 1", "Monday", "mandag"},
    {"weekday 2", "Tuesday", "tirsdag"},
    {"weekday 3", "Wednesday", "onsdag"},
    {"weekday 4", "Thursday", "torsdag"},
    {"weekday 5", "Friday", "fredag"},
    {"weekday 6", "Saturday", "lørdag"},
    {"weekday 7", "Sunday", "søndag"},
}};

class Explainer {
 public:
  Explainer(const Dictionary& dictionary, std::string_view language)
      : dictionary_(dictionary), language_(language == "da" ? "da" : "en") {}

  std::string node(const RecordType* type, const Node& n, bool inside) const {
    switch (n.kind) {
      case Node::Kind::compare:
        return compare(type, n);
      case Node::Kind::related:
        return related(type, n, "has");
      case Node::Kind::selection:
      case Node::Kind::members:
        return selection(type, n);
      case Node::Kind::negation: {
        const Node& child = *n.children.at(0);
        if (child.kind == Node::Kind::related) return related(type, child, "has_no");
        return say("not") + " (" + node(type, child, false) + ")";
      }
      case Node::Kind::all:
      case Node::Kind::any:
        break;
    }
    const bool all = n.kind == Node::Kind::all;
    if (n.children.empty()) return say(all ? "all" : "none");
    std::vector<std::string> parts;
    for (const auto& child : n.children) parts.push_back(node(type, *child, true));
    const std::string text = join(parts, " " + say(all ? "and" : "or") + " ");
    return inside && parts.size() > 1 ? "(" + text + ")" : text;
  }

 private:
  std::string selection(const RecordType* type, const Node& n) const {
    const Field* field = nullptr;
    const std::string who = n.path.empty() ? "" : walk(type, n.path, field) + " ";
    return who + say("in_selection") + " " +
           std::to_string(std::get<std::int64_t>(n.terms.at(0).content));
  }

  std::string say(std::string_view word) const {
    for (const auto& phrase : phrases)
      if (phrase.word == word)
        return std::string(language_ == "da" ? phrase.danish : phrase.english);
    for (const auto& phrase : more_phrases)
      if (phrase.word == word)
        return std::string(language_ == "da" ? phrase.danish : phrase.english);
    return std::string(word);
  }

  std::string label(const Labels& labels, std::string_view fallback) const {
    if (const auto own = labels.find(language_); own != labels.end()) return own->second;
    const auto english = labels.find("en");
    return english != labels.end() ? english->second : std::string(fallback);
  }

  // The labels along a path, and where it leads.
  std::string walk(const RecordType*& type, std::string_view path, const Field*& field) const {
    std::vector<std::string> names;
    for (const auto segment : split(path, '.')) {
      field = type ? type->find(segment) : nullptr;
      names.push_back(field ? label(field->label, segment) : std::string(segment));
      type = field ? dictionary_.find(target_of(*field)) : nullptr;
    }
    return join(names, " · ");
  }

  static std::string target_of(const Field& field) {
    if (field.kind == FieldKind::user) return "user";
    return field.kind == FieldKind::group ? "group" : field.target;
  }

  std::string say_of_origin(std::string_view word) const {
    for (const auto& phrase : origin_phrases)
      if (phrase.word == word)
        return std::string(language_ == "da" ? phrase.danish : phrase.english);
    return std::string(word);
  }

  // "the source of Address"; "the duty to inform · deadline"
  std::string origin(const RecordType* type, const OriginPath& path, const Node& n) const {
    const Field* field = nullptr;
    const std::string_view before = field_of_path(n.path);
    std::string text = say_of_origin(path.about);
    if (!before.empty()) text += " " + walk(type, before, field);
    if (path.about != "notice") return text;
    return text + " · " + say_of_origin(path.inner.substr(path.inner.rfind('.') + 1));
  }

  std::string origin_term(const Term& one) const {
    const auto* text = std::get_if<std::string>(&one.content);
    return text ? say_of_origin(*text) : term(nullptr, one);
  }

  std::string compare(const RecordType* type, const Node& n) const {
    const Field* field = nullptr;
    const auto told = parse_origin_path(n.path);
    std::string text = told ? origin(type, *told, n) : walk(type, n.path, field);
    const bool period = n.op == Op::in && n.terms.size() == 1;
    text += " " + say(period ? "eq" : op_name(n.op));
    std::vector<std::string> terms;
    for (const auto& one : n.terms)
      terms.push_back(told                  ? origin_term(one)
                      : n.op == Op::weekday ? say("weekday " + term(field, one))
                                            : term(field, one));
    if (terms.empty()) return text;
    return text + " " + join(terms, n.op == Op::between ? " " + say("and") + " " : ", ");
  }

  std::string term(const Field* field, const Term& one) const {
    if (const auto* text = std::get_if<std::string>(&one.content)) {
      const auto* item = field ? dictionary_.find_item(field->list, *text) : nullptr;
      return item ? label(item->label, *text) : *text;
    }
    if (const auto* whole = std::get_if<std::int64_t>(&one.content)) return std::to_string(*whole);
    if (const auto* yes = std::get_if<bool>(&one.content)) return say(*yes ? "true" : "false");
    if (const auto* real = std::get_if<double>(&one.content)) return fmt::format("{}", *real);
    const auto* symbol = std::get_if<Symbol>(&one.content);
    if (!symbol) return say("null");
    if (!is_period_symbol(symbol->name)) return say(symbol->name);
    return say(symbol->name) + " " + std::to_string(symbol->amount) + " " + say(symbol->unit);
  }

  std::string related(const RecordType* type, const Node& n, std::string_view verb) const {
    std::string_view name = n.path;
    std::string before;
    if (const auto dot = name.rfind('.'); dot != name.npos) {
      const Field* field = nullptr;
      before = walk(type, name.substr(0, dot), field) + " ";
      name.remove_prefix(dot + 1);
    }
    const Backlink* backlink = type ? type->find_backlink(name) : nullptr;
    const Field* field = type ? type->find(name) : nullptr;
    const RecordType* to = nullptr;
    if (backlink) to = dictionary_.find(backlink->type);
    if (field) to = dictionary_.find(target_of(*field));
    std::string list(name);
    if (field)
      list = label(field->label, name);
    else if (to)
      list = label(to->label_plural, name);
    std::string text = before + say(verb) + " " + list;
    if (!n.children.empty()) text += " " + say("where") + " " + node(to, *n.children.front(), true);
    return text;
  }

  const Dictionary& dictionary_;
  std::string language_;
};

}  // namespace

std::string explain_criteria(const Dictionary& dictionary, const RecordType& type, const Node& node,
                             std::string_view language) {
  return Explainer(dictionary, language).node(&type, node, false);
}

}  // namespace fokus::records
