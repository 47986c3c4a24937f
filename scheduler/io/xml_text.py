"""XML read safely: no document types, no entities; every element knows its line."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from xml.parsers import expat

from ..errors import Fault, InputError

DEEPEST = 50
"""Elements inside each other."""

LONGEST_TEXT = 10_000
"""Characters of the text of one element."""


@dataclass(slots=True)
class Element:
    """One element, with its text and those inside it."""

    tag: str
    line: int
    attributes: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    children: list[Element] = field(default_factory=list)

    def all(self, tag: str) -> Iterator[Element]:
        """Give the elements of a name directly inside."""
        return (child for child in self.children if child.tag == tag)

    def first(self, tag: str) -> Element | None:
        """Give the first of them, if there is one."""
        return next(self.all(tag), None)


class _RefusedError(Exception):
    pass


def parse_xml(text: str, source: str) -> Element:
    """Parse a whole document.

    Raises
    ------
    InputError
        With the line, if it is no XML, has a document type, or nests too deeply.
    """
    builder = _Builder()
    try:
        builder.parser.Parse(text, True)
    except expat.ExpatError as error:
        line, column = error.lineno, error.offset + 1
        message = f"broken XML: {expat.ErrorString(error.code)} at column {column}"
        raise InputError(source, [Fault(f"line {line}", message)]) from None
    except _RefusedError as error:
        line = builder.parser.CurrentLineNumber
        raise InputError(source, [Fault(f"line {line}", str(error))]) from None
    return builder.root.children[0]


class _Builder:
    """Collects elements while expat reads."""

    def __init__(self) -> None:
        self.root = Element("", 0)
        self._open = [self.root]
        self.parser = expat.ParserCreate(encoding="utf-8")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = self._text
        self.parser.StartDoctypeDeclHandler = self._refuse

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        if len(self._open) > DEEPEST:
            raise _RefusedError("broken XML: nested too deeply")
        element = Element(tag, self.parser.CurrentLineNumber, attributes)
        self._open[-1].children.append(element)
        self._open.append(element)

    def _end(self, _: str) -> None:
        element = self._open.pop()
        element.text = element.text.strip()

    def _text(self, text: str) -> None:
        self._open[-1].text += text
        if len(self._open[-1].text) > LONGEST_TEXT:
            raise _RefusedError(f"a text of more than {LONGEST_TEXT:,} characters")

    @staticmethod
    def _refuse(*_: object) -> None:
        # A document type is what entity bombs, and reads of other files, are made of.
        raise _RefusedError("a document type (<!DOCTYPE …>) is not accepted")
