"""Building blocks of the page: sections, figures with their words, and details on demand."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .markup import Markup, tag

if TYPE_CHECKING:
    import plotly.graph_objects as go


def figure(drawing: go.Figure, name: str, alternative: str) -> Markup:
    """Put a figure on the page, with words for those who cannot see it."""
    import plotly.io as pio

    config = {"responsive": True, "displaylogo": False, "displayModeBar": False}
    drawn = pio.to_html(
        drawing, full_html=False, include_plotlyjs=False, div_id=name, config=config
    )
    return tag("figure", tag("div", Markup(drawn), role="img", aria_label=alternative))


def more(summary: str, *content: str) -> Markup:
    """Hide details until somebody asks."""
    return tag("details", tag("summary", summary), *content)


def section(heading: str, *content: str, class_: str = "") -> Markup:
    """Make a part of the page."""
    return tag("section", tag("h2", heading), *content, class_=class_)
