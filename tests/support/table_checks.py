"""What can be wrong with numbers and tables on a page. Each check returns its findings, one line each."""

from __future__ import annotations

from playwright.sync_api import Page

# A number with its sign, its separators and its percent sign, which belongs to it.
BROKEN = r"""
const SIGN = '[+\\u2212-]?', GROUPS = '(?:[,.]\\d+)*(?:[\\u2009\\u202f\\u00a0]\\d{3})*';
const NUMBER = new RegExp(`(?<![\\p{L}\\d.,]-?)${SIGN}\\d+${GROUPS}(?:e${SIGN}\\d+)?(?:\\s?%)?`, 'gu');
const found = [], range = document.createRange();
for (const one of document.querySelectorAll(root)) {
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    // code has lines of its own; a formula that has not been set is not what a reader sees
    if (node.parentElement.closest('script, style, svg, textarea, .math, div.highlight')) continue;
    for (const match of node.data.matchAll(NUMBER)) {
      range.setStart(node, match.index);
      range.setEnd(node, match.index + match[0].length);
      const boxes = [...range.getClientRects()].filter((box) => box.width > 0);
      const lines = boxes.filter((box, i) => i === 0 || box.top >= boxes[i - 1].bottom - 1);
      if (lines.length > 1)
        found.push(`${match[0]} breaks in <${node.parentElement.localName}>: ${brief(node.data)}`);
    }
  }
}
return found;
"""

# Seen without moving anything but the page up and down.
OUT_OF_SIGHT = """
const width = document.documentElement.clientWidth;
return [...document.querySelectorAll(`${root} .verdict`)].flatMap((one) => {
  const box = one.getBoundingClientRect();
  if (box.width === 0) return [`not shown: ${brief(one.textContent)}`];
  const clipped = [one.parentElement.closest('.verdicts, .statements')].filter(Boolean).some((around) => {
    const edges = around.getBoundingClientRect();
    return box.right > edges.right + 1 || box.left < edges.left - 1;
  });
  const reach = `from ${Math.round(box.left)} to ${Math.round(box.right)}`;
  return box.left >= 0 && box.right <= width && !clipped ? []
    : [`${brief(one.textContent)} reaches ${reach} on a screen of ${width}`];
});
"""

# What a cell holds may be higher, never wider, than the cell; a formula may scroll in a box of its own.
SPILLING = """
const clipped = (one) => one !== null && getComputedStyle(one).clipPath === 'inset(50%)';
const forListenersOnly = (cell) => clipped(cell) || clipped(cell.closest('thead'));
return [...document.querySelectorAll(`${root} :is(.verdicts, .statements) :is(td, th)`)].filter((cell) =>
    cell.clientWidth > 1 && cell.scrollWidth > cell.clientWidth + 1 && !forListenersOnly(cell))
  .map((cell) => `${cell.scrollWidth} pixels in a cell of ${cell.clientWidth}: ${brief(cell.textContent)}`);
"""

BRIEF = "const brief = (text) => text.trim().replace(/\\s+/g, ' ').slice(0, 80);"


def _ask(page: Page, body: str, root: str) -> list[str]:
    found: list[str] = page.evaluate(f"root => {{ {BRIEF} {body} }}", root)
    return found


def broken_numbers(page: Page, root: str = "article") -> list[str]:
    """Numbers that begin in one line and end in another."""
    return _ask(page, BROKEN, root)


def verdicts_out_of_sight(page: Page, root: str = "article") -> list[str]:
    """Verdicts that are not within the screen, or not within their table."""
    return _ask(page, OUT_OF_SIGHT, root)


def spilling_cells(page: Page, root: str = "article") -> list[str]:
    """Cells of a table of verdicts that hold more than they are wide."""
    return _ask(page, SPILLING, root)
