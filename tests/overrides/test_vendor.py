"""The vendors: their records, and what their packages offer."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path
from types import SimpleNamespace

import pytest

import causerie
from causerie import _vendor
from causerie._vendor import vendors
from causerie_spec import about

SPEC = Path(__file__).parents[2] / "spec"


def test_documents_have_records() -> None:
    """Each vendor that has a document has a record, under its own name."""
    documents = sorted(file.stem for file in SPEC.glob("*.yaml"))

    assert documents == list(vendors())
    assert documents == [vendor.name for vendor in vendors().values()]


@pytest.mark.parametrize("name", vendors())
def test_package_offers_models(name: str) -> None:
    """A vendor's package offers its clients, their resources and the document's models, and no name stands for two."""
    package, models = import_module(f"causerie.{name}"), import_module(f"causerie_api.{name}.models")
    offered = dir(package)

    assert len(offered) == len(set(offered))
    assert vendors()[name].client_name in offered
    assert [getattr(models, each) for each in models.__all__] == [getattr(package, each) for each in models.__all__]
    assert all(getattr(package, each) is not None for each in offered)


@pytest.mark.parametrize("name", vendors())
def test_unknown_name(name: str) -> None:
    """What a package does not offer is an AttributeError that names the package."""
    with pytest.raises(AttributeError, match=rf"^module 'causerie\.{name}' has no attribute 'Nothing'$"):
        import_module(f"causerie.{name}").Nothing  # noqa: B018


@pytest.mark.parametrize("name", vendors())
def test_record_is_what_the_document_says(name: str) -> None:
    """The record has the title and the variables of `info.x-vendor`."""
    said, record = about(name), vendors()[name]

    assert (said.title, said.variable) == (record.title, record.credential)
    assert said.base_url_variable == record.variable("base_url")


def test_all_names_at_once() -> None:
    """A star imports what the package offers, and nothing of how it does so."""
    found: dict[str, object] = {}
    exec("from causerie.raia import *", found)
    del found["__builtins__"]

    assert sorted(found) == dir(import_module("causerie.raia"))


def test_generated_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    """A vendor that is generated and has no client yet does not stand in the way of the others."""
    modules = [SimpleNamespace(name=name, ispkg=True) for name in ("raia", "strange")]
    monkeypatch.setattr(_vendor, "iter_modules", lambda _: modules)
    vendors.cache_clear()
    found = list(vendors())
    monkeypatch.undo()
    vendors.cache_clear()

    assert ["raia"] == found


def test_records_load_no_client() -> None:
    """Listing the vendors imports neither a client nor a model."""
    program = f"import sys\nfrom {_vendor.__name__} import vendors\nvendors()\nprint(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], check=True, capture_output=True, text=True)
    loaded = set(done.stdout.split())

    assert "causerie.raia.vendor" in loaded
    assert not {"causerie_api", "causerie._client", "causerie.raia.client", "httpx"} & loaded


def test_module_is_the_command() -> None:
    """``python -m causerie`` is the command, under its name."""
    done = subprocess.run([sys.executable, "-m", "causerie", "--version"], check=True, capture_output=True, text=True)

    assert f"causerie {causerie.__version__}\n" == done.stdout
    assert import_module("causerie.__main__")  # which a tool may import, and nothing runs
