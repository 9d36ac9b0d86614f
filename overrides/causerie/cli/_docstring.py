"""Turning docstrings into help for the command line."""

from __future__ import annotations

import inspect
import re
from collections.abc import Iterator, Mapping

# What is said about Python's attributes, classes and values cannot be typed.
_PYTHON = re.compile(r"(?:^|[ (])``(?:\.|[A-Z]|datetime\b|[\w.]+\()")


def description(described: object, spelled: Mapping[str, str]) -> str:
    """Return the docstring of a class or a function, with parameters spelled as they are typed."""
    # A name with a hyphen may stand on two lines.
    text = (inspect.getdoc(described) or "").replace("-\n", "-")
    paragraphs = [" ".join(_typed(each)) for each in text.split("\n\n")]
    return re.sub("``([^`]+)``", lambda found: _spelled(found[1], spelled), "\n\n".join(filter(None, paragraphs)))


def _spelled(code: str, spelled: Mapping[str, str]) -> str:
    name, _, value = code.partition("=")
    return " ".join(filter(None, (spelled[name], value.strip('"')))) if name in spelled else code


def _typed(paragraph: str) -> Iterator[str]:
    """Yield the sentences of a paragraph, without sentences and clauses that only concern Python."""
    for each in re.split(r"(?<=\.)\s", " ".join(paragraph.split())):
        if not each.startswith("Raises "):
            main, *others = re.split(r"(?<=[:;]) ", each)
            clauses = [main, *(clause for clause in others if not _PYTHON.search(clause))]
            yield " ".join(clauses).rstrip(".:; ") + "."


def sentence(described: object) -> str:
    """Return the first sentence of a docstring."""
    spelled = {}
    if callable(described) and not isinstance(described, type):
        for name, parameter in inspect.signature(described).parameters.items():
            spelled[name] = argument(name) if parameter.default is parameter.empty else option(name)
    return re.split(r"(?<=\.)\s", description(described, spelled))[0]


def option(name: str) -> str:
    """Return the option for a parameter, as it is typed."""
    return "--" + name.strip("_").replace("_", "-")


def argument(name: str) -> str:
    """Return the name of the argument for a parameter."""
    return name.upper()
