// SPDX-License-Identifier: Apache-2.0
#include "features/reports/document.hpp"

#include <chrono>
#include <set>

#include "base/text.hpp"
#include "features/reports/json_parts.hpp"
#include "features/reports/sheet.hpp"
#include "features/reports/words.hpp"

namespace fokus::reports {
namespace {

namespace json = boost::json;
using access::Scope;
using dashboards::Dashboard;
using dashboards::Dashboards;
using dashboards::Definition;
using dashboards::PageFilters;

struct Placed {
  dashboards::PlacedTile tile;
  std::optional<Definition> definition;  // none: it is gone
};

struct Page {
  std::string name;
  std::vector<Placed> tiles;
};

Result<Page> read_page(const Dashboards& dashboards, const Scope& scope, const DocumentAsk& ask) {
  return dashboards.parts().database.read([&](store::Session& session) -> Result<Page> {
    const Dashboard d = TRY(dashboards.get(session, scope, ask.dashboard));
    Page out;
    out.name = dashboards::in_language(&d.name, scope.actor.language);
    for (const auto& tile : d.tiles) {
      if (ask.tile != 0 && tile.id != ask.tile) continue;
      auto definition = dashboards.definition_of(session, tile);
      out.tiles.push_back(
          {tile, definition ? std::optional(*std::move(definition)) : std::nullopt});
    }
    if (ask.tile != 0 && out.tiles.empty())
      return make_error(ErrorKind::not_found, "dashboards/no_such_tile");
    return out;
  });
}

// The tiles of a page one after the other, as text and numbers.
class Filling {
 public:
  Filling(const Dashboards& dashboards, const Scope& scope, const DocumentAsk& ask,
          const Reader& reader)
      : dashboards_(dashboards),
        scope_(scope),
        ask_(ask),
        reader_(reader),
        until_(Clock::now() + std::chrono::milliseconds(limits::document_ms_max)) {}

  TileView view(const Placed& placed) {
    const auto title = placed.definition
                           ? dashboards::title_of(*placed.definition, scope_.actor.language)
                           : std::string();
    if (!placed.definition) return note_of(title, "dashboards/no_such_tile", reader_);
    if (Clock::now() > until_) return note_of(title, "dashboards/too_slow", reader_);
    const auto answer = dashboards_.answers().answer(scope_, *placed.definition, ask_.filters);
    if (!answer) return note_of(title, answer.error().code, reader_);
    boost::system::error_code failed;
    const json::value parsed = json::parse(*answer, failed);
    if (failed || !parsed.is_object()) return note_of(title, "", reader_);
    if (auto type = text_in(parsed.get_object(), "record_type"); !type.empty())
      types_.insert(std::move(type));
    return view_of(parsed.get_object(), reader_);
  }

  const std::set<std::string>& types() const { return types_; }

 private:
  using Clock = std::chrono::steady_clock;
  const Dashboards& dashboards_;
  const Scope& scope_;
  const DocumentAsk& ask_;
  const Reader& reader_;
  const Clock::time_point until_;
  std::set<std::string> types_;
};

std::string name_of(const Dashboards& dashboards, std::string_view statement,
                    const std::string& id) {
  std::int64_t number = 0;
  for (const char c : id) {
    if (c < '0' || c > '9' || number > 1'000'000'000'000) return {};
    number = number * 10 + (c - '0');
  }
  const auto& parts = dashboards.parts();
  return parts.database.read([&](store::Session& session) {
    return session.query_text(parts.statements[statement], {number}).value_or("");
  });
}

std::string period_text(const std::string& period, Instant now, const Scope& scope,
                        const Reader& reader) {
  const auto days = dashboards::days_of_period(reader.dictionary, scope, period, now);
  if (!days) return period;
  if (days->first == days->last) return reader.figures.date(days->first);
  return reader.figures.date(days->first) + " – " + reader.figures.date(days->last);
}

// "Period: 1 Nov 2026 – 30 Nov 2026 · Owner: me".
std::string filters_text(const Dashboards& dashboards, const Scope& scope,
                         const PageFilters& filters, Instant now, const Reader& reader) {
  std::vector<std::string> out;
  const auto say = [&](Word which) { return std::string(word(which, reader.language)); };
  const auto add = [&](Word which, const std::string& text) {
    out.push_back(say(which) + ": " + text);
  };
  if (!filters.period.empty()) add(Word::period, period_text(filters.period, now, scope, reader));
  if (!filters.owner.empty())
    add(Word::owner, filters.owner == "me"
                         ? say(Word::me)
                         : name_of(dashboards, "reports.name_of_user", filters.owner));
  if (!filters.group.empty())
    add(Word::group, filters.group == "my_group"
                         ? say(Word::my_group)
                         : name_of(dashboards, "reports.name_of_group", filters.group));
  if (!filters.country.empty()) add(Word::country, reader.figures.country(filters.country));
  if (!filters.scope.empty())
    add(Word::scope, say(filters.scope == "mine"       ? Word::mine
                         : filters.scope == "my_group" ? Word::my_group
                                                       : Word::all));
  return join(out, " · ");
}

// What leaves as a document is in the access log as such, beside each tile's own entry.
void trace(const records::ApiParts& parts, const Scope& scope, const DocumentAsk& ask,
           const records::Dictionary& dictionary, const std::set<std::string>& types) {
  const std::string shape = "dashboard " + std::to_string(ask.dashboard.value) + " as a document";
  for (const auto& name : types) {
    const auto* type = dictionary.find(name);
    if (type && type->about_person) parts.trace(scope, {"export", name, {}, shape});
  }
}

}  // namespace

Result<Document> make_document(const Dashboards& dashboards, const Scope& scope,
                               const DocumentAsk& ask, const std::function<bool()>& goes_on) {
  const auto& parts = dashboards.parts();
  const auto dictionary = parts.dictionary.current();
  const auto zone = TimeZone::find(scope.actor.time_zone).value_or(TimeZone::utc());
  const Reader reader{*dictionary, scope.actor.language, Figures(scope.actor.language, zone)};
  const Page page = TRY(read_page(dashboards, scope, ask));
  Sheet sheet;
  sheet.as_of = parts.clock.now();
  sheet.name = page.name;
  sheet.company = dictionary->installation.company_name;
  sheet.zone = zone.name();
  sheet.paper = ask.paper;
  sheet.filters = filters_text(dashboards, scope, ask.filters, sheet.as_of, reader);
  Filling filling(dashboards, scope, ask, reader);
  for (const auto& placed : page.tiles) {
    if (goes_on && !goes_on()) return make_error(ErrorKind::unavailable, "reports/stopped");
    const auto& tile = placed.tile;
    // A tile alone takes the whole width.
    const std::int64_t wide = ask.tile != 0 ? dashboards::limits::grid_columns : tile.w;
    sheet.tiles.push_back({filling.view(placed), tile.x, tile.y, wide, tile.h});
  }
  Document out{page.name, TRY(draw_sheet(sheet, reader)), sheet.as_of};
  trace(parts, scope, ask, *dictionary, filling.types());
  return out;
}

std::string file_name_of(const Document& document, const std::string& zone) {
  const auto place = TimeZone::find(zone).value_or(TimeZone::utc());
  constexpr std::size_t name_max = 120;
  std::string name(trim(cut_utf8(document.name, name_max)));
  for (char& c : name)
    if (std::string_view("/\\:*?\"<>|").find(c) != std::string_view::npos) c = ' ';
  if (name.empty()) name = "Fokus";
  return name + " " + render_date(place.date_of(document.as_of)) + ".pdf";
}

}  // namespace fokus::reports
