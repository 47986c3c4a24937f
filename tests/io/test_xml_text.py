"""XML from anywhere: lines are told, bombs are not set off."""

from __future__ import annotations

import pytest

from scheduler.errors import InputError
from scheduler.io.xml_fields import Fields
from scheduler.io.xml_text import DEEPEST, LONGEST_TEXT, parse_xml

BOMB = '<!DOCTYPE a [<!ENTITY x "ha"><!ENTITY y "&x;&x;&x;&x;">]>\n<a>&y;</a>'
THIEF = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]><a>&x;</a>'


def test_elements_know_their_lines() -> None:
    """Text, attributes and lines come out as they stand in the file."""
    root = parse_xml('<?xml version="1.0"?>\n<a>\n <b c="d"> e &amp; f\n </b>\n <b/>\n</a>', "x")
    assert (root.tag, root.line) == ("a", 2)
    assert [(b.line, b.text, dict(b.attributes)) for b in root.all("b")] == [
        (3, "e & f", {"c": "d"}),
        (5, "", {}),
    ]


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("<a>", "line 1: broken XML: no element found at column 4"),
        ("<a>\n<b></a>", "line 2: broken XML: mismatched tag at column 6"),
        ("<a/><b/>", "line 1: broken XML: junk after document element at column 5"),
        ("nothing", "line 1: broken XML: syntax error at column 1"),
        ("<a>&who;</a>", "line 1: broken XML: undefined entity at column 4"),
        (BOMB, "line 1: a document type (<!DOCTYPE …>) is not accepted"),
        (THIEF, "line 1: a document type (<!DOCTYPE …>) is not accepted"),
        ("<a>" * (DEEPEST + 1), "line 1: broken XML: nested too deeply"),
        (f"<a>{'x' * (LONGEST_TEXT + 1)}</a>", "line 1: a text of more than 10,000 characters"),
    ],
)
def test_broken_xml(text: str, says: str) -> None:
    """Each way of being broken has one line; entities are never expanded."""
    with pytest.raises(InputError) as caught:
        parse_xml(text, "x.xml")
    assert str(caught.value) == f"x.xml: {says}"


def test_a_flood_of_faults_is_cut() -> None:
    """Whoever gives a file of another kind is not buried in lines."""
    root = parse_xml("<a>" + "<b/>\n" * 1000 + "</a>", "x.xml")
    fields = Fields("x.xml")
    fields.only(root, ("c",))
    with pytest.raises(InputError) as caught:
        fields.raise_if_any()
    lines = str(caught.value).split("\n")
    assert len(lines) == 51
    assert lines[0] == "x.xml: line 1: unknown element <b> in <a>; expected one of 'c'"
    assert lines[-1] == "x.xml: and 950 more faults"
