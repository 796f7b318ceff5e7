# SPDX-License-Identifier: Apache-2.0
"""Just enough C++ to find functions: not a parser, but it knows comments, strings and braces."""
import re

_TOKENS = re.compile(
    r'//[^\n]*|/\*.*?\*/|R"(?P<mark>[^()\s\\]{0,16})\(.*?\)(?P=mark)"'
    r'|"(?:\\.|[^"\\\n])*"|(?<![0-9a-fA-F])\'(?:\\.|[^\'\\\n])+\'', re.DOTALL)
_SCOPE = re.compile(r"\b(namespace|class|struct|union|enum)\b|\bextern\s*$")
_NAME = re.compile(r"([~\w:<>]+|operator\s*\S+)\s*\(")


def blank(text):
    """The text with comments and the contents of strings replaced by spaces; lines stay lines."""
    def spaces(match):
        return re.sub(r"[^\n]", " ", match.group(0))
    return _TOKENS.sub(spaces, text)


def functions(text):
    """Yields (name, first line, last line) of every function body outside other functions."""
    code = re.sub(r"^[ \t]*#(?:[^\n]*\\\n)*[^\n]*", lambda m: re.sub(r"[^\n]", " ", m.group(0)),
                  blank(text), flags=re.MULTILINE)
    stack, head_start, open_function, parens = [], 0, None, 0
    for match in re.finditer(r"[(){};]", code):
        mark, at = match.group(0), match.start()
        if mark in "()":
            parens += 1 if mark == "(" else -1
        elif mark == "{":
            head = code[head_start:at]
            kind = "inner" if open_function or parens > 0 else _kind_of(head)
            stack.append((kind, parens))
            if kind == "function":
                open_function = (_name_of(head), _first_line(code, head_start, head), len(stack))
            parens, head_start = 0, at + 1
        elif mark == "}" and stack:
            kind, parens = stack.pop()
            if open_function and len(stack) < open_function[2]:
                yield open_function[0], open_function[1], code.count("\n", 0, at) + 1
                open_function = None
            head_start = at + 1
        elif mark == ";" and parens == 0:
            head_start = at + 1


def _kind_of(head):
    # `struct X f() {` is a function; `class X : public Base<void()> {` is told by its first word.
    plain = re.sub(r"<[^<>]*>|\[\[.*?\]\]|\b(public|private|protected)\s*:", " ", head).strip()
    if _SCOPE.match(plain) and not re.search(r"\)\s*(const|noexcept|override)?\s*$", plain):
        return "scope"
    if plain.endswith("=") or plain.endswith("return"):
        return "inner"
    if "(" in plain or plain == "" or plain.startswith(","):
        return "function" if "(" in plain else "inner"
    return "scope" if _SCOPE.search(plain) else "inner"


def _name_of(head):
    match = _NAME.search(head)
    return match.group(1) if match else "(unnamed)"


def _first_line(code, head_start, head):
    return code.count("\n", 0, head_start + len(head) - len(head.lstrip())) + 1
