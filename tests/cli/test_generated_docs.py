"""The pages that are read off the code are fresh."""

import runpy
from pathlib import Path

import pytest

DOCS = Path(__file__).parents[2] / "docs"
PAGES = runpy.run_path(str(DOCS / "generate.py"))["pages"]()


@pytest.mark.parametrize("path", PAGES)
def test_the_page_is_fresh(path: str) -> None:
    """Whoever changes a command, a rule or a field also runs `python docs/generate.py`."""
    assert (DOCS / path).read_text(encoding="utf-8") == PAGES[path]
