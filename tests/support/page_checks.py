"""What can be wrong with a page that a browser shows. Each check returns its findings, one line each."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from tools.browser import load_pictures

LEAST_CONTRAST = 4.5  # WCAG 2.1, level AA, for text of ordinary size

# The texts of a page without code, and without formulas that have been set.
TEXTS = """
const TYPESET = 'math, mjx-container'; // on the site, in JupyterLab
function* texts(root) {
  const skip = 'pre, code, script, style, svg, textarea, .cm-editor, .jp-InputPrompt, .jp-OutputPrompt, '
    + TYPESET;
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode())
    if (node.data.trim() && !node.parentElement.closest(skip)) yield node;
}
const brief = (text) => text.trim().replace(/\\s+/g, ' ').slice(0, 80);
"""

RAW = r"""
const signs = {
  'a placeholder': /\{\{|\}\}/,
  'a role or a directive': /\{(?:glue|dropdown|note|tip|cite|ref|doc|numref|eq|math|admonition)\b[^}]*\}/,
  'a fence': /```|:::/,
  'a magic': /^\s*%%\w/,
  'a raw formula': /\\[([]|\\[)\]]|\$\$|\$[^$\s][^$]*\$/,
  'a command of LaTeX': /\\[a-zA-Z]{2,}/,
};
return [...document.querySelectorAll(root)].flatMap((one) => [...texts(one)]).flatMap((node) =>
  Object.entries(signs)
    .filter(([, sign]) => sign.test(node.data))
    // what a sheet states is quoted as the scan was read
    .filter(([name]) =>
      name !== 'a command of LaTeX' || !node.parentElement.closest('.verdicts, .statements'))
    .map(([name]) => `${name}: ${brief(node.data)}`));
"""

FORMULAS = """
const inside = (selector) => [...document.querySelectorAll(`${root} ${selector}`)];
return [
  ...inside('.math').filter((m) => !m.querySelector(TYPESET)).map((m) => `not set: ${brief(m.textContent)}`),
  ...inside(':is(merror, mjx-merror, [data-mjx-error], [data-mml-node=merror])')
    .map((m) => `an error in a formula: ${m.dataset.mjxError ?? brief(m.textContent)}`),
];
"""

PICTURES = """
return [...document.querySelectorAll(`${root} img`)].flatMap((img) => {
  const name = brief(img.getAttribute('src') ?? '');
  return [
    ...(img.complete && img.naturalWidth > 0 ? [] : [`not loaded: ${name}`]),
    ...(img.alt.trim() ? [] : [`no alternative text: ${name}`]),
  ];
});
"""

# A box that scrolls may hold something wide. What is cut off, or moves the whole page, is a fault.
SIDEWAYS = """
const width = document.documentElement.clientWidth;
const scrolls = (node) => ['auto', 'scroll'].includes(getComputedStyle(node).overflowX);
const hidden = (box) => box.width <= 1 || box.height <= 1;
const found = document.documentElement.scrollWidth > width || document.body.scrollWidth > width
  ? [`the page is ${document.documentElement.scrollWidth} pixels wide on a screen of ${width}`] : [];
for (const node of document.querySelectorAll(`${root} *`)) {
  const box = node.getBoundingClientRect();
  if (hidden(box) || (box.right <= width + 1 && box.left >= -1)) continue;
  let around = node.parentElement;
  while (around !== document.body && !scrolls(around)) around = around.parentElement;
  if (around === document.body) found.push(`<${node.localName} class="${node.getAttribute('class') ?? ''}">`
    + ` reaches from ${Math.round(box.left)} to ${Math.round(box.right)}: ${brief(node.textContent)}`);
}
return found;
"""

FAINT = """
const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
canvas.canvas.width = canvas.canvas.height = 1;
function colour(text) { // of any notation, as red, green, blue and opacity
  canvas.clearRect(0, 0, 1, 1);
  canvas.fillStyle = text;
  canvas.fillRect(0, 0, 1, 1);
  const [r, g, b, a] = canvas.getImageData(0, 0, 1, 1).data;
  return [r, g, b, a / 255];
}
const over = (top, below) => [0, 1, 2].map((i) => top[3] * top[i] + (1 - top[3]) * below[i]).concat(1);
function behind(node) {
  const layers = [];
  for (; node; node = node.parentElement) {
    const layer = colour(getComputedStyle(node).backgroundColor);
    layers.push(layer);
    if (layer[3] === 1) break;
  }
  return layers.reverse().reduce((below, top) => over(top, below), [255, 255, 255, 1]);
}
const linear = (c) => (c / 255 <= 0.04045 ? c / 255 / 12.92 : ((c / 255 + 0.055) / 1.055) ** 2.4);
const light = ([r, g, b]) => 0.2126 * linear(r) + 0.7152 * linear(g) + 0.0722 * linear(b);
const found = new Map();
for (const one of document.querySelectorAll(root)) {
  const walker = document.createTreeWalker(one, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim()) continue;
    if (parent.closest('script, style, svg, math, mjx-container, .headerlink, .copybtn')) continue;
    if (!parent.checkVisibility({ opacityProperty: true, visibilityProperty: true })) continue;
    const back = behind(parent);
    const lights = [light(over(colour(getComputedStyle(parent).color), back)), light(back)];
    const ratio = (Math.max(...lights) + 0.05) / (Math.min(...lights) + 0.05);
    const where = `<${parent.localName} class="${parent.getAttribute('class') ?? ''}">`;
    if (ratio < least && !found.has(where))
      found.set(where, `${ratio.toFixed(2)}:1 in ${where}: ${brief(node.data)}`);
  }
}
return [...found.values()];
"""

# What moves when it is told to scroll: every element is tried, whatever the script of the site looks at.
SCROLLING = """root => {
  const name = (node) => `${node.tagName} ${node.className}: ${node.textContent.trim().slice(0, 60)}`;
  const moves = (node) => {
    const bars = getComputedStyle(node);
    if (bars.overflowX === "hidden" && bars.overflowY === "hidden") return false;
    const [left, top] = [node.scrollLeft, node.scrollTop];
    node.scrollLeft = bars.overflowX === "hidden" ? left : left + 3;
    node.scrollTop = bars.overflowY === "hidden" ? top : top + 3;
    const moved = node.scrollLeft - left > 1 || node.scrollTop - top > 1;
    [node.scrollLeft, node.scrollTop] = [left, top];
    return moved;
  };
  const all = [...document.querySelector(root).querySelectorAll("*")].filter(moves);
  return [all.length, all.filter((node) => node.tabIndex < 0).map(name)];
}"""


def _ask(page: Page, body: str, root: str, least: float = LEAST_CONTRAST) -> list[str]:
    found: list[str] = page.evaluate(f"([root, least]) => {{ {TEXTS} {body} }}", [root, least])
    return found


def raw_text(page: Page, root: str = "article") -> list[str]:
    """Markup that a reader was not to see: placeholders, roles, fences, formulas that are not set."""
    return _ask(page, RAW, root)


def unset_formulas(page: Page, root: str = "article") -> list[str]:
    """Formulas that were not set, or set as an error."""
    return _ask(page, FORMULAS, root)


def bad_pictures(page: Page, root: str = "article") -> list[str]:
    """Pictures that did not load, or that have no alternative text."""
    load_pictures(page)
    return _ask(page, PICTURES, root)


def sideways(page: Page, root: str = "article") -> list[str]:
    """What is wider than the screen and lies in no box that scrolls."""
    return _ask(page, SIDEWAYS, root)


def not_reached(page: Page, root: str = "article") -> tuple[int, list[str]]:
    """How many boxes scroll, whatever they are, and those of them that have no tab stop."""
    found: tuple[int, list[str]] = tuple(page.evaluate(SCROLLING, root))
    return found


def faint_text(page: Page, root: str = "article", least: float = LEAST_CONTRAST) -> list[str]:
    """Visible texts with less contrast against their background than ``least``; the first of each kind."""
    return _ask(page, FAINT, root, least)


def open_everything(page: Page) -> None:
    """Open each fold and hint, so that what they hide has a place on the page."""
    page.evaluate("() => document.querySelectorAll('details').forEach((one) => { one.open = true; })")


@dataclass
class Visit:
    """A page that is open, and what went wrong while it was."""

    page: Page
    name: str
    seen: list[str]

    def as_at_first(self, width: int, theme: str = "light") -> Page:
        """Bring the page to a width and a theme, with every fold closed."""
        self.page.set_viewport_size({"width": width, "height": 900})
        self.page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        self.page.wait_for_selector(f"html[data-theme={theme}]", state="attached")
        self.page.evaluate(
            "() => document.querySelectorAll('details').forEach((one) => { one.open = false; })"
        )
        self.page.evaluate("() => window.scrollTo(0, 0)")
        return self.page


def watch(page: Page, address: str) -> list[str]:
    """Return a list that fills: all that is written to the console, errors of scripts, failed requests,
    requests to others than ``address``."""
    found: list[str] = []

    def said(message: ConsoleMessage) -> None:
        found.append(f"the console: {message.text}")

    def raised(error: Any) -> None:
        stack = " ".join(str(getattr(error, "stack", None) or "").split())  # names the script
        found.append(f"an error in a script: {error} ({stack})")

    def asked(request: Request) -> None:
        if urlsplit(request.url).scheme not in ("data", "blob") and not request.url.startswith(address):
            found.append(f"another host was asked: {request.url}")

    def failed(request: Request) -> None:
        if request.failure == "net::ERR_ABORTED":
            return  # the page was left while a picture was on its way
        found.append(f"a request failed: {request.url} ({request.failure})")

    def answered(response: Response) -> None:
        if response.status >= 400:
            found.append(f"status {response.status}: {response.url}")

    page.on("console", said)
    page.on("pageerror", raised)
    page.on("request", asked)
    page.on("requestfailed", failed)
    page.on("response", answered)
    return found
