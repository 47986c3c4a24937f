"""The page: complete, self-contained, and safe against its own data."""

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from pathlib import Path

import pytest
from awkward_bakery import SCRIPT

from scheduler import Result
from scheduler.report.exports import write_trace
from scheduler.report.markup import Markup, join, tag
from scheduler.report.page import report_html
from scheduler.report.words import explanation, money, percent, printable, verdict

VOID = {"meta"}


class Reader(HTMLParser):
    """Collects elements, and the text that a reader sees."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.words: list[str] = []
        self.feed(page)
        self.text = " ".join(" ".join(self.words).split())

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.elements.append((name, dict(attributes)))
        if name not in VOID:
            self.open.append(name)

    def handle_endtag(self, name: str) -> None:
        assert self.open.pop() == name

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] not in ("script", "style"):
            self.words.append(data)


@pytest.fixture(scope="module")
def page(solved: Result) -> Reader:
    """Make and read the page once."""
    return Reader(report_html(solved))


def test_the_page_is_well_formed(page: Reader) -> None:
    """Every element is closed, in order."""
    assert page.open == []


def test_the_page_says_everything(page: Reader, solved: Result) -> None:
    """Verdict, cost, bound, checker, floors, people, hours, compromises and the solve."""
    for word in (
        verdict(solved).capitalize(),
        money(solved.objective),
        money(solved.bound),
        "✓ nothing violated",
        "Service floors",
        "At least 3 people with a skill are on duty",
        "Staff against need",
        "Who works when",
        "Compromises",
        "How the solve went",
        "variables",
        "ortools",
        "Seed",
        *(employee.id for employee in solved.instance.employees),
    ):
        assert word in page.text


def test_names_are_text_and_never_markup(page: Reader, solved: Result) -> None:
    """An employee called <script> is a name on the page, and no programme."""
    html = report_html(solved)
    assert SCRIPT in page.text
    assert SCRIPT not in html
    assert "<i>1</i>" not in html
    assert "<b>bakery" not in html


def test_the_page_needs_no_network(page: Reader) -> None:
    """It opens in a train: nothing is loaded, and the browser is told so."""
    for name, attributes in page.elements:
        assert name not in ("link", "img", "iframe", "base")
        assert "src" not in attributes
        assert "href" not in attributes
    assert "Content-Security-Policy" in str(page.elements)
    assert "default-src 'none'" in str(page.elements)


def test_every_figure_has_words(page: Reader) -> None:
    """Who cannot see the figures gets a text for each, and tables with captions and heads."""
    figures = [attributes for name, attributes in page.elements if name == "figure"]
    images = [a for name, a in page.elements if name == "div" and a.get("role") == "img"]
    assert len(figures) == len(images) == 4
    assert all(image["aria-label"] for image in images)
    names = [name for name, _ in page.elements]
    assert names.count("table") == names.count("caption")
    assert dict(page.elements)["html"] == {"lang": "en"}


def test_plotly_is_inside_once(solved: Result) -> None:
    """The library is large; a page for each day of a year must stay small enough to keep."""
    html = report_html(solved)
    assert html.count("plotly.js v") == 1
    assert len(html) < 8_000_000


def test_the_page_of_an_infeasible_plan(infeasible: Result) -> None:
    """No schedule: the page says so, says that it is proved, and shows the need."""
    page = Reader(report_html(infeasible))
    assert "Proved infeasible" in page.text
    assert "No schedule can hold all floors and rules" in page.text
    assert "What the floors ask for" in page.text
    assert "Who works when" not in page.text


def test_the_page_of_a_rejected_schedule(rejected: Result) -> None:
    """The checker's findings are shown, and no plan."""
    page = Reader(report_html(rejected))
    assert "✗ 1 violation" in page.text
    assert SCRIPT in page.text
    assert "Who works when" not in page.text


def test_the_page_of_an_unknown_plan(infeasible: Result) -> None:
    """Unknown is unknown: never zero, never infinity, and the proved bound is told."""
    unknown = replace(infeasible, status="unknown", stop_reason="time_limit", bound=Decimal(80))
    page = Reader(report_html(unknown))
    assert "Whether there is one is not known" in page.text
    assert "80.00" in page.text
    assert not re.search(r"\b(inf|nan|None)\b", page.text)


def test_the_same_result_gives_the_same_page(solved: Result) -> None:
    """Pages can be compared and kept under version control."""
    assert report_html(solved) == report_html(solved)


def test_text_is_escaped_unless_it_is_markup() -> None:
    """The one place where escaping happens."""
    assert tag("p", "<&>", tag("b", '"'), title='"<') == (
        '<p title="&quot;&lt;">&lt;&amp;&gt;<b>&quot;</b></p>'
    )
    assert join(["<", Markup("<br>")]) == "&lt;<br>"


def test_words_for_status_and_gap(solved: Result) -> None:
    """The headline in plain words, for every way in which a solve can end."""
    near = replace(solved, status="feasible", objective=Decimal(1000), bound=Decimal(977))
    assert verdict(near) == "feasible, within 2.3 % of the best possible"
    for reason in ("time_limit", "gap", "interrupted"):
        assert "at most 23.00" in explanation(replace(near, stop_reason=reason))
    assert "not known" in verdict(replace(near, bound=None))
    assert verdict(replace(solved, status="optimal")) == "proved optimal"
    assert [percent(share) for share in (0, 0.0001, 0.5)] == ["0 %", "less than 0.1 %", "50.0 %"]
    assert money(None) == "–"
    assert printable("a\x1b[2J\n") == "a\\x1b[2J\\n"


def test_the_trace_ends_with_the_result(solved: Result, tmp_path: Path) -> None:
    """The last proof makes no event of its own, and still stands in the file."""
    rows = write_trace(solved, tmp_path / "trace.csv").read_text().splitlines()
    assert rows[0] == "seconds,cost,bound"
    assert rows[-1].split(",")[1:] == [str(solved.objective), str(solved.bound)]
