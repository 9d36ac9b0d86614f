"""How much is tested, and with which random numbers."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Settings:
    """How much is tested, and with which random numbers."""

    seed: int = 1
    #: Generated requests for each operation in the fuzzing phase, and sequences of requests in the stateful phase.
    max_examples: int = 40
    #: Fixed values of parameters, such as that of `path.agentId`.
    parameters: Mapping[str, str] = field(default_factory=dict[str, str])
