"""The page at `/`: what is served, what it was asked, what it remembers."""

from __future__ import annotations

import importlib.resources

from .._exchange import Reply
from .._vendors import VENDORS


def _of_vendor(vendor: str) -> tuple[str, str]:
    """Return where the file is with what a vendor brings to the page, or the one for vendors that bring nothing."""
    package = f"causerie_mock.{vendor}"
    has_own = importlib.resources.files(package).joinpath("page.js").is_file()
    return (package, "page.js") if has_own else (__name__, "other.js")


#: Where each file is: a package, and the path in it. Swagger UI comes with a plugin for MkDocs, whose package says
#: nothing when it is imported: it does not need MkDocs.
_FILES = {
    b"/": (__name__, "index.html"),
    b"/_causerie/ui/page.css": (__name__, "page.css"),
    b"/_causerie/ui/page.js": (__name__, "page.js"),
    b"/_causerie/ui/conversations.js": (__name__, "conversations.js"),
    b"/_causerie/ui/documents.js": (__name__, "documents.js"),
    b"/_causerie/ui/dom.js": (__name__, "dom.js"),
    b"/_causerie/ui/findings.js": (__name__, "findings.js"),
    b"/_causerie/ui/other.js": (__name__, "other.js"),
    b"/_causerie/ui/requests.js": (__name__, "requests.js"),
    b"/_causerie/ui/vendors.js": (__name__, "vendors.js"),
    b"/_causerie/ui/webhooks.js": (__name__, "webhooks.js"),
    b"/_causerie/ui/swagger-ui.css": ("mkdocs_swagger_ui_tag", "swagger-ui/stylesheets/swagger-ui.css"),
    b"/_causerie/ui/swagger-ui.js": ("mkdocs_swagger_ui_tag", "swagger-ui/javascripts/swagger-ui-bundle.js"),
    **{f"/_causerie/ui/vendors/{vendor}.js".encode(): _of_vendor(vendor) for vendor in VENDORS},
}

_TYPES = {"html": "text/html", "css": "text/css", "js": "text/javascript"}

# Swagger UI styles elements in place, and its style sheet holds its pictures.
_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; object-src 'none'"
)

_HEADERS = (
    ("cache-control", "no-cache"),
    ("content-security-policy", _POLICY),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
)


def page(path: bytes) -> Reply | None:
    """Return the page's file at `path`; None when it has none there."""
    if path not in _FILES:
        return None
    package, name = _FILES[path]
    body = importlib.resources.files(package).joinpath(name).read_bytes()
    media_type = f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8"
    return Reply(200, (("content-type", media_type), ("content-length", str(len(body))), *_HEADERS), body)
