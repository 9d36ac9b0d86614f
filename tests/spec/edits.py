"""A hundred edits of the documents, each with what it does: `python -m tests.spec.edits [SEED]` prints a table.

An operator knows what it breaks because it knows what it writes, and whether that travels in requests or in answers; it
knows nothing of the classifier. test_diff.py asserts the figures.
"""

from __future__ import annotations

import copy
import random
import re
import sys
from collections.abc import Callable, Iterator
from typing import Any

import attrs
from rich.console import Console
from rich.table import Table

from causerie_spec.diff import Verdict, changes
from causerie_spec.documents import METHODS, load, operations, vendors

Document = dict[str, Any]

COUNT = 100

DOCUMENTS = {vendor: load(vendor) for vendor in vendors()}


@attrs.frozen
class Edit:
    """One edited document."""

    vendor: str
    operator: str
    label: Verdict
    target: str
    document: Document

    @property
    def verdict(self) -> Verdict:
        """What the classifier says."""
        found = changes(self.vendor, DOCUMENTS[self.vendor], self.document)
        return max((change.verdict for change in found), default=Verdict.COMPATIBLE)


class Hand:
    """An editor of one document, who picks places at random."""

    def __init__(self, vendor: str, rng: random.Random) -> None:
        self.document = copy.deepcopy(DOCUMENTS[vendor])
        self.rng = rng
        self.schemas: dict[str, Any] = self.document["components"]["schemas"]
        uses = {"sent": set[str](), "answered": set[str]()}
        for method, path in operations(self.document).values():
            item = self.document["paths"][path]
            asks = [item.get("parameters"), item[method].get("parameters"), item[method].get("requestBody")]
            uses["sent"] |= self._reached(asks)
            uses["answered"] |= self._reached(item[method]["responses"])
        self.sent = uses["sent"] - uses["answered"]
        self.answered = uses["answered"] - uses["sent"]
        self.both = uses["answered"] & uses["sent"]

    def pick(self, candidates: list[Any]) -> Any:
        """One of `candidates`. Raises `IndexError` when there is none: the operator has nothing to do here."""
        return self.rng.choice(candidates)

    def operation(self, need: str = "operationId") -> tuple[str, str, Any]:
        """Path, method and node of an operation that has `need`."""
        pairs = [(path, method) for method, path in operations(self.document).values()]
        path, method = self.pick([pair for pair in pairs if need in self.document["paths"][pair[0]][pair[1]]])
        return path, method, self.document["paths"][path][method]

    def parameter(self, need: str) -> Any:
        """Return a query parameter that may be left out, and whose schema has `need`."""
        found = [
            each
            for path, method in ((path, method) for method, path in operations(self.document).values())
            for each in self.document["paths"][path][method].get("parameters", ())
            if need in each.get("schema", ()) and not each.get("required")
        ]
        return self.pick(found)

    def object(self, names: set[str]) -> tuple[str, Any]:
        """Return a component with fields."""
        name = self.pick(sorted(name for name in names if self.schemas[name].get("properties")))
        return name, self.schemas[name]

    def field(self, names: set[str], fits: Callable[[Any, bool], bool]) -> tuple[str, str, Any]:
        """Component, name and schema of a field that `fits`, given its schema and whether it is required."""
        return self.pick(
            [
                (component, name, schema)
                for component in sorted(names)
                for name, schema in self.schemas[component].get("properties", {}).items()
                if fits(schema, name in self.schemas[component].get("required", ()))
            ]
        )

    def enum(self, names: set[str]) -> tuple[str, Any]:
        """Return a component that is an enum of several values."""
        name = self.pick(sorted(name for name in names if len(self.schemas[name].get("enum", ())) > 1))
        return name, self.schemas[name]

    def _reached(self, node: Any) -> set[str]:
        names, waiting = set[str](), [node]
        while waiting:
            for reference in re.findall(r"'\$ref': '#/components/(\w+)/(\w+)'", str(waiting.pop())):
                if reference[1] not in names or reference[0] != "schemas":
                    names |= {reference[1]} if reference[0] == "schemas" else set()
                    waiting.append(self.document["components"][reference[0]][reference[1]])
        return names


def _plain(schema: Any, _: bool = False) -> bool:
    return isinstance(schema.get("type"), str) and schema["type"] in {"string", "integer", "number", "boolean"}


def _optional(_: Any, required: bool) -> bool:
    return not required


def _mandatory(_: Any, required: bool) -> bool:
    return required


def _nullable(schema: Any, _: bool) -> bool:
    return isinstance(schema.get("type"), list)


def _typed(name: str) -> Callable[[Any, bool], bool]:
    return lambda schema, _: schema.get("type") == name and "format" not in schema


OPERATORS: list[tuple[str, Verdict, Callable[[Hand], str]]] = []


def operator(label: Verdict) -> Callable[[Callable[[Hand], str]], Callable[[Hand], str]]:
    """Register an operator, which edits in place and says where."""

    def register(edit: Callable[[Hand], str]) -> Callable[[Hand], str]:
        OPERATORS.append((edit.__name__.replace("_", " "), label, edit))
        return edit

    return register


breaking, client, compatible = (operator(Verdict[name]) for name in ("BREAKING", "CLIENT", "COMPATIBLE"))


@breaking
def remove_operation(hand: Hand) -> str:
    path, method, node = hand.operation()
    del hand.document["paths"][path][method]
    return node["operationId"]


@breaking
def move_path(hand: Hand) -> str:
    path = hand.pick(sorted(hand.document["paths"]))
    hand.document["paths"][path + "/v2"] = hand.document["paths"].pop(path)
    return path


@breaking
def change_method(hand: Hand) -> str:
    path, method, node = hand.operation()
    item = hand.document["paths"][path]
    other = hand.pick([each for each in ("put", "post", "patch", "delete") if each not in item])
    item[other] = item.pop(method)
    return node["operationId"]


@breaking
def add_required_field_to_request(hand: Hand) -> str:
    name, node = hand.object(hand.sent | hand.both)
    node["properties"]["urgency"] = {"type": "string"}
    node["required"] = [*node.get("required", ()), "urgency"]
    return name


@breaking
def require_field_of_request(hand: Hand) -> str:
    component, name, _ = hand.field(hand.sent | hand.both, _optional)
    hand.schemas[component]["required"] = [*hand.schemas[component].get("required", ()), name]
    return f"{component}.{name}"


@breaking
def remove_field_of_request(hand: Hand) -> str:
    component, name, _ = hand.field(hand.sent | hand.both, _optional)
    del hand.schemas[component]["properties"][name]
    return f"{component}.{name}"


@breaking
def change_type_in_request(hand: Hand) -> str:
    component, name, schema = hand.field(hand.sent | hand.both, _plain)
    schema["type"] = "boolean" if schema["type"] != "boolean" else "integer"
    return f"{component}.{name}"


@breaking
def narrow_number_in_request(hand: Hand) -> str:
    component, name, schema = hand.field(hand.sent | hand.both, _typed("number"))
    schema["type"] = "integer"
    return f"{component}.{name}"


@breaking
def remove_enum_value_of_request(hand: Hand) -> str:
    name, node = hand.enum(hand.sent | hand.both)
    node["enum"].remove(hand.pick(node["enum"]))
    return name


@breaking
def limit_text_of_request(hand: Hand) -> str:
    component, name, schema = hand.field(hand.sent | hand.both, _typed("string"))
    schema["maxLength"] = schema.get("maxLength", 200) // 2
    return f"{component}.{name}"


@breaking
def demand_format_in_request(hand: Hand) -> str:
    component, name, schema = hand.field(hand.sent | hand.both, _typed("string"))
    schema["format"] = "uuid"
    return f"{component}.{name}"


@breaking
def forbid_null_in_request(hand: Hand) -> str:
    component, name, schema = hand.field(hand.sent, _nullable)
    schema["type"] = schema["type"][0]
    return f"{component}.{name}"


@breaking
def close_request(hand: Hand) -> str:
    name, node = hand.object(hand.sent)
    node["additionalProperties"] = False
    return name


@breaking
def remove_parameter(hand: Hand) -> str:
    _, _, node = hand.operation("parameters")
    gone = hand.pick([each for each in node["parameters"] if "name" in each])
    node["parameters"].remove(gone)
    return f"{node['operationId']} {gone['name']}"


@breaking
def rename_parameter(hand: Hand) -> str:
    parameter = hand.parameter("type")
    parameter["name"] = "x" + parameter["name"]
    return parameter["name"]


@breaking
def require_parameter(hand: Hand) -> str:
    parameter = hand.parameter("type")
    parameter["required"] = True
    return parameter["name"]


@breaking
def add_required_parameter(hand: Hand) -> str:
    _, _, node = hand.operation()
    node.setdefault("parameters", []).append(
        {"name": "region", "in": "query", "required": True, "schema": {"type": "string"}}
    )
    return node["operationId"]


@breaking
def raise_minimum_of_parameter(hand: Hand) -> str:
    parameter = hand.parameter("minimum")
    parameter["schema"]["minimum"] += 1
    return parameter["name"]


@breaking
def drop_alternative_of_request(hand: Hand) -> str:
    paths = hand.document["paths"]
    bodies = [paths[path][method].get("requestBody") for method, path in operations(hand.document).values()]
    schemas = [body["content"]["application/json"]["schema"] for body in bodies if body]
    schema = hand.pick([schema for schema in schemas if "oneOf" in schema])
    gone = schema["oneOf"].pop(hand.rng.randrange(len(schema["oneOf"])))
    mapping = schema["discriminator"]["mapping"]
    schema["discriminator"]["mapping"] = {key: each for key, each in mapping.items() if each != gone["$ref"]}
    return gone["$ref"]


@breaking
def change_media_type_of_request(hand: Hand) -> str:
    _, _, node = hand.operation("requestBody")
    content = node["requestBody"]["content"]
    content["multipart/form-data"] = content.pop("application/json")
    return node["operationId"]


@breaking
def remove_field_of_answer(hand: Hand) -> str:
    component, name, _ = hand.field(hand.answered, lambda *_: True)
    node = hand.schemas[component]
    del node["properties"][name]
    node["required"] = [each for each in node.get("required", ()) if each != name]
    return f"{component}.{name}"


@breaking
def rename_field_of_answer(hand: Hand) -> str:
    component, name, schema = hand.field(hand.answered, _optional)
    del hand.schemas[component]["properties"][name]
    hand.schemas[component]["properties"][name.upper() + "_"] = schema
    return f"{component}.{name}"


@breaking
def drop_required_of_answer(hand: Hand) -> str:
    component, name, _ = hand.field(hand.answered, _mandatory)
    hand.schemas[component]["required"].remove(name)
    return f"{component}.{name}"


@breaking
def allow_null_in_answer(hand: Hand) -> str:
    component, name, schema = hand.field(hand.answered, _plain)
    schema["type"] = [schema["type"], "null"]
    return f"{component}.{name}"


@breaking
def widen_type_in_answer(hand: Hand) -> str:
    component, name, schema = hand.field(hand.answered | hand.both, _typed("integer"))
    schema["type"] = hand.pick(["number", ["integer", "string"]])
    return f"{component}.{name}"


@breaking
def change_type_in_answer(hand: Hand) -> str:
    component, name, schema = hand.field(hand.answered, _plain)
    schema["type"] = "object"
    schema.pop("format", None)
    return f"{component}.{name}"


@breaking
def change_items_of_answer(hand: Hand) -> str:
    component, name, schema = hand.field(hand.answered, lambda schema, _: "items" in schema)
    schema["items"] = {"type": "boolean"}
    return f"{component}.{name}"


@breaking
def drop_format_of_answer(hand: Hand) -> str:
    component, name, schema = hand.field(hand.answered, lambda schema, _: "format" in schema)
    del schema["format"]
    return f"{component}.{name}"


@breaking
def drop_enum_of_answer(hand: Hand) -> str:
    name, node = hand.enum(hand.answered | hand.both)
    del node["enum"]
    return name


@breaking
def change_success(hand: Hand) -> str:
    _, _, node = hand.operation()
    status = next(each for each in node["responses"] if each.startswith("2"))
    node["responses"]["202"] = node["responses"].pop(status)
    return f"{node['operationId']} {status}"


@breaking
def wrap_answer(hand: Hand) -> str:
    _, _, node = hand.operation()
    answer = next(each for status, each in node["responses"].items() if status.startswith("2"))
    if "content" not in answer:
        raise IndexError
    media = answer["content"]["application/json"]
    media["schema"] = {"type": "object", "required": ["result"], "properties": {"result": media["schema"]}}
    return node["operationId"]


@breaking
def drop_body_of_answer(hand: Hand) -> str:
    _, _, node = hand.operation()
    answer = next(each for status, each in node["responses"].items() if status.startswith("2"))
    answer.pop("content") if "content" in answer else hand.pick([])
    return node["operationId"]


@breaking
def rename_credential_header(hand: Hand) -> str:
    ((name, scheme),) = hand.document["components"]["securitySchemes"].items()
    scheme.update({"type": "apiKey", "in": "header", "name": "X-Credential"})
    scheme.pop("scheme", None)
    return name


@breaking
def remove_server(hand: Hand) -> str:
    return hand.document["servers"].pop()["url"]


@client
def rename_operation(hand: Hand) -> str:
    _, _, node = hand.operation()
    node["operationId"] += "_now"
    return node["operationId"]


@client
def rename_tag(hand: Hand) -> str:
    _, _, node = hand.operation()
    node["tags"] = ["talks"]
    return node["operationId"]


@client
def rename_component(hand: Hand) -> str:
    name = hand.pick(sorted(hand.sent | hand.answered | hand.both))
    text = f"#/components/schemas/{name}"

    def renamed(node: Any) -> Any:
        if isinstance(node, dict):
            return {key: renamed(value) for key, value in node.items()}
        if isinstance(node, list):
            return [renamed(each) for each in node]
        return node + "Model" if node == text else node

    hand.schemas[f"{name}Model"] = hand.schemas.pop(name)
    edited = renamed(hand.document)
    hand.document.clear()
    hand.document.update(edited)
    return name


@client
def rename_path_parameter(hand: Hand) -> str:
    name = hand.pick(sorted(hand.document["components"].get("parameters", ())))
    parameter = hand.document["components"]["parameters"][name]
    old, new = parameter["name"], parameter["name"] + "_"
    parameter["name"] = new
    paths = hand.document["paths"]
    for path in list(paths):
        item = paths[path.replace(f"{{{old}}}", f"{{{new}}}")] = paths.pop(path)
        for operation in (item[method] for method in METHODS if method in item):
            for own in operation.get("parameters", ()):  # in place of the path's
                if own.get("name") == old and own["in"] == "path":
                    own["name"] = new
    return old


@client
def remove_enum_value_of_answer(hand: Hand) -> str:
    name, node = hand.enum(hand.answered)
    node["enum"].remove(hand.pick(node["enum"]))
    return name


@client
def add_time_format_to_answer(hand: Hand) -> str:
    component, name, schema = hand.field(hand.answered, _typed("string"))
    schema["format"] = "date-time"
    return f"{component}.{name}"


@client
def drop_unix_seconds(hand: Hand) -> str:
    component, name, schema = hand.field(hand.both | hand.answered, lambda schema, _: "x-unit" in schema)
    del schema["x-unit"]
    return f"{component}.{name}"


@client
def give_parameter_default(hand: Hand) -> str:
    parameter = hand.parameter("type")
    parameter["schema"]["default"] = {"integer": 1, "boolean": False}.get(parameter["schema"]["type"], "x")
    return parameter["name"]


@client
def prefer_another_server(hand: Hand) -> str:
    hand.document["servers"].insert(0, {"url": "https://us.example.com" + hand.document["servers"][0]["url"][-3:]})
    return "servers"


@compatible
def rewrite_prose(hand: Hand) -> str:
    _, _, node = hand.operation()
    node["description"], node["summary"] = "Other words.", "Words"
    return node["operationId"]


@compatible
def change_evidence(hand: Hand) -> str:
    name = hand.pick(sorted(hand.schemas))
    hand.schemas[name]["x-evidence"] = {"level": "inferred", "why": "another reason"}
    return name


@compatible
def remove_examples(hand: Hand) -> str:
    component, name, schema = hand.field(set(hand.schemas), lambda schema, _: "examples" in schema)
    del schema["examples"]
    return f"{component}.{name}"


@compatible
def add_optional_field_to_request(hand: Hand) -> str:
    name, node = hand.object(hand.sent | hand.both)
    node["properties"]["urgency"] = {"type": "string"}
    return name


@compatible
def add_field_to_answer(hand: Hand) -> str:
    name, node = hand.object(hand.answered)
    node["properties"]["urgency"] = {"type": "string"}
    node["required"] = [*node.get("required", ()), "urgency"]
    return name


@compatible
def relax_required_of_request(hand: Hand) -> str:
    component, name, _ = hand.field(hand.sent, _mandatory)
    hand.schemas[component]["required"].remove(name)
    return f"{component}.{name}"


@compatible
def require_field_of_answer(hand: Hand) -> str:
    component, name, _ = hand.field(hand.answered, _optional)
    hand.schemas[component]["required"] = [*hand.schemas[component].get("required", ()), name]
    return f"{component}.{name}"


@compatible
def relax_length_of_request(hand: Hand) -> str:
    component, name, schema = hand.field(hand.sent, lambda schema, _: "maxLength" in schema)
    schema["maxLength"] *= 2
    return f"{component}.{name}"


@compatible
def drop_minimum_of_parameter(hand: Hand) -> str:
    parameter = hand.parameter("minimum")
    del parameter["schema"]["minimum"]
    return parameter["name"]


@compatible
def widen_type_in_request(hand: Hand) -> str:
    component, name, schema = hand.field(hand.sent, _typed("boolean"))
    schema["type"] = ["boolean", "string"]
    return f"{component}.{name}"


@compatible
def narrow_number_in_answer(hand: Hand) -> str:
    component, name, schema = hand.field(hand.answered, _typed("number"))
    schema["type"] = "integer"
    return f"{component}.{name}"


@compatible
def allow_null_in_request(hand: Hand) -> str:
    component, name, schema = hand.field(hand.sent, _plain)
    schema["type"] = [schema["type"], "null"]
    return f"{component}.{name}"


@compatible
def forbid_null_in_answer(hand: Hand) -> str:
    component, name, schema = hand.field(hand.answered, _nullable)
    schema["type"] = schema["type"][0]
    return f"{component}.{name}"


@compatible
def add_enum_value(hand: Hand) -> str:
    name, node = hand.enum(hand.sent | hand.answered | hand.both)
    node["enum"].append(1000 if node["type"] == "integer" else "unheard-of")
    return name


@compatible
def add_optional_parameter(hand: Hand) -> str:
    _, _, node = hand.operation()
    node.setdefault("parameters", []).insert(0, {"name": "region", "in": "query", "schema": {"type": "string"}})
    return node["operationId"]


@compatible
def add_error(hand: Hand) -> str:
    _, _, node = hand.operation()
    node["responses"]["503"] = {"description": "Down for maintenance."}
    return node["operationId"]


@compatible
def remove_error(hand: Hand) -> str:
    _, _, node = hand.operation()
    del node["responses"]["429"]
    return node["operationId"]


@compatible
def add_operation(hand: Hand) -> str:
    hand.document["paths"]["/health"] = {
        "get": {"operationId": "get_health", "tags": ["conversations"], "responses": {"200": {"description": "Well."}}}
    }
    return "/health"


@compatible
def add_server(hand: Hand) -> str:
    hand.document["servers"].append({"url": "https://us.example.com"})
    return "servers"


@compatible
def add_second_tag(hand: Hand) -> str:
    _, _, node = hand.operation()
    node["tags"].append("talks")
    return node["operationId"]


@compatible
def inline_error_response(hand: Hand) -> str:
    _, _, node = hand.operation()
    name = node["responses"]["500"]["$ref"].rsplit("/", 1)[1]
    node["responses"]["500"] = copy.deepcopy(hand.document["components"]["responses"][name])
    return node["operationId"]


@compatible
def wrap_reference_in_all_of(hand: Hand) -> str:
    component, name, schema = hand.field(set(hand.schemas), lambda schema, _: "$ref" in schema)
    schema["allOf"] = [{"$ref": schema.pop("$ref")}]
    return f"{component}.{name}"


@compatible
def reverse_order(hand: Hand) -> str:
    name, node = hand.object(set(hand.schemas))
    node["properties"] = dict(reversed(node["properties"].items()))
    node["required"] = node.get("required", [])[::-1]
    return name


def edits(seed: int = 1, count: int = COUNT) -> Iterator[Edit]:
    """`count` different edits: the operators in turn, each on a vendor and a place that `seed` picks."""
    rng, seen = random.Random(seed), set[tuple[str, str, str]]()
    while True:
        for name, label, edit in OPERATORS:
            for vendor in rng.sample(vendors(), len(vendors())):
                hand = Hand(vendor, rng)
                try:
                    target = edit(hand)
                except IndexError:
                    continue
                if (vendor, name, target) not in seen:
                    seen.add((vendor, name, target))
                    yield Edit(vendor, name, label, target, hand.document)
                    break
            if len(seen) == count:
                return


def main(seed: int) -> None:
    """Print what the classifier makes of the edits."""
    judged = [(edit, edit.verdict) for edit in edits(seed)]
    table = Table("edit", "label", "edits", "right", "wrong")
    for name, label, _ in OPERATORS:
        verdicts = [(edit, verdict) for edit, verdict in judged if edit.operator == name]
        wrong = [f"{edit.vendor} {edit.target}: {verdict}" for edit, verdict in verdicts if verdict != label]
        table.add_row(name, str(label), str(len(verdicts)), str(len(verdicts) - len(wrong)), "\n".join(wrong))
    console = Console(width=120)
    console.print(table)
    harmful = [verdict for edit, verdict in judged if edit.label is Verdict.BREAKING]
    harmless = [verdict for edit, verdict in judged if edit.label is not Verdict.BREAKING]
    found, alarms = harmful.count(Verdict.BREAKING), harmless.count(Verdict.BREAKING)
    console.print(
        f"seed {seed}: {found} of {len(harmful)} breaking edits found, {alarms} of {len(harmless)} false alarms"
    )


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 1)
