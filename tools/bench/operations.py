# SPDX-License-Identifier: Apache-2.0
"""What is measured: the calls, and the budgets of each."""
import json
import random
import urllib.parse

STEMS = """anne mette kirsten hanne lone camilla louise sofie ida freja karen birgitte
pernille trine signe maja astrid ellen bodil jytte peter jens lars michael
henrik thomas jan niels christian martin morten hans rasmus mads frederik mikkel
emil oliver torben poul jensen nielsen hansen pedersen andersen christensen
larsen petersen madsen kristensen olsen thomsen poulsen mortensen knudsen holm
lund schmidt eriksen fjordbo bakkehus nordhavn skovly havblik egely granholm
birkely handel data software revision maskinfabrik logistik arkitekter
kontorborde stole serviceaftale maskiner""".split()


def prefixes():
    """200 different beginnings of words, two to six letters."""
    found = dict.fromkeys(stem[:length] for length in (3, 4, 2, 5, 6) for stem in STEMS
                          if len(stem) >= length)
    return list(found)[:200]


# Two dynamic selections each, and all five ways to combine them.
SELECTIONS = [("company.category eq 'customer'", "none(activities: starts_at in last(365 days))"),
              ("any(sales: status eq 'open')", "country eq 'DK'"),
              ("owner eq me", "any(activities: starts_at in last(365 days))")]
TILES = 12  # of the dashboard for sales
WAYS = ["only_first", "only_second", "both", "either_not_both", "any"]


class Operation:
    """`limit`: the budget in multiples of the floor, `p95`: in ms at 32 clients."""

    def __init__(self, name, title, make, limit=None, p95=None, floor=None, group=1):
        self.name, self.title, self.make = name, title, make
        self.limit, self.p95, self.floor, self.group = limit, p95, floor, group


class Calls:
    """Requests as bytes, the same in every run."""

    def __init__(self, place, persons):
        self.place, self.persons, self.dice = place, persons, random.Random(1)
        self.prefixes = prefixes()
        self.combined, self.dashboard = [], None

    def request(self, method, path, body=None):
        text = json.dumps(body, ensure_ascii=False).encode() if body is not None else b""
        head = (f"{method} {urllib.parse.quote(path, safe='/?=&,')} HTTP/1.1\r\nHost: 127.0.0.1\r\n"
                f"Authorization: Bearer {self.place.key}\r\n")
        if text:
            head += f"Content-Type: application/json\r\nContent-Length: {len(text)}\r\n"
        return head.encode() + b"\r\n" + text

    def person(self):
        return self.dice.randint(1, self.persons)

    def record(self, _):
        return [self.request("GET", f"/api/v1/persons/{self.person()}")]

    def list(self, _):
        country = self.dice.choice(["DK", "NO", "SE", "DE"])
        return [self.request("GET", f"/api/v1/persons?filter=country eq '{country}'"
                                    "&sort=-created_at&limit=50"
                                    "&fields=name,email,company,country,created_at")]

    def search(self, n):
        return [self.request("GET", f"/api/v1/search?q={self.prefixes[n % len(self.prefixes)]}"
                                    "&limit=10")]

    def update(self, n):
        return [self.request("PATCH", f"/api/v1/persons/{self.person()}",
                             {"job_title": f"Title {n} {self.dice.randint(1, 1_000_000)}"})]

    def create(self, n):
        return [self.request("POST", "/api/v1/persons?duplicates=allow",
                             {"first_name": "Bench", "last_name": f"Person {n}",
                              "email": f"new{self.dice.randint(1, 10**9)}@bench.example"})]

    def ask(self, _):
        """A form about to be saved; the same first letter and number as somebody in the world."""
        first, last = self.dice.choice(STEMS[:20]), self.dice.choice(STEMS[40:52])
        number = self.dice.randint(1, self.persons)
        return [self.request("POST", "/api/v1/persons/duplicates", {"record": {
            "first_name": first.title(), "last_name": last.title(),
            "email": f"{first}.{last}{number}@bench.example",
            "phone": f"+45 {20_000_000 + number}"}})]

    def timeline(self, _):
        return [self.request("GET", f"/api/v1/persons/{self.person()}/timeline?limit=50")]

    def selection(self, n):
        if not self.combined:
            self.combined = [self.combine(a, b, way) for a, b in SELECTIONS for way in WAYS]
        chosen = self.combined[n % len(self.combined)]
        return [self.request("GET", f"/api/v1/selections/{chosen}/members?limit=50"
                                    "&fields=name,email,company,country&sort=name")]

    def combine(self, a, b, way):
        def make(**content):
            return self.place.call("POST", "/api/v1/selections", {
                "name": "bench", "record_type": "person", **content})["id"]
        first, second = (make(kind="dynamic", filter=text) for text in (a, b))
        return make(kind="combined",
                    combine={"operation": way, "first": first, "second": second})

    def sum_of(self, group, condition=None):
        body = {"measures": [{"kind": "sum", "field": "amount"}], "group_by": [group]}
        if condition:
            body["filter"] = condition
        return [self.request("POST", "/api/v1/sales/aggregate", body)]

    def sum_by_month(self, _):
        return self.sum_of({"field": "closed_on", "by": "month"}, "status eq 'sold'")

    def sum_by_owner(self, _):
        return self.sum_of({"field": "owner"})

    def sum_by_country(self, _):
        return self.sum_of({"field": "company.country"})

    def tiles(self):
        """Each tile by itself, once; then the page knows them."""
        if not self.dashboard:
            pages = self.place.call("GET", "/api/v1/dashboards")["items"]
            page = next(page["id"] for page in pages if page["standard"] == "sales")
            self.dashboard = f"/api/v1/dashboards/{page}"
            for tile in range(1, TILES + 1):
                self.place.call("GET", f"{self.dashboard}/tiles/{tile}/data")
            known = self.place.call("GET", f"{self.dashboard}/data")["tiles"]
            assert len(known) >= TILES and all(known[str(n)] for n in range(1, TILES + 1)), known
        return [self.request("GET", f"{self.dashboard}/tiles/{tile}/data")
                for tile in range(1, TILES + 1)]

    # As the web UI does: one call for what is known, then one for each tile that is not.
    def known(self):
        numbers = ",".join(str(tile) for tile in range(1, TILES + 1))
        return self.request("GET", f"{self.dashboard}/data?tiles={numbers}")

    def dashboard_again(self, _):
        self.tiles()
        return [self.known()]

    def dashboard_changed(self, n):
        tiles = self.tiles()
        sale = self.dice.randint(1, self.persons // 4)
        change = self.request("PATCH", f"/api/v1/sales/{sale}", {"name": f"Bench {n} {sale}"})
        return [change, self.known(), *tiles]

    def page(self, _):
        path = f"/api/v1/persons/{self.person()}"
        return [self.request("GET", path), self.request("GET", f"{path}/timeline?limit=20"),
                self.request("GET", f"{path}/related/activities?limit=20")]


OPERATIONS = [
    Operation("record", "Record by id, with rights and access log", Calls.record, 2, 10, "record"),
    Operation("list", "List of 50, filtered and sorted on indexed columns", Calls.list, 1.3, 30,
              "list"),
    Operation("search", "Type-ahead, first 10 of everything", Calls.search, 2, 30, "search"),
    Operation("update", "Save: one field of a person", Calls.update, 3, 50, "save"),
    Operation("create", "Save: a new person", Calls.create, None, 50),
    Operation("ask", "Duplicates of a new person, asked before saving", Calls.ask, None, 100),
    Operation("timeline", "Timeline of a person", Calls.timeline, None, None, "timeline"),
    Operation("selection", "First page of two dynamic selections combined", Calls.selection, None,
              300),
    Operation("page", "Record page: record, timeline, related list", Calls.page, None, 60, None, 3),
    Operation("sum_month", "Sum of won sales by month", Calls.sum_by_month, 1.2, None, "sum_month"),
    Operation("sum_owner", "Sum of sales by owner", Calls.sum_by_owner, 1.2, None, "sum_owner"),
    Operation("sum_country", "Sum of sales by country of the company", Calls.sum_by_country, 1.2,
              None, "sum_country"),
    Operation("dashboard", "Dashboard of 12 tiles, unchanged data", Calls.dashboard_again, None,
              20),
    Operation("changed", "A sale changed, then the dashboard of 12 tiles",
              Calls.dashboard_changed, None, 500, None, TILES + 2),
]
