"""schemathesis.toml relaxes what it says it relaxes, and nothing else."""

from __future__ import annotations

from typing import Any

import pytest
from schemathesis.checks import CHECKS, load_all_checks
from schemathesis.config import SchemathesisWarning

from causerie_contract._schema import configuration, schema
from causerie_contract._settings import Settings
from causerie_contract._target import Target, mock_in_process
from causerie_spec.documents import load, vendors

CONFIGURATION: dict[str, dict[str, Any]] = {vendor: configuration(vendor) for vendor in vendors()}


def test_every_warning_fails() -> None:
    """No warning of Schemathesis is left out but the one of which the file says why, and each one is an error."""
    for options in CONFIGURATION.values():
        assert set(SchemathesisWarning) - {SchemathesisWarning.LOW_VALID_RATE} == set(options["warnings"]["display"])
        assert options["warnings"]["fail-on"] is True


@pytest.mark.parametrize("vendor", vendors())
def test_every_check_is_on(vendor: str) -> None:
    """Every check that Schemathesis has is on for every operation, but for those of which the file says why not."""
    document = load(vendor)
    made = schema(vendor, document, mock_in_process(vendor, document), Settings())
    load_all_checks()
    configs = {
        each.ok().definition.raw["operationId"]: made.config.checks_config_for(operation=each.ok())
        for each in made.get_all_operations()
    }
    off = {
        (name, operation)
        for name in CHECKS.get_all_names()
        for operation, config in configs.items()
        if not config.get_by_name(name=name).enabled
    }
    everywhere = {"max_response_time", *(["ensure_resource_availability"] if vendor == "raia" else [])}

    assert {("use_after_free", name) for name in ("get_user", "delete_user") if vendor == "raia"} == {
        (name, operation) for name, operation in off if name not in everywhere
    }


def test_projects_are_vendors() -> None:
    """A project's title is a document's title: with any other its settings would be dead."""
    for vendor, options in CONFIGURATION.items():
        assert {project["title"] for project in options.get("project", ())} <= {load(vendor)["info"]["title"]}


def test_parameters_win() -> None:
    """A parameter of the command line wins over those of the file, for the vendor and for single operations."""
    settings = Settings(parameters={"path.conversationId": "mine"})
    made = schema("raia", load("raia"), Target("t", "http://raia.test", "secret"), settings)

    assert "mine" == made.config.parameters["path.conversationId"]
    assert {"mine"} == {each.parameters["path.conversationId"] for each in made.config.operations.operations}


@pytest.mark.parametrize(
    ("vendor", "configured"),
    [
        ("convocore", {"ApiKey": {"bearer": "${HOME}"}}),
        ("raia", {"AgentSecretKey": {"api_key": "${HOME}"}}),
        ("zild", {"Authorization": {"api_key": "Bearer ${HOME}"}}),
    ],
)
def test_credential_is_sent_as_it_is(vendor: str, configured: dict[str, dict[str, str]]) -> None:
    """The credential goes where the document says, and is never taken for the name of an environment variable."""
    made = schema(vendor, load(vendor), Target("t", "http://vendor.test", "${HOME}"), Settings())
    schemes = made.config.auth.openapi.schemes.items()

    assert configured == {name: {key: getattr(scheme, key) for key in configured[name]} for name, scheme in schemes}
