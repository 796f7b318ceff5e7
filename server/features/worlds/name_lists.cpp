// SPDX-License-Identifier: Apache-2.0
// Word lists (a table: exempt from the size limits of files). Written for these worlds.
#include "base/check.hpp"
#include "features/worlds/names.hpp"

namespace fokus::worlds {
namespace {

using Words = std::string_view;

constexpr Words danish_first[] = {
    "Anne",    "Mette",   "Kirsten",  "Hanne",    "Lone",     "Camilla", "Louise",    "Sofie",
    "Ida",     "Freja",   "Karen",    "Birgitte", "Pernille", "Trine",   "Signe",     "Maja",
    "Astrid",  "Ellen",   "Åse",      "Bodil",    "Jytte",    "Gitte",   "Charlotte", "Line",
    "Emma",    "Clara",   "Josefine", "Agnes",    "Gry",      "Tove",    "Peter",     "Jens",
    "Lars",    "Michael", "Henrik",   "Thomas",   "Søren",    "Jan",     "Niels",     "Christian",
    "Martin",  "Morten",  "Jørgen",   "Hans",     "Rasmus",   "Mads",    "Frederik",  "Mikkel",
    "Emil",    "Oliver",  "Bjørn",    "Torben",   "Poul",     "Kaj",     "Asger",     "Magnus",
    "Villads", "Aksel",   "Øjvind",   "Kåre"};
constexpr Words danish_last[] = {
    "Jensen",      "Nielsen",     "Hansen",    "Pedersen",  "Andersen",   "Christensen",
    "Larsen",      "Sørensen",    "Rasmussen", "Jørgensen", "Petersen",   "Madsen",
    "Kristensen",  "Olsen",       "Thomsen",   "Poulsen",   "Johansen",   "Møller",
    "Mortensen",   "Knudsen",     "Holm",      "Lund",      "Schmidt",    "Eriksen",
    "Kjær",        "Bach",        "Dahl",      "Frandsen",  "Østergaard", "Nørgaard",
    "Vestergaard", "Søndergaard", "Bak",       "Skovgaard", "Lindegaard", "Kirkegaard",
    "Høj",         "Brandt",      "Villadsen", "Winther",   "Aagaard",    "Bækgaard",
    "Ågren",       "Toft",        "Krogh",     "Juhl",      "Svendsen",   "Mathiesen",
    "Gravesen",    "Ørsted"};
constexpr Words norwegian_first[] = {"Ingrid", "Solveig", "Kari",   "Marit",    "Liv",
                                     "Berit",  "Silje",   "Hilde",  "Ragnhild", "Tuva",
                                     "Bjørn",  "Knut",    "Odd",    "Arne",     "Øystein",
                                     "Håkon",  "Eirik",   "Sindre", "Terje",    "Vegard"};
constexpr Words norwegian_last[] = {"Haugen", "Bakken", "Solberg", "Strand",  "Moen",
                                    "Lie",    "Berg",   "Hagen",   "Nygård",  "Ødegård",
                                    "Bråten", "Lunde",  "Sæther",  "Tangen",  "Myhre",
                                    "Fjeld",  "Sørlie", "Aasen",   "Rønning", "Vik"};
constexpr Words swedish_first[] = {
    "Astrid", "Elsa",   "Maja", "Birgitta", "Linnéa", "Åsa",   "Karin", "Ulrika", "Saga", "Ebba",
    "Erik",   "Gustav", "Nils", "Anders",   "Björn",  "Göran", "Håkan", "Åke",    "Sven", "Oskar"};
constexpr Words swedish_last[] = {"Lindqvist", "Bergström", "Sjöberg",   "Åkesson", "Nyström",
                                  "Lundgren",  "Holmberg",  "Sandström", "Öberg",   "Forsberg",
                                  "Ekström",   "Hedlund",   "Wallin",    "Norén",   "Blomqvist",
                                  "Söderberg", "Engström",  "Dahlgren",  "Björk",   "Hallberg"};
constexpr Words german_first[] = {"Anna",    "Greta",    "Sabine", "Ute",   "Jürgen",
                                  "Klaus",   "Wolfgang", "Jörg",   "Lena",  "Hannah",
                                  "Günther", "Matthias", "Stefan", "Uwe",   "Käthe",
                                  "Birgit",  "Heike",    "Moritz", "Felix", "Björn"};
constexpr Words german_last[] = {"Müller",   "Schröder", "Vogel",  "Weiß",    "Krüger",
                                 "Schäfer",  "Köhler",   "Lange",  "Böhm",    "Groß",
                                 "Hoffmann", "Jäger",    "Kaiser", "Lorenz",  "Möller",
                                 "Petersen", "Brandt",   "Fuchs",  "Winkler", "Straßer"};
constexpr Words finnish_first[] = {
    "Aino",  "Helmi", "Eeva",  "Päivi", "Hilkka", "Sanna", "Kaisa", "Venla",  "Juhani", "Antti",
    "Väinö", "Mikko", "Jukka", "Timo",  "Heikki", "Pekka", "Eino",  "Ilmari", "Tapio",  "Oskari"};
constexpr Words finnish_last[] = {"Korhonen", "Virtanen", "Mäkinen",  "Nieminen", "Hämäläinen",
                                  "Laine",    "Koskinen", "Järvinen", "Lehtonen", "Saarinen",
                                  "Niemi",    "Salonen",  "Heikkilä", "Kallio",   "Mäkelä",
                                  "Rantanen", "Peltola",  "Tuominen", "Väisänen", "Ahonen"};
constexpr Words slavic_first[] = {"Дмитрий", "Сергей", "Алексей", "Николай", "Павел",    "Олена",
                                  "Тарас",   "Богдан", "Ірина",   "Наталія", "Светлана", "Татьяна",
                                  "Ольга",   "Марія",  "Елена",   "Борис"};
constexpr Words slavic_last[] = {
    "Коваленко", "Шевчук",  "Бондаренко", "Мельник", "Кравченко", "Лысенко", "Савченко", "Орлов",
    "Соколов",   "Морозов", "Зайцев",     "Гончар",  "Петренко",  "Жуков",   "Щербак",   "Юрченко"};
constexpr Words greek_first[] = {"Ελένη",   "Μαρία",   "Σοφία",      "Κατερίνα", "Δέσποινα",
                                 "Ιωάννα",  "Γιώργος", "Νίκος",      "Κώστας",   "Δημήτρης",
                                 "Ανδρέας", "Σπύρος",  "Αλέξανδρος", "Θανάσης"};
constexpr Words greek_last[] = {"Παπαδάκης", "Νικολάου", "Γεωργίου", "Οικονόμου", "Καραγιάννης",
                                "Αντωνίου",  "Βλάχος",   "Μακρής",   "Ιωαννίδης", "Δημητρίου",
                                "Ξενάκης",   "Ψαράς",    "Χατζής",   "Λεμονής"};

constexpr Words danish_streets[] = {
    "Havnegade",     "Skovvej",      "Industrivej",    "Nørregade",   "Søndergade",
    "Ågade",         "Møllevej",     "Kongensgade",    "Strandvejen", "Fabriksvej",
    "Bredgade",      "Østergade",    "Vestre Ringvej", "Birkevej",    "Teglværksvej",
    "Håndværkervej", "Jernbanegade", "Præstevænget"};
constexpr Words norwegian_streets[] = {"Storgata",    "Kirkegata", "Fjordveien",
                                       "Bjørkeveien", "Sjøgata",   "Industriveien"};
constexpr Words swedish_streets[] = {"Storgatan",     "Drottninggatan",  "Björkvägen",
                                     "Industrigatan", "Östra Hamngatan", "Kungsgatan"};
constexpr Words german_streets[] = {"Hauptstraße",     "Bahnhofstraße", "Hafenweg",
                                    "Industriestraße", "Lindenallee",   "Mühlenweg"};
constexpr Words finnish_streets[] = {"Kauppakatu", "Asemakatu", "Rantatie", "Koivukuja",
                                     "Teollisuustie"};
constexpr Words slavic_streets[] = {"вул. Садова", "вул. Шкільна", "вул. Лісова", "вул. Миру"};
constexpr Words greek_streets[] = {"Οδός Ερμού", "Λεωφόρος Κηφισίας", "Οδός Αθηνάς",
                                   "Οδός Τσιμισκή"};

constexpr Town danish_towns[] = {
    {"1050", "København K"}, {"2100", "København Ø"},    {"2300", "København S"},
    {"2600", "Glostrup"},    {"2800", "Kongens Lyngby"}, {"3400", "Hillerød"},
    {"4000", "Roskilde"},    {"4700", "Næstved"},        {"5000", "Odense C"},
    {"5700", "Svendborg"},   {"6000", "Kolding"},        {"6400", "Sønderborg"},
    {"6700", "Esbjerg"},     {"7100", "Vejle"},          {"7400", "Herning"},
    {"7800", "Skive"},       {"8000", "Aarhus C"},       {"8200", "Aarhus N"},
    {"8600", "Silkeborg"},   {"8700", "Horsens"},        {"8800", "Viborg"},
    {"8900", "Randers"},     {"9000", "Aalborg"},        {"9800", "Hjørring"}};
constexpr Town norwegian_towns[] = {{"0150", "Oslo"},      {"5003", "Bergen"},
                                    {"7010", "Trondheim"}, {"4005", "Stavanger"},
                                    {"9008", "Tromsø"},    {"6003", "Ålesund"}};
constexpr Town swedish_towns[] = {{"111 20", "Stockholm"}, {"411 03", "Göteborg"},
                                  {"211 20", "Malmö"},     {"753 10", "Uppsala"},
                                  {"703 61", "Örebro"},    {"252 20", "Helsingborg"}};
constexpr Town german_towns[] = {{"24937", "Flensburg"}, {"20095", "Hamburg"}, {"24103", "Kiel"},
                                 {"23552", "Lübeck"},    {"10115", "Berlin"},  {"50667", "Köln"},
                                 {"80331", "München"}};
constexpr Town finnish_towns[] = {{"00100", "Helsinki"},
                                  {"33100", "Tampere"},
                                  {"20100", "Turku"},
                                  {"90100", "Oulu"},
                                  {"40100", "Jyväskylä"}};
constexpr Town slavic_towns[] = {{"01001", "Київ"}, {"79000", "Львів"}, {"65000", "Одеса"}};
constexpr Town greek_towns[] = {
    {"105 57", "Αθήνα"}, {"546 24", "Θεσσαλονίκη"}, {"712 02", "Ηράκλειο"}};

constexpr Words danish_endings[] = {"A/S", "ApS", "ApS", "A/S", "I/S", "& Søn ApS", "Holding A/S"};
constexpr Words norwegian_endings[] = {"AS", "AS", "ASA"};
constexpr Words swedish_endings[] = {"AB", "AB", "HB"};
constexpr Words german_endings[] = {"GmbH", "GmbH", "AG", "GmbH & Co. KG"};
constexpr Words finnish_endings[] = {"Oy", "Oy", "Oyj"};
constexpr Words slavic_endings[] = {"ТОВ", "ПП"};
constexpr Words greek_endings[] = {"Α.Ε.", "Ε.Π.Ε."};

constexpr Words danish_words[] = {
    "Fjordbo",  "Bakkehus", "Nordhavn", "Lyngby",   "Skovly",   "Vesterhav", "Åhavn",
    "Østerbro", "Kløver",   "Havblik",  "Solhøj",   "Egely",    "Møllebæk",  "Granholm",
    "Stjerne",  "Vadehav",  "Birkely",  "Klitgård", "Rødkilde", "Sølund",    "Tranekær",
    "Valmue",   "Lærke",    "Hvidsten", "Kongeå",   "Limfjord", "Storebælt", "Ravnsborg",
    "Bøgelund", "Fyrtårn",  "Hedebo",   "Mosegård", "Kystens",  "Aaløkke",   "Troldehøj",
    "Kobber",   "Glarbo",   "Pilegård", "Sejlflod", "Ålekær"};
constexpr Words norwegian_words[] = {"Fjelltopp", "Nordlys", "Bølgen", "Skjærgård", "Furu",
                                     "Elvebakk",  "Stabbur", "Isbre",  "Trollvik",  "Havsule"};
constexpr Words swedish_words[] = {"Älven",    "Björkö",    "Granit",   "Sjövik",  "Tallåsen",
                                   "Norrsken", "Skärgårds", "Ekbacken", "Vättern", "Lingon"};
constexpr Words german_words[] = {"Förde", "Nordstern", "Mühlbach", "Lindenhof", "Elbufer",
                                  "Grün",  "Seeadler",  "Brücken",  "Küsten",    "Silberbach"};
constexpr Words finnish_words[] = {"Järvi", "Koivu", "Revontuli", "Kanerva",
                                   "Saari", "Talvi", "Metsä",     "Kivi"};
constexpr Words slavic_words[] = {"Каштан", "Дніпро", "Світанок", "Калина", "Веселка", "Зірка"};
constexpr Words greek_words[] = {"Αιγαίον", "Ήλιος", "Θάλασσα", "Ορίζων", "Ελαιώνας", "Κύμα"};

constexpr Trade danish_trades[] = {{"construction", "Tømrer og Snedker"},
                                   {"construction", "Byg"},
                                   {"construction", "Arkitekter"},
                                   {"manufacturing", "Maskinfabrik"},
                                   {"manufacturing", "Møbler"},
                                   {"manufacturing", "Plast"},
                                   {"trade", "Engros"},
                                   {"trade", "Handel"},
                                   {"transport", "Logistik"},
                                   {"transport", "Spedition"},
                                   {"it", "Data"},
                                   {"it", "Software"},
                                   {"finance", "Revision"},
                                   {"finance", "Pension"},
                                   {"health", "Tandlæger"},
                                   {"health", "Lægehus"},
                                   {"education", "Friskole"},
                                   {"education", "Kursuscenter"},
                                   {"energy", "Varmeværk"},
                                   {"energy", "Vind"},
                                   {"food", "Mejeri"},
                                   {"food", "Bageri"},
                                   {"services", "Rådgivning"},
                                   {"services", "Advokater"},
                                   {"services", "Rengøring"},
                                   {"public", "Kommunale Bygninger"},
                                   {"association", "Boligforening"},
                                   {"other", "Hotel"},
                                   {"other", "Teater"}};
constexpr Trade norwegian_trades[] = {{"construction", "Bygg"}, {"transport", "Rederi"},
                                      {"energy", "Kraft"},      {"it", "Systemer"},
                                      {"food", "Sjømat"},       {"services", "Rådgivning"}};
constexpr Trade swedish_trades[] = {
    {"manufacturing", "Verkstad"}, {"construction", "Bygg"}, {"it", "Teknik"},
    {"trade", "Handel"},           {"services", "Konsult"},  {"health", "Vård"}};
constexpr Trade german_trades[] = {{"manufacturing", "Maschinenbau"}, {"trade", "Großhandel"},
                                   {"transport", "Spedition"},        {"it", "Systemhaus"},
                                   {"construction", "Hochbau"},       {"services", "Beratung"}};
constexpr Trade finnish_trades[] = {{"manufacturing", "Konepaja"},
                                    {"construction", "Rakennus"},
                                    {"it", "Ohjelmistot"},
                                    {"energy", "Energia"}};
constexpr Trade slavic_trades[] = {{"construction", "Буд"}, {"trade", "Торг"}, {"it", "Софт"}};
constexpr Trade greek_trades[] = {
    {"trade", "Εμπορική"}, {"construction", "Κατασκευές"}, {"transport", "Ναυτιλία"}};

constexpr Words titles[] = {"Direktør",          "Indkøbschef",
                            "Kontorchef",        "Økonomichef",
                            "HR-chef",           "Facility manager",
                            "Projektleder",      "Bygherrerådgiver",
                            "Arkitekt",          "Indretningsarkitekt",
                            "Salgschef",         "Marketingchef",
                            "Driftsleder",       "IT-chef",
                            "Receptionist",      "Bogholder",
                            "Sekretariatsleder", "Skoleleder",
                            "Koordinator",       "Partner"};

}  // namespace

const Country& country_of(Culture culture) {
  static const Country countries[] = {
      {"DK", "da", "45", Culture::danish, 8, danish_first, danish_last, danish_streets,
       danish_endings, danish_towns},
      {"NO", "nb", "47", Culture::norwegian, 8, norwegian_first, norwegian_last, norwegian_streets,
       norwegian_endings, norwegian_towns},
      {"SE", "sv", "46", Culture::swedish, 9, swedish_first, swedish_last, swedish_streets,
       swedish_endings, swedish_towns},
      {"DE", "de", "49", Culture::german, 10, german_first, german_last, german_streets,
       german_endings, german_towns},
      {"FI", "fi", "358", Culture::finnish, 9, finnish_first, finnish_last, finnish_streets,
       finnish_endings, finnish_towns},
      {"UA", "uk", "380", Culture::slavic, 9, slavic_first, slavic_last, slavic_streets,
       slavic_endings, slavic_towns},
      {"GR", "el", "30", Culture::greek, 10, greek_first, greek_last, greek_streets, greek_endings,
       greek_towns}};
  const auto at = static_cast<std::size_t>(culture);
  CHECK(at < std::size(countries));
  return countries[at];
}

std::span<const std::string_view> company_words(Culture culture) {
  switch (culture) {
    case Culture::danish:
      return danish_words;
    case Culture::norwegian:
      return norwegian_words;
    case Culture::swedish:
      return swedish_words;
    case Culture::german:
      return german_words;
    case Culture::finnish:
      return finnish_words;
    case Culture::slavic:
      return slavic_words;
    case Culture::greek:
      return greek_words;
  }
  return danish_words;
}

std::span<const Trade> company_trades(Culture culture) {
  switch (culture) {
    case Culture::danish:
      return danish_trades;
    case Culture::norwegian:
      return norwegian_trades;
    case Culture::swedish:
      return swedish_trades;
    case Culture::german:
      return german_trades;
    case Culture::finnish:
      return finnish_trades;
    case Culture::slavic:
      return slavic_trades;
    case Culture::greek:
      return greek_trades;
  }
  return danish_trades;
}

std::span<const std::string_view> job_titles() {
  return titles;
}

}  // namespace fokus::worlds
