"""The report as one page that needs nothing beside itself."""

from __future__ import annotations

import importlib.resources
from collections.abc import Iterable, Iterator, Sequence
from xml.etree import ElementTree

from causerie_spec import about
from causerie_spec.evidence import promised_by

from ._characters import printable
from ._finding import Finding, Violation
from ._result import Result
from ._verdict import has_failed
from ._witness import Unwitnessed

Element = ElementTree.Element
#: Made as elements and never as text, so that all that comes from a server is escaped.
Child = Element | str | None

_ICON = (
    "data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 32 32'%3E%3Cpath fill='%230f766e' "
    "d='M6 4h20a4 4 0 0 1 4 4v11a4 4 0 0 1-4 4H15l-8 6v-6H6a4 4 0 0 1-4-4V8a4 4 0 0 1 4-4z'/%3E%3C/svg%3E"
)
#: Nothing is fetched, and nothing that a server said can become a script.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; img-src data:"
_WITNESSES = "witnesses"


def page(results: Sequence[Result]) -> str:
    """Return the results of runs as an HTML page."""
    findings = [finding for result in results for finding in result.findings]
    body = _tag(
        "body",
        {},
        _tag("a", {"class": "skip", "href": "#findings"}, "Skip to the findings"),
        _header(results),
        _tag(
            "main",
            {},
            _section("vendors", "Vendors", _tag("div", {"class": "cards"}, *map(_card, results))),
            _section("operations", "Operations", *(_matrix(result, findings) for result in results)),
            _section("findings", "Findings", *_findings(results, findings)),
            _section("never-seen", "Never seen", *_never_seen(results)),
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
        _tag("title", {}, f"{_verdict(results)} · Causerie contract report"),
        _tag("link", {"rel": "icon", "href": _ICON}),
        _tag("style", {}, _text("report.css")),
    )
    html = ElementTree.tostring(_tag("html", {"lang": "en"}, head, body), encoding="unicode", method="html")
    return f"<!doctype html>\n{html}\n"


def _header(results: Sequence[Result]) -> Element:
    links = {"vendors": "Vendors", "operations": "Operations", "findings": "Findings", "never-seen": "Never seen"}
    state = "bad" if any(map(has_failed, results)) else "good"
    return _tag(
        "header",
        {"class": "bar"},
        _tag("h1", {}, "Causerie ", _tag("span", {}, "contract report")),
        _tag("nav", {"aria-label": "Sections"}, *(_tag("a", {"href": f"#{to}"}, name) for to, name in links.items())),
        _tag("p", {"class": "verdict", "data-state": state}, _verdict(results)),
    )


def _verdict(results: Sequence[Result]) -> str:
    findings = sum(len(result.findings) for result in results)
    if findings:
        return _count(findings, "finding")
    return "No findings, and not enough seen" if any(map(has_failed, results)) else "No findings"


def _card(result: Result) -> Element:
    summary, findings = result.summary, len(result.findings)
    unexplained = sum(not each.reason for each in result.unwitnessed)
    facts = {
        "Target": f"{result.target}, seed {result.settings.seed}",
        "Cases": f"{result.cases:,} on {_count(len(result.operations), 'operation')}",
        "Sequences": f"{result.linked} of {result.scenarios} linked",
        "Never seen": f"{unexplained} unexplained, {len(result.unwitnessed) - unexplained} with a reason",
        "Time": f"{summary['seconds']:.1f} s, {summary['cases_per_second']:,.0f} cases a second",
    }
    return _tag(
        "article",
        {"class": "card"},
        _tag(
            "header",
            {},
            _tag("h3", {}, _title(result.vendor)),
            _badge(_count(findings, "finding") if findings else "no findings", bad=bool(findings)),
        ),
        _tag("dl", {"class": "facts"}, *(_fact(*pair) for pair in facts.items())),
        _timing(result),
        *(_tag("p", {"class": "overview"}, text) for text in result.overview),
        *(_tag("p", {"class": "trouble"}, text) for text in result.errors),
        *(_tag("p", {"class": "note"}, text) for text in result.notes),
        *(
            _tag("p", {"class": "trouble"}, f"{kind.replace('_', ' ')}: {', '.join(names)}")
            for kind, names in result.warnings.items()
        ),
    )


def _title(vendor: str) -> str:
    return about(vendor).title


def _fact(name: str, value: str) -> Element:
    return _tag("div", {}, _tag("dt", {}, name), _tag("dd", {}, value))


def _timing(result: Result) -> Element | None:
    total = sum(result.phases.values())
    if not total:
        return None
    bar, key = _tag("div", {"class": "timing", "aria-hidden": "true"}), _tag("ul", {"class": "key"})
    for index, (name, seconds) in enumerate(result.phases.items()):
        bar.append(_tag("span", {"class": f"phase-{index}", "style": f"flex-grow: {seconds / total:.4f}"}))
        key.append(_tag("li", {"class": f"phase-{index}"}, f"{name} {seconds:.1f} s"))
    return _tag("div", {}, bar, key)


def _matrix(result: Result, findings: list[Finding]) -> Element:
    called = {name for tally in result.operations.values() for name in tally.checks}
    checks = [*sorted(called - {"model"}), "model", _WITNESSES]
    names = [name.replace("_", " ") for name in ("cases", "accepted", *checks)]
    heads = [_tag("th", {"scope": "col"}, _tag("span", {}, name)) for name in names]
    rows = (_row(result, operation, checks, findings) for operation in result.operations)
    table = _tag(
        "table",
        {},
        _tag("caption", {}, _title(result.vendor)),
        _tag("thead", {}, _tag("tr", {}, _tag("th", {"scope": "col"}, "Operation"), *heads)),
        _tag("tbody", {}, *rows),
    )
    # With a name and a place in the order of the keyboard: it scrolls.
    about = {"class": "matrix", "tabindex": "0", "role": "region", "aria-label": f"Checks of {result.vendor}"}
    return _tag("div", about, table)


def _row(result: Result, operation: str, checks: Iterable[str], findings: list[Finding]) -> Element:
    tally = result.operations[operation]
    method, _, path = tally.label.partition(" ")
    name = _tag(
        "th",
        {"scope": "row"},
        _tag("span", {"class": "name"}, operation),
        _tag("span", {"class": "label"}, _tag("b", {}, method), " ", path),
        _tag("span", {"class": "trouble"}, tally.shortcoming) if tally.shortcoming else None,
    )
    return _tag(
        "tr",
        {},
        name,
        _tag("td", {"class": "number"}, f"{tally.cases:,}"),
        _tag("td", {"class": "number"}, f"{tally.share:.0%}"),
        *(_cell(result, operation, check, findings) for check in checks),
    )


def _cell(result: Result, operation: str, check: str, findings: list[Finding]) -> Element:
    tally = result.operations[operation]
    if check == _WITNESSES and tally.cases:
        ours = [each for each in result.unwitnessed if each.operation == operation]
        bad = sum(not each.reason for each in ours)
        told = f"{bad} never seen without a known reason, {len(ours) - bad} with one"
        return _mark("warn" if bad else "good", str(bad) if bad else "✓", told, f"#seen-{result.vendor}")
    found = [finding for finding in result.found(operation) if finding.check == check]
    times = tally.checks[check]
    if found:
        told = f"{_count(len(found), 'finding')}, {_count(times, 'time')} checked"
        return _mark("bad", str(len(found)), told, f"#finding-{findings.index(found[0]) + 1}")
    if not times:
        return _mark("none", "·", "not checked", None)
    return _mark("good", "✓", f"{_count(times, 'time')} checked", None)


def _mark(state: str, sign: str, told: str, to: str | None) -> Element:
    inside = [_tag("span", {"aria-hidden": "true"}, sign), _tag("span", {"class": "hidden"}, told)]
    inner = _tag("a", {"href": to}, *inside) if to and state != "good" else _tag("span", {}, *inside)
    return _tag("td", {"class": state, "title": told}, inner)


def _findings(results: Sequence[Result], findings: list[Finding]) -> Iterator[Element]:
    if findings:
        rows = (_finding(number, finding) for number, finding in enumerate(findings, 1))
        yield _tag("ol", {"class": "log"}, *rows)
    else:
        yield _tag("p", {"class": "empty"}, "Nothing contradicts the documents.")
    reported = [finding for result in results for finding in result.reported]
    if reported:
        yield _tag("h3", {}, "Contradicts what we infer")
        lead = "Nobody promised these; they are told, and are no failures."
        yield _tag("p", {"class": "lead"}, lead)
        yield _tag("ol", {"class": "log"}, *(_finding(None, finding) for finding in reported))


def _finding(number: int | None, finding: Finding) -> Element:
    method, _, path = finding.label.partition(" ")
    first = next(iter(finding.violations), None)
    said = (first or finding).evidence
    summary = _tag(
        "summary",
        {},
        _tag("span", {"class": "method"}, method),
        _tag("span", {"class": "path"}, path),
        _badge(first.keyword if first else finding.code, bad=True),
        _tag("span", {"class": "title"}, f"{first.where}: {first.problem}" if first else finding.title),
        _tag(
            "span",
            {"class": "meta"},
            _tag("span", {}, _title(finding.vendor)),
            _tag("span", {}, ", ".join([finding.operation, *finding.also])),
            _tag("span", {"class": "tag"}, said.level if said else "no evidence"),
        ),
    )
    more = _tag(
        "div",
        {"class": "more"},
        _tag("p", {}, finding.title),
        *(_violation(violation, finding.file) for violation in finding.violations),
        None if finding.violations else _tag("pre", {"tabindex": "0"}, finding.problem),
        _tag("h4", {}, "Found by"),
        _tag("p", {}, _found_by(finding)),
        _copyable("To reproduce", "\n".join(finding.curl)) if finding.curl else None,
        _copyable("As a test for pytest", finding.test) if finding.test else None,
    )
    identity = {"id": f"finding-{number}"} if number else {}
    return _tag("li", identity, _tag("details", {}, summary, more))


def _found_by(finding: Finding) -> str:
    answer = "there was no answer" if finding.status is None else f"the answer was a {finding.status}"
    return f"{finding.check} ({finding.code}) in the {finding.phase} phase; {answer}"


def _violation(violation: Violation, file: str) -> Element:
    place = f"{file}:{violation.line} " if violation.line else ""
    facts = {
        "Where": violation.where,
        "Keyword": violation.keyword,
        "Problem": violation.problem,
        "Document": f"{place}#{violation.schema}",
        "Contradicts": promised_by(violation.evidence),
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


def _never_seen(results: Sequence[Result]) -> Iterator[Element]:
    lead = (
        "What a document allows and no answer or accepted request ever showed. A check of it is green because there "
        "was nothing to look at, or the document allows too much."
    )
    yield _tag("p", {"class": "lead"}, lead)
    for result in results:
        vendor = result.vendor
        if not result.unwitnessed:
            seen = "all was seen" if result.cases else "nothing was looked at"
            yield _tag("p", {"class": "empty", "id": f"seen-{vendor}"}, f"{_title(vendor)}: {seen}.")
            continue
        groups = dict[str, list[Unwitnessed]]()
        for missing in sorted(result.unwitnessed, key=lambda each: each.reason is not None):
            groups.setdefault(missing.reason or "", []).append(missing)
        yield _tag("h3", {"id": f"seen-{vendor}"}, _title(vendor))
        yield _tag("ol", {"class": "log"}, *(_group(reason, entries) for reason, entries in groups.items()))


def _group(reason: str, group: list[Unwitnessed]) -> Element:
    rows = (
        _tag(
            "li",
            {},
            _tag("span", {}, missing.what),
            _tag("code", {}, f"{missing.file}:{missing.line} #{missing.pointer}" if missing.line else missing.pointer),
            _tag("span", {"class": "tag"}, missing.evidence.level if missing.evidence else "no evidence"),
        )
        for missing in group
    )
    summary = _tag(
        "summary",
        {"class": "reason"},
        _tag("span", {"class": "count"}, str(len(group))),
        _tag("span", {}, reason or "Without a known reason"),
    )
    attributes = {} if reason else {"open": "open", "class": "unexplained"}
    return _tag("li", {}, _tag("details", attributes, summary, _tag("ul", {"class": "witnesses"}, *rows)))


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
                element.text = (element.text or "") + printable(child)
            else:
                last.tail = (last.tail or "") + printable(child)
        elif child is not None:
            element.append(child)
            last = child
    return element


def _text(name: str) -> str:
    return importlib.resources.files("causerie_contract").joinpath("report", name).read_text("utf-8")
