# SPDX-License-Identifier: Apache-2.0
"""The commands that make users and API keys; run.py calls them with its check."""
PASSWORD = "seven lamps over Aalborg"


def check_accounts(check):
    user = check.json("user add", "user", "add", "eva@example.org", "--name", "Eva Holm", "--role",
                      "administrator", "--password-stdin", stdin=PASSWORD + "\n")
    check.that("user add says the number", isinstance(user.get("id"), int), user)
    invited = check.json("user add without a password", "user", "add", "ib@example.org", "--name",
                         "Ib Lund", "--role", "sales", "--group", "Salg")
    check.that("it gives a link", bool(invited.get("password_link")), invited)
    # A name that shows as another one, or is of two lines.
    for name in ("Ole\u202e", "Ole\nLund"):
        check.run(f"a name as {name!r}", "user", "add", "ole@example.org", "--name", name, "--role",
                  "sales", status=1)
    check.run("the same user again", "user", "add", "eva@example.org", "--name", "Eva", "--role",
              "sales", status=1)
    check.run("an unknown role", "user", "add", "ole@example.org", "--name", "Ole", "--role",
              "king", status=1)
    check.run("a weak password", "user", "add", "ole@example.org", "--name", "Ole", "--role",
              "sales", "--password-stdin", stdin="kort\n", status=1)
    return check_keys(check)


def check_keys(check):
    """Returns a key that may read."""
    key = check.json("key create", "key", "create", "--user", "eva@example.org", "--name", "Test",
                     "--scope", "read")
    check.that("key create gives a key", key.get("key", "").startswith("fk_"), key)
    check.that("it ends some day", (key.get("expires_at") or "").startswith("20"), key)
    day = check.json("key create --expires", "key", "create", "--user", "eva@example.org", "--name",
                     "Day", "--expires", "2998-12-31")
    check.that("its last day is whole", day.get("expires_at") == "2999-01-01T00:00:00.000Z", day)
    endless = check.json("key create --expires never", "key", "create", "--user", "eva@example.org",
                         "--name", "Endless", "--expires", "never")
    check.that("it has no end", "expires_at" in endless and endless["expires_at"] is None, endless)
    for ends in ("soon", "2001-01-01"):
        check.run(f"a key that ends {ends}", "key", "create", "--user", "eva@example.org", "--name",
                  "X", "--expires", ends, status=1)
    check.run("a key for a type that does not exist", "key", "create", "--user", "eva@example.org",
              "--name", "X", "--scope", "unicorn:read", status=1)
    check.run("a key for nobody", "key", "create", "--user", "no@example.org", "--name", "X",
              status=1)
    return key.get("key", "")
