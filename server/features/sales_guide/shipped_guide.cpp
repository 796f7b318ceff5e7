// SPDX-License-Identifier: Apache-2.0
// tidy: table
#include "features/sales_guide/guide.hpp"

namespace fokus::sales_guide {
namespace {

struct Texts {
  const char *da, *nb, *sv, *de, *en;  // null: none
};
struct Shipped {
  const char *stage, *key, *kind;
  int days;
  Owner owner;
  Texts title, text;
};

constexpr Shipped suggestions[] = {
    {"qualify",
     "first_call",
     "call",
     1,
     Owner::sale,
     {"Ring og afklar behovet", "Ring og avklar behovet", "Ring och klargör behovet",
      "Anrufen und den Bedarf klären", "Call and clarify the need"},
     {"Hvad skal løses, hvem bestemmer, hvornår skal det være på plads, og er der et budget?",
      "Hva skal løses, hvem bestemmer, når skal det være på plass, og finnes det et budsjett?",
      "Vad ska lösas, vem bestämmer, när ska det vara på plats och finns det en budget?",
      "Was soll gelöst werden, wer entscheidet, wann muss es stehen, und gibt es ein Budget?",
      "What is to be solved, who decides, by when, and is there a budget?"}},
    {"qualify",
     "know_customer",
     "task",
     2,
     Owner::sale,
     {"Sæt dig ind i kunden", "Sett deg inn i kunden", "Sätt dig in i kunden",
      "Den Kunden kennenlernen", "Get to know the customer"},
     {"Læs de seneste sager og noter om firmaet, og se hvem vi kender der.",
      "Les de siste sakene og notatene om firmaet, og se hvem vi kjenner der.",
      "Läs de senaste ärendena och anteckningarna om företaget och se vilka vi känner där.",
      "Die letzten Vorgänge und Notizen zur Firma lesen und sehen, wen wir dort kennen.",
      "Read what happened lately with the company, and see whom we know there."}},
    {"needs",
     "needs_meeting",
     "meeting",
     5,
     Owner::sale,
     {"Møde om behov og ønsker", "Møte om behov og ønsker", "Möte om behov och önskemål",
      "Besprechung zu Bedarf und Wünschen", "Meeting about needs and wishes"},
     {"Gå stedet igennem sammen med dem, der skal bruge løsningen.",
      "Gå gjennom stedet sammen med dem som skal bruke løsningen.",
      "Gå igenom platsen tillsammans med dem som ska använda lösningen.",
      "Den Ort mit denen durchgehen, die die Lösung benutzen werden.",
      "Walk through the place with those who are going to use the solution."}},
    {"needs",
     "needs_summary",
     "task",
     6,
     Owner::sale,
     {"Send referat med det aftalte", "Send referat med det avtalte",
      "Skicka protokoll med det överenskomna", "Zusammenfassung des Vereinbarten senden",
      "Send a summary of what was agreed"},
     {"Kunden bekræfter behov, tidsplan og hvem der beslutter.",
      "Kunden bekrefter behov, tidsplan og hvem som beslutter.",
      "Kunden bekräftar behov, tidsplan och vem som beslutar.",
      "Der Kunde bestätigt Bedarf, Zeitplan und wer entscheidet.",
      "The customer confirms the needs, the schedule and who decides."}},
    {"offer",
     "make_offer",
     "task",
     3,
     Owner::sale,
     {"Lav tilbuddet", "Lag tilbudet", "Skriv offerten", "Das Angebot erstellen", "Make the offer"},
     {"Brug salgets linjer; lad en kollega læse det, før det sendes.",
      "Bruk salgets linjer; la en kollega lese det før det sendes.",
      "Använd affärens rader; låt en kollega läsa den innan den skickas.",
      "Die Positionen des Verkaufs verwenden; vor dem Senden von jemandem lesen lassen.",
      "Use the lines of the sale; let a colleague read it before it goes out."}},
    {"offer",
     "present_offer",
     "meeting",
     7,
     Owner::sale,
     {"Gennemgå tilbuddet med kunden", "Gå gjennom tilbudet med kunden",
      "Gå igenom offerten med kunden", "Das Angebot mit dem Kunden durchgehen",
      "Go through the offer with the customer"},
     {"Hellere ved bordet end med mail: spørgsmålene kommer med det samme.",
      "Heller ved bordet enn på e-post: spørsmålene kommer med en gang.",
      "Hellre vid bordet än per e-post: frågorna kommer direkt.",
      "Lieber am Tisch als per E-Mail: Fragen kommen gleich.",
      "Better at the table than by mail: questions come at once."}},
    {"offer",
     "offer_follow_up",
     "call",
     14,
     Owner::sale,
     {"Følg op på tilbuddet", "Følg opp tilbudet", "Följ upp offerten", "Beim Angebot nachfassen",
      "Follow up on the offer"},
     {nullptr, nullptr, nullptr, nullptr, nullptr}},
    {"negotiation",
     "objections",
     "call",
     2,
     Owner::sale,
     {"Afklar indvendinger", "Avklar innvendinger", "Red ut invändningar", "Einwände klären",
      "Settle objections"},
     {"Pris, levering, konkurrenter: hvad mangler der for et ja?",
      "Pris, levering, konkurrenter: hva mangler for et ja?",
      "Pris, leverans, konkurrenter: vad saknas för ett ja?",
      "Preis, Lieferung, Wettbewerber: was fehlt noch zu einem Ja?",
      "Price, delivery, competitors: what is missing for a yes?"}},
    {"negotiation",
     "terms",
     "task",
     3,
     Owner::me,
     {"Få rabat og betingelser godkendt", "Få rabatt og betingelser godkjent",
      "Få rabatt och villkor godkända", "Rabatt und Bedingungen genehmigen lassen",
      "Have discount and terms approved"},
     {nullptr, nullptr, nullptr, nullptr, nullptr}},
    {"closing",
     "contract",
     "task",
     1,
     Owner::sale,
     {"Send ordrebekræftelse", "Send ordrebekreftelse", "Skicka orderbekräftelse",
      "Auftragsbestätigung senden", "Send the order confirmation"},
     {nullptr, nullptr, nullptr, nullptr, nullptr}},
    {"closing",
     "handover",
     "meeting",
     5,
     Owner::sale,
     {"Overdrag til levering", "Overlever til leveranse", "Lämna över till leverans",
      "Übergabe an die Lieferung", "Hand over to delivery"},
     {"Dem, der leverer, skal vide hvad der blev lovet.",
      "De som leverer, må vite hva som ble lovet.", "De som levererar måste veta vad som lovades.",
      "Wer liefert, muss wissen, was versprochen wurde.",
      "Those who deliver must know what was promised."}},
};

records::Labels labels_of(const Texts& texts) {
  records::Labels out;
  const auto put = [&](const char* language, const char* text) {
    if (text) out[language] = text;
  };
  put("da", texts.da), put("nb", texts.nb), put("sv", texts.sv);
  put("de", texts.de), put("en", texts.en);
  return out;
}

Guide make_guide() {
  Guide out;
  for (const auto& one : suggestions) {
    if (out.stages.empty() || out.stages.back().stage != one.stage)
      out.stages.push_back({one.stage, {}});
    out.stages.back().suggestions.push_back(
        {one.key, one.kind, labels_of(one.title), labels_of(one.text), one.days, one.owner});
  }
  return out;
}

}  // namespace

const Guide& shipped_guide() {
  static const Guide guide = make_guide();
  return guide;
}

}  // namespace fokus::sales_guide
