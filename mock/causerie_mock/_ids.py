"""Identifiers that look random but are repeatable."""

from __future__ import annotations

import hashlib
import string

# The letter or digit for a byte. The first four of the 36 are slightly likelier than the others, which does no harm.
_LETTERS = ((string.ascii_lowercase + string.digits) * 8)[:256].encode("ascii")


class Ids:
    """Creates the same identifiers in the same order for the same seed, by hashing the seed and a number.

    `made` is the number of identifiers so far; it and the seed are all that must be stored to continue.
    """

    # behaviour: ids-look-random
    def __init__(self, seed: int, made: int = 0) -> None:
        self.seed = seed
        self.made = made

    def uuid(self) -> str:
        """Return a version 4 UUID."""
        digits = self._next(16).hex()
        variant = "89ab"[int(digits[16], 16) % 4]  # RFC 9562, 4.1
        return f"{digits[:8]}-{digits[8:12]}-4{digits[13:16]}-{variant}{digits[17:20]}-{digits[20:]}"

    def token(self, length: int) -> str:
        """Return lower-case letters and digits, 64 at most."""
        return self._next(length).translate(_LETTERS).decode("ascii")

    def _next(self, length: int) -> bytes:
        self.made += 1
        return hashlib.blake2b(b"%d %d" % (self.seed, self.made), digest_size=length).digest()
