"""The documentation site."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from functools import cache
from html.parser import HTMLParser
from importlib import import_module
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urldefrag, urlsplit

import pytest

import causerie
from causerie.cli._vendors import methods
from causerie_spec.behaviour import EVERY_VENDOR, behaviour
from causerie_spec.documents import load, operations, vendors
from tests.markdown import ROOT

DOCS = ROOT / "docs"
read = cache(load)
CLIENTS = {"convocore": causerie.Convocore, "raia": causerie.Raia, "zild": causerie.Zild}


class Page(HTMLParser):
    """What a page links to, what it loads, and where it can be linked to."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.links: list[str] = []
        self.loads: list[str] = []
        self.ids: set[str] = set()
        self.feed(path.read_text(encoding="utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id":
                self.ids.add(value or "")
            elif name in ("src", "srcset") or (name == "href" and tag == "link"):
                self.loads.append(value or "")
            elif name == "href":
                self.links.append(value or "")


@pytest.fixture(scope="module")
def client(request: pytest.FixtureRequest) -> Any:
    """Yield a client of the vendor."""
    with CLIENTS[request.param]("a-credential", base_url="http://vendor.test") as client:
        yield client


def test_site(tmp_path: Path) -> None:
    """It builds without a warning, every link in it leads somewhere, and it loads nothing from another host."""
    command = [sys.executable, "-m", "sphinx", "-W", "-n", "-q", "-b", "html", "-d", tmp_path / "doctrees", DOCS]
    # It is no test of the SDK, and a third faster when nobody measures what it covers.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
    built = subprocess.run([*command, tmp_path / "html"], check=False, capture_output=True, text=True, env=environment)

    assert ("", "", 0) == (built.stdout, built.stderr, built.returncode)

    pages = {path: Page(path) for path in (tmp_path / "html").rglob("*.html")}
    broken = []
    for path, page in pages.items():
        for link in page.links + page.loads:
            file, anchor = urldefrag(link)
            target = (path.parent / unquote(urlsplit(file).path)).resolve() if file else path
            if urlsplit(link).scheme or (target.is_file() and (not anchor or unquote(anchor) in pages[target].ids)):
                continue
            broken.append((path.name, link))
    styles = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "html").rglob("*.css"))
    loaded = [link for page in pages.values() for link in page.loads] + re.findall(r"(?:@import|url\()[^;)]*", styles)

    assert 15 < len(pages)
    assert [] == broken
    assert [] == [link for link in loaded if "//" in link and "data:" not in link]


@pytest.mark.parametrize("vendor", vendors())
def test_every_fact_is_on_the_page(vendor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A document's page has every name, every example and every reason that the document has."""
    monkeypatch.syspath_prepend(DOCS / "_ext")
    documents = import_module("documents")
    document = read(vendor)
    page = documents.Page(document).markdown()
    names = {*operations(document), *document["components"]["schemas"]}
    whys = set()

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            names.update(node["properties"] if isinstance(node.get("properties"), dict) else ())
            whys.update([node["why"]] if node.get("level") in ("inferred", "free", "billed") else ())
            for each in node.values():
                walk(each)
        elif isinstance(node, list):
            for each in node:
                walk(each)

    walk(document)

    assert set() == {name for name in names if f"`{name}`" not in page and f"# {name}\n" not in page}
    assert set() == {why for why in whys if documents.prose(why) not in page}


@pytest.mark.parametrize("vendor", [*vendors(), EVERY_VENDOR])
def test_every_row_is_on_the_page(vendor: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The table of a vendor's behaviour has every row, with its evidence, and the page has the table."""
    monkeypatch.syspath_prepend(DOCS / "_ext")
    lines = import_module("behaviour").markdown(vendor).splitlines()[2:]
    rows = behaviour(vendor)

    assert [*rows] == [re.findall(rf"{{#{vendor}-(\S+) .aside}}", line)[0] for line in lines]
    assert [[said.level for said in row.evidence] for row in rows.values()] == [
        re.findall(r"{\.evidence \.(\w+)}", line) for line in lines
    ]
    assert f"```{{behaviour}} {vendor}\n" in (DOCS / "mock-behaviour.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(("vendor", "client"), [(vendor, vendor) for vendor in vendors()], indirect=["client"])
def test_table_of_operations(vendor: str, client: Any) -> None:
    """A vendor's page names every operation of the document, with its evidence and methods that there are."""
    rows = re.findall(
        r"^\| (\w+) \| (`.*`)<br>\[`(.*)`\]\(.*#(\w+)\) \|$", (DOCS / f"{vendor}.md").read_text(), re.MULTILINE
    )
    document = read(vendor)
    expected = {
        name: (f"{method.upper()} {path}", document["paths"][path][method]["x-evidence"]["level"])
        for name, (method, path) in operations(document).items()
    }

    named = {
        name: {
            f"{resource}.{method}"
            for resource, kind in vars(client).items()
            for method, each in methods(type(kind)).items()
            if name in {endpoint.NAME for endpoint in each.endpoints}
        }
        for name in expected
    }

    assert expected == {name: (request, level) for level, _, request, name in rows}
    assert named == {name: {*re.findall(r"[\w.]+", cell)} for _, cell, _, name in rows}


@pytest.mark.parametrize(("vendor", "client"), [(vendor, vendor) for vendor in vendors()], indirect=["client"])
def test_every_resource_is_in_the_reference(vendor: str, client: Any) -> None:
    """The API reference has every resource of a client."""
    reference = (DOCS / "api" / f"{vendor}.md").read_text(encoding="utf-8")
    resources = {type(value).__name__ for name, value in vars(client).items() if not name.startswith("_")}

    assert set() == {name for name in resources if not re.search(rf":: causerie\.{vendor}\b.*\.{name}\n", reference)}


def test_fields_are_in_the_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of a method that takes the fields of a model, the API reference names the model and the fields."""
    monkeypatch.syspath_prepend(DOCS / "_ext")
    lines: list[str] = []
    method = methods(import_module("causerie.raia").Conversations)["start_voice"]
    import_module("reference").fields(None, "method", "", method, None, lines)
    model, required, optional = filter(None, lines)

    assert "``fields`` are those of :py:class:`StartVoiceConversation`." == model
    assert "Required: ``first_name``, ``last_name``, ``phone_number``, ``first_message``." == required
    assert optional.startswith("Optional: ``context``, ")


def test_every_name_is_in_the_reference() -> None:
    """The API reference has every public name."""
    reference = "".join(path.read_text(encoding="utf-8") for path in (DOCS / "api").glob("*.md"))
    names = [f"causerie.{name}" for name in causerie.__all__]

    assert [] == [name for name in names if not re.search(rf":: {re.escape(name)}\b", reference)]
