# SPDX-License-Identifier: Apache-2.0
"""Providers of company data, asked over the network: what each is sent and what it answers, as its
documentation says, and what becomes of one that answers badly.

    python3 tests/registers/run.py --program build/dev/fokus [--postgres URL] [--report FILE]
"""
import copy
import json
import sys
import threading
import time
import urllib.parse
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))
from provider_server import ProviderServer, Reply  # noqa: E402
from recorded import BRREG, NO, PROVIDERS, SEARCHES  # noqa: E402
from scenario_server import Client, Server  # noqa: E402
from suite import eventually, main, memory_mib, reset_peak  # noqa: E402

ANNA, CARL = "anna@example.org", "carl@example.org"
BURST_S, SLACK = 1.0, 3  # calls of one second may come at once, and clocks are not exact
MEMORY_MIB = 100         # by which an answer of 50 MB may let the program grow at most
BIG_MB = 50
OTHER_NO = "974760673"


class Failed(Exception):
    """What was expected did not happen."""


def expect(holds, text):
    if not holds:
        raise Failed(text)


class World:
    """A program, and a provider that it may call."""

    def __init__(self, template):
        self.provider = ProviderServer()
        self.server = Server(template)
        self.server.stop()
        self.server.environment["FOKUS_PRIVATE_HOSTS"] = self.provider.url
        self.server.start()
        self.anna, self.carl = Client(self.server, ANNA), Client(self.server, CARL)

    def close(self):
        self.provider.close()
        return self.server.close()

    def call(self, client, method, path, body=None):
        sent = b"" if body is None else json.dumps(body).encode()
        return client.call(method, path, body=sent)

    def switch(self, name, is_on=True):
        fields = PROVIDERS[name][5]
        body = {"is_on": is_on, "base_url": self.provider.url}
        if fields:
            body["fields"] = fields
        done = self.call(self.carl, "PUT", f"/api/v1/connectors/register_{name}", body)
        expect(done.status == 200, f"{name} is not switched: {done.status} {done.text}")

    def look_up(self, name, number=None):
        number = urllib.parse.quote(number or PROVIDERS[name][0])
        return self.anna.call("GET", f"/api/v1/registers/{name}/lookup/{number}")

    def job(self, started, seconds=60):
        expect(started.status == 202, f"no job: {started.status} {started.text}")
        path = f"/api/v1/jobs/{started.json()['job']}"

        def ended():
            job = self.carl.call("GET", path).json()
            return job if job["status"] in ("done", "failed", "cancelled") else None
        job = eventually(ended, seconds)
        expect(job, "the job does not end")
        return job


def in_a_world(test):
    def run(template):
        world = World(template)
        try:
            test(world)
        except Failed as failed:
            return [str(failed), world.server.log_text()[-1500:]]
        finally:
            problem = world.close()
        return [f"the server {problem}"] if problem else []
    run.__name__ = test.__name__
    return run


def signed(name, answer):
    """The provider's answer, for whom has signed in as it wants."""
    def reply(method, path):
        if path == "/v3/token":
            return Reply({"access_token": "t0k3n", "token_type": "Bearer", "expires_in": 3600})
        return answer if isinstance(answer, Reply) else Reply(answer)
    return reply


@in_a_world
def each_provider_is_asked_as_it_says(world):
    for name, (number, answer, title, asked, sign_in, _) in PROVIDERS.items():
        off = world.look_up(name)
        expect((off.status, off.json().get("code")) == (409, "registers/online_off"),
               f"{name} is asked although it is off: {off.status} {off.text}")
        world.switch(name)
        world.provider.answer = signed(name, answer)
        before = len(world.provider.asked())
        found = world.look_up(name)
        expect(found.status == 200, f"{name}: {found.status} {found.text}")
        entry = found.json()["entry"]
        expect((entry["number"], entry["name"]) == (number, title), f"{name}: {entry}")
        _, line, headers, body = world.provider.asked()[-1]
        expect(line.startswith(asked), f"{name} was asked {line}")
        expect(headers.get("Authorization") == sign_in, f"{name}: {headers.get('Authorization')}")
        if line.startswith("POST"):
            expect(number[-8:] in body, f"{name} was not told the number: {body}")
        expect(len(world.provider.asked()) - before <= 2, f"{name} was asked more than once")


@in_a_world
def each_provider_is_searched_as_it_says(world):
    for name, (asked, answer, numbers) in SEARCHES.items():
        world.switch(name)
        world.provider.answer = signed(name, answer)
        found = world.anna.call("GET", f"/api/v1/registers/{name}/online?q=lys")
        expect(found.status == 200, f"{name}: {found.status} {found.text}")
        got = [one["entry"]["number"] for one in found.json()["entries"]]
        expect(got == numbers, f"{name} found {got}")
        expect(world.provider.asked()[-1][1] == asked, f"{name}: {world.provider.asked()[-1][1]}")


def bad_replies(world, other):
    """What a provider does, and what the program says of it."""
    failed = (503, "registers/online_failed")
    latin = json.dumps({**BRREG, "navn": "BRØDRENE AS"}, ensure_ascii=False).encode("latin-1")
    yield "not found", Reply({}, 404), (404, "registers/not_found")
    yield "gone", Reply({}, 410), (404, "registers/not_found")
    yield "too many", Reply({}, 429, {"Retry-After": "3600"}), (429, "registers/online_busy")
    yield "an error", Reply("oops", 500), failed
    yield "refused", Reply("who are you", 401), failed
    yield "no JSON", Reply("<html>"), failed
    yield "half of it", Reply(json.dumps(BRREG)[:90]), failed
    yield "cut off", Reply(BRREG, cut=True), failed
    yield "nothing", Reply(b""), failed
    yield "deep", Reply("[" * 5000 + "]" * 5000), failed
    yield "another company", Reply({**BRREG, "organisasjonsnummer": OTHER_NO}), failed
    yield "something else", Reply({"status": "out of order"}), failed
    yield "unnamed bytes", Reply(latin), failed
    for place in (other.url, "http://169.254.169.254/latest", "file:///etc/passwd", "/enheter/1"):
        yield f"redirect to {place}", Reply("", 302, {"Location": place}), failed
    yield "endless", Reply(b" " * 1_000_000, pieces=BIG_MB), failed


@in_a_world
def a_bad_provider_harms_nobody(world):
    other = ProviderServer()
    world.switch("brreg")
    reset_peak(world.server._process)
    before = memory_mib(world.server._process)
    for what, reply, (status, code) in bad_replies(world, other):
        world.provider.answer = lambda *_, reply=reply: reply
        got = world.look_up("brreg")
        expect((got.status, got.json().get("code")) == (status, code),
               f"{what}: {got.status} {got.text}")
        expect("passwd" not in got.text and "oops" not in got.text, f"{what}: {got.text}")
    expect(not other.asked(), "a redirect was followed")
    grown = memory_mib(world.server._process, "VmHWM") - before
    expect(grown < MEMORY_MIB, f"{grown:.0f} MiB more for {BIG_MB} MB")
    latin = json.dumps({**BRREG, "navn": "BRØDRENE AS"}, ensure_ascii=False).encode("latin-1")
    world.provider.answer = lambda *_: Reply(
        latin, headers={"Content-Type": "application/json; charset=ISO-8859-1"})
    expect(world.look_up("brreg").json()["entry"]["name"] == "BRØDRENE AS", "another character set")
    other.close()


@in_a_world
def a_slow_provider_is_not_waited_for(world):
    world.switch("brreg")
    world.provider.answer = lambda *_: Reply(BRREG, wait_s=2)
    expect(world.look_up("brreg").status == 200, "two seconds are too long")
    world.provider.answer = lambda *_: Reply(BRREG, wait_s=40)
    begun = time.monotonic()
    slow = []
    waiting = threading.Thread(target=lambda: slow.append(world.look_up("brreg")))
    waiting.start()
    time.sleep(0.5)
    own = world.anna.call("GET", "/api/v1/companies?limit=1")
    expect(own.status == 200 and time.monotonic() - begun < 5, "others wait as well")
    waiting.join()
    expect(slow[0].status == 503, f"{slow[0].status} {slow[0].text}")
    expect(time.monotonic() - begun < 30, "it waited longer than its limit")


HOSTILE = ["<script>alert(1)</script>", "'; DROP TABLE companies; --", "a\u202eb\u2066c\u0007\n\r",
           "x" * 1_000_000, "", None, [], ["a", ["b"]], {"a": {"b": 1}}, -1, 1e308, True,
           "${jndi:ldap://x}", "\ufeff\ufffd\U0001f600"]


def poisoned(value, poison, keep):
    """The answer with every value replaced, but what the company is known by."""
    if isinstance(value, dict):
        return {key: poisoned(part, poison, keep) for key, part in value.items()}
    if isinstance(value, list):
        return [poisoned(part, poison, keep) for part in value]
    is_number = str(value).replace("-", "") in keep
    return value if is_number or value is True else copy.deepcopy(poison)


def attack(world, name, problems):
    number, answer = PROVIDERS[name][:2]
    keep = {number, number[2:], number[:2]}
    for poison in HOSTILE:
        world.answers[name] = Reply(poisoned(answer, poison, keep))
        got = world.look_up(name)
        shown = str(poison)[:20]
        if got.status not in (200, 404, 503):
            problems.append(f"{name} with {shown}: {got.status} {got.text[:200]}")
        if got.status != 200:
            continue
        for value in got.json()["entry"].values():
            if len(value.encode()) > 500 or any(c in value for c in "\u202e\u2066\u0007\n\r"):
                problems.append(f"{name} with {shown}: {value[:40]!r}")
        made = world.call(world.anna, "POST", f"/api/v1/registers/{name}/lookup/{number}/company",
                          {"preview": True})
        if made.status not in (200, 409, 422):
            problems.append(f"{name} with {shown}: preview {made.status} {made.text[:200]}")


@in_a_world
def hostile_values_stay_values(world):
    world.answers, problems, threads = {}, [], []

    def answer(method, path):
        if path == "/v3/token":
            return Reply({"access_token": "t0k3n", "expires_in": 3600})
        name = next(name for name, one in PROVIDERS.items()
                    if f"{method} {path}".startswith(one[3].split("?")[0]))
        return world.answers[name]
    world.provider.answer = answer
    for name in PROVIDERS:
        world.switch(name)
        threads.append(threading.Thread(target=attack, args=(world, name, problems)))
    world.anna.call("GET", "/api/v1/me")
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    expect(not problems, "; ".join(problems[:5]))
    expect(world.anna.call("GET", "/api/v1/companies?limit=1").status == 200, "all is not well")


def make_company(world, name, number):
    made = world.call(world.anna, "POST", "/api/v1/companies?duplicates=allow",
                      {"name": name, "org_number": number, "country": "NO"})
    expect(made.status == 201, f"no company: {made.status} {made.text}")
    return made.json()["id"]


@in_a_world
def companies_are_updated_at_the_provider_s_pace(world):
    world.switch("brreg")
    good, bad = make_company(world, "Viksund", NO), make_company(world, "Borte", OTHER_NO)
    world.provider.answer = lambda method, path: (
        Reply(BRREG) if path.endswith(NO) else Reply("oops", 500))
    job = world.job(world.call(world.carl, "POST", "/api/v1/register_updates/runs",
                               {"provider": "brreg", "source": "online", "ids": [good, bad]}))
    result = job["result"]
    expect((job["status"], result["checked"], result["changed"], result["failed"]) ==
           ("done", 1, 1, 1), f"{job}")
    record = world.anna.call("GET", f"/api/v1/companies/{good}").json()
    expect((record["employees"], record["name"]) == (14, "Viksund"), f"{record['name']}")
    world.provider.answer = lambda method, path: (
        Reply({**BRREG, "konkurs": True}) if path.endswith(NO) else Reply({}, 404))
    for number in range(20):
        world.look_up("brreg")
    times = [at for at, line, _, _ in world.provider.asked()]
    for at in times:
        within = sum(at <= other < at + BURST_S for other in times)
        expect(within <= 10 + SLACK, f"{within} calls in a second, where 5 are the pace")
    one = world.call(world.anna, "POST", f"/api/v1/companies/{good}/register_updates",
                     {"source": "online"})
    expect(one.json().get("events") == ["bankruptcy"], f"{one.status} {one.text}")


@in_a_world
def nothing_secret_is_kept_in_sight(world):
    world.switch("cvr")
    world.provider.answer = signed("cvr", PROVIDERS["cvr"][1])
    expect(world.look_up("cvr").status == 200, "no look-up")
    egress = world.carl.call("GET", "/api/v1/egress?connector=register_cvr")
    expect(len(egress.json()["items"]) == 1, f"not written down once: {egress.text}")
    places = [egress.text, world.carl.call("GET", "/api/v1/connectors").text,
              world.anna.call("GET", "/api/v1/registers").text, world.server.log_text()]
    expect(not any("s3cr3t" in text for text in places), "a password is in sight")
    world.switch("cvr", False)
    before = len(world.provider.asked())
    expect(world.look_up("cvr").status == 409, "off is not off")
    expect(len(world.provider.asked()) == before, "a call left although it is off")


if __name__ == "__main__":
    main("registers", [
        each_provider_is_asked_as_it_says, each_provider_is_searched_as_it_says,
        a_bad_provider_harms_nobody, (a_slow_provider_is_not_waited_for, ("sqlite",)),
        hostile_values_stay_values, companies_are_updated_at_the_provider_s_pace,
        nothing_secret_is_kept_in_sight])
