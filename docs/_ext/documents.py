"""The OpenAPI documents of the vendors as pages for people: the directive ``openapi``.

No renderer for Sphinx shows extensions such as ``x-evidence``, and evidence is what these documents are for.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from sphinx.util.docutils import SphinxDirective

from causerie_spec.documents import folder, load, operations
from causerie_spec.evidence import evidence
from causerie_spec.pointer import Pointer, look, parse

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.util.typing import ExtensionMetadata


class OpenAPI(SphinxDirective):
    """The whole document of one vendor, such as ``raia``, as sections of the page."""

    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        """Return the page's nodes."""
        vendor = self.arguments[0]
        self.env.note_dependency(str(folder() / f"{vendor}.yaml"))
        return self.parse_text_to_nodes(Page(load(vendor)).markdown(), allow_section_headings=True)


class Page:
    """A document as Markdown, part by part. Places are JSON pointers: evidence is inherited downwards."""

    def __init__(self, document: dict[str, Any]) -> None:
        self.document = document

    def markdown(self) -> str:
        """Return the whole."""
        return "\n\n".join(
            [*self._servers(), *self._credentials(), *self._operations(), *self._errors(), *self._schemas()]
        )

    def _servers(self) -> Iterator[str]:
        yield "## Servers"
        rows = [
            [f"`{server['url']}`", prose(server["description"]), self._evidence(("servers", number))]
            for number, server in enumerate(self.document["servers"])
        ]
        yield table(["URL", "Where", "Evidence"], rows)

    def _credentials(self) -> Iterator[str]:
        yield "## Credential"
        for name, scheme in self.document["components"]["securitySchemes"].items():
            header = "Authorization: Bearer …" if scheme["type"] == "http" else f"{scheme['name']}: …"
            place = ("components", "securitySchemes", name)
            yield f"`{header}`: {prose(scheme['description'])} {self._evidence(place)}"

    def _operations(self) -> Iterator[str]:
        yield "## Operations"
        found = operations(self.document)
        for tag in self.document["tags"]:
            yield f"### Tag {tag['name']}\n\n{prose(tag['description'])}"
            for name, (method, path) in found.items():
                if self.document["paths"][path][method]["tags"] == [tag["name"]]:
                    yield from self._operation(name, method, path)

    def _operation(self, name: str, method: str, path: str) -> Iterator[str]:
        place: Pointer = ("paths", path, method)
        operation = look(self.document, place)
        yield f"#### {name}"
        yield sentences(f"`{method.upper()} {path}`", self._evidence(place), self._reason(place))
        yield prose(operation["description"])
        yield from self._marks(operation, place)
        shared = self.document["paths"][path].get("parameters", [])
        parameters: list[Pointer] = [("paths", path, "parameters", number) for number, _ in enumerate(shared)]
        parameters += [(*place, "parameters", number) for number, _ in enumerate(operation.get("parameters", []))]
        if parameters:
            yield table(["Parameter", "Type", "Evidence", "Description"], [*map(self._parameter, parameters)])
        if "requestBody" in operation:
            yield from self._body((*place, "requestBody"))
        places = {status: (*place, "responses", status) for status in operation["responses"]}
        own = {status: each for status, each in places.items() if self._target(each) == each}
        yield table(["Answer", "Body", "Evidence", "Description"], [self._response(*each) for each in own.items()])
        yield f"[Errors](#errors): {', '.join(self._error(*each) for each in places.items() if each[0] not in own)}."
        for status, each in own.items():
            yield from self._examples(f"Answer {status}", each)

    def _marks(self, operation: dict[str, Any], place: Pointer) -> Iterator[str]:
        """Yield what an operation costs, whom it reaches, and how often it may be asked for."""
        cost = operation["x-cost"]
        free = "free as far as is known" if cost["level"] == "free" else "**billed**"
        reach = "**reaches people**" if operation["x-reaches"] == "people" else "reaches nobody"
        yield f"Cost and reach: {free} ({prose(cost['why'])}); {reach}."
        limits = {name: of for name, of in operation.get("x-limits", {}).items() if name != "x-evidence"}
        if limits:
            told = (
                f"{name.replace('_', ' ')} {', '.join(f'{number:,} {kind}' for kind, number in of.items())}"
                for name, of in limits.items()
            )
            yield f"Limits: {'; '.join(told)}. {self._evidence((*place, 'x-limits'))}"

    def _error(self, status: str, place: Pointer) -> str:
        target = self._target(place)
        return f"`{status}` {target[-1]} {self._badge(target)}"

    def _errors(self) -> Iterator[str]:
        yield "## Errors"
        yield "Answers that several operations share; each operation says which status has which."
        places: list[Pointer] = [("components", "responses", name) for name in self.document["components"]["responses"]]
        yield table(
            ["Answer", "Body", "Evidence", "Description"], [self._response(str(each[-1]), each) for each in places]
        )
        for place in places:
            yield from self._examples(str(place[-1]), place)

    def _parameter(self, place: Pointer) -> list[str]:
        place = self._target(place)
        node = look(self.document, place)
        schema = (*place, "schema")
        title = sentences(f"`{node['name']}`", aside(node["in"]), aside("required") if node.get("required") else "")
        return [title, self._type(schema), self._evidence(place), self._description(node, schema)]

    def _body(self, place: Pointer) -> Iterator[str]:
        body = look(self.document, place)
        for media, content in body["content"].items():
            schema = (*place, "content", media, "schema")
            optional = "" if body.get("required") else ", optional"
            yield f"Body (`{media}`{optional}): {self._type(schema)}. {self._reasons(schema)}"
            if "discriminator" in content["schema"]:
                yield f"The field `{content['schema']['discriminator']['propertyName']}` says which of them it is."
        yield from self._examples("Body", place)

    def _response(self, name: str, place: Pointer) -> list[str]:
        node = look(self.document, place)
        contents: list[Pointer] = [(*place, "content", media) for media in node.get("content", ())]
        bodies: list[Pointer] = [(*content, "schema") for content in contents]
        headers = (
            f"Header `{name}`: {prose(header['description'])}" for name, header in node.get("headers", {}).items()
        )
        description = sentences(
            prose(node["description"]), self._reason(place), *headers, *map(self._reasons, [*contents, *bodies])
        )
        body = " or ".join(map(self._type, bodies)) or "none"
        return [f"`{name}`", body, self._evidence(place), description]

    def _examples(self, title: str, place: Pointer) -> Iterator[str]:
        for media, content in look(self.document, self._target(place)).get("content", {}).items():
            examples = {name: each["value"] for name, each in content.get("examples", {}).items()}
            if "example" in content:
                examples["example"] = content["example"]
            for name, value in examples.items():
                where = (*place, "content", media, "examples", name)
                shown = self._evidence(where if name in content.get("examples", ()) else where[:-2])
                yield f"{title}, for example: {shown}"
                yield f"```json\n{json.dumps(value, indent=2, ensure_ascii=False)}\n```"

    def _schemas(self) -> Iterator[str]:
        yield "## Schemas"
        yield f"A field is optional unless it is {aside('required')}."
        for name, schema in self.document["components"]["schemas"].items():
            place = ("components", "schemas", name)
            yield f"### {name}"
            yield sentences(prose(schema["description"]), self._evidence(place), self._reason(place), self._null(place))
            parts = [place, *((*place, "allOf", number) for number, _ in enumerate(schema.get("allOf", ())))]
            bases = [self._type(part) for part in parts if "$ref" in look(self.document, part)]
            if bases:
                yield f"Has the fields of {' and '.join(bases)}, and these:"
            rows = [row for part in parts for row in self._fields(part)]
            if rows:
                yield table(["Field", "Type", "Evidence", "Description"], rows)
            if "enum" in schema:
                values = [[code(value), self._evidence(place, value)] for value in schema["enum"]]
                yield table(["Value", "Evidence"], values)

    def _fields(self, place: Pointer) -> Iterator[list[str]]:
        schema = look(self.document, place)
        for name, field in schema.get("properties", {}).items():
            here = (*place, "properties", name)
            title = sentences(f"`{name}`", aside("required") if name in schema.get("required", ()) else "")
            yield [title, self._type(here), self._evidence(here), self._description(field, here)]

    def _description(self, node: dict[str, Any], schema: Pointer) -> str:
        """Return what a field or parameter is, what it may be, examples, and why we think so where that is our own."""
        field = look(self.document, schema)
        unit = str(field.get("x-unit", "")).replace("unix-", "Unix ")
        names = {"minimum": "At least", "maximum": "At most", "maxLength": "Characters, at most:"}
        bounds = (f"{words} {field[name]}." for name, words in names.items() if name in field)
        examples = [node["example"]] if "example" in node else [*field.get("examples", [])]
        shown = f"Example: {code(examples[0])}" if examples else ""
        own = "" if node is field else self._reason(schema[:-1])
        said = prose(node.get("description") or self._described(field))
        unit = f"{unit}." if unit and unit not in said else ""
        return sentences(said, unit, *bounds, shown, own, self._reasons(schema))

    def _described(self, field: dict[str, Any]) -> str:
        """Return the description of what a field refers to, where it has none of its own."""
        return look(self.document, parse(field["$ref"])).get("description", "") if "$ref" in field else ""

    def _type(self, place: Pointer) -> str:
        """Return the type in words, with links to schemas."""
        schema = look(self.document, place)
        if "$ref" in schema:
            target = parse(schema["$ref"])[-1]
            return f"[{target}](#{str(target).lower()})"
        for keyword in ("anyOf", "oneOf"):
            if keyword in schema:
                return " or ".join(self._type((*place, keyword, number)) for number, _ in enumerate(schema[keyword]))
        declared = schema.get("type")
        kinds = declared if isinstance(declared, list) else [declared] if declared else []
        return " or ".join(self._kind(place, schema, kind) for kind in kinds) or "any JSON value"

    def _kind(self, place: Pointer, schema: dict[str, Any], kind: str) -> str:
        if kind == "array":
            return f"array of {self._type((*place, 'items'))}"
        return f"{kind} ({schema['format']})" if "format" in schema and kind != "null" else kind

    def _target(self, place: Pointer) -> Pointer:
        node = look(self.document, place)
        return parse(node["$ref"]) if "$ref" in node else place

    def _evidence(self, place: Pointer, value: object = None) -> str:
        """Return the badge of a place, or of one value of an enum."""
        own = look(self.document, place).get("x-evidence", {})
        if value in own.get("values", ()):
            own = own["values"][value]
            return f"{badge(own['level'])} {details(own)}"
        return sentences(self._badge(place), aside(own["source"]) if "source" in own else "")

    def _badge(self, place: Pointer) -> str:
        found = evidence(self.document, place)
        if found is None:
            raise LookupError(f"nothing at or above {place} has evidence")
        return badge(found.level)

    def _reason(self, place: Pointer) -> str:
        """Why we think what stands at a place; empty unless it is inferred there."""
        why = look(self.document, place).get("x-evidence", {}).get("why")
        return f"*{prose(why)}.*" if why else ""

    def _reasons(self, place: Pointer) -> str:
        """Return the evidence of the schema at a place, and of what it is made of, where that is said there."""
        return sentences(*self._within(place))

    def _null(self, place: Pointer) -> str:
        """Return the evidence of null being allowed, where it is another than the rest's."""
        said = look(self.document, place).get("x-evidence", {}).get("nullable")
        return f"Null: {badge(said['level'])} {details(said)}" if said else ""

    def _within(self, place: Pointer) -> Iterator[str]:
        schema = look(self.document, place)
        said = schema.get("x-evidence", {})
        yield self._null(place)
        if "level" in said:
            yield f"{badge(said['level'])} {details(said)}"
        if "items" in schema:
            yield from self._within((*place, "items"))
        for keyword in ("anyOf", "oneOf"):
            for number, _ in enumerate(schema.get(keyword, ())):
                yield from self._within((*place, keyword, number))


def badge(level: str) -> str:
    """Return a level of evidence, as a badge."""
    return f"[{level}]{{.evidence .{level}}}"


def details(said: dict[str, Any]) -> str:
    """Return what stands behind a level: the source, or why."""
    return f"*{prose(said['why'])}.*" if "why" in said else aside(said["source"])


def aside(text: str) -> str:
    """Something said in passing, such as the name of a page or a published document."""
    return f"[{text}]{{.aside}}"


def prose(text: str) -> str:
    """Plain text with `literals` as Markdown."""
    plain_and_code = re.split(r"(`[^`]*`)", " ".join(text.split()))
    return "".join(
        part.replace("|", r"\|") if part.startswith("`") else re.sub(r"([\\*_\[\]<>|{}#])", r"\\\1", part)
        for part in plain_and_code
    )


def code(value: object) -> str:
    """Return a JSON value as a literal."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return f"`{text}`".replace("|", r"\|")


def sentences(*parts: str) -> str:
    """Return what there is of these, one after the other."""
    return " ".join(filter(None, parts))


def table(heads: list[str], rows: list[list[str]]) -> str:
    """Return a table of Markdown."""
    lines = [heads, ["---"] * len(heads), *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def setup(app: Sphinx) -> ExtensionMetadata:
    """Register the directive."""
    app.add_directive("openapi", OpenAPI)
    return {"parallel_read_safe": True, "parallel_write_safe": True}
