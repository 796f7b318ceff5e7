// SPDX-License-Identifier: Apache-2.0
// tidy: table
#include "features/reports/words.hpp"

#include <array>

#include "base/text.hpp"

namespace fokus::reports {
namespace {

constexpr std::array<std::string_view, 5> languages = {"en", "da", "nb", "sv", "de"};
using Row = std::array<std::string_view, languages.size()>;

// In the order of Word.
constexpr std::array rows = std::to_array<Row>({
    {"Page {page} of {pages}", "Side {page} af {pages}", "Side {page} av {pages}",
     "Sida {page} av {pages}", "Seite {page} von {pages}"},
    {"Numbers of {at} ({zone})", "Tal fra {at} ({zone})", "Tall fra {at} ({zone})",
     "Siffror från {at} ({zone})", "Zahlen vom {at} ({zone})"},
    {"Filters", "Filtre", "Filtre", "Filter", "Filter"},
    {"Nothing to show", "Intet at vise", "Ingenting å vise", "Inget att visa", "Nichts anzuzeigen"},
    {"This dashboard has no tiles", "Dette dashboard har ingen ruder",
     "Dette dashbordet har ingen ruter", "Den här instrumentpanelen har inga rutor",
     "Dieses Dashboard hat keine Kacheln"},
    {"You may not see these records", "Du må ikke se disse poster",
     "Du har ikke tilgang til disse postene", "Du får inte se de här posterna",
     "Sie dürfen diese Datensätze nicht sehen"},
    {"This took too long", "Det tog for lang tid", "Dette tok for lang tid", "Det tog för lång tid",
     "Das hat zu lange gedauert"},
    {"This could not be computed", "Dette kunne ikke beregnes", "Dette kunne ikke beregnes",
     "Detta kunde inte beräknas", "Das konnte nicht berechnet werden"},
    {"A web page; open the dashboard to see it", "En webside; åbn dashboardet for at se den",
     "En nettside; åpne dashbordet for å se den",
     "En webbsida; öppna instrumentpanelen för att se den",
     "Eine Webseite; öffnen Sie das Dashboard, um sie zu sehen"},
    {"Records in all: {count}", "Poster i alt: {count}", "Poster i alt: {count}",
     "Poster totalt: {count}", "Datensätze insgesamt: {count}"},
    {"Others", "Andre", "Andre", "Övriga", "Sonstige"},
    {"Before", "Før", "Før", "Tidigare", "Vorher"},
    {"Total", "I alt", "Totalt", "Totalt", "Gesamt"},
    {"vs. last year", "mod sidste år", "mot i fjor", "mot förra året", "gegenüber dem Vorjahr"},
    {"vs. the period before", "mod perioden før", "mot perioden før", "mot perioden innan",
     "gegenüber dem Zeitraum davor"},
    {"vs. {name}", "mod {name}", "mot {name}", "mot {name}", "gegenüber {name}"},
    {"{share} of the target", "{share} af målet", "{share} av målet", "{share} av målet",
     "{share} des Ziels"},
    {"(empty)", "(tom)", "(tom)", "(tom)", "(leer)"},
    {"Yes", "Ja", "Ja", "Ja", "Ja"},
    {"No", "Nej", "Nei", "Nej", "Nein"},
    {"Q", "K", "K", "K", "Q"},
    {"Count", "Antal", "Antall", "Antal", "Anzahl"},
    {"Count of different", "Antal forskellige", "Antall forskjellige", "Antal olika",
     "Anzahl verschiedener"},
    {"Sum", "Sum", "Sum", "Summa", "Summe"},
    {"Average", "Gennemsnit", "Gjennomsnitt", "Genomsnitt", "Durchschnitt"},
    {"Smallest", "Mindste", "Minste", "Minsta", "Kleinster Wert"},
    {"Largest", "Største", "Største", "Största", "Größter Wert"},
    {"Median", "Median", "Median", "Median", "Median"},
    {"Weighted sum", "Vægtet sum", "Vektet sum", "Viktad summa", "Gewichtete Summe"},
    {"Proportion", "Andel", "Andel", "Andel", "Anteil"},
    {"Period", "Periode", "Periode", "Period", "Zeitraum"},
    {"Owner", "Ejer", "Eier", "Ägare", "Besitzer"},
    {"Group", "Gruppe", "Gruppe", "Grupp", "Gruppe"},
    {"Country", "Land", "Land", "Land", "Land"},
    {"Shown", "Vist", "Vist", "Visas", "Gezeigt"},
    {"me", "mig", "meg", "mig", "ich"},
    {"my group", "min gruppe", "min gruppe", "min grupp", "meine Gruppe"},
    {"mine", "mine", "mine", "mina", "meine"},
    {"all that I may see", "alt, jeg må se", "alt jeg har tilgang til", "allt jag får se",
     "alles, was ich sehen darf"},
    {"The dashboard “{dashboard}” is attached as a PDF, with the numbers of {at} that you may see.",
     "Dashboardet “{dashboard}” er vedhæftet som PDF med de tal fra {at}, som du må se.",
     "Dashbordet «{dashboard}» er vedlagt som PDF med tallene fra {at} som du har tilgang til.",
     "Instrumentpanelen ”{dashboard}” är bifogad som PDF med de siffror från {at} som du får se.",
     "Das Dashboard „{dashboard}“ ist als PDF angehängt, mit den Zahlen vom {at}, die Sie sehen "
     "dürfen."},
    {"You receive this because {name} set it up for you.",
     "Du får dette, fordi {name} har sat det op til dig.",
     "Du får dette fordi {name} har satt det opp for deg.",
     "Du får detta eftersom {name} har ställt in det åt dig.",
     "Sie erhalten dies, weil {name} es für Sie eingerichtet hat."},
    {"Stop receiving it here: {url}", "Afmeld det her: {url}", "Meld deg av her: {url}",
     "Avsluta det här: {url}", "Hier abbestellen: {url}"},
    {"You can stop receiving it in Fokus, in the menu of the dashboards under “Regular delivery”.",
     "Du kan afmelde det i Fokus, i dashboardenes menu under “Fast udsendelse”.",
     "Du kan melde deg av i Fokus, i menyen for dashbordene under «Fast utsending».",
     "Du kan avsluta det i Fokus, i instrumentpanelernas meny under ”Regelbundna utskick”.",
     "Sie können es in Fokus abbestellen, im Menü der Dashboards unter „Regelmäßiger Versand“."},
    {"Open it in Fokus: {url}", "Åbn det i Fokus: {url}", "Åpne det i Fokus: {url}",
     "Öppna den i Fokus: {url}", "In Fokus öffnen: {url}"},
    {"Test letter from Fokus", "Prøvebrev fra Fokus", "Testbrev fra Fokus", "Testbrev från Fokus",
     "Testbrief von Fokus"},
    {"Outgoing e-mail works: this letter came through the server that was set up.",
     "Udgående e-mail virker: Dette brev kom gennem den server, der er sat op.",
     "Utgående e-post virker: Dette brevet kom gjennom serveren som er satt opp.",
     "Utgående e-post fungerar: det här brevet kom genom den server som ställts in.",
     "Ausgehende E-Mail funktioniert: Dieser Brief kam über den eingerichteten Server."},
});
static_assert(rows.size() == static_cast<std::size_t>(Word::test_text) + 1);

}  // namespace

std::string_view word(Word which, std::string_view language) {
  const Row& row = rows[static_cast<std::size_t>(which)];
  for (std::size_t i = 0; i < languages.size(); ++i)
    if (languages[i] == language) return row[i];
  return row.front();
}

std::string sentence(Word which, std::string_view language,
                     std::initializer_list<std::pair<std::string_view, std::string_view>> values) {
  std::string out(word(which, language));
  for (const auto& [name, value] : values)
    out = replace_all(std::move(out), "{" + std::string(name) + "}", value);
  return out;
}

}  // namespace fokus::reports
