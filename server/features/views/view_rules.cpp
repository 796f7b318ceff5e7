// SPDX-License-Identifier: Apache-2.0
#include "features/views/view_rules.hpp"

#include <algorithm>

#include "base/text.hpp"
#include "records/criteria_path.hpp"
#include "records/criteria_tree.hpp"
#include "records/stored_filter.hpp"

namespace fokus::views {
namespace {

namespace json = boost::json;
using records::CriteriaContext;
using records::FieldKind;
using records::Node;
using records::NodePtr;
using records::RecordType;

Error invalid(std::string_view field, std::string_view code) {
  return field_error("views/invalid", std::string(field), std::string(code));
}

Status take(const json::object& input, const char* key, std::size_t max, std::string& out) {
  const auto* value = input.if_contains(key);
  if (!value || value->is_null()) return {};
  if (!value->is_string()) return invalid(key, "not_text");
  const std::string_view text(value->get_string().data(), value->get_string().size());
  if (!is_clean_utf8(text)) return invalid(key, "invalid_text");
  if (text.size() > max) return invalid(key, "too_long");
  out = std::string(trim(text));
  return {};
}

Result<ViewColumn> parse_column(const json::value& input) {
  ViewColumn out;
  if (input.is_string()) {
    out.path = std::string(input.get_string());
  } else if (input.is_object()) {
    TRY(take(input.get_object(), "path", limits::name_max, out.path));
    if (const auto* width = input.get_object().if_contains("width"); width && !width->is_null()) {
      if (!width->is_int64()) return invalid("columns", "not_a_width");
      if (width->get_int64() < limits::width_min || width->get_int64() > limits::width_max)
        return invalid("columns", "out_of_range");
      out.width = width->get_int64();
    }
  }
  if (!records::is_path(out.path)) return invalid("columns", "not_a_field");
  return out;
}

Status take_word(const json::object& input, const char* key,
                 std::initializer_list<std::string_view> words, std::string& out) {
  TRY(take(input, key, limits::name_max, out));
  const bool known = out.empty() || std::find(words.begin(), words.end(), out) != words.end();
  return known ? Status() : Status(invalid(key, "unknown"));
}

bool is_grouped(FieldKind kind) {
  return kind == FieldKind::choice || kind == FieldKind::boolean || kind == FieldKind::country ||
         kind == FieldKind::language || records::is_link_kind(kind);
}

// A calendar lays records on the days of a date.
bool is_calendar(const std::string& presentation) {
  return presentation == "month" || presentation == "week";
}

bool is_on_a_day(FieldKind kind) {
  return kind == FieldKind::date || kind == FieldKind::instant;
}

bool is_added_up(FieldKind kind) {
  return kind == FieldKind::money || kind == FieldKind::integer || kind == FieldKind::decimal;
}

// Collects what is wrong with a tree; the first problem is enough to take a part out.
class Finder {
 public:
  Finder(const CriteriaContext& context, std::vector<Problem>& problems)
      : context_(context), problems_(problems) {}

  bool is_sound(const RecordType& type, const Node& node) {
    if (node.kind == Node::Kind::compare)
      return check(records::resolve_compared(context_, type, node.path), node.path);
    if (node.kind == Node::Kind::related) {
      const auto list = records::resolve_list(context_, type, node.path);
      if (!check(list, node.path)) return false;
      return std::all_of(node.children.begin(), node.children.end(),
                         [&](const auto& child) { return is_sound(*list->to, *child); });
    }
    return std::all_of(node.children.begin(), node.children.end(),
                       [&](const auto& child) { return is_sound(type, *child); });
  }

 private:
  template <class T>
  bool check(const Result<T>& found, const std::string& path) {
    if (found) return true;
    const auto& code = found.error().code;
    problems_.push_back({"filter", path, code.substr(code.find('/') + 1)});
    return false;
  }

  const CriteriaContext& context_;
  std::vector<Problem>& problems_;
};

std::string sound_filter(const CriteriaContext& context, const RecordType& type,
                         const std::string& text, std::vector<Problem>& problems) {
  if (text.empty()) return text;
  auto tree = records::parse_filter(text);
  if (!tree) {
    problems.push_back({"filter", "", "not_readable"});
    return {};
  }
  Finder finder(context, problems);
  const std::size_t before = problems.size();
  if ((*tree)->kind != Node::Kind::all) {
    const bool sound = finder.is_sound(type, **tree);
    return sound ? text : std::string();
  }
  std::vector<NodePtr> kept;
  for (auto& child : (*tree)->children)
    if (finder.is_sound(type, *child)) kept.push_back(std::move(child));
  if (problems.size() == before) return text;
  if (kept.empty()) return {};
  return records::render_filter(*records::make_group(Node::Kind::all, std::move(kept)));
}

}  // namespace

Result<Definition> parse_definition(const json::object& given) {
  const json::object input = TRY(records::with_filter(given));
  Definition out;
  TRY(take(input, "filter", records::limits::filter_bytes_max, out.filter));
  TRY(take(input, "sort", limits::sort_max, out.sort));
  TRY(take(input, "group_by", limits::name_max, out.group_by));
  TRY(take(input, "sum", limits::name_max, out.sum));
  TRY(take_word(input, "density", {"comfortable", "compact"}, out.density));
  TRY(take_word(input, "presentation", {"table", "board", "month", "week"}, out.presentation));
  if (out.presentation.empty()) out.presentation = "table";
  if (out.presentation != "table" && out.group_by.empty()) return invalid("group_by", "required");
  const auto* columns = input.if_contains("columns");
  if (!columns || columns->is_null()) return out;
  if (!columns->is_array()) return invalid("columns", "not_a_list");
  if (columns->get_array().size() > limits::columns_max) return invalid("columns", "too_many");
  for (const auto& column : columns->get_array()) out.columns.push_back(TRY(parse_column(column)));
  return out;
}

json::object definition_to_json(const Definition& d) {
  json::array columns;
  for (const auto& column : d.columns) {
    json::object one{{"path", column.path}};
    if (column.width > 0) one["width"] = column.width;
    columns.push_back(std::move(one));
  }
  return {{"filter", d.filter},
          {"columns", std::move(columns)},
          {"sort", d.sort},
          {"group_by", d.group_by},
          {"sum", d.sum},
          {"density", d.density},
          {"presentation", d.presentation}};
}

Status check_definition(const records::ApiParts& parts, store::Session& session,
                        const access::Scope& scope, const RecordType& type, const Definition& d) {
  const auto dictionary = parts.records.dictionary_ptr();
  const CriteriaContext context{*dictionary, scope, parts.clock.now(), session.engine()};
  if (!d.group_by.empty()) {
    const auto field = TRY(records::resolve_field(context, type, d.group_by));
    const bool fits =
        is_calendar(d.presentation) ? is_on_a_day(field.kind) : is_grouped(field.kind);
    if (!fits) return invalid("group_by", "wrong_kind");
  }
  if (!d.sum.empty()) {
    const auto field = TRY(records::resolve_field(context, type, d.sum));
    if (!is_added_up(field.kind)) return invalid("sum", "wrong_kind");
  }
  // One record, thrown away: what is stored is what can be opened.
  records::ListQuery query;
  const NodePtr tree = d.filter.empty() ? nullptr : TRY(records::parse_filter(d.filter));
  if (tree) TRY(records::check_unmasked(*tree));
  query.criteria = tree.get();
  query.sort = TRY(records::parse_sort(d.sort));
  for (const auto& column : d.columns) query.fields.push_back(column.path);
  query.limit = 1;
  std::string unused;
  JsonWriter writer(unused);
  TRY(parts.records.list(session, scope, type, query, writer));
  return {};
}

Opened open_definition(const CriteriaContext& context, const RecordType& type,
                       const Definition& d) {
  Opened out{d, {}};
  auto& problems = out.problems;
  // A masked column of the type itself is shown empty; one that is gone is not shown.
  const auto is_there = [&](const char* where, const std::string& path, bool may_be_masked) {
    const auto found = records::resolve_field(context, type, path);
    if (found || (may_be_masked && found.error().code == "criteria/masked_field")) return true;
    problems.push_back({where, path, found.error().code.substr(found.error().code.find('/') + 1)});
    return false;
  };
  out.definition.filter = sound_filter(context, type, d.filter, problems);
  std::erase_if(out.definition.columns,
                [&](const auto& column) { return !is_there("columns", column.path, true); });
  if (const auto keys = records::parse_sort(d.sort)) {
    std::vector<std::string> kept;
    for (const auto& key : *keys)
      if (is_there("sort", key.path, false)) kept.push_back((key.descending ? "-" : "") + key.path);
    out.definition.sort = join(kept, ",");
  }
  if (!d.sum.empty() && !is_there("sum", d.sum, false)) out.definition.sum.clear();
  if (!d.group_by.empty() && !is_there("group_by", d.group_by, false)) {
    out.definition.group_by.clear();
    out.definition.presentation = "table";
  }
  return out;
}

}  // namespace fokus::views
