"""Colours that are told apart by most eyes, also in print (Okabe and Ito, 2008)."""

from __future__ import annotations

from collections.abc import Iterable

INK = "#1f2933"
PALE = "#d9dee4"
NEED = "#b3261e"
BOUND = "#7a8794"
SERVICES = ("#0072b2", "#e69f00", "#009e73", "#cc79a7", "#56b4e9", "#d55e00", "#f0e442")
PATTERNS = ("", "/", "x", ".", "\\", "-", "|", "+")
"""Hatching, once the colours are used up."""


def looks(services: Iterable[str]) -> dict[str, tuple[str, str]]:
    """Give every service a colour and a hatching of its own."""
    return {
        service: (
            SERVICES[i % len(SERVICES)],
            PATTERNS[i // len(SERVICES) % len(PATTERNS)],
        )
        for i, service in enumerate(services)
    }
