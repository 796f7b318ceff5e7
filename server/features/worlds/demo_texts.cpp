// SPDX-License-Identifier: Apache-2.0
// Text tables (exempt from the size limits of files).
#include "features/worlds/demo_texts.hpp"

namespace fokus::worlds::demo {
namespace {

constexpr std::string_view group_list[] = {"Ledelse", "Salg", "Service", "Marketing"};

constexpr User user_list[] = {
    {"Karen Winther", "karen@example.org", "Direktør", "Ledelse", "administrator"},
    {"Poul Aagaard", "poul@example.org", "Salgsdirektør", "Ledelse", "management"},
    {"Mette Holm", "mette@example.org", "Key account manager", "Salg", "sales"},
    {"Rasmus Toft", "rasmus@example.org", "Sælger", "Salg", "sales"},
    {"Signe Kjær", "signe@example.org", "Sælger", "Salg", "sales"},
    {"Bjørn Østergaard", "bjoern@example.org", "Sælger, Vest", "Salg", "sales"},
    {"Åse Lindegaard", "aase@example.org", "Indretningsarkitekt", "Salg", "sales"},
    {"Torben Bak", "torben@example.org", "Servicechef", "Service", "service"},
    {"Line Nørgaard", "line@example.org", "Servicekoordinator", "Service", "service"},
    {"Kaj Madsen", "kaj@example.org", "Montør", "Service", "service"},
    {"Freja Dahl", "freja@example.org", "Marketingchef", "Marketing", "marketing"},
    {"Emil Brandt", "emil@example.org", "Studentermedhjælper", "Marketing", "read_only"}};

constexpr Product product_list[] = {
    {"HS-120", "Hæve-sænkebord Fjord 120", "hardware", "stk.", 3495},
    {"HS-160", "Hæve-sænkebord Fjord 160", "hardware", "stk.", 4195},
    {"HS-180", "Hæve-sænkebord Fjord 180", "hardware", "stk.", 4695},
    {"HS-HJ", "Hæve-sænkebord Fjord, hjørne", "hardware", "stk.", 5895},
    {"KS-10", "Kontorstol Lærke", "hardware", "stk.", 2895},
    {"KS-20", "Kontorstol Lærke med nakkestøtte", "hardware", "stk.", 3395},
    {"KS-30", "Kontorstol Viben, 24 timer", "hardware", "stk.", 6495},
    {"MS-10", "Mødestol Sivet", "hardware", "stk.", 1195},
    {"MS-12", "Mødestol Sivet, polstret", "hardware", "stk.", 1595},
    {"MB-08", "Mødebord Holm, 8 personer", "hardware", "stk.", 8900},
    {"MB-14", "Mødebord Holm, 14 personer", "hardware", "stk.", 15900},
    {"MB-24", "Mødebord Holm, 24 personer", "hardware", "stk.", 26500},
    {"RE-02", "Reol Klit, 2 hylder", "hardware", "stk.", 1650},
    {"RE-05", "Reol Klit, 5 hylder", "hardware", "stk.", 2950},
    {"SK-10", "Skuffekassette Kvist", "hardware", "stk.", 1395},
    {"SK-20", "Skab med jalousi", "hardware", "stk.", 3895},
    {"LO-10", "Loungestol Mose", "hardware", "stk.", 5200},
    {"LO-20", "Sofa Mose, 2 personer", "hardware", "stk.", 9800},
    {"LO-30", "Sofa Mose, 3 personer", "hardware", "stk.", 12900},
    {"SB-10", "Sofabord Ø", "hardware", "stk.", 2400},
    {"AK-10", "Skærmvæg, akustisk", "hardware", "stk.", 2150},
    {"AK-20", "Loftpanel, akustisk", "hardware", "m2", 890},
    {"AK-30", "Telefonboks Stille", "hardware", "stk.", 42500},
    {"AK-40", "Mødeboks Stille, 4 personer", "hardware", "stk.", 98000},
    {"LA-10", "Bordlampe Glød", "hardware", "stk.", 1250},
    {"LA-20", "Pendel Glød", "hardware", "stk.", 2250},
    {"GA-10", "Garderobestativ", "hardware", "stk.", 1850},
    {"KA-10", "Kantinebord Bro", "hardware", "stk.", 3650},
    {"KA-20", "Kantinestol Bro", "hardware", "stk.", 795},
    {"TA-10", "Tavle i glas, 200 × 100", "hardware", "stk.", 4100},
    {"IN-10", "Indretningsplan, pr. etage", "service", "stk.", 12500},
    {"IN-20", "Rådgivning, indretningsarkitekt", "service", "time", 1150},
    {"MO-10", "Montering", "service", "time", 595},
    {"MO-20", "Levering og opbæring", "service", "tur", 2850},
    {"MO-30", "Bortskaffelse af gamle møbler", "service", "m3", 650},
    {"SE-10", "Serviceaftale, møbler, årlig", "service", "stk.", 9500},
    {"SE-20", "Polsterrens", "service", "stk.", 195},
    {"KU-10", "Kursus: godt arbejdsmiljø", "training", "hold", 8900},
    {"KU-20", "Ergonomisk gennemgang, pr. plads", "training", "stk.", 345},
    {"PL-10", "Planlægger, pladsbooking", "licence", "md.", 1900}};

constexpr std::string_view sale_name_list[] = {
    "Kontorborde til {}", "Mødelokaler hos {}",          "Ny etage, {}",
    "Kantine hos {}",     "Indretning af reception, {}", "Akustik i storrum, {}",
    "Stole til {}",       "Serviceaftale, {}",           "Flytning og nyt domicil, {}",
    "Loungeområde, {}",   "Telefonbokse til {}",         "Ergonomi og nye pladser, {}"};

constexpr Talk sale_talk_list[] = {{"call", "Første samtale"},
                                   {"meeting", "Behovsmøde"},
                                   {"meeting", "Rundvisning i showroom"},
                                   {"task", "Send tilbud"},
                                   {"call", "Følg op på tilbud"},
                                   {"meeting", "Gennemgang af tegninger"},
                                   {"task", "Tilret plan efter møde"},
                                   {"meeting", "Forhandling om pris"},
                                   {"call", "Ring om leveringstid"},
                                   {"task", "Bestil stofprøver"},
                                   {"meeting", "Opmåling på adressen"},
                                   {"note", "Notat fra samtale"}};
constexpr Talk service_talk_list[] = {{"task", "Reklamation: ben på bord"},
                                      {"call", "Kunden mangler en skrue"},
                                      {"meeting", "Servicebesøg"},
                                      {"task", "Bestil reservedel"},
                                      {"call", "Tilfredshed efter levering"},
                                      {"meeting", "Årligt eftersyn"},
                                      {"call", "Ny kontaktperson"},
                                      {"task", "Opdater stamoplysninger"},
                                      {"meeting", "Statusmøde"},
                                      {"note", "Telefonnotat"},
                                      {"call", "Tak for ordren"},
                                      {"task", "Send katalog"},
                                      {"call", "Spørgsmål til faktura"}};
constexpr Talk office_talk_list[] = {
    {"meeting", "Mandagsmøde"},     {"meeting", "Salgsmøde"},
    {"task", "Opdater prislisten"}, {"meeting", "Planlægning af messe"},
    {"task", "Skriv nyhedsbrev"},   {"meeting", "Ledermøde"},
    {"task", "Ryd op i showroom"}};

constexpr std::string_view note_list[] = {
    "De overvejer at samle to afdelinger på én etage. Beslutning ventes efter bestyrelsesmødet.",
    "Vil gerne se stolene i grå uld, før de bestemmer sig.",
    "Prisen er fin, men leveringstiden skal ned på fire uger.",
    "Husk varelift: indgang fra gården, kode hos receptionen.",
    "Har fået tilbud fra anden side. Vores fordel er montering og service.",
    "Budgettet ligger i næste kvartal. Ring igen i begyndelsen af måneden.",
    "Glad for sidste leverance. Spørger til akustik i mødelokalerne.",
    "Ønsker møbler med miljømærke og returordning.",
    "Ny facility manager starter den første. Aftal et møde med hende.",
    "Gulvet er ikke færdigt; levering må vente en uge."};

constexpr std::string_view project_name_list[] = {
    "Indretning af {}", "Domicil, {}", "Kantine og mødelokaler, {}",
    "Flytning, {}",     "Akustik, {}", "Udskiftning af stole, {}"};

constexpr std::string_view company_note_list[] = {
    "Fast kunde siden åbningen. Køber hvert forår.",
    "Har tre adresser; faktura sendes samlet.",
    "Kræver EAN-nummer på alle fakturaer.",
    "Mødt på kontormessen. Interesseret i hæve-sænkeborde.",
    "Samarbejder med arkitekter, der anbefaler os.",
    "Betaler til tiden. God reference."};

constexpr std::string_view competitor_list[] = {"Kontorkompagniet Vest", "Møbelhuset Limfjorden",
                                                "Stol & Bord Engros", "Nordisk Kontorteknik"};

}  // namespace

const std::span<const std::string_view> groups = group_list;
const std::span<const User> users = user_list;
const std::span<const Product> products = product_list;
const std::span<const std::string_view> sale_names = sale_name_list;
const std::span<const Talk> sale_talks = sale_talk_list;
const std::span<const Talk> service_talks = service_talk_list;
const std::span<const Talk> office_talks = office_talk_list;
const std::span<const std::string_view> notes = note_list;
const std::span<const std::string_view> project_names = project_name_list;
const std::span<const std::string_view> company_notes = company_note_list;
const std::span<const std::string_view> competitors = competitor_list;

}  // namespace fokus::worlds::demo
