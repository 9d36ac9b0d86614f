"""The vendors: their records, and what their packages offer."""

from __future__ import annotations

import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest

import causerie
from causerie import _vendor
from causerie._vendor import vendors

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
    assert getattr(causerie, vendors()[name].client_name) is getattr(package, vendors()[name].client_name)
    assert [getattr(models, each) for each in models.__all__] == [getattr(package, each) for each in models.__all__]
    assert all(getattr(package, each) is not None for each in offered)


@pytest.mark.parametrize("name", vendors())
def test_unknown_name(name: str) -> None:
    """What a package does not offer is an AttributeError that names the package."""
    with pytest.raises(AttributeError, match=rf"^module 'causerie\.{name}' has no attribute 'Nothing'$"):
        import_module(f"causerie.{name}").Nothing  # noqa: B018


def test_variables() -> None:
    """A setting's variable begins with the vendor's name."""
    assert ["CONVOCORE_BASE_URL", "RAIA_BASE_URL", "ZILD_BASE_URL"] == [
        vendor.variable("base_url") for vendor in vendors().values()
    ]


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
