"""Style and behaviour of the page. It stands alone: no file and no address is loaded."""

from __future__ import annotations

from .markup import Markup

CSS = Markup("""
:root { --ink: #1f2933; --soft: #52606d; --line: #d9dee4; --ground: #f5f7f9;
  --good: #0b6e4f; --bad: #b3261e; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--ink); line-height: 1.5;
  font: 16px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", sans-serif; }
main { max-width: 1240px; margin: 0 auto; padding: 24px; }
h1 { margin: 0; font-size: 1.7rem; overflow-wrap: anywhere; }
h2 { margin: 0 0 4px; font-size: 1.2rem; }
h3 { margin: 16px 0 0; font-size: 1rem; overflow-wrap: anywhere; }
p { margin: 4px 0 12px; max-width: 75ch; overflow-wrap: anywhere; }
.soft { color: var(--soft); }
section, header { background: #fff; border: 1px solid var(--line); border-radius: 10px;
  padding: 20px 24px; margin-bottom: 18px; }
.verdict { font-size: 1.15rem; font-weight: 600; margin: 12px 0 0; }
.good { color: var(--good); } .bad { color: var(--bad); }
dl.cards { display: grid; grid-template-columns: repeat(auto-fit, minmax(190px, 1fr)); gap: 14px;
  margin: 16px 0 0; }
dl.cards div { border-left: 4px solid var(--line); padding: 2px 0 2px 14px; }
dl.cards dt { color: var(--soft); font-size: .85rem; }
dl.cards dd { margin: 0; font-size: 1.25rem; font-weight: 600; font-variant-numeric: tabular-nums; }
dl.cards dd small { display: block; font-size: .8rem; font-weight: 400; color: var(--soft); }
.halves { display: grid; grid-template-columns: 1fr 1fr; gap: 18px; }
.halves > section { min-width: 0; }
figure { margin: 0; }
nav { position: sticky; top: 0; z-index: 5; display: flex; flex-wrap: wrap; gap: 6px;
  padding: 10px 0; margin-bottom: 8px; background: var(--ground); }
nav button { font: inherit; font-size: .9rem; padding: 4px 12px; border: 1px solid var(--line);
  border-radius: 999px; background: #fff; color: var(--ink); cursor: pointer; }
nav button[aria-pressed=true] { background: var(--ink); color: #fff; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; width: 100%; font-size: .92rem;
  font-variant-numeric: tabular-nums; }
caption { text-align: left; color: var(--soft); font-size: .85rem; padding: 4px 0; }
th { text-align: left; font-weight: 600; border-bottom: 2px solid var(--line); }
th, td { padding: 5px 14px 5px 0; vertical-align: top; overflow-wrap: break-word; }
th { overflow-wrap: normal; }
.nowrap { white-space: nowrap; }
td { border-bottom: 1px solid #edf0f3; }
tfoot td { font-weight: 600; border-bottom: 0; }
th.number, td.number { text-align: right; }
td.number { white-space: nowrap; }
details { margin-top: 6px; }
summary { cursor: pointer; color: var(--soft); font-size: .9rem; }
footer { color: var(--soft); font-size: .85rem; padding: 0 4px 24px; }
@media (max-width: 900px) { .halves { grid-template-columns: 1fr; } }
@media print {
  @page { size: A4 landscape; margin: 11mm; }
  body { background: #fff; font-size: 12px; print-color-adjust: exact;
    -webkit-print-color-adjust: exact; }
  main { padding: 0; max-width: none; }
  nav, summary { display: none; }
  section, header { border: 0; padding: 0; break-inside: avoid-page; }
  section.long { break-inside: auto; }
  .modebar-container { display: none; }
  tr, figure { break-inside: avoid; }
}
""")

SCRIPT = Markup("""
(() => {
  const figures = [...document.querySelectorAll(".plotly-graph-div")];
  const inTime = [...document.querySelectorAll(".in-time .plotly-graph-div")];
  const buttons = [...document.querySelectorAll("nav button")];
  for (const button of buttons) {
    button.addEventListener("click", () => {
      for (const other of buttons) other.setAttribute("aria-pressed", other === button);
      const range = [button.dataset.start, button.dataset.end];
      for (const figure of inTime) Plotly.relayout(figure, { "xaxis.range": range });
    });
  }
  const narrow = (figure) => figure.closest(".halves") ? 490 : 1000;
  addEventListener("beforeprint", () => {
    for (const figure of figures) Plotly.relayout(figure, { width: narrow(figure) });
  });
  addEventListener("afterprint", () => {
    for (const figure of figures) Plotly.relayout(figure, { width: null, autosize: true });
  });
})();
""")
"""Buttons that show one day in all figures over time; figures that fit the paper when printed."""
