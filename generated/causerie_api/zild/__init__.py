"""Zild conversations: the client that is generated from ``spec/zild.yaml``."""

from typing import Final

SPEC_SHA256: Final = "656149551d43890e2f986bbddb49c1933c9b40fb83c9a0381b928bf04ca8982a"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = ("https://api.example.com",)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Authorization"
CREDENTIAL_PREFIX: Final = "Bearer "
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
