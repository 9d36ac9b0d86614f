"""How the documentation site is built: `make docs`."""

from __future__ import annotations

import sys
from importlib.metadata import version as version_of
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "_ext"))

project = "Causerie"
author = "The Causerie developers"
version = release = version_of("causerie")

extensions = ["myst_parser", "sphinx.ext.autodoc", "documents", "behaviour", "reference"]
exclude_patterns = ["_build"]

myst_enable_extensions = ["attrs_inline"]
myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_typehints = "signature"
autodoc_typehints_format = "short"
add_module_names = False
python_use_unqualified_type_names = True
maximum_signature_line_length = 80

html_theme = "furo"
html_title = f"Causerie {version}"
html_static_path = ["_static"]
html_css_files = ["causerie.css"]
html_copy_source = False
html_show_copyright = False

# The mock's docstrings mark code with single backticks.
default_role = "literal"

# Nothing else may lead nowhere.
nitpick_ignore_regex = [
    # The standard library, httpx and dlt: their inventories are on the network.
    (r"py:.*", r"(collections|contextlib|datetime|dlt|httpx|os|pathlib|typing)\..*|datetime"),
    # Type variables.
    (r"py:class", r"(.*\.)?(A|T|P|Driver|Blocking|Awaiting)"),
    # What the clients of vendors that list conversations have in common: they have no page of their own.
    (r"py:class", r"(.*\.)?(Sync|Async)Exportable"),
]
