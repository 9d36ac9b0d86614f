"""The page's files; tests/browser looks at the page itself."""

from __future__ import annotations

import importlib.resources
import re
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from causerie_mock import VENDORS
from causerie_mock._page import _FILES, page

OWN = sorted(path for path, (package, _) in _FILES.items() if package.startswith("causerie_mock."))


def _text(path: bytes) -> str:
    reply = page(path)
    assert reply is not None
    return reply.body.decode("utf-8")


@pytest.mark.parametrize(
    ("path", "media_type"),
    [
        (b"/", "text/html; charset=utf-8"),
        (b"/_causerie/ui/page.css", "text/css; charset=utf-8"),
        (b"/_causerie/ui/page.js", "text/javascript; charset=utf-8"),
        (b"/_causerie/ui/swagger-ui.css", "text/css; charset=utf-8"),
        (b"/_causerie/ui/swagger-ui.js", "text/javascript; charset=utf-8"),
    ],
)
def test_a_file_says_what_it_is(path: bytes, media_type: str) -> None:
    """Browsers run no module whose type is wrong, and are told not to guess."""
    reply = page(path)

    assert reply is not None
    headers = dict(reply.headers)
    assert (200, media_type, str(len(reply.body)), "no-cache", "nosniff") == (
        reply.status,
        headers["content-type"],
        headers["content-length"],
        headers["cache-control"],
        headers["x-content-type-options"],
    )


@pytest.mark.parametrize("path", sorted(_FILES))
def test_no_other_host_may_be_asked(path: bytes) -> None:
    """Whatever a document or a request holds: the browser loads nothing from elsewhere, and runs no code in it."""
    reply = page(path)

    assert reply is not None
    policy = dict(reply.headers)["content-security-policy"].split("; ")
    assert "default-src 'self'" in policy
    assert not any(word in policy for word in ("http", "*", "unsafe-eval", "script-src"))


@given(st.binary().filter(lambda path: path not in _FILES))
def test_there_is_nothing_else(path: bytes) -> None:
    """No path leads out of the list of files."""
    assert page(path) is None


def test_every_file_of_the_page_is_served() -> None:
    """And nothing that is served is missing in the package."""
    there = {each.name for each in importlib.resources.files("causerie_mock._page").iterdir() if each.is_file()}

    assert there - {"__init__.py"} == {name for package, name in _FILES.values() if package == "causerie_mock._page"}


@pytest.mark.parametrize("vendor", VENDORS)
def test_what_a_vendor_brings_is_served(vendor: str) -> None:
    """Each of ours reads its own state; tests/test_adding.py has a vendor that brings nothing."""
    path = f"/_causerie/ui/vendors/{vendor}.js".encode()

    assert (f"causerie_mock.{vendor}", "page.js") == _FILES[path]
    assert "\nexport function conversations(" in _text(path)


@pytest.mark.parametrize("path", OWN)
def test_what_a_file_refers_to_is_served(path: bytes) -> None:
    """Links, scripts, style sheets and imported modules."""
    text = _text(path)
    named = set(re.findall(r'(?:src|href)="(/_causerie/ui/[^"]+)"', text))
    named |= set(re.findall(r'(?:src|href): "(/_causerie/ui/[^"]+)"', text))
    named |= set(re.findall(r'from "(/[^"]+)"', text))
    named |= {f"/_causerie/ui/{name}" for name in re.findall(r'from "\./([^"]+)"', text)}

    assert set() == {name for name in named if name.encode() not in _FILES}


@pytest.mark.parametrize("path", OWN)
def test_data_never_becomes_markup(path: bytes) -> None:
    """What a request holds is shown as text."""
    assert [] == re.findall(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\b", _text(path))


def test_swagger_ui_needs_no_mkdocs() -> None:
    """The package that brings Swagger UI is a plugin for MkDocs, which is not installed for us."""
    assert page(b"/_causerie/ui/swagger-ui.js") is not None

    assert "mkdocs_swagger_ui_tag.plugin" not in sys.modules
