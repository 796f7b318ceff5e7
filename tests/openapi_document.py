# SPDX-License-Identifier: Apache-2.0
"""What an OpenAPI 3.1 document owes its reader, and whether an answer is what it promised.

No package of Debian 12 checks 3.1, so the rules that a client generator stumbles over are here.
"""
import re

METHODS = {"get", "post", "put", "patch", "delete"}
TYPES = {"string", "integer", "number", "boolean", "object", "array", "null"}
PLACES = {"path", "query", "header"}


def _look_up(document, ref):
    at = document
    for part in ref.removeprefix("#/").split("/"):
        at = at[part]
    return at


def _walk(value, path="#"):
    yield path, value
    entries = value.items() if isinstance(value, dict) else enumerate(
        value) if isinstance(value, list) else ()
    for key, inner in entries:
        yield from _walk(inner, f"{path}/{key}")


def _schema_faults(path, schema):
    kind = schema.get("type")
    if kind is not None and kind not in TYPES:
        yield f"{path}: no type {kind!r}"
    if kind == "array" and not isinstance(schema.get("items"), dict):
        yield f"{path}: an array of nobody knows what"
    if "enum" in schema and not schema["enum"]:
        yield f"{path}: an empty enum"
    named = schema.get("required")
    for name in named if isinstance(named, list) else []:
        if name not in schema.get("properties", {}):
            yield f"{path}: {name} is required and not described"


def _operation_faults(document, path, method, operation):
    place = f"{method.upper()} {path}"
    parameters = [_look_up(document, one["$ref"]) if "$ref" in one else one
                  for one in operation["parameters"]]
    keys = [(one["in"], one["name"]) for one in parameters]
    if len(set(keys)) < len(keys):
        yield f"{place}: a parameter twice"
    for one in parameters:
        if one["in"] not in PLACES or not isinstance(one.get("schema"), dict):
            yield f"{place}: parameter {one['name']} without place or schema"
        if one["in"] == "path" and one.get("required") is not True:
            yield f"{place}: {one['name']} of the path is not required"
    if {name for where, name in keys if where == "path"} != set(re.findall(r"{(\w+)}", path)):
        yield f"{place}: parameters of the path differ from it"
    if not any(re.fullmatch(r"[123]\d\d", status) for status in operation["responses"]):
        yield f"{place}: no answer of success"
    for status, answer in operation["responses"].items():
        if "$ref" not in answer and not answer.get("description"):
            yield f"{place}: {status} without description"
    if not operation.get("summary"):
        yield f"{place}: no summary"


def faults(document):
    """Every rule that the document breaks, as text."""
    if document.get("openapi") != "3.1.0" or not {"title", "version"} <= set(document["info"]):
        yield "head of the document"
    ids = []
    for path, methods in document["paths"].items():
        if not path.startswith("/") or not methods or not set(methods) <= METHODS:
            yield f"{path}: {sorted(methods)}"
        for method, operation in methods.items():
            ids.append(operation["operationId"])
            yield from _operation_faults(document, path, method, operation)
    if len(set(ids)) < len(ids):
        yield "an operationId twice"
    for path, value in _walk(document):
        if not isinstance(value, dict):
            continue
        if isinstance(value.get("$ref"), str):
            try:
                _look_up(document, value["$ref"])
            except (KeyError, TypeError):
                yield f"{path}: {value['$ref']} leads nowhere"
        elif not path.endswith("/properties") and "/securitySchemes/" not in path:
            yield from _schema_faults(path, value)
    schemes = set(document["components"]["securitySchemes"])
    for path, methods in document["paths"].items():
        for method, operation in methods.items():
            if not {name for one in operation["security"] for name in one} <= schemes:
                yield f"{method} {path}: an unknown way to sign in"


_PYTHON = {"string": str, "integer": int, "number": (int, float), "boolean": bool, "object": dict,
           "array": list, "null": type(None)}


def _is_own(name):
    """Made by an administrator, perhaps after the document was read."""
    return isinstance(name, str) and name.startswith("x_")


def misfits(document, schema, value, path="answer"):
    """Where a value is not what a schema says. Members that the schema does not name are misfits
    too: what is answered is to be in the document."""
    if "$ref" in schema:
        schema = _look_up(document, schema["$ref"])
    if "anyOf" in schema:
        tried = [list(misfits(document, one, value, path)) for one in schema["anyOf"]]
        yield from min(tried, key=len)
        return
    kind = schema.get("type")
    if kind is None:
        return
    if not isinstance(value, _PYTHON[kind]) or (kind in {"integer", "number"} and
                                                isinstance(value, bool)):
        yield f"{path} is {value!r:.60} and not {kind}"
    elif "enum" in schema and value not in schema["enum"] and not _is_own(value):
        yield f"{path} is {value!r} and none of {schema['enum'][:10]}"
    elif kind == "array":
        for number, one in enumerate(value):
            yield from misfits(document, schema["items"], one, f"{path}.{number}")
    elif kind == "object" and "properties" in schema:
        for name in set(schema.get("required", [])) - set(value):
            yield f"{path}.{name} is missing"
        for name, inner in value.items():
            if _is_own(name) or "." in name:  # "company.name": a field across a link
                continue
            if name not in schema["properties"]:
                yield f"{path}.{name} is not in the document"
            else:
                yield from misfits(document, schema["properties"][name], inner, f"{path}.{name}")


def answer_problems(document, method, path, answer):
    """What an answer of success to a call is that the document does not say."""
    parts = path.partition("?")[0].split("/")
    operations = [(pattern, methods[method.lower()]) for pattern, methods in
                  document["paths"].items() if method.lower() in methods and
                  len(pattern.split("/")) == len(parts) and
                  all(one == other or one.startswith("{")
                      for one, other in zip(pattern.split("/"), parts))]
    if not operations or not 200 <= answer.status < 300:
        return []
    _, operation = min(operations, key=lambda one: one[0].count("{"))
    promised = operation["responses"].get(str(answer.status))
    if promised is None:
        return [f"{answer.status} is not in the document"]
    media = (answer.header("Content-Type") or "").partition(";")[0]
    content = promised.get("content", {})
    if media != "application/json" or not answer.text:
        return []
    if "application/json" not in content:
        return [] if content else ["an answer that is not in the document"]
    return [f"openapi: {problem}" for problem in
            misfits(document, content["application/json"]["schema"], answer.json())][:5]
