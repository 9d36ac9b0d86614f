"""A request and its answer, as HAR 1.2 records them, held against a document."""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Callable, Iterator
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import attrs
from jsonschema_rs import ValidationError, ValidationErrorKind

from .documents import METHODS, answer, parameters
from .fault import Schemas, places
from .pointer import Pointer, describing, look, resolve, spell
from .redact import Redactor, body
from .security import credential
from .shape import Places, Shape, shape

#: Return what the schemas at some places of the document allow together.
Shapes = Callable[[Places], Shape]

#: What a departure is called, by its keyword; of the keywords of JSON Schema only those that need another name.
_TITLES = {
    "path": "Undocumented path",
    "method": "Undocumented method",
    "status": "Undocumented status",
    "content": "Undocumented media type",
    "parameters": "Undocumented parameter",
    "properties": "Undocumented field",
    "enum": "Undocumented value",
    "json": "A body that is no JSON",
    "security": "No credential",
}

_NAMING = (
    ValidationErrorKind.AdditionalProperties,
    ValidationErrorKind.PropertyNames,
    ValidationErrorKind.UnevaluatedProperties,
)


@attrs.frozen
class Departure:
    """One thing in which an exchange departs from the document. It shows what the redactor lets pass, and no more."""

    #: A JSON pointer with what it points into: `answer /data/0/createdAt`, `body /contactIds/0`, `query page`.
    where: str
    #: The keyword of JSON Schema that is violated, or what of the exchange has no place in the document.
    keyword: str
    problem: str
    #: The place in the document.
    place: Pointer
    #: What tells apart the departures from one place of the document.
    shown: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return _TITLES.get(self.keyword, f"A violation of {self.keyword}")

    @property
    def cause(self) -> tuple[str, str, str]:
        """What makes two departures the same."""
        return spell(self.place), self.keyword, self.shown


@attrs.frozen
class Read:
    """What came of one exchange."""

    #: Where its operation stands; what of it there is, where the document has no such operation.
    place: Pointer
    #: The operationId; empty where there is none.
    operation: str
    #: Method and path.
    label: str
    status: int
    departures: tuple[Departure, ...]
    #: Whether there is a body wherever the document has one.
    recorded: bool


class Exchanges:
    """Holds exchanges against a document.

    A request that was refused contradicts nothing, for refusing it is what the document asks for. With `requests`, it
    is looked at all the same, and so is what it lacks: for somebody who wants to know what is wrong with the requests.
    """

    def __init__(self, document: dict[str, Any], *, requests: bool = False) -> None:
        self.document = document
        self.requests = requests
        self.schemas = Schemas(document, "the value")
        self.shape: Shapes = functools.cache(functools.partial(shape, document))
        # `/states` before `/{conversationId}`
        self._paths = sorted(document["paths"], key=lambda path: path.count("{"))

    def read(self, entry: dict[str, Any], redactor: Redactor, prefix: str = "") -> Read:
        """Hold an entry of HAR's against the document, whose paths begin behind `prefix`."""
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
    """One exchange with an operation of the document."""

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
        if self._strict and security and all(security):  # An alternative may ask for none.
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
        media_type = mime.partition(";")[0].strip().lower()
        if media_type not in look(self._document, place).get("content", ()):
            shown = self._redactor.media_type(media_type)
            self._add(part, "content", f"the document has no {shown or 'nameless media type'} here", place, shown)
            return
        try:
            value = _decode(text)
        except ValueError:
            self._add(part, "json", f"{media_type} that is no JSON", (*place, "content", media_type))
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
        """Spell a place in a value as far as the document names it; of other keys the words, for they may be ids."""
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
    """Say whether `path` is one that `template` stands for."""
    parts = re.split(r"{[^}]*}", template)
    return re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None or unquote(path) == template


def _decode(text: str) -> Any:
    """Decode JSON. Raises `ValueError` for what is none, and for half of a surrogate pair, which is no text."""
    value = json.loads(text)
    if "\\u" in text or not text.isascii():
        json.dumps(value, ensure_ascii=False).encode()
    return value


def _value(shaped: Shapes, places: Places, texts: list[str]) -> Any:
    """Return the values of a parameter, with the types that its schema gives them."""
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
    """Yield fields that no schema names: the place of the object around them, that of its schema, and their names."""
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
            elif known and not made.closed:  # an object without any properties is free-form; a closed one has said so
                yield where, made.home, name
