"""Values for requests."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

PEOPLE = (
    {"firstName": "Ada1", "lastName": "Byron2", "email": "ada.b3+x@example.com", "phoneNumber": "+4930111"},
    {"firstName": "Grace4", "lastName": "Hopper5", "email": "grace6@example.com", "phoneNumber": "+4930222"},
    {
        "firstName": " Karen7 Maria Anna Luise ",
        "lastName": " Jones8 von und zu Hohenstein ",
        "email": "karen9@example.com",
        "phoneNumber": "+4930333",
    },
)
DETAILS = {"context": "Support8x", "source": "webchat", "fkId": "fk-1", "fkUserId": "fk-user-2"}
FILES: tuple[list[dict[str, Any]], list[dict[str, Any]]] = (
    [],
    [{"fileName": name, "storagePath": f"c/{name}"} for name in ("b.png", "a.png", "a.png")],
)
EXAMPLE_ID = "5f7b1b3b-3b3b-4b3b-3b3b-3b3b3b3b3b3b"
SOME = st.integers(min_value=0, max_value=7)

#: Why an agent fails that is to fail.
FAILURE = "No answer today, für niemanden."
#: Polls after which an answer should be there, of a server that is asked on this machine.
PATIENCE = 3
