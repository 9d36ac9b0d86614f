"""raia conversations: the client that is generated from ``spec/raia.yaml``."""

from typing import Final

SPEC_SHA256: Final = "d32372198b95095774230e26b1913f3624e3e764a03949f38afc0ce65e9eaa74"
"""SHA-256 of the document that this package was generated from."""

SERVERS: Final = ("https://api.raia2.com",)
"""The document's servers."""

CREDENTIAL_HEADER: Final = "Agent-Secret-Key"
CREDENTIAL_PREFIX: Final = ""
"""The credential travels as ``CREDENTIAL_HEADER: CREDENTIAL_PREFIX + token``."""
