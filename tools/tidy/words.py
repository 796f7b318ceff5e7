# SPDX-License-Identifier: Apache-2.0
"""Translations that are complete, and dependencies that have a reason."""
import json
import re

from project import Finding

COMPLETE = ("da", "en")
PRESENT = ("nb", "sv", "de")
SETUP, DEPENDENCIES = "bin/lib/setup.sh", "docs/dependencies.md"


def parse_po(text):
    """{message id with its context: translation} of a .po file; the header and old entries go."""
    entries, current, key = {}, {}, None
    for line in text.splitlines() + [""]:
        line = line.strip()
        if not line:
            if current.get("msgid"):
                entries[current.get("msgctxt", "") + "\x04" + current["msgid"]] = current["msgstr"]
            current, key = {}, None
        elif match := re.match(r'(msgctxt|msgid|msgstr)(?:\[\d+\])?\s+"(.*)"$', line):
            key = match.group(1)
            current[key] = match.group(2)
        elif key and (match := re.match(r'"(.*)"$', line)):
            current[key] += match.group(1)
    return entries


def _flat(value, prefix=""):
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{prefix}{key}.")
    else:
        yield prefix[:-1], value


def catalog(project, name):
    if name.endswith(".po"):
        return parse_po(project.text(name))
    try:
        return dict(_flat(json.loads(project.text(name))))
    except ValueError:
        return {}


def check_translations(project):
    groups = {}
    for name in project.matching(r"^web/.*locales/.+\.(po|json)$"):
        # locales/da/messages.po, locales/da.po and locales/messages.da.json all name a language.
        match = re.search(r"locales/(?:(\w\w)/(.+)|(\w\w)(\.\w+)|(\w+)\.(\w\w)\.\w+)$", name)
        if match:
            language = match.group(1) or match.group(3) or match.group(6)
            group = name[:match.start()] + (match.group(2) or match.group(5) or "")
            groups.setdefault(group, {})[language] = name
    for group, files in sorted(groups.items()):
        any_file = sorted(files.values())[0]
        for language in COMPLETE + PRESENT:
            if language not in files:
                yield Finding(any_file, 1, "words", f"no catalog for {language} beside it")
        keys = {key for language in COMPLETE if language in files
                for key in catalog(project, files[language])}
        for language in COMPLETE:
            if language not in files:
                continue
            texts = catalog(project, files[language])
            missing = sorted(key for key in keys if not texts.get(key))
            # A source language may leave the translation empty: the id is the text.
            if missing and not (language == "en" and _ids_are_text(files)):
                shown = ", ".join(repr(key.strip("\x04"))[:40] for key in missing[:3])
                yield Finding(files[language], 1, "words",
                              f"{len(missing)} not translated: {shown}")


def _ids_are_text(files):
    return all(name.endswith(".po") for name in files.values())


def packages_of(text):
    """The Debian packages that the arrays of bin/lib/setup.sh list."""
    return {word for body in re.findall(r"^packages_\w+=\(([^)]*)\)", text, re.MULTILINE)
            for word in body.split()}


def check_dependencies(project):
    if DEPENDENCIES not in project.files:
        if SETUP in project.files:
            yield Finding(SETUP, 1, "dependencies", f"{DEPENDENCIES} is missing")
        return
    wanted = {name: SETUP for name in packages_of(project.text(SETUP))}
    for name in project.matching(r"^(web|tests/e2e)/(\w+/)?package\.json$"):
        package = json.loads(project.text(name))
        for part in ("dependencies", "devDependencies"):
            wanted.update({key: name for key in package.get(part, {})})
    # A row of a table whose first cell names the package, or several, in backticks.
    reasons = {}
    for line in project.lines(DEPENDENCIES):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if len(cells) >= 2:
            reasons.update({word: cells[1] for word in re.findall(r"`([^`]+)`", cells[0])})
    for key, source in sorted(wanted.items()):
        if not reasons.get(key):
            yield Finding(source, 1, "dependencies", f"{key} has no reason in {DEPENDENCIES}")
    for key in sorted(set(reasons) - set(wanted)):
        yield Finding(DEPENDENCIES, 1, "dependencies", f"{key} is named and nothing asks for it")
