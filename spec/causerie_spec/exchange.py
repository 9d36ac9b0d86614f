"""Checks a request and its answer, in the form of HAR 1.2, against a document."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs
from jsonschema_rs import ValidationError, ValidationErrorKind

from .documents import METHODS, answer, media_type_of, parameters
from .fault import Schemas, places
from .pointer import Pointer, describing, look, resolve, spell
from .redact import Redactor, body
from .security import credential
from .shape import Places, Shape, shape

#: Returns the shape that the schemas at some places of the document allow together.
Shapes = Callable[[Places], Shape]

#: The titles of departures by keyword. Most keywords of JSON Schema need none.
_TITLES = {
    "path": "Undocumented path",
    "method": "Undocumented method",
    "status": "Undocumented status",
    "content": "Undocumented media type",
    "parameters": "Undocumented parameter",
    "properties": "Undocumented field",
    "enum": "Undocumented value",
    "json": "A body that is not JSON",
    "security": "No credential",
}

_NAMING = (
    ValidationErrorKind.AdditionalProperties,
    ValidationErrorKind.PropertyNames,
    ValidationErrorKind.UnevaluatedProperties,
)


@attrs.frozen
class Departure:
    """One difference between an exchange and the document. It shows only what the redactor allows."""

    #: A JSON pointer after the part that it refers to: `answer /data/0/createdAt`, `body /contactIds/0`, `query page`.
    where: str
    #: The violated keyword of JSON Schema, or the kind of a part that is not in the document.
    keyword: str
    problem: str
    #: The place in the document.
    place: Pointer
    #: Distinguishes departures from one place of the document.
    shown: str = ""

    @property
    def title(self) -> str:
        """Its title."""
        return _TITLES.get(self.keyword, f"A violation of {self.keyword}")

    @property
    def cause(self) -> tuple[str, str, str]:
        """The key of equal departures."""
        return spell(self.place), self.keyword, self.shown


@attrs.frozen
class Read:
    """The result of checking one exchange."""

    #: The place of its operation; if the document does not have the operation, the nearest existing part.
    place: Pointer
    #: The operationId; empty if there is none.
    operation: str
    #: Method and path.
    label: str
    status: int
    departures: tuple[Departure, ...]
    #: Whether the exchange has all bodies that the document has.
    recorded: bool


class Exchanges:
    """Checks exchanges against a document.

    A refused request is not checked, because the document asks servers to refuse invalid requests. With `requests`, it
    is checked too, also for missing parts, to find the faults of the requests themselves.
    """

    def __init__(self, document: dict[str, Any], *, requests: bool = False) -> None:
        self.document = document
        self.requests = requests
        self.schemas = Schemas(document, "the value")
        self.shape: Shapes = functools.cache(functools.partial(shape, document))
        # `/states` before `/{conversationId}`
        self._paths = sorted(document["paths"], key=lambda path: path.count("{"))

    def read(self, entry: dict[str, Any], redactor: Redactor, prefix: str = "") -> Read:
        """Check an entry of a HAR file against the document. `prefix` comes before the document's paths in the URL."""
        url, method = urlsplit(entry["request"]["url"]), entry["request"]["method"].lower()
        status: int = entry["response"]["status"]
        place: Pointer
        path = next((each for each in self._paths if _matches(prefix + each, url.path)), None)
        if path is not None and method in METHODS and method in self.document["paths"][path]:
            place = ("paths", path, method)
            check = _Check(self, redactor, place, status)
            check.exchange(entry, url.query)
            operation = look(self.document, place).get("operationId", "")
            return Read(place, operation, f"{method.upper()} {path}", status, tuple(check.found), check.recorded)
        label = f"{redactor.word(method.upper())} {path or redactor.path(url.path.removeprefix(prefix))}"
        keyword, place = ("path", ("paths",)) if path is None else ("method", ("paths", path))
        departure = Departure(label, keyword, f"the document has no {label}", place, label)
        return Read(place, "", label, status, (departure,), recorded=True)


class _Check:
    """The check of one exchange with an operation of the document."""

    def __init__(self, exchanges: Exchanges, redactor: Redactor, place: Pointer, status: int) -> None:
        self.found: list[Departure] = []
        self.recorded = True
        self._document = exchanges.document
        self._schemas = exchanges.schemas
        self._shape = exchanges.shape
        self._strict = exchanges.requests
        self._redactor = redactor
        self._place = place
        self._status = status

    def exchange(self, entry: dict[str, Any], query: str) -> None:
        if self._status // 100 == 2 or self._strict:
            self._query(query)
            self._request(entry["request"].get("postData"))
        security = look(self._document, self._place).get("security", ())
        if self._strict and security and all(security):  # An empty alternative needs no credential.
            header = credential(self._document).header
            if not any(pair["name"].lower() == header.lower() for pair in entry["request"]["headers"]):
                self._add(f"header {header}", "security", f"the request lacks {header}", self._place)
        self._answer(entry["response"])

    def _query(self, query: str) -> None:
        values = dict[str, list[str]]()
        for name, value in parse_qsl(query, keep_blank_values=True):
            values.setdefault(name, []).append(value)
        declared = {node["name"]: at for at, node in parameters(self._document, self._place) if node["in"] == "query"}
        for name in values.keys() - declared.keys():
            shown = self._redactor.word(name)
            self._add(f"query {shown}", "parameters", "the document has no such parameter", self._place, shown)
        for name, place in declared.items():
            if name in values:
                value = _value(self._shape, ((*place, "schema"),), values[name])
                self._check(f"query {name}", value, (*place, "schema"))
            elif look(self._document, place).get("required"):
                said = "the request" if self._strict else "an accepted request"
                self._add(f"query {name}", "required", f"{said} lacks {name}", place)

    def _request(self, data: dict[str, Any] | None) -> None:
        text = body(data)
        if "requestBody" in look(self._document, self._place):
            place = resolve(self._document, (*self._place, "requestBody"))
            if text:
                self._body("body", text, (data or {}).get("mimeType", ""), place)
            elif self._strict and look(self._document, place).get("required"):
                self._add("body", "required", "the request lacks its body", place)
        elif text:
            self._add("body", "content", "the document has no body for this request", self._place)

    def _answer(self, response: dict[str, Any]) -> None:
        place = answer(self._document, self._place, self._status)
        if place is None:
            problem = f"the document has no {self._status} here"
            self._add("answer", "status", problem, (*self._place, "responses"), str(self._status))
            return
        text = body(response.get("content"))
        if text:
            self._body("answer", text, response["content"].get("mimeType", ""), place)
        elif "content" in look(self._document, place):
            self.recorded = False

    def _body(self, part: str, text: str, mime: str, place: Pointer) -> None:
        media_type = media_type_of(mime)
        if media_type not in look(self._document, place).get("content", ()):
            shown = self._redactor.media_type(media_type)
            self._add(part, "content", f"the document has no {shown or 'nameless media type'} here", place, shown)
            return
        try:
            value = _decode(text)
        except ValueError:
            self._add(part, "json", f"{media_type} that is not JSON", (*place, "content", media_type))
            return
        schema = (*place, "content", media_type, "schema")
        if "schema" in look(self._document, schema[:-1]):
            self._check(part, value, schema)
            for where, home, name in _unknown(self._shape, (schema,), value, ()):
                spelled = self._spell(schema, (*where, name))
                self._add(f"{part} {spelled}", "properties", "no schema names it", home, self._redactor.word(name))

    def _check(self, part: str, value: Any, schema: Pointer) -> None:
        for error in self._schemas.errors(schema, value):
            self._violated(part, error, schema)

    def _violated(self, part: str, error: ValidationError, schema: Pointer) -> None:
        instance, fault = places(self._document, error)
        problem, shown = error.message, ""
        if isinstance(error.kind, ValidationErrorKind.Enum):
            shown = self._redactor.value(error.instance)
            problem = f"{shown} is none of its values"
        elif isinstance(error.kind, _NAMING):
            problem = "it has fields that it may not have"  # the message would spell them
        where = f"{part} {self._spell(schema, instance)}" if part in {"body", "answer"} else part
        self._add(where, error.kind.name, problem, fault, shown)

    def _spell(self, schema: Pointer, instance: Pointer) -> str:
        """Return a place in a value as text. Keys that the document does not have are redacted: they may be ids."""
        steps: list[str | int] = []
        for index, step in enumerate(instance):
            is_named = describing(self._document, schema, instance[:index]) != describing(
                self._document, schema, instance[: index + 1]
            )
            steps.append(step if is_named or isinstance(step, int) else self._redactor.word(str(step)))
        return spell(steps)

    def _add(self, where: str, keyword: str, problem: str, place: Pointer, shown: str = "") -> None:
        self.found.append(Departure(where, keyword, problem, place, shown))


def _matches(template: str, path: str) -> bool:
    """Return whether `path` matches `template`."""
    parts = re.split(r"{[^}]*}", template)
    return re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None or unquote(path) == template


def _decode(text: str) -> Any:
    """Decode JSON. Raises `ValueError` for other text, and for half a surrogate pair, which is not valid text."""
    value = json.loads(text)
    if "\\u" in text or not text.isascii():
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _value(shaped: Shapes, places: Places, texts: list[str]) -> Any:
    """Return the values of a parameter, converted to the types in its schema."""
    made = shaped(places)
    if "array" in made.types and "string" not in made.types:
        return [_value(shaped, made.items, [text]) for text in texts]
    text = texts[-1]
    if "string" in made.types:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _unknown(shaped: Shapes, places: Places, value: Any, where: Pointer) -> Iterator[tuple[Pointer, Pointer, str]]:
    """Yield the fields that no schema names: the place of their object, the place of its schema, and their name."""
    made = shaped(places)
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unknown(shaped, made.items, inner, (*where, index))
    elif isinstance(value, dict):
        known: dict[str, Places] = dict(made.properties)
        for variant in made.variants.values():
            known = {**shaped((variant,)).properties, **known}
        for name, inner in value.items():
            if name in known or made.additional:
                yield from _unknown(shaped, known.get(name, made.additional), inner, (*where, name))
            elif known and not made.closed:  # An object without properties is free-form; a closed one was reported.
                yield where, made.home, name
