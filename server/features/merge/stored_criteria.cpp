// SPDX-License-Identifier: Apache-2.0
// Criteria that people have stored and that name a record by its number: "company eq 17".
#include <array>

#include "features/merge/journal.hpp"
#include "records/criteria_path.hpp"

namespace fokus::merge {
namespace {

namespace json = boost::json;
using records::FieldKind;
using records::Node;
using records::RecordType;

struct StoredIn {
  std::string_view table, key, type_column, text_column;
  bool is_filter;  // the text is a filter itself; else JSON that holds some
};
constexpr std::array<StoredIn, 5> places = {
    {{"selections", "id", "record_type", "filter", true},
     {"layouts", "id", "record_type", "content", false},
     {"views", "id", "record_type", "definition", false},
     {"dashboards", "id", "''", "content", false},
     {"standard_tile_changes", "tile", "''", "definition", false}}};

class Rewriting {
 public:
  explicit Rewriting(const Work& work)
      : work_(work), context_{work.dictionary, system_, work.now, work.tx.engine()} {
    system_.actor = access::system_actor();
  }

  // The text with the kept record's number in place of the merged ones'; nothing when it names
  // none.
  std::optional<std::string> filter(const RecordType& type, std::string_view text) {
    const auto tree =
        text.empty() ? Result<records::NodePtr>(records::NodePtr()) : records::parse_filter(text);
    if (!tree || !*tree) return std::nullopt;
    changed_ = false;
    rewrite(**tree, type);
    if (!changed_) return std::nullopt;
    return records::render_filter(**tree);
  }

  // Objects with a "filter" or a "shown_if", of the type that they or an object around them say.
  // True: changed.
  bool document(json::value& value, const RecordType* type) {
    bool any = false;
    if (value.is_array())
      for (auto& one : value.get_array()) any |= document(one, type);
    if (!value.is_object()) return any;
    auto& o = value.get_object();
    if (const auto* said = o.if_contains("record_type"); said && said->is_string())
      type = work_.dictionary.find(said->get_string());
    for (auto& [key, member] : o) {
      const bool is_filter = key == "filter" || key == "shown_if";
      if (!is_filter || !member.is_string()) {
        any |= document(member, type);
      } else if (type) {
        const auto text = filter(*type, member.get_string());
        if (text) member = *text, any = true;
      }
    }
    return any;
  }

 private:
  void rewrite(Node& node, const RecordType& type) {
    const RecordType* inner = &type;
    if (node.kind == Node::Kind::related) {
      const auto list = records::resolve_list(context_, type, node.path);
      if (!list) return;
      inner = list->to;
    }
    if (node.kind == Node::Kind::compare && names_records(node, type)) rename(node);
    for (auto& child : node.children) rewrite(*child, *inner);
  }

  bool names_records(const Node& node, const RecordType& type) const {
    const auto path = records::resolve_field(context_, type, node.path);
    if (!path || !path->part.empty()) return false;
    if (path->field->name == "id") return path->owner == &work_.type;
    const bool linking = path->kind == FieldKind::link || path->kind == FieldKind::links;
    return linking && path->field->target == work_.type.name;
  }

  void rename(Node& node) {
    for (auto& term : node.terms) {
      auto* id = std::get_if<std::int64_t>(&term.content);
      if (!id) continue;
      for (const auto merged : work_.merge)
        if (*id == merged.value) *id = work_.keep.value, changed_ = true;
    }
  }

  const Work& work_;
  access::Scope system_;
  records::CriteriaContext context_;
  bool changed_ = false;
};

struct Found {
  json::value key;
  std::string type, text;
};

// Texts that hold the digits of a merged record's number at all.
std::vector<Found> candidates(const Work& work, const StoredIn& place) {
  records::SqlText sql{"SELECT " + std::string(place.key) + ", " + std::string(place.type_column) +
                           ", " + std::string(place.text_column) + " FROM " +
                           std::string(place.table) + " WHERE ",
                       {}};
  const std::string column(place.text_column);
  for (std::size_t i = 0; i < work.merge.size(); ++i)
    sql.text += (i == 0 ? "" : " OR ") + column + " LIKE " +
                sql.bind("%" + std::to_string(work.merge[i].value) + "%");
  const auto params = sql.params();
  auto rows = work.tx.query(sql.text, store::Params(params));
  std::vector<Found> out;
  while (rows->next()) {
    json::value key = place.key == "id" ? json::value(rows->integer(0))
                                        : json::value(json::string(rows->text(0)));
    out.push_back({std::move(key), std::string(rows->text(1)), std::string(rows->text(2))});
  }
  return out;
}

std::optional<std::string> rewritten(Rewriting& rewriting, const Work& work, const StoredIn& place,
                                     const Found& found) {
  const auto* type = work.dictionary.find(found.type);
  if (place.is_filter) return type ? rewriting.filter(*type, found.text) : std::nullopt;
  boost::system::error_code ec;
  auto document = json::parse(found.text, ec);
  if (ec || !rewriting.document(document, type)) return std::nullopt;
  return json::serialize(document);
}

}  // namespace

void move_criteria(Work& work, RowJournal& journal) {
  Rewriting rewriting(work);
  for (const auto& place : places)
    for (const auto& found : candidates(work, place)) {
      const auto text = rewritten(rewriting, work, place, found);
      if (!text) continue;
      journal.change(place.table, {{place.key, found.key}, {place.text_column, found.text}},
                     {{place.text_column, *text}});
    }
}

}  // namespace fokus::merge
