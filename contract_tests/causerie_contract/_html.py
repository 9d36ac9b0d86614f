"""The report as one page that needs nothing beside itself."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree

from causerie_spec import about
from causerie_spec.evidence import Evidence, promised_by

Element = ElementTree.Element
Entry = dict[str, Any]
#: Made as elements and never as text, so that all that comes from a server is escaped.
Child = Element | str | None

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath fill='%230f766e' "
    "d='M6 4h20a4 4 0 0 1 4 4v11a4 4 0 0 1-4 4H15l-8 6v-6H6a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z'/%3E%3C/svg%3E"
)
#: Nothing is fetched, and nothing that a server said can become a script.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_WITNESSES = "witnesses"


def page(content: dict[str, list[Entry]]) -> str:
    """Return the content of a report (see `_report.Report`) as HTML."""
    vendors = [entry["vendor"] for entry in content["vendors"]]
    body = _tag(
        "body",
        {},
        _tag("a", {"class": "skip", "href": "#findings"}, "Skip to the findings"),
        _header(content),
        _tag(
            "main",
            {},
            _section("vendors", "Vendors", _tag("div", {"class": "cards"}, *map(_card(content), content["vendors"]))),
            _section("operations", "Operations", *(_matrix(vendor, content) for vendor in vendors)),
            _section("findings", "Findings", *_findings(content)),
            _section("never-seen", "Never seen", *_never_seen(content)),
        ),
        _tag("script", {}, _text("report.js")),
    )
    head = _tag(
        "head",
        {},
        _tag("meta", {"charset": "utf-8"}),
        _tag("meta", {"http-equiv": "Content-Security-Policy", "content": _POLICY}),
        _tag("meta", {"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        _tag("meta", {"name": "color-scheme", "content": "light dark"}),
        _tag("title", {}, f"{_verdict(content)} · Causerie contract report"),
        _tag("link", {"rel": "icon", "href": _ICON}),
        _tag("style", {}, _text("report.css")),
    )
    html = ElementTree.tostring(_tag("html", {"lang": "en"}, head, body), encoding="unicode", method="html")
    return f"<!doctype html>\n{html}\n"


def _header(content: dict[str, list[Entry]]) -> Element:
    links = {"vendors": "Vendors", "operations": "Operations", "findings": "Findings", "never-seen": "Never seen"}
    return _tag(
        "header",
        {"class": "bar"},
        _tag("h1", {}, "Causerie ", _tag("span", {}, "contract report")),
        _tag("nav", {"aria-label": "Sections"}, *(_tag("a", {"href": f"#{to}"}, name) for to, name in links.items())),
        _tag("p", {"class": "verdict", "data-state": "bad" if _broken(content) else "good"}, _verdict(content)),
    )


def _broken(content: dict[str, list[Entry]]) -> bool:
    strict = {entry["vendor"] for entry in content["vendors"] if entry["strict"]}
    return bool(
        content["findings"]
        or any(entry["shortcoming"] for entry in content["operations"])
        or any(entry["errors"] or entry["warnings"] for entry in content["vendors"])
        or any(entry["vendor"] in strict and not entry["reason"] for entry in content["witnesses"])
    )


def _verdict(content: dict[str, list[Entry]]) -> str:
    findings = len(content["findings"])
    if findings or not _broken(content):
        return _count(findings, "finding") if findings else "No findings"
    return "No findings, and not enough seen"


def _card(content: dict[str, list[Entry]]) -> Any:
    def card(vendor: Entry) -> Element:
        name = vendor["vendor"]
        findings = [entry for entry in content["findings"] if entry["vendor"] == name]
        missing = [entry for entry in content["witnesses"] if entry["vendor"] == name]
        unexplained = [entry for entry in missing if not entry["reason"]]
        facts = {
            "Target": f"{vendor['target']}, seed {vendor['seed']}",
            "Cases": f"{vendor['cases']:,} on {_count(vendor['operations'], 'operation')}",
            "Sequences": f"{vendor['linked_scenarios']} of {vendor['scenarios']} linked",
            "Never seen": f"{len(unexplained)} unexplained, {len(missing) - len(unexplained)} with a reason",
            "Time": f"{vendor['seconds']:.1f} s, {vendor['cases_per_second']:,.0f} cases a second",
        }
        return _tag(
            "article",
            {"class": "card"},
            _tag(
                "header",
                {},
                _tag("h3", {}, _title(name)),
                _badge(_count(len(findings), "finding") if findings else "no findings", bad=bool(findings)),
            ),
            _tag("dl", {"class": "facts"}, *(_fact(*pair) for pair in facts.items())),
            _timing(vendor),
            *(_tag("p", {"class": "overview"}, text) for text in vendor["overview"]),
            *(_tag("p", {"class": "trouble"}, text) for text in vendor["errors"]),
            *(_tag("p", {"class": "note"}, text) for text in vendor["notes"]),
            *(
                _tag("p", {"class": "trouble"}, f"{kind.replace('_', ' ')}: {', '.join(names)}")
                for kind, names in vendor["warnings"].items()
            ),
        )

    return card


def _title(vendor: str) -> str:
    return about(vendor).title


def _fact(name: str, value: str) -> Element:
    return _tag("div", {}, _tag("dt", {}, name), _tag("dd", {}, value))


def _timing(vendor: Entry) -> Element | None:
    total = sum(vendor["phases"].values())
    if not total:
        return None
    bar, key = _tag("div", {"class": "timing", "aria-hidden": "true"}), _tag("ul", {"class": "key"})
    for index, (name, seconds) in enumerate(vendor["phases"].items()):
        bar.append(_tag("span", {"class": f"phase-{index}", "style": f"flex-grow: {seconds / total:.4f}"}))
        key.append(_tag("li", {"class": f"phase-{index}"}, f"{name} {seconds:.1f} s"))
    return _tag("div", {}, bar, key)


def _matrix(vendor: str, content: dict[str, list[Entry]]) -> Element:
    operations = [entry for entry in content["operations"] if entry["vendor"] == vendor]
    checks = [*sorted({name for entry in operations for name in entry["checks"]} - {"model"}), "model", _WITNESSES]
    names = [name.replace("_", " ") for name in ("cases", "accepted", *checks)]
    heads = [_tag("th", {"scope": "col"}, _tag("span", {}, name)) for name in names]
    rows = (_row(entry, checks, content) for entry in operations)
    table = _tag(
        "table",
        {},
        _tag("caption", {}, _title(vendor)),
        _tag("thead", {}, _tag("tr", {}, _tag("th", {"scope": "col"}, "Operation"), *heads)),
        _tag("tbody", {}, *rows),
    )
    # With a name and a place in the order of the keyboard: it scrolls.
    about = {"class": "matrix", "tabindex": "0", "role": "region", "aria-label": f"Checks of {vendor}"}
    return _tag("div", about, table)


def _row(entry: Entry, checks: Iterable[str], content: dict[str, list[Entry]]) -> Element:
    method, _, path = entry["label"].partition(" ")
    name = _tag(
        "th",
        {"scope": "row"},
        _tag("span", {"class": "name"}, entry["operation"]),
        _tag("span", {"class": "label"}, _tag("b", {}, method), " ", path),
        _tag("span", {"class": "trouble"}, entry["shortcoming"]) if entry["shortcoming"] else None,
    )
    return _tag(
        "tr",
        {},
        name,
        _tag("td", {"class": "number"}, f"{entry['cases']:,}"),
        _tag("td", {"class": "number"}, f"{entry['valid_rate']:.0%}"),
        *(_cell(entry, check, content) for check in checks),
    )


def _cell(entry: Entry, check: str, content: dict[str, list[Entry]]) -> Element:
    if check == _WITNESSES and entry["cases"]:
        ours = [each for each in content["witnesses"] if _same(each, entry)]
        bad = sum(not each["reason"] for each in ours)
        told = f"{bad} never seen without a known reason, {len(ours) - bad} with one"
        return _mark("warn" if bad else "good", str(bad) if bad else "✓", told, f"#seen-{entry['vendor']}")
    found = [
        index
        for index, finding in enumerate(content["findings"])
        if finding["vendor"] == entry["vendor"]
        and entry["operation"] in {finding["operation"], *finding["also"]}
        and finding["check"] == check
    ]
    times = entry["checks"].get(check, 0)
    if found:
        told = f"{_count(len(found), 'finding')}, {_count(times, 'time')} checked"
        return _mark("bad", str(len(found)), told, f"#finding-{found[0] + 1}")
    if not times:
        return _mark("none", "·", "not checked", None)
    return _mark("good", "✓", f"{_count(times, 'time')} checked", None)


def _mark(state: str, sign: str, told: str, to: str | None) -> Element:
    inside = [_tag("span", {"aria-hidden": "true"}, sign), _tag("span", {"class": "hidden"}, told)]
    inner = _tag("a", {"href": to}, *inside) if to and state != "good" else _tag("span", {}, *inside)
    return _tag("td", {"class": state, "title": told}, inner)


def _findings(content: dict[str, list[Entry]]) -> Iterator[Element]:
    if not content["findings"]:
        yield _tag("p", {"class": "empty"}, "Nothing contradicts the documents.")
    else:
        rows = (_finding(index + 1, finding) for index, finding in enumerate(content["findings"]))
        yield _tag("ol", {"class": "log"}, *rows)
    if content["reported"]:
        yield _tag("h3", {}, "Contradicts what we infer")
        lead = "Nobody promised these; they are told, and are no failures."
        yield _tag("p", {"class": "lead"}, lead)
        yield _tag("ol", {"class": "log"}, *(_finding(None, finding) for finding in content["reported"]))


def _finding(number: int | None, finding: Entry) -> Element:
    method, _, path = finding["label"].partition(" ")
    first = finding["violations"][0] if finding["violations"] else None
    said = finding["evidence"] if first is None else first["evidence"]
    summary = _tag(
        "summary",
        {},
        _tag("span", {"class": "method"}, method),
        _tag("span", {"class": "path"}, path),
        _badge(f"{first['keyword']}" if first else finding["code"], bad=True),
        _tag("span", {"class": "title"}, f"{first['where']}: {first['problem']}" if first else finding["title"]),
        _tag(
            "span",
            {"class": "meta"},
            _tag("span", {}, _title(finding["vendor"])),
            _tag("span", {}, ", ".join([finding["operation"], *finding["also"]])),
            _tag("span", {"class": "tag"}, said["level"] if said else "no evidence"),
        ),
    )
    more = _tag(
        "div",
        {"class": "more"},
        _tag("p", {}, finding["title"]),
        *(_violation(violation, finding["file"]) for violation in finding["violations"]),
        None if finding["violations"] else _tag("pre", {"tabindex": "0"}, finding["problem"]),
        _tag("h4", {}, "Found by"),
        _tag("p", {}, _found_by(finding)),
        _copyable("To reproduce", "\n".join(finding["curl"])) if finding["curl"] else None,
        _copyable("As a test for pytest", finding["test"]) if finding["test"] else None,
    )
    identity = {"id": f"finding-{number}"} if number else {}
    return _tag("li", identity, _tag("details", {}, summary, more))


def _found_by(finding: Entry) -> str:
    answer = "there was no answer" if finding["status"] is None else f"the answer was a {finding['status']}"
    return f"{finding['check']} ({finding['code']}) in the {finding['phase']} phase; {answer}"


def _violation(violation: Entry, file: str) -> Element:
    place = f"{file}:{violation['line']} " if violation["line"] else ""
    facts = {
        "Where": violation["where"],
        "Keyword": violation["keyword"],
        "Problem": violation["problem"],
        "Document": f"{place}#{violation['schema']}",
        "Contradicts": promised_by(violation["evidence"] and Evidence(**violation["evidence"])),
    }
    return _tag("dl", {"class": "facts"}, *(_fact(*pair) for pair in facts.items()))


def _copyable(title: str, text: str) -> Element:
    return _tag(
        "div",
        {"class": "copyable"},
        _tag("h4", {}, title),
        _tag("button", {"type": "button", "class": "copy", "hidden": "hidden"}, "Copy"),
        _tag("pre", {"tabindex": "0"}, text),
    )


def _never_seen(content: dict[str, list[Entry]]) -> Iterator[Element]:
    lead = (
        "What a document allows and no answer or accepted request ever showed. A check of it is green because there "
        "was nothing to look at, or the document allows too much."
    )
    yield _tag("p", {"class": "lead"}, lead)
    for vendor, cases in ((entry["vendor"], entry["cases"]) for entry in content["vendors"]):
        ours = [entry for entry in content["witnesses"] if entry["vendor"] == vendor]
        if not ours:
            seen = "all was seen" if cases else "nothing was looked at"
            yield _tag("p", {"class": "empty", "id": f"seen-{vendor}"}, f"{_title(vendor)}: {seen}.")
            continue
        groups = dict[str, list[Entry]]()
        for entry in sorted(ours, key=lambda each: each["reason"] is not None):
            groups.setdefault(entry["reason"] or "", []).append(entry)
        yield _tag("h3", {"id": f"seen-{vendor}"}, _title(vendor))
        yield _tag("ol", {"class": "log"}, *(_group(reason, entries) for reason, entries in groups.items()))


def _group(reason: str, entries: list[Entry]) -> Element:
    rows = (
        _tag(
            "li",
            {},
            _tag("span", {}, each["what"]),
            _tag("code", {}, f"{each['file']}:{each['line']} #{each['pointer']}" if each["line"] else each["pointer"]),
            _tag("span", {"class": "tag"}, each["evidence"]["level"] if each["evidence"] else "no evidence"),
        )
        for each in entries
    )
    summary = _tag(
        "summary",
        {"class": "reason"},
        _tag("span", {"class": "count"}, str(len(entries))),
        _tag("span", {}, reason or "Without a known reason"),
    )
    attributes = {} if reason else {"open": "open", "class": "unexplained"}
    return _tag("li", {}, _tag("details", attributes, summary, _tag("ul", {"class": "witnesses"}, *rows)))


def _same(one: Entry, other: Entry) -> bool:
    return (one["vendor"], one["operation"]) == (other["vendor"], other["operation"])


def _badge(text: str, *, bad: bool) -> Element:
    return _tag("span", {"class": "badge bad" if bad else "badge good"}, text)


def _section(name: str, title: str, *children: Child) -> Element:
    heading = _tag("h2", {"id": f"{name}-heading"}, title)
    return _tag("section", {"id": name, "aria-labelledby": f"{name}-heading"}, heading, *children)


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}{'' if number == 1 else 's'}"


def _tag(name: str, attributes: dict[str, str], *children: Child) -> Element:
    element = Element(name, attributes)
    last: Element | None = None
    for child in children:
        if isinstance(child, str):
            # Text stands after the element before it, or at the beginning.
            if last is None:
                element.text = (element.text or "") + _printable(child)
            else:
                last.tail = (last.tail or "") + _printable(child)
        elif child is not None:
            element.append(child)
            last = child
    return element


def _printable(text: str) -> str:
    """Return the text with pictures of control characters in their place, as HTML cannot hold them."""
    return "".join(chr(0x2400 + ord(char)) if ord(char) < 32 and char not in "\n\t" else char for char in text)


def _text(name: str) -> str:
    return importlib.resources.files("causerie_contract").joinpath("report", name).read_text("utf-8")
