# SPDX-License-Identifier: Apache-2.0
"""The language of tests/api/*.scn (see README.md there): reading it, and comparing answers."""
import json
import re
from dataclasses import dataclass, field

METHODS = "GET|HEAD|POST|PUT|PATCH|DELETE|OPTIONS"
_CALL = re.compile(rf"(\w+)\s+({METHODS})\s+(/.*?)(?:\s+within\s+(\d+)s)?$")
_HEADER = re.compile(r"([A-Z][\w-]*):\s*(.*)$")
_VARIABLE = re.compile(r"\$(\$|[a-z]\w*)")


class Wrong(Exception):
    """The scenario itself cannot be read, or uses a variable that is not there."""


@dataclass
class Step:
    line: int
    kind: str  # call, actor, restart, outside, outside_got, log
    actor: str = ""
    method: str = ""
    path: str = ""
    within_s: int = 0
    headers: list = field(default_factory=list)
    body: str = ""
    body_file: str = ""
    status: int = 0
    expected: str = ""
    checks: list = field(default_factory=list)  # (line, kind, arguments…)
    keeps: list = field(default_factory=list)   # (line, name, source)
    rest: str = ""


def parse(text):
    """The steps of a scenario file; raises Wrong with the line that cannot be read."""
    steps, lines, at = [], text.splitlines(), 0
    while at < len(lines):
        line, number = lines[at], at + 1
        at += 1
        if not line.strip() or line.startswith("#"):
            continue
        if line[0].isspace():
            raise Wrong(f"line {number}: indented, but nothing above takes it")
        block, at = _block(lines, at)
        _read(steps, line.rstrip(), number, block)
    for step in steps:
        if step.kind == "call" and not step.status:
            raise Wrong(f"line {step.line}: a call without '-> STATUS'")
    return steps


def _block(lines, at):
    """The indented lines below a line; blank ones inside it belong to it."""
    start = at
    while at < len(lines) and (not lines[at].strip() or lines[at][0].isspace()):
        at += 1
    block = lines[start:at]
    while block and not block[-1].strip():
        block.pop()
    return block, at


def _read(steps, line, number, block):
    if match := _CALL.match(line):
        actor, method, path, within = match.groups()
        step = Step(number, "call", actor, method, path, int(within or 0))
        _read_request(step, block)
        steps.append(step)
        return
    if block and not line.startswith("->"):
        raise Wrong(f"line {number}: takes no indented lines")
    if match := re.match(r"actor\s+(\w+)\s+(.+)$", line):
        steps.append(Step(number, "actor", match.group(1), rest=match.group(2)))
    elif line == "restart":
        steps.append(Step(number, "restart"))
    elif match := re.match(r"outside\s+(tests/api/\S+\.json)$", line):
        steps.append(Step(number, "outside", rest=match.group(1)))
    elif match := re.match(r'outside got (\d+) "(.+)"$', line):
        steps.append(Step(number, "outside_got", rest=" ".join(match.groups())))
    elif match := re.match(r'log not contains "(.+)"$', line):
        steps.append(Step(number, "log", rest=match.group(1)))
    else:
        _read_expectation(steps, line, number, block)


def _read_request(step, block):
    rest = list(block)
    while rest and (match := _HEADER.match(rest[0].strip())):
        step.headers.append((match.group(1), match.group(2)))
        rest.pop(0)
    if len(rest) == 1 and (match := re.match(r"\s+file (\S+)$", rest[0])):
        step.body_file = match.group(1)
    elif rest and rest[0].strip() == '"""':
        if rest[-1].strip() != '"""' or len(rest) < 2:
            raise Wrong(f'line {step.line}: a text body ends with """')
        indent = len(rest[0]) - len(rest[0].lstrip())
        step.body = "".join(line[indent:] + "\n" for line in rest[1:-1])
    else:
        step.body = "\n".join(rest).strip()


def _read_expectation(steps, line, number, block):
    step = steps[-1] if steps and steps[-1].kind == "call" else None
    if step is None:
        raise Wrong(f"line {number}: cannot be read: {line}")
    if match := re.match(r"->\s+(\d{3})$", line):
        if step.status:
            raise Wrong(f"line {number}: the call above has its '->' already")
        step.status, step.expected = int(match.group(1)), "\n".join(block).strip()
    elif match := re.match(r"keep\s+([a-z]\w*)\s*=\s*(.+)$", line):
        step.keeps.append((number, match.group(1), match.group(2)))
    elif match := re.match(r'(not contains|contains)\s+"(.+)"$', line):
        step.checks.append((number, match.group(1), match.group(2)))
    elif match := re.match(r"header\s+([\w-]+)\s+(is|starts|absent)\s*(.*)$", line):
        step.checks.append((number, "header", *match.groups()))
    else:
        raise Wrong(f"line {number}: cannot be read: {line}")


def fill(text, variables):
    """$name becomes what was kept under that name, $$ a dollar."""
    def value(match):
        name = match.group(1)
        if name == "$":
            return "$"
        if name not in variables:
            raise Wrong(f"nothing was kept as ${name}")
        return str(variables[name])
    return _VARIABLE.sub(value, text)


PLACEHOLDERS = {
    "<any>": lambda value: True,
    "<number>": lambda value: isinstance(value, (int, float)) and not isinstance(value, bool),
    "<text>": lambda value: isinstance(value, str) and value != "",
    "<list>": lambda value: isinstance(value, list),
    "<object>": lambda value: isinstance(value, dict),
    "<instant>": lambda value: isinstance(value, str) and bool(
        re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z", value)),
    "<date>": lambda value: isinstance(value, str) and bool(
        re.fullmatch(r"\d{4}-\d\d-\d\d", value)),
}


def differences(expected, actual, where="answer"):
    """What of `expected` is not in `actual`: objects may hold more, arrays only after "..."."""
    if isinstance(expected, str) and expected in PLACEHOLDERS:
        fits = PLACEHOLDERS[expected](actual)
        return [] if fits else [f"{where}: {_show(actual)} is no {expected}"]
    if isinstance(expected, dict):
        return _object_differences(expected, actual, where)
    if isinstance(expected, list):
        return _array_differences(expected, actual, where)
    same = expected == actual and isinstance(expected, bool) == isinstance(actual, bool)
    return [] if same else [f"{where}: expected {_show(expected)}, got {_show(actual)}"]


def _object_differences(expected, actual, where):
    if not isinstance(actual, dict):
        return [f"{where}: expected an object, got {_show(actual)}"]
    found = []
    for key, value in expected.items():
        if value == "<absent>":
            found += [f"{where}.{key}: must be absent"] if key in actual else []
        elif key not in actual:
            found.append(f"{where}.{key}: is absent, expected {_show(value)}")
        else:
            found += differences(value, actual[key], f"{where}.{key}")
    return found


def _array_differences(expected, actual, where):
    if not isinstance(actual, list):
        return [f"{where}: expected an array, got {_show(actual)}"]
    if expected and expected[0] == "...":
        return [f"{where}: nothing in it fits {_show(wanted)}; it holds {_show(actual)}"
                for wanted in expected[1:]
                if not any(not differences(wanted, value) for value in actual)]
    if len(expected) != len(actual):
        return [f"{where}: expected {len(expected)} elements, got {len(actual)}: {_show(actual)}"]
    return [text for index, (wanted, value) in enumerate(zip(expected, actual))
            for text in differences(wanted, value, f"{where}.{index}")]


def pick(value, path):
    """The value below a dotted path; numbers count array elements (negative from the end)."""
    for part in path.split("."):
        try:
            value = value[int(part)] if isinstance(value, list) else value[part]
        except (KeyError, IndexError, ValueError, TypeError):
            raise Wrong(f"the answer has no {path}") from None
    return value


def _show(value):
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= 300 else text[:300] + "…"
