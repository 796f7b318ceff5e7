# SPDX-License-Identifier: Apache-2.0
"""How the server starts for the first time and what it makes of signals and wrong addresses;
run.py calls these with its check, and puts the folder of scenario_server on the path."""
import json
import re
import signal
import time

from accounts import PASSWORD
from scenario_server import Client, Server

SOON_S = 5


def setup_link(check, server):
    until = time.monotonic() + SOON_S
    while not (link := re.search(r"/setup#(\S+)", server.log_text())):
        if time.monotonic() > until:
            break
        time.sleep(0.1)
    check.that("the first start prints a link", link is not None, server.log_text())
    return link


def check_invited_first(check):
    """A first administrator of the command line ends the set-up, and comes in by a link."""
    server = Server(check.place)
    try:
        link = setup_link(check, server)
        made = check.json("user add beside the set-up", "user", "add", "ib@example.org", "--name",
                          "Ib Lund", "--role", "administrator")

        def send(path, form):
            return Client(server).call("POST", path, body=json.dumps(form).encode())
        late = send("/api/v1/setup", {"token": link.group(1), "name": "Eve", "password": PASSWORD,
                                      "email": "eve@example.org"})
        check.that("the set-up link makes nobody any more", late.status == 404, late.text)
        chosen = send("/api/v1/password-link/redemption",
                      {"token": made.get("password_link", ""), "password": PASSWORD})
        check.that("the link of the command gives a password", chosen.status == 204, chosen.text)
        me = Client(server, "ib@example.org", PASSWORD).call("GET", "/api/v1/me")
        check.that("with which they come in", '"administrator"' in me.text, me.text)
    finally:
        problem = server.close()
    check.that("the set-up ends cleanly", problem is None, problem)


def check_first_start(check):
    """Without `init`: the server prints a link, and the first administrator chooses."""
    server = Server(check.place)
    try:
        link = setup_link(check, server)
        form = {"token": link.group(1), "name": "Eva Holm", "email": "eva@example.org",
                "password": PASSWORD, "company_name": "Fjelltopp AS", "currency": "kroner"}

        def send():
            return Client(server).call("POST", "/api/v1/setup", body=json.dumps(form).encode())
        check.that("a wrong currency is refused", send().status == 422, form)
        form["currency"] = "NOK"
        check.that("the first administrator is made", send().status == 201, form)
        settings = Client(server, "eva@example.org", PASSWORD).call("GET", "/api/v1/settings")
        check.that("with the currency of the form", '"NOK"' in settings.text, settings.text)
        check.that("and the company", "Fjelltopp AS" in settings.text, settings.text)
    finally:
        problem = server.close()
    check.that("the first start ends cleanly", problem is None, problem)


def check_hangup(check, server):
    """SIGHUP is for certificates; a server without one goes on, and says so."""
    server.signal(signal.SIGHUP)
    until = time.monotonic() + SOON_S
    while "app/hangup_ignored" not in server.log_text() and time.monotonic() < until:
        time.sleep(0.1)
    check.that("a hangup is logged", "app/hangup_ignored" in server.log_text(),
               server.log_text()[-400:])
    check.that("and ends nothing", Client(server).call("GET", "/healthz").status == 200, "gone")


def check_listen(check):
    """What cannot be listened on is named, with what is wanted."""
    done = check.run("serve on a name", "serve", "--listen", "crm.example.org:0", status=1)
    check.that("it asks for an address", "crm.example.org: give an IP address" in done.stderr,
               done.stderr)
    done = check.run("serve with half of TLS", "serve", "--listen", "127.0.0.1:0", "--certificate",
                     "/nowhere/cert.pem", status=1)
    check.that("it names what is missing", "key is not" in done.stderr, done.stderr)
    done = check.run("serve with no certificate", "serve", "--listen", "127.0.0.1:0",
                     "--certificate", "/nowhere/cert.pem", "--key", "/nowhere/key.pem", status=1)
    check.that("it names the file and why",
               "/nowhere/cert.pem: No such file or directory" in done.stderr, done.stderr)
