// SPDX-License-Identifier: Apache-2.0
#include "features/reports/tile_view.hpp"

#include <algorithm>
#include <charconv>
#include <map>

#include "base/text.hpp"
#include "features/reports/json_parts.hpp"
#include "features/reports/words.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;

constexpr std::string_view nothing_text = "–";

// What a measure and a group of the answer say of themselves.
struct MeasureHead {
  std::string kind, unit, name;
  AxisView axis;
};
struct GroupHead {
  std::string kind, by;
};

Word measure_word(std::string_view kind) {
  static const std::map<std::string_view, Word> words = {
      {"count", Word::count},     {"distinct", Word::distinct}, {"sum", Word::sum},
      {"average", Word::average}, {"minimum", Word::minimum},   {"maximum", Word::maximum},
      {"median", Word::median},   {"weighted", Word::weighted}, {"ratio", Word::ratio}};
  const auto found = words.find(kind);
  return found == words.end() ? Word::count : found->second;
}

MeasureHead measure_head(const json::object& measure, const Reader& reader) {
  MeasureHead out{
      text_in(measure, "kind"), text_in(measure, "unit"), text_in(measure, "label"), {}};
  out.axis.is_ratio = out.kind == "ratio";
  out.axis.currency = text_in(measure, "currency");
  if (!out.name.empty()) return out;
  out.name = word(measure_word(out.kind), reader.language);
  if (const auto field = text_in(measure, "field_label"); !field.empty()) out.name += ": " + field;
  return out;
}

std::string cell_text(const json::object& cell, const MeasureHead& measure, const Reader& reader) {
  const auto* value = cell.if_contains("value");
  if (!value || value->is_null()) return std::string(nothing_text);
  if (const auto number = real_of(*value))
    return measure.axis.is_ratio ? reader.figures.percent(*number) : reader.figures.number(*number);
  if (const auto* money = value->if_object())
    return reader.figures.money(number_in(cell, "number").value_or(0), text_in(*money, "currency"));
  if (!value->is_string()) return std::string(nothing_text);
  const std::string_view text(value->get_string());
  if (measure.unit == "date")
    if (const auto date = parse_date(text)) return reader.figures.date(*date);
  if (measure.unit == "instant")
    if (const auto at = parse_instant(text)) return reader.figures.instant(*at);
  return std::string(text);
}

int digits_of(std::string_view text) {
  int out = 0;
  const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), out);
  return failed == std::errc() && end == text.data() + text.size() ? out : 0;
}

std::string bucket_text(const std::string& text, std::string_view by, const Reader& reader) {
  constexpr std::size_t month_length = 7, quarter_at = 6;
  if (by == "month" && text.size() == month_length)
    if (const auto first = parse_date(text + "-01")) return reader.figures.month(*first);
  if (by == "day" || by == "week")
    if (const auto day = parse_date(text)) return reader.figures.day(*day);
  if (by == "quarter" && text.size() == month_length && text[quarter_at - 1] == 'Q')
    return std::string(word(Word::quarter, reader.language)) + text.substr(quarter_at) + " " +
           text.substr(0, 4);
  if (const int day = digits_of(text); by == "weekday" && day >= 1 && day <= 7)
    return reader.figures.weekday(day);
  if (by == "hour" && !text.empty()) return (text.size() == 1 ? "0" : "") + text + ":00";
  return text;
}

std::string key_text(const json::object& key, const GroupHead& by, const Reader& reader) {
  const auto* value = key.if_contains("value");
  if (!value || value->is_null()) return std::string(word(Word::empty, reader.language));
  const std::string text = value->is_string()  ? std::string(value->get_string())
                           : value->is_int64() ? std::to_string(value->get_int64())
                                               : std::string();
  if (by.kind == "country" && !text.empty()) return reader.figures.country(text);
  if (by.kind == "language" && !text.empty()) return reader.figures.language(text);
  if (const auto label = text_in(key, "label"); !label.empty()) return label;
  if (!by.by.empty()) return bucket_text(text, by.by, reader);
  if (value->is_bool())
    return std::string(word(value->get_bool() ? Word::yes : Word::no, reader.language));
  if (const auto number = real_of(*value)) return reader.figures.number(*number);
  return text;
}

// Makes the view of one answer of numbers.
class ChartView {
 public:
  ChartView(const json::object& answer, const Reader& reader) : answer_(answer), reader_(reader) {
    if (const auto* measures = list_in(answer, "measures"))
      for (const auto& one : *measures)
        if (const auto* measure = one.if_object())
          measures_.push_back(measure_head(*measure, reader));
    if (const auto* groups = list_in(answer, "group_by"))
      for (const auto& one : *groups)
        if (const auto* by = one.if_object())
          by_.push_back({text_in(*by, "kind"), text_in(*by, "by")});
  }

  TileView make() {
    TileView out;
    out.title = text_in(answer_, "title");
    out.presentation = text_in(answer_, "presentation");
    for (const auto& measure : measures_) out.axes.push_back(measure.axis);
    out.is_in_time = by_.size() == 1 && !by_.front().by.empty();
    if (measures_.empty()) return note(std::move(out));
    if (out.presentation == "number" || out.presentation == "gauge") {
      add_numbers(out);
      out.kind = out.presentation == "gauge" ? TileView::Kind::gauge : TileView::Kind::numbers;
      return out;
    }
    by_.size() > 1 ? add_two_fields(out) : add_one_field(out);
    if (out.categories.empty()) return note(std::move(out));
    out.kind = TileView::Kind::chart;
    return out;
  }

 private:
  TileView note(TileView out) const {
    out.kind = TileView::Kind::note;
    out.note = word(Word::nothing, reader_.language);
    return out;
  }

  CellView cell_of(const json::array* cells, std::size_t at) const {
    if (!cells || at >= cells->size() || at >= measures_.size())
      return {{}, std::string(nothing_text)};
    const auto* cell = (*cells)[at].if_object();
    if (!cell) return {{}, std::string(nothing_text)};
    return {number_in(*cell, "number"), cell_text(*cell, measures_[at], reader_)};
  }

  std::string key_at(const json::object& group, std::size_t at) const {
    const auto* keys = list_in(group, "keys");
    const auto* key = keys && at < keys->size() ? (*keys)[at].if_object() : nullptr;
    return key && at < by_.size() ? key_text(*key, by_[at], reader_)
                                  : std::string(word(Word::empty, reader_.language));
  }

  std::vector<const json::object*> groups() const {
    std::vector<const json::object*> out;
    if (const auto* list = list_in(answer_, "groups"))
      for (const auto& one : *list)
        if (const auto* group = one.if_object()) out.push_back(group);
    return out;
  }

  void add_one_field(TileView& out) const {
    auto rows = groups();
    for (const auto* row : rows) out.categories.push_back(key_at(*row, 0));
    if (const auto* others = object_in(answer_, "others")) {
      rows.push_back(others);
      out.categories.emplace_back(word(Word::others, reader_.language));
    }
    const bool is_compared = object_in(answer_, "comparison") != nullptr;
    const std::string before(word(Word::before, reader_.language));
    for (std::size_t i = 0; i < measures_.size(); ++i) {
      SeriesView now{measures_[i].name, i, false, {}}, then{before, i, true, {}};
      if (measures_.size() > 1) then.name = measures_[i].name + ", " + before;
      for (const auto* row : rows) {
        now.cells.push_back(cell_of(list_in(*row, "cells"), i));
        then.cells.push_back(cell_of(list_in(*row, "before"), i));
      }
      out.series.push_back(std::move(now));
      if (is_compared) out.series.push_back(std::move(then));
    }
  }

  // The first field makes the categories, the second the series.
  void add_two_fields(TileView& out) const {
    std::map<std::string, std::size_t> places, columns;
    const auto id_at = [](const json::object& group, std::size_t at) {
      const auto* keys = list_in(group, "keys");
      const auto* key = keys && at < keys->size() ? (*keys)[at].if_object() : nullptr;
      const auto* value = key ? key->if_contains("value") : nullptr;
      return value ? json::serialize(*value) : std::string();
    };
    const auto rows = groups();
    for (const auto* row : rows) {
      if (places.try_emplace(id_at(*row, 0), out.categories.size()).second)
        out.categories.push_back(key_at(*row, 0));
      if (columns.try_emplace(id_at(*row, 1), out.series.size()).second)
        out.series.push_back({key_at(*row, 1), 0, false, {}});
    }
    for (auto& one : out.series)
      one.cells.assign(out.categories.size(), {{}, std::string(nothing_text)});
    for (const auto* row : rows)
      out.series[columns[id_at(*row, 1)]].cells[places[id_at(*row, 0)]] =
          cell_of(list_in(*row, "cells"), 0);
  }

  std::string before_words(const json::object& comparison) const {
    if (const auto* selection = object_in(comparison, "selection"))
      return sentence(Word::than_selection, reader_.language,
                      {{"name", text_in(*selection, "name")}});
    const bool is_year = text_in(comparison, "kind") == "previous_year";
    return std::string(
        word(is_year ? Word::than_last_year : Word::than_period_before, reader_.language));
  }

  void add_numbers(TileView& out) const {
    const auto* total = object_in(answer_, "total");
    const auto* cells = total ? list_in(*total, "cells") : nullptr;
    const auto* before = total ? list_in(*total, "before") : nullptr;
    const auto* comparison = object_in(answer_, "comparison");
    for (std::size_t i = 0; i < measures_.size(); ++i) {
      const auto now = cell_of(cells, i);
      NumberView number{measures_[i].name, now.text, now.number, {}, {}, {}, {}};
      number.target = number_in(answer_, "target");
      if (comparison && before) {
        const auto then = cell_of(before, i);
        number.before = then.number;
        number.before_text = then.text;
        number.before_words = before_words(*comparison);
      }
      out.numbers.push_back(std::move(number));
    }
    for (const auto* group : groups())
      out.sparkline.push_back(cell_of(list_in(*group, "cells"), 0).number.value_or(0));
  }

  const json::object& answer_;
  const Reader& reader_;
  std::vector<MeasureHead> measures_;
  std::vector<GroupHead> by_;
};

}  // namespace

TileView view_of(const json::object& answer, const Reader& reader) {
  const auto kind = text_in(answer, "kind");
  if (kind == "list") return list_view(answer, reader);
  if (kind == "table") return table_view(answer, reader);
  if (kind != "web") return ChartView(answer, reader).make();
  return note_of(text_in(answer, "title"), "web", reader);
}

TileView note_of(std::string title, std::string_view code, const Reader& reader) {
  TileView out;
  out.title = std::move(title);
  const Word which = code == "web"                   ? Word::web_panel
                     : code == "records/forbidden"   ? Word::not_allowed
                     : code == "dashboards/too_slow" ? Word::too_slow
                                                     : Word::failed;
  out.note = word(which, reader.language);
  return out;
}

std::string short_text(double number, const AxisView& axis, const Reader& reader) {
  return axis.is_ratio ? reader.figures.percent(number) : reader.figures.compact(number);
}

}  // namespace fokus::reports
