// SPDX-License-Identifier: Apache-2.0
// The world of the tests: few records, whose owners and groups differ. Ids are 1, 2, 3 … per type
// in the order of this file; tests name them, so append, do not insert.
#include "features/worlds/seeds.hpp"

namespace fokus::worlds {
namespace {

namespace json = boost::json;

constexpr const char* test_password = "correct horse battery staple";

struct TestUser {
  const char *name, *email, *role, *title;
  int group;
  std::vector<int> other_groups;
};
struct TestCompany {
  const char *name, *category, *business, *country, *phone, *city, *postcode;
  int owner, parent;
};
struct TestPerson {
  const char *first, *last, *title, *email, *mobile;
  int company, owner;
};
struct TestActivity {
  const char *name, *kind, *status;
  int days, company, person, sale, owner;
};
struct TestSale {
  const char *name, *amount, *stage, *status;
  int probability, expected_days, company, person, owner;
};

const char* const groups[] = {"Ledelse", "Salg", "Service"};
const TestUser users[] = {{"Anna Lund", "anna@example.org", "sales", "Sælger", 1, {}},
                          {"Bo Krogh", "bo@example.org", "sales", "Servicetekniker", 2, {}},
                          {"Carl Winther", "carl@example.org", "administrator", "Direktør", 0, {}},
                          {"Ditte Toft", "ditte@example.org", "read_only", "Controller", 1, {2}}};
const TestCompany companies[] = {
    {"Nordhavn Møbler A/S", "customer", "manufacturing", "DK", "+45 20 00 10 01", "København Ø",
     "2100", 0, -1},
    {"Ågård Byg ApS", "customer", "construction", "DK", "+45 20 00 10 02", "Aarhus C", "8000", 0,
     -1},
    {"Æblegården I/S", "prospect", "food", "DK", "+45 20 00 10 03", "Odense C", "5000", 1, -1},
    {"Østerbro Lægehus", "customer", "health", "DK", "+45 20 00 10 04", "København Ø", "2100", 1,
     -1},
    {"Fjelltopp Bygg AS", "partner", "construction", "NO", "+47 20 00 10 05", "Ålesund", "6003", 0,
     -1},
    {"Björkö Teknik AB", "supplier", "it", "SE", "+46 20 00 10 06 7", "Malmö", "211 20", 2, -1},
    {"Müller Maschinenbau GmbH", "prospect", "manufacturing", "DE", "+49 20 00 10 07 77",
     "Flensburg", "24937", 3, -1},
    {"ТОВ «Калина Буд»", "prospect", "construction", "UA", "+380 20 00 10 08 8", "Київ", "01001", 1,
     -1},
    {"Αιγαίον Εμπορική Α.Ε.", "former_customer", "trade", "GR", "+30 20 00 10 09 99", "Αθήνα",
     "105 57", 2, -1},
    {"Nordhavn Service ApS", "customer", "services", "DK", "+45 20 00 10 10", "Roskilde", "4000", 1,
     0}};
const TestPerson persons[] = {
    {"Åse", "Bjørn", "Direktør", "aase.bjoern@nordhavn-moebler.example", "+45 20 00 20 01", 0, 0},
    {"Søren", "Østergaard", "Indkøbschef", "so@nordhavn-moebler.example", "+45 20 00 20 02", 0, 0},
    {"Mette", "Kjær", "Projektleder", "mk@aagaard-byg.example", "+45 20 00 20 03", 1, 0},
    {"Jens", "Ågren", "Partner", "ja@aagaard-byg.example", "+45 20 00 20 04", 1, 1},
    {"Ellen", "Høj", "Økonomichef", "eh@aeblegaarden.example", "+45 20 00 20 05", 2, 1},
    {"Poul", "Bak", "Driftsleder", "pb@aeblegaarden.example", "+45 20 00 20 06", 2, 1},
    {"Karen", "Aagaard", "Læge", "ka@oesterbro-laegehus.example", "+45 20 00 20 07", 3, 1},
    {"Håkon", "Sæther", "Innkjøper", "hs@fjelltopp.example", "+47 20 00 20 08", 4, 0},
    {"Åsa", "Öberg", "Säljare", "ao@bjoerkoe.example", "+46 20 00 20 09 0", 5, 2},
    {"Jürgen", "Weiß", "Einkäufer", "jw@mueller-maschinenbau.example", "+49 20 00 20 10 00", 6, 3},
    {"Дмитрий", "Соколов", "Директор", "ds@kalyna.example", "+380 20 00 20 11 0", 7, 1},
    {"Ελένη", "Παπαδάκης", "Διευθύντρια", "ep@aigaion.example", "+30 20 00 20 12 00", 8, 2},
    {"Lone", "Frandsen", "Kontorchef", "lf@nordhavn-service.example", "+45 20 00 20 13", 9, 1},
    {"Peter", "Petersen", "Konsulent", "pp@example.org", "+45 20 00 20 14", -1, 0},
    {"Maja", "Lindqvist", "Arkitekt", "ml@example.org", "+46 20 00 20 15 0", -1, 3}};
const TestSale sales[] = {
    {"Kontorborde til hovedkontor", "125000.00", "offer", "open", 50, 20, 0, 0, 0},
    {"Mødelokaler, 3 stk.", "84500.50", "negotiation", "open", 75, -5, 1, 2, 0},
    {"Lagerreoler", "42000.00", "qualify", "open", 10, 60, 2, 4, 1},
    {"Venteværelse", "61250.00", "closing", "sold", 100, -30, 3, 6, 1},
    {"Serviceaftale", "18000.00", "offer", "lost", 0, -60, 9, 12, 1},
    {"Showroom Ålesund", "230000.00", "needs", "stalled", 25, 90, 4, 7, 0},
    {"Kantine", "97000.00", "closing", "sold", 100, -200, 0, 1, 2},
    {"Büroeinrichtung", "310000.00", "offer", "open", 50, 35, 6, 9, 3}};
const TestActivity activities[] = {
    {"Opfølgning på tilbud", "call", "planned", 0, 0, 0, 0, 0},
    {"Møde om indretning", "meeting", "planned", 1, 1, 2, 1, 0},
    {"Opmåling", "task", "planned", 3, 2, 4, 2, 1},
    {"Aflevering", "meeting", "done", -28, 3, 6, 3, 1},
    {"Ring om serviceaftale", "call", "done", -62, 9, 12, 4, 1},
    {"Statusmøde", "meeting", "cancelled", -10, 4, 7, 5, 0},
    {"Send katalog", "task", "planned", -2, 7, 10, -1, 1},
    {"Intern gennemgang af kvartalet", "meeting", "planned", 7, -1, -1, -1, 2},
    {"Notat efter messe", "note", "done", -120, 5, 8, -1, 2},
    {"Gennemgang af ordre", "meeting", "done", -100, 0, 1, 6, 2},
    {"Kaffe med Peter", "meeting", "planned", 2, -1, 13, -1, 0},
    {"Besøg i Flensborg", "meeting", "planned", 14, 6, 9, 7, 3}};

// Collects the steps of the test world. Everything is made ten days ago, a minute apart.
class TestPlan {
 public:
  explicit TestPlan(Instant now) : now_(now), at_(now.plus_ms(-10 * ms_per_day)) {}

  Plan make() {
    for (const auto* name : groups) groups_.push_back(add("group", {{"name", name}}, no_slot, {}));
    for (const auto& user : users) add_user(user);
    for (const auto& company : companies) add_company(company);
    for (const auto& person : persons) add_person(person);
    for (const auto& sale : sales) add_sale(sale);
    for (const auto& activity : activities) add_activity(activity);
    add_rest();
    return std::move(plan_);
  }

 private:
  Slot add(std::string type, json::object values, Slot author, std::vector<Link> links) {
    at_ = at_.plus_ms(ms_per_minute);
    return plan_.add({at_, author, std::move(type), std::move(values), std::move(links)});
  }
  std::string day(int days) const { return render_date(plus_days(parse_day(), days)); }
  Date parse_day() const { return date_from_days(now_.ms / ms_per_day); }
  static void link(std::vector<Link>& links, const char* field, const std::vector<Slot>& slots,
                   int i) {
    if (i >= 0) links.push_back({field, {slots[static_cast<std::size_t>(i)]}});
  }

  void add_user(const TestUser& user) {
    const Slot slot = add(
        "user",
        {{"name", user.name}, {"email", user.email}, {"job_title", user.title}, {"language", "da"}},
        no_slot, {{"primary_group", {groups_[static_cast<std::size_t>(user.group)]}}});
    users_.push_back(slot);
    Account account{slot, test_password, user.role, {}};
    for (const int group : user.other_groups)
      account.other_groups.push_back(groups_[static_cast<std::size_t>(group)]);
    plan_.accounts.push_back(std::move(account));
  }
  void add_company(const TestCompany& c) {
    std::vector<Link> links;
    link(links, "owner", users_, c.owner);
    link(links, "parent", companies_, c.parent);
    companies_.push_back(add("company",
                             {{"name", c.name},
                              {"category", c.category},
                              {"business", c.business},
                              {"country", c.country},
                              {"phone", c.phone},
                              {"address",
                               {{"street", "Havnegade 1"},
                                {"postcode", c.postcode},
                                {"city", c.city},
                                {"country", c.country}}}},
                             users_[static_cast<std::size_t>(c.owner)], std::move(links)));
  }
  void add_person(const TestPerson& p) {
    std::vector<Link> links;
    link(links, "owner", users_, p.owner);
    link(links, "company", companies_, p.company);
    persons_.push_back(add("person",
                           {{"first_name", p.first},
                            {"last_name", p.last},
                            {"job_title", p.title},
                            {"email", p.email},
                            {"mobile", p.mobile},
                            {"country", p.company >= 0 ? companies[p.company].country : "DK"}},
                           users_[static_cast<std::size_t>(p.owner)], std::move(links)));
  }
  void add_sale(const TestSale& s) {
    std::vector<Link> links;
    link(links, "owner", users_, s.owner);
    link(links, "company", companies_, s.company);
    link(links, "person", persons_, s.person);
    json::object values{{"name", s.name},
                        {"amount", {{"amount", s.amount}, {"currency", "DKK"}}},
                        {"stage", s.stage},
                        {"status", s.status},
                        {"probability", s.probability},
                        {"expected_on", day(s.expected_days)},
                        {"source", "referral"}};
    const std::string_view status = s.status;
    if (status == "sold" || status == "lost") values["closed_on"] = day(s.expected_days);
    if (status == "lost") values["reason"] = "price";
    sales_.push_back(add("sale", std::move(values), users_[static_cast<std::size_t>(s.owner)],
                         std::move(links)));
  }
  void add_activity(const TestActivity& a) {
    std::vector<Link> links;
    link(links, "owner", users_, a.owner);
    link(links, "company", companies_, a.company);
    link(links, "person", persons_, a.person);
    link(links, "sale", sales_, a.sale);
    const std::string starts = day(a.days) + "T09:00:00.000Z",
                      ends = day(a.days) + "T10:00:00.000Z";
    json::object values{{"name", a.name},
                        {"kind", a.kind},
                        {"status", a.status},
                        {"starts_at", starts},
                        {"ends_at", ends}};
    if (std::string_view(a.status) == "done") values["done_at"] = ends;
    if (std::string_view(a.kind) == "task") values["due_on"] = day(a.days);
    add("activity", std::move(values), users_[static_cast<std::size_t>(a.owner)], std::move(links));
  }
  void add_rest() {
    const Slot carl = users_[2];
    add("product",
        {{"name", "Hæve-sænkebord"},
         {"code", "HS-160"},
         {"family", "hardware"},
         {"price", {{"amount", "4200.00"}, {"currency", "DKK"}}},
         {"unit", "stk."}},
        carl, {});
    const Slot line_product = plan_.steps.size() - 1;
    add("sale_line",
        {{"name", "Hæve-sænkebord"},
         {"quantity", 10},
         {"price", {{"amount", "4200.00"}, {"currency", "DKK"}}},
         {"position", 1}},
        users_[0], {{"sale", {sales_[0]}}, {"product", {line_product}}});
    add("project",
        {{"name", "Ombygning af Nordhavn"},
         {"kind", "delivery"},
         {"status", "active"},
         {"starts_on", day(-30)},
         {"ends_on", day(60)}},
        users_[0], {{"company", {companies_[0]}}, {"owner", {users_[0]}}});
    add("document", {{"name", "Tilbud, kontorborde"}, {"kind", "offer"}, {"our_ref", "T-1001"}},
        users_[0], {{"company", {companies_[0]}}, {"sale", {sales_[0]}}, {"owner", {users_[0]}}});
  }

  Instant now_, at_;
  Plan plan_;
  std::vector<Slot> groups_, users_, companies_, persons_, sales_;
};

}  // namespace

Plan plan_test_world(Instant now) {
  return TestPlan(now).make();
}

std::vector<SignIn> test_sign_ins() {
  std::vector<SignIn> out;
  for (const auto& user : users) out.push_back({user.email, test_password, user.name, user.role});
  return out;
}

}  // namespace fokus::worlds
