"""The page at `/`, which shows the mocks, their requests and their state."""

from __future__ import annotations

import importlib.resources

from .._exchange import Reply
from .._vendors import VENDORS


def _of_vendor(vendor: str) -> tuple[str, str]:
    """Return the location of a vendor's file for the page, or of the common one for vendors without such a file."""
    package = f"causerie_mock.{vendor}"
    has_own = importlib.resources.files(package).joinpath("page.js").is_file()
    return (package, "page.js") if has_own else (__name__, "other.js")


#: The location of each file: a package, and the path in it. Swagger UI comes from a plugin for MkDocs, whose package
#: can be imported without MkDocs.
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

# Swagger UI uses inline styles, and its style sheet contains its pictures.
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
    """Return the page's file at `path`; None if there is none."""
    if path not in _FILES:
        return None
    package, name = _FILES[path]
    body = importlib.resources.files(package).joinpath(name).read_bytes()
    media_type = f"{_TYPES[name.rpartition('.')[2]]}; charset=utf-8"
    return Reply(200, (("content-type", media_type), ("content-length", str(len(body))), *_HEADERS), body)
