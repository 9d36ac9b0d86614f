"""The suite as its users run it: green where it should be, red where it must be."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from causerie_contract import _suite
from causerie_contract._plugin import suite_of
from causerie_contract._progress import Progress
from causerie_contract._result import Result
from causerie_contract._settings import Settings
from causerie_contract._suite import Suite
from causerie_contract._target import Target
from causerie_mock import RAIA_KEYS, Mock, serve
from causerie_spec.documents import vendors
from tests.contract.conftest import Faulty, Run, reduced, without, write


def test_green(run: Run, run_apart: Run, tmp_path: Path) -> None:
    """The mock passes, from an empty folder; the report is the same on a port and divided among workers in process."""
    done = run("--vendor=zild", "--target=port", "--seed=3", "--contract-report=report.json")
    workers = run_apart("--vendor=zild", "--seed=3", "--contract-report=two.json", "-n2", "--dist=loadgroup")
    report, other = (json.loads((tmp_path / name).read_text(encoding="utf-8")) for name in ("report.json", "two.json"))
    (vendor,) = report["vendors"]
    (operation,) = report["operations"]

    assert (0, "", 0) == (done.returncode, done.stderr, workers.returncode)
    assert f"zild (mock on a port, seed 3): {vendor['cases']} cases" in done.stdout
    assert f"zild (mock in process, seed 3): {vendor['cases']} cases" in workers.stdout
    assert ("zild", 3, operation["cases"]) == (vendor["vendor"], vendor["seed"], vendor["cases"])
    assert {
        "vendor": "zild",
        "operation": "start_proactive_conversation",
        "evidence": "documented",
        "label": "POST /api/Conversation/proactive-conversation",
        "source": "zild-proactive-conversation",
        "shortcoming": None,
        "valid_rate": 1.0,
        "failures": 0,
    } == {key: value for key, value in operation.items() if key not in {"cases", "successes", "checks"}}
    assert operation["cases"] > operation["successes"] > 0
    assert [] == report["findings"]
    assert report["operations"] == other["operations"]


def test_wrong_key(run: Run, tmp_path: Path) -> None:
    """A wrong key is red, for each operation, and is shown nowhere."""
    document = write(tmp_path, reduced("raia", "list_conversation_states", "get_conversation"))
    with serve([Mock("raia")]) as urls:
        done = run(
            *(
                "--vendor=raia",
                f"--base-url={urls['raia']}",
                "--target=scratch",
                f"--document={document}",
                "--showlocals",
            ),
            RAIA_AGENT_SECRET_KEY="quite-the-wrong-key",
        )

    assert 1 == done.returncode
    assert "raia list_conversation_states: None of its answers was a success" in done.stdout
    assert "raia get_conversation: None of its answers was a success" in done.stdout
    assert "missing_auth: GET /external/conversations/states" in done.stdout
    assert "quite-the-wrong-key" not in done.stdout + done.stderr


def test_wrong_path(run: Run, tmp_path: Path) -> None:
    """A misspelt path in a document is red."""
    document = reduced("raia", "list_conversation_states", "get_conversation")
    document["paths"]["/external/conversation/states"] = document["paths"].pop("/external/conversations/states")
    done = run("--vendor=raia", f"--document={write(tmp_path, document)}")

    assert 1 == done.returncode
    assert "raia list_conversation_states: None of its answers was a success" in done.stdout
    assert "raia get_conversation: None of its answers" not in done.stdout


def test_missing_field(run: Run, tmp_path: Path) -> None:
    """A dropped field is red; operation, field, promise and a curl line are shown, and the report has them too."""
    document = write(tmp_path, reduced("raia", "list_conversation_states", "set_conversation_mode"))
    with serve([Faulty("raia", without("updatedAt"))]) as urls:
        done = run(
            *("--vendor=raia", f"--base-url={urls['raia']}", "--target=scratch", f"--document={document}"),
            "--contract-report=report.json",
            RAIA_AGENT_SECRET_KEY=RAIA_KEYS[0],
        )
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))

    assert 1 == done.returncode
    for text in (
        "raia set_conversation_mode (PUT /external/conversations/{conversationId}/mode): Response violates schema",
        'answer /updatedAt violates required: "updatedAt" is a required property',
        " #/components/schemas/Conversation/properties/updatedAt",
        "contradicts the vendor's published contract (published: raia-openapi, 2026-07-27)",
        "contradicts an example in the vendor's documentation (example: raia-conversations)",
        "curl -X PUT -H 'Agent-Secret-Key: [Filtered]'",
    ):
        assert text in done.stdout
    assert RAIA_KEYS[0] not in done.stdout + done.stderr + json.dumps(report)
    assert {1} == {operation["failures"] for operation in report["operations"]}
    assert {"list_conversation_states", "set_conversation_mode"} == {each["operation"] for each in report["findings"]}


def test_leaked_key(run: Run, tmp_path: Path) -> None:
    """A key that the server itself sends back is masked in everything that is shown."""

    def leak(state: Any) -> Any:
        return [each | {"isPersistent": f"your key is {RAIA_KEYS[0]}"} for each in state]

    document = write(tmp_path, reduced("raia", "list_conversation_states"))
    with serve([Faulty("raia", leak)]) as urls:
        done = run(
            *("--vendor=raia", f"--base-url={urls['raia']}", "--target=scratch", f"--document={document}"),
            *("--showlocals", "--contract-report=report.json"),
            RAIA_AGENT_SECRET_KEY=RAIA_KEYS[0],
        )
    report = (tmp_path / "report.json").read_text(encoding="utf-8")

    assert 1 == done.returncode
    assert "your key is [Filtered]" in done.stdout
    assert RAIA_KEYS[0] not in done.stdout + done.stderr + report


@pytest.mark.parametrize(
    "arguments", [["--parameter=path.agentId"], ["--max-examples=0"], ["--target=scratch", "--budget=100"]]
)
def test_bad_options(run: Run, arguments: list[str]) -> None:
    """Options that make no sense are refused, before any test."""
    done = run(*arguments)

    assert 4 == done.returncode
    assert "ERROR: " in done.stderr


@pytest.mark.parametrize(
    ("options", "sentence"),
    [
        ({"base_url": "http://raia.test"}, "--base-url and --document are about one vendor; name it with --vendor."),
        ({"path": Path("x.yaml")}, "--base-url and --document are about one vendor; name it with --vendor."),
        ({"vendors": ("raia",), "path": Path("x.yaml")}, "--document: x.yaml: could not be read: No such file"),
        (
            {"vendors": ("raia",), "base_url": "raia.test"},
            "--base-url must begin with http:// or https://, unlike 'raia.test'.",
        ),
        *(
            ({"vendors": ("raia",), "base_url": url}, sentence)
            for url, sentence in (
                ("http://bob:hush@raia.test", "--base-url has a user, a password, a query or a fragment"),
                ("http://raia.test/?key=hush", "--base-url has a user, a password, a query or a fragment"),
                ("http://raia.test:abc", "--base-url is no URL: Invalid port"),
                ("http://raia.test:99999", "--base-url needs a host, and a port up to 65535"),
                ("http://", "--base-url needs a host"),
                ("http://x y/", "--base-url needs a host"),
            )
        ),
        (
            {"vendors": ("raia",), "base_url": "http://raia.test"},
            "Set RAIA_AGENT_SECRET_KEY to the credential for http://raia.test.",
        ),
    ],
)
def test_options_that_do_not_fit(monkeypatch: pytest.MonkeyPatch, options: dict[str, Any], sentence: str) -> None:
    """Options that do not fit together are refused with a sentence that says what to do."""
    monkeypatch.delenv("RAIA_AGENT_SECRET_KEY", raising=False)

    with pytest.raises(ValueError, match=re.escape(sentence)) as caught:
        Suite(**{"vendors": vendors(), "settings": Settings(), **options})

    assert "hush" not in str(caught.value)


def test_runs_once() -> None:
    """However often a vendor's result is asked for, the vendor is run once."""
    suite = Suite(("zild",), Settings(max_examples=1))

    assert suite.result("zild") is suite.result("zild")
    assert "[Filtered]" == suite.mask("zild-mock-token")


def test_broken_off(run: Run, tmp_path: Path) -> None:
    """A run that broke off is red in every report, and says why."""
    document = reduced("raia", "list_conversation_states")
    document["components"]["securitySchemes"]["Another"] = {"type": "http", "scheme": "bearer"}
    names = ("a.json", "a.sarif", "a.html")
    done = run(
        *("--vendor=raia", f"--document={write(tmp_path, document)}", "--showlocals"),
        *("--contract-report=new/a.json", "--contract-sarif=new/a.sarif", "--contract-html=new/a.html"),
    )
    texts = {name: (tmp_path / "new" / name).read_text(encoding="utf-8") for name in names}
    report = json.loads(texts["a.json"])
    (invocation,) = json.loads(texts["a.sarif"])["runs"][0]["invocations"]

    assert 1 == done.returncode
    assert "The run broke off.\n" in done.stdout
    assert "ValueError: one security scheme was expected" in report["vendors"][0]["errors"][0]
    assert ["It was not called."] == [operation["shortcoming"] for operation in report["operations"]]
    assert invocation["executionSuccessful"] is False
    assert "<title>No findings, and not enough seen" in texts["a.html"]


def test_breaks_off_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A run that broke off is not begun again for the next test, and its error has no credential."""
    begun: list[str] = []

    def hold(vendor: str, document: Any, target: Target, settings: Settings, *, progress: Progress) -> Result:
        begun.append(vendor)
        raise RuntimeError(f"It was {target.credential}.")

    monkeypatch.setattr(_suite, "run", hold)
    suite = Suite(("raia",), Settings())
    first, second = suite.result("raia"), suite.result("raia")

    assert ["raia"] == begun
    assert first is second
    assert first.errors[0].endswith("RuntimeError: It was [Filtered].\n")


def test_options_are_for_the_suite_alone(pytester: pytest.Pytester) -> None:
    """Where the suite is not asked for, pytest does not know its options: they may be another plugin's."""
    done = pytester.runpytest_inprocess("--vendor=raia")

    assert 4 == done.ret
    assert "unrecognized arguments: --vendor=raia" in done.stderr.str()


@pytest.mark.parametrize(
    ("option", "strict"), [((), False), (("--strict-inferences",), True), (("--strict",), True)], ids=str
)
def test_strict(option: tuple[str, ...], strict: bool, pytester: pytest.Pytester) -> None:
    """What contradicts an inference fails where the suite's option asks for it, or pytest's own."""
    config = pytester.parseconfigure("-p", "causerie_contract._plugin", *option)

    assert strict == suite_of(config).settings.strict_inferences


@pytest.mark.parametrize("url", ["https://api.raia2.com", "https://api.raia2.com:443/elsewhere"])
def test_scratch_is_not_the_vendor(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """What creates and deletes without asking is refused at the vendor's own hosts."""
    monkeypatch.setenv("RAIA_AGENT_SECRET_KEY", "key")

    with pytest.raises(ValueError, match="is the vendor's own server"):
        Suite(("raia",), Settings(), where="scratch", base_url=url)
