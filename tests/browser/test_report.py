"""The report of the contract suite, in a browser."""

from __future__ import annotations

import json
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By

from causerie_contract._html import page
from tests.contract.reports import failed


@pytest.fixture
def report(browser: Chrome, tmp_path: Path) -> Iterator[Chrome]:
    """Yield the report, on a wide and light screen."""
    file = tmp_path / "report.html"
    file.write_text(page([failed()]), encoding="utf-8")
    look(browser, 1280, "light")
    browser.get(file.as_uri())
    yield browser
    assert [] == [entry["message"] for entry in browser.get_log("browser") if entry["level"] == "SEVERE"]


def look(browser: Chrome, width: int, scheme: str) -> None:
    """From a screen of that width and colour scheme."""
    wanted = {"prefers-color-scheme": scheme, "prefers-reduced-motion": "reduce"}
    features = [{"name": name, "value": value} for name, value in wanted.items()]
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": features})
    size = {"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 600}
    browser.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", size)


def test_it_asks_nobody(report: Chrome) -> None:
    """The file is all that is read."""
    messages = [json.loads(entry["message"])["message"] for entry in report.get_log("performance")]
    asked = [each["params"]["request"]["url"] for each in messages if each["method"] == "Network.requestWillBeSent"]

    assert [] == [url for url in asked if url.startswith(("http:", "https:"))]


def test_answers_are_no_scripts(report: Chrome) -> None:
    """What a hostile server answered is shown, and does nothing."""
    assert report.title.startswith("2 findings")
    assert [] == report.find_elements(By.TAG_NAME, "img")


def test_a_cell_leads_to_its_finding(report: Chrome) -> None:
    """A red cell opens the finding, with its curl line."""
    cell = report.find_element(By.CSS_SELECTOR, "td.bad a[href='#finding-1']")
    report.execute_script("arguments[0].click()", cell)
    shown = report.find_element(By.CSS_SELECTOR, "#finding-1 .copyable pre")

    assert shown.is_displayed()
    assert "curl -X GET" in shown.text


@pytest.mark.parametrize("width", [360, 390, 768, 1280])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_screens(report: Chrome, width: int, scheme: str) -> None:
    """On no screen it is wider than that, with everything open; dark is dark."""
    look(report, width, scheme)
    report.execute_script("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    wide: Any = report.execute_script("return document.documentElement.scrollWidth")
    ground: Any = report.execute_script("return getComputedStyle(document.body).backgroundColor")

    assert wide <= width
    assert (scheme == "dark") == (sum(map(int, ground[4:-1].split(","))) < 384)


def test_keyboard(report: Chrome) -> None:
    """What scrolls can be reached by keyboard and has a name; headings are in order."""
    unnamed = report.execute_script(
        "return [...document.querySelectorAll('.matrix')].filter("
        "(each) => each.tabIndex !== 0 || !each.getAttribute('aria-label')).length"
    )
    levels = [int(each.tag_name[1]) for each in report.find_elements(By.CSS_SELECTOR, "h1, h2, h3")]

    assert 0 == unnamed
    assert [] == [pair for pair in pairwise(levels) if pair[1] - pair[0] > 1]
