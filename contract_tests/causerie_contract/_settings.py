"""How much is tested, and with which random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import attrs


@attrs.frozen
class Live:
    """What may be done to a server that others use. Raises `ValueError` with a sentence for what makes no sense."""

    #: Operations that write; without any, the run only reads.
    write: tuple[str, ...] = ()
    #: Operations that read and are billed.
    bill: tuple[str, ...] = ()
    #: Requests in a second, as the document allows when it is None; requests in all, and seconds in all.
    rate: float | None = None
    budget: int = 100
    seconds: float = 120.0
    #: Phone numbers, email addresses, URLs and ids of people that may be reached.
    recipients: tuple[str, ...] = ()
    #: A new file that tells what the run makes.
    journal: Path | None = None
    #: Whether what is made may stay: where no operation of the document removes it, or the vendor does not do it.
    leave: bool = False

    def __attrs_post_init__(self) -> None:
        for option, value in (("--rate", self.rate), ("--budget", self.budget), ("--time-limit", self.seconds)):
            if value is not None and not 0 < value < float("inf"):
                raise ValueError(f"{option} is {value:g}; give a number above 0.")
        if self.write and self.journal is None:
            raise ValueError("--write needs --journal FILE: what is made is noted there, so that it can be removed.")
        _check_recipients(self.recipients)


@attrs.frozen
class Settings:
    """How much is tested, and with which random numbers. Raises `ValueError` for what makes no sense."""

    seed: int = 1
    #: Generated requests for each operation in the fuzzing phase, and sequences of requests in the stateful phase.
    max_examples: int = 40
    #: Fixed values of parameters, such as that of `path.agentId`.
    parameters: Mapping[str, str] = attrs.field(factory=dict[str, str])
    #: The operations to test; all of them when it is empty.
    operations: tuple[str, ...] = ()
    #: The people that the model may reach on a server that is there to be tested.
    recipients: tuple[str, ...] = ()
    #: Whether it is a failure on a server that is no mock, too, if only an inference of ours is contradicted.
    strict_inferences: bool = False
    #: Whether what the model oracle finds is brought to its shortest sequence; that takes long.
    shrink: bool = True
    #: Set when the server is one that others use.
    live: Live | None = None

    def __attrs_post_init__(self) -> None:
        if self.max_examples < 1:
            raise ValueError(f"--max-examples is {self.max_examples}; give a number above 0.")
        _check_recipients(self.recipients)

    def fixed(self, place: str) -> dict[str, str]:
        """Return the fixed values of the parameters there by name, such as those of `path.`."""
        return {name.removeprefix(place): text for name, text in self.parameters.items() if name.startswith(place)}


def _check_recipients(recipients: tuple[str, ...]) -> None:
    if not all(recipients):
        raise ValueError("--allow-recipient: an empty text is nobody's number, address or id.")
