"""Values out of XML elements, with every fault noted by its line instead of raised."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from datetime import date

from ..models.base import did_you_mean, is_supported_year
from .lines import Faults
from .xml_text import Element


class Fields:
    """Reads values and collects faults.

    What is faulty reads as None, so that the rest of the file can be looked at.
    """

    def __init__(self, source: str) -> None:
        self._faults = Faults(source)

    def fault(self, element: Element, message: str) -> None:
        """Note a fault at an element's line."""
        self._faults.add(element.line, message)

    def raise_if_any(self) -> None:
        """Refuse the file if a fault was noted.

        Raises
        ------
        InputError
            With one entry for each fault, in the order of the file.
        """
        self._faults.raise_if_any()

    def only(self, element: Element, tags: Collection[str]) -> None:
        """Note elements that do not belong here."""
        for child in element.children:
            if child.tag not in tags:
                hint = did_you_mean(child.tag, tags)
                self.fault(child, f"unknown element <{child.tag}> in <{element.tag}>{hint}")

    def child(self, element: Element, tag: str) -> Element | None:
        """Give the one element of a name, noting its absence, or a second one."""
        found = list(element.all(tag))
        if not found:
            self.fault(element, f"<{element.tag}> has no <{tag}>")
        for second in found[1:]:
            self.fault(second, f"a second <{tag}> in <{element.tag}>")
        return found[0] if found else None

    def children(self, element: Element, group: str, tag: str) -> Iterator[Element]:
        """Give the elements of a name inside a group, which may be missing."""
        inside = element.first(group)
        if inside is not None:
            self.only(inside, {tag})
            yield from inside.all(tag)

    def text(self, element: Element | None) -> str | None:
        """Give its text, which has to be there."""
        if element is None:
            return None
        if not element.text:
            self.fault(element, f"<{element.tag}> is empty")
            return None
        return element.text

    def text_of(self, element: Element, tag: str) -> str | None:
        """Give the text of the one element of a name."""
        return self.text(self.child(element, tag))

    def known(self, element: Element | None, noun: str, names: Collection[str]) -> str | None:
        """Give its text, if it is one of the names."""
        text = self.text(element)
        if element is None or text is None or text in names:
            return text
        self.fault(element, f"unknown {noun} '{text}'{did_you_mean(text, names)}")
        return None

    def attribute(self, element: Element, name: str) -> str | None:
        """Give an attribute, which has to be there."""
        if not element.attributes.get(name):
            self.fault(element, f"<{element.tag}> has no attribute '{name}'")
            return None
        return element.attributes[name]

    def count(self, element: Element, text: str | None, what: str) -> int | None:
        """Read a whole number that is not negative."""
        if text is None:
            return None
        if not re.fullmatch(r"[0-9]{1,6}", text):
            self.fault(element, f"{what}: expected a whole number, found '{text}'")
            return None
        return int(text)

    def day(self, element: Element | None) -> date | None:
        """Read a date."""
        text = self.text(element)
        if element is None or text is None:
            return None
        try:
            day = date.fromisoformat(text) if re.fullmatch(r"\d{4}-\d\d-\d\d", text) else None
        except ValueError:
            day = None
        if day is None or not is_supported_year(day.year):
            message = f"<{element.tag}>: expected a date such as '2010-01-31', found '{text}'"
            self.fault(element, message)
            return None
        return day

    def clock(self, element: Element | None) -> int | None:
        """Read a time of day, as minutes after midnight."""
        text = self.text(element)
        if element is None or text is None:
            return None
        match = re.fullmatch(r"(\d\d):(\d\d):00", text)
        if match and int(match[1]) < 24 and int(match[2]) < 60:
            return int(match[1]) * 60 + int(match[2])
        self.fault(element, f"<{element.tag}>: expected a time such as '06:30:00', found '{text}'")
        return None
