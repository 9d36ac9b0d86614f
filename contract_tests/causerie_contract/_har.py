"""Recorded traffic (HAR 1.2, from a browser or a proxy) held against a vendor's document."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any
from urllib.parse import SplitResult, parse_qsl, quote, unquote, urlsplit

from jsonschema_rs import Draft202012Validator, ValidationError, ValidationErrorKind

from causerie_spec.documents import METHODS, load, parameters
from causerie_spec.evidence import evidence
from causerie_spec.pointer import Pointer, look, resolve, spell
from causerie_spec.shape import Places, shape

from ._fault import causes, places
from ._finding import Finding, Violation
from ._lines import Source
from ._redact import Redactor, body
from ._target import MASK

_PORTS = {"http": 80, "https": 443}

#: What a finding is called, by its keyword; of the keywords of JSON Schema only those that need another name.
_TITLES = {
    "path": "Undocumented path",
    "method": "Undocumented method",
    "status": "Undocumented status",
    "content": "Undocumented media type",
    "parameters": "Undocumented parameter",
    "properties": "Undocumented field",
    "enum": "Undocumented value",
    "json": "A body that is no JSON",
}

_NAMING = (
    ValidationErrorKind.AdditionalProperties,
    ValidationErrorKind.PropertyNames,
    ValidationErrorKind.UnevaluatedProperties,
)


@dataclass(frozen=True, slots=True)
class Seen:
    """A finding, and how often the traffic shows it."""

    finding: Finding
    count: int

    def __str__(self) -> str:
        """Return the finding with its count."""
        times = f"{self.count} time{'' if self.count == 1 else 's'}"
        return f"{self.finding}\n  seen {times}"


@dataclass(slots=True)
class Replayed:
    """What came of a file."""

    vendor: str
    #: Entries that were held against the document.
    checked: int = 0
    #: Entries that were not, by the reason.
    skipped: Counter[str] = field(default_factory=Counter[str])
    #: Bodies that the recorder left out.
    unrecorded: int = 0
    #: Whether words are not shown because the document lacks them.
    left_out: bool = False
    findings: list[Seen] = field(default_factory=list[Seen])

    @property
    def entry(self) -> dict[str, Any]:
        """Return the entry for a report in JSON."""
        return {
            "vendor": self.vendor,
            "checked": self.checked,
            "skipped": dict(self.skipped),
            "unrecorded_bodies": self.unrecorded,
            "findings": [{**asdict(seen.finding), "count": seen.count} for seen in self.findings],
        }

    def lines(self) -> Iterator[str]:
        """Return lines for people."""
        for seen in self.findings:
            yield from (str(seen), "")
        skipped = "".join(f", {count} skipped ({reason})" for reason, count in self.skipped.items())
        unrecorded = f", {self.unrecorded} answers without a recorded body" if self.unrecorded else ""
        if self.left_out:
            yield f"{MASK}: words that the document lacks. --words shows them; make sure that none is somebody's name."
        yield f"{self.vendor}: {self.checked} exchanges{skipped}{unrecorded}, {len(self.findings)} findings"


def replay(
    vendor: str, file: Path, *, base_url: str | None = None, document: Path | None = None, words: bool = False
) -> Replayed:
    """Hold the entries of `file` that went to `vendor` against its document, or against the one at `document`.

    The vendor's entries are those to a server of the document or to `base_url`, which goes up to where the document's
    paths begin. Paths, keys and values that the document lacks are shown with `words` alone: a word may be a name.

    Raises `ValueError` when the file is no HAR, or has no such entry.
    """
    if base_url is not None and not base_url.startswith(("http://", "https://")):
        raise ValueError(f"--base-url must begin with http:// or https://, unlike {base_url!r}.")
    content = load(vendor, document)
    entries = _entries(file)
    bases = [urlsplit(server["url"]) for server in content.get("servers", ())]
    bases += [urlsplit(base_url)] if base_url else []
    made = _Replay(vendor, content, Redactor(entries, None if words else content), Source.of(vendor, document))
    for entry in entries:
        url = urlsplit(entry["request"]["url"])
        base = next((each for each in bases if _origin(each) == _origin(url)), None)
        if base is None:
            made.result.skipped["another host"] += 1
        elif any(pair["name"].lower() == "access-control-request-method" for pair in entry["request"]["headers"]):
            made.result.skipped["a browser's preflight"] += 1
        elif entry["response"]["status"] in {0, 304}:
            made.result.skipped["no answer of the server"] += 1
        else:
            made.exchange(entry, url, base.path.rstrip("/"))
    if not made.result.checked:
        hosts = ", ".join(each.netloc for each in bases)
        raise ValueError(f"{file}: none of {len(entries)} entries is a call of {hosts}; name the host with --base-url.")
    return made.end()


def _entries(file: Path) -> list[dict[str, Any]]:
    try:
        log = json.loads(file.read_text(encoding="utf-8-sig"))["log"]
        entries: list[dict[str, Any]] = log["entries"]
        for entry in entries:
            _require(entry)
    except OSError as error:
        raise ValueError(f"{file} could not be read: {error.strerror}.") from None
    except (ValueError, LookupError, TypeError):
        raise ValueError(f"{file} is no HAR 1.2 file: it needs log.entries, each with request and response.") from None
    return entries


def _require(entry: dict[str, Any]) -> None:
    """Raise what `_entries` catches for an entry that lacks what HAR 1.2 demands."""
    request, response = entry["request"], entry["response"]
    needed = [(request["method"], str), (request["headers"], list), (response["status"], int)]
    for message in (request, response):
        pairs = [*(message.get("headers") or ()), *(message.get("cookies") or ())]
        needed += [(pair[key], str) for pair in pairs for key in ("name", "value")]
    if not all(isinstance(value, kind) for value, kind in needed):
        raise TypeError
    _origin(urlsplit(request["url"]))  # a port may be no number


def _origin(url: SplitResult) -> tuple[str | None, int | None]:
    return url.hostname, url.port or _PORTS.get(url.scheme)


class _Replay:
    def __init__(self, vendor: str, document: dict[str, Any], redactor: Redactor, source: Source) -> None:
        self.result = Replayed(vendor)
        self._vendor = vendor
        self._document = document
        self._redactor = redactor
        self._source = source
        self._found = dict[tuple[str, str, str], Finding]()
        self._counts = Counter[tuple[str, str, str]]()
        self._operations = defaultdict[tuple[str, str, str], dict[str, None]](dict)
        self._validators = dict[Pointer, Draft202012Validator]()
        self._place: Pointer = ()
        self._label = ""
        self._status = 0
        # `/states` before `/{conversationId}`
        self._paths = sorted(document["paths"], key=lambda path: path.count("{"))

    def end(self) -> Replayed:
        """Return the result with all findings."""
        self.result.left_out = self._redactor.left_out
        for key, finding in self._found.items():
            also = tuple(name for name in self._operations[key] if name != finding.operation)
            located = self._source.located(replace(finding, also=also))
            self.result.findings.append(Seen(located, self._counts[key]))
        return self.result

    def exchange(self, entry: dict[str, Any], url: SplitResult, prefix: str) -> None:
        """Hold one request and its answer against the document."""
        self.result.checked += 1
        method, self._status = entry["request"]["method"].lower(), entry["response"]["status"]
        path = next((each for each in self._paths if _matches(prefix + each, url.path)), None)
        if path is None or method not in METHODS or method not in self._document["paths"][path]:
            shown = path or self._redactor.path(url.path.removeprefix(prefix))
            self._place = ("paths",) if path is None else ("paths", path)
            self._label = f"{self._redactor.word(method.upper())} {shown}"
            keyword = "path" if path is None else "method"
            self._add(self._label, keyword, f"the document has no {self._label}", self._place, self._label)
            return
        self._place, self._label = ("paths", path, method), f"{method.upper()} {path}"
        # A request that was refused contradicts nothing: refusing it is what the document asks for.
        if self._status // 100 == 2:
            self._query(url.query)
            self._request(entry["request"].get("postData"))
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
                value = _read(self._document, ((*place, "schema"),), values[name])
                self._check(f"query {name}", value, (*place, "schema"))
            elif look(self._document, place).get("required"):
                self._add(f"query {name}", "required", f"an accepted request lacks {name}", place)

    def _request(self, data: dict[str, Any] | None) -> None:
        text = body(data)
        if "requestBody" in look(self._document, self._place):
            place = resolve(self._document, (*self._place, "requestBody"))
            if text:
                self._body("body", text, (data or {}).get("mimeType", ""), place)
        elif text:
            self._add("body", "content", "the document has no body for this request", self._place)

    def _answer(self, response: dict[str, Any]) -> None:
        responses = look(self._document, self._place)["responses"]
        status = next(
            (each for each in (str(self._status), f"{self._status // 100}XX", "default") if each in responses), None
        )
        if status is None:
            self._add(
                "answer",
                "status",
                f"the document has no {self._status} here",
                (*self._place, "responses"),
                str(self._status),
            )
            return
        place = resolve(self._document, (*self._place, "responses", status))
        text = body(response.get("content"))
        if text:
            self._body("answer", text, response["content"].get("mimeType", ""), place)
        elif "content" in look(self._document, place):
            self.result.unrecorded += 1

    def _body(self, part: str, text: str, mime: str, place: Pointer) -> None:
        media_type = mime.partition(";")[0].strip().lower()
        if media_type not in look(self._document, place).get("content", ()):
            shown = re.sub("[^/+]+", lambda found: self._redactor.word(found[0]), media_type)
            self._add(part, "content", f"the document has no {shown or 'nameless media type'} here", place, shown)
            return
        try:
            value = json.loads(text)
        except ValueError:
            self._add(part, "json", f"{media_type} that is no JSON", (*place, "content", media_type))
            return
        schema = (*place, "content", media_type, "schema")
        if "schema" in look(self._document, schema[:-1]):
            self._check(part, value, schema)
            for where, home, name in _unknown(self._document, (schema,), value, ()):
                shown = self._redactor.word(name)
                self._add(f"{part} {self._spell((*where, name))}", "properties", "no schema names it", home, shown)

    def _check(self, part: str, value: Any, schema: Pointer) -> None:
        for error in self._validator(schema).iter_errors(value):
            for cause in causes(error):
                self._violated(part, cause)

    def _violated(self, part: str, error: ValidationError) -> None:
        instance, fault = places(self._document, error)
        problem, shown = error.message, ""
        if isinstance(error.kind, ValidationErrorKind.Enum):
            shown = self._redactor.value(error.instance)
            problem = f"{shown} is none of its values"
        elif isinstance(error.kind, _NAMING):
            problem = "it has fields that it may not have"  # the message would spell them
        where = f"{part} {self._spell(instance)}" if part in {"body", "answer"} else part
        self._add(where, error.kind.name, problem, fault, shown)

    def _validator(self, schema: Pointer) -> Draft202012Validator:
        if schema not in self._validators:
            root = {name: self._document.get(name, {}) for name in ("paths", "components")}
            whole = {"$ref": f"#{quote(spell(schema))}", **root}
            self._validators[schema] = Draft202012Validator(whole, validate_formats=True, mask="the value")
        return self._validators[schema]

    def _spell(self, instance: Pointer) -> str:
        """Spell a place in a value, without keys that are no words: they may be addresses or ids."""
        return spell(step if isinstance(step, int) else self._redactor.word(str(step)) for step in instance)

    def _add(self, where: str, keyword: str, problem: str, place: Pointer, shown: str = "") -> None:
        """Note a finding once: `shown` tells apart what one place of the document is too narrow for."""
        key = (spell(place), keyword, shown)
        node = look(self._document, self._place)
        self._counts[key] += 1
        self._operations[key][node.get("operationId", "")] = None
        if key not in self._found:
            violation = Violation(where, keyword, problem, spell(place), evidence(self._document, place))
            self._found[key] = Finding(
                vendor=self._vendor,
                operation=node.get("operationId", ""),
                label=self._label,
                phase="replay",
                check="recorded traffic",
                code=keyword,
                title=_TITLES.get(keyword, f"A violation of {keyword}"),
                problem=problem,
                status=self._status,
                violations=(violation,),
                evidence=evidence(self._document, self._place),
                curl=(),
            )


def _matches(template: str, path: str) -> bool:
    """Say whether `path` is one that `template` stands for."""
    parts = re.split(r"{[^}]*}", template)
    return re.fullmatch("[^/]+".join(map(re.escape, parts)), path) is not None or unquote(path) == template


def _read(document: Any, places: Places, texts: list[str]) -> Any:
    """Return the values of a parameter, with the types that its schema gives them."""
    made = shape(document, places)
    if "array" in made.types and "string" not in made.types:
        return [_read(document, made.items, [text]) for text in texts]
    text = texts[-1]
    if "string" in made.types:
        return text
    try:
        return json.loads(text)
    except ValueError:
        return text


def _unknown(document: Any, places: Places, value: Any, where: Pointer) -> Iterator[tuple[Pointer, Pointer, str]]:
    """Yield fields that no schema names: the place of the object around them, that of its schema, and their names."""
    made = shape(document, places)
    if isinstance(value, list):
        for index, inner in enumerate(value):
            yield from _unknown(document, made.items, inner, (*where, index))
    elif isinstance(value, dict):
        known: dict[str, Places] = dict(made.properties)
        for variant in made.variants.values():
            known = {**shape(document, (variant,)).properties, **known}
        for name, inner in value.items():
            if name in known or made.additional:
                yield from _unknown(document, known.get(name, made.additional), inner, (*where, name))
            elif known and not made.closed:  # an object without any properties is free-form; a closed one has said so
                yield where, made.home, name
