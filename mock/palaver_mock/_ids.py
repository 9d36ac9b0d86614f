"""Identifiers that look random and are not."""

from __future__ import annotations

import random
import string
import uuid

_ALPHABET = string.ascii_lowercase + string.digits


class Ids:
    """Makes the same identifiers in the same order for the same seed."""

    def __init__(self, seed: int) -> None:
        self._random = random.Random(seed)  # noqa: S311 (repeatable on purpose)

    def uuid(self) -> str:
        """A version 4 UUID."""
        return str(uuid.UUID(int=self._random.getrandbits(128), version=4))

    def token(self, length: int) -> str:
        """Lower-case letters and digits."""
        return "".join(self._random.choices(_ALPHABET, k=length))
