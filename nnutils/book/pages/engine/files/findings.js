// What was found in a sheet, below its form: counts, findings that lead to their place, what was not checked.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const REPORTED = ["wrong", "suspicious", "rounded"];
  const FOLDED = { unchecked: "not checked", right: "right" };
  const LOOKS = { // classes of verdicts.css
    wrong: "wrong",
    suspicious: "incomplete",
    rounded: "rounded",
    unchecked: "unreadable",
    right: "confirmed",
  };

  function make(name, attributes = {}, ...inside) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  }

  function button(words, act) {
    const one = make("button", { type: "button" }, words);
    one.addEventListener("click", act);
    return one;
  }

  // Where a text stands that was found at a place; the sheet may have been changed above it. -1: nowhere.
  function placeOf(stretch, sheet, start) {
    if (sheet.startsWith(stretch, start)) return start;
    const before = sheet.lastIndexOf(stretch, start);
    const behind = sheet.indexOf(stretch, start);
    if (before < 0 || behind < 0) return Math.max(before, behind);
    return start - before < behind - start ? before : behind;
  }

  // How far down a place of a text area is, in pixels: measured on a copy, for lines may be broken anywhere.
  function depth(area, place) {
    const copy = make("div");
    const look = getComputedStyle(area);
    for (const name of ["font", "letterSpacing", "lineHeight", "padding", "tabSize"]) {
      copy.style[name] = look[name];
    }
    Object.assign(copy.style, {
      position: "absolute", visibility: "hidden", boxSizing: "border-box", width: `${area.clientWidth}px`,
      whiteSpace: "pre-wrap", overflowWrap: "break-word",
    });
    const mark = make("span", {}, "|");
    copy.append(area.value.slice(0, place), mark);
    document.body.append(copy);
    const found = mark.offsetTop;
    copy.remove();
    return found;
  }

  // Selects a stretch of the sheet and brings it into sight.
  function select(area, start, end) {
    area.focus({ preventScroll: true });
    area.setSelectionRange(start, end);
    area.scrollTop = Math.max(0, depth(area, start) - area.clientHeight / 3);
    area.scrollIntoView({ block: "nearest" });
  }

  function show(result, found, area, say) {
    const sheet = area.value; // as it was checked

    function where(one) {
      const words = one.part ? `line ${one.line}, ${one.part}` : `line ${one.line}`;
      if (one.start === undefined) return words;
      const stretch = sheet.slice(one.start, one.end);
      return button(words, () => {
        const start = placeOf(stretch, area.value, one.start);
        if (start < 0) say("This is no longer in the sheet. Check again.", true);
        else select(area, start, start + stretch.length);
      });
    }

    function card(one) {
      const verdict = make("span", { class: `verdict verdict-${LOOKS[one.verdict]}` }, one.verdict);
      const head = make("p", { class: "sheet-place" }, verdict, " ", where(one));
      const made = make("li", {}, head, make("code", { dir: "auto" }, one.statement));
      if (one.words) made.append(make("p", {}, one.words));
      if (one.slips.length) {
        const others = one.slips.map((slip) => make("li", {}, slip));
        made.append(make("p", {}, "Or:"), make("ul", {}, ...others));
      }
      return made;
    }

    function list(verdicts, label) {
      const some = found.findings.filter((one) => verdicts.includes(one.verdict));
      const made = [make("ol", { class: "sheet-findings", "aria-label": label }, ...some.map(card))];
      const all = verdicts.reduce((sum, verdict) => sum + found.numbers[verdict], 0);
      if (all > some.length) {
        made.push(make("p", {}, `Only ${some.length} of ${all.toLocaleString("en")} are listed here; `
          + "the file of data has all."));
      }
      return some.length ? made : [];
    }

    const tools = make("p", { class: "live-start sheet-tools" },
      button("Copy as text", () => copy(found.text, tools, say)), " ",
      button("Download as JSON", () => download(found)));
    const made = list(REPORTED, "Findings");
    if (!made.length && found.findings.length) {
      made.push(make("p", {}, "Nothing is wrong in what was checked."));
    }
    for (const problem of found.problems) made.push(make("p", {}, problem));
    for (const note of found.notes) {
      made.push(make("p", { class: "sheet-place" }, where(note), ` ${note.text}`));
    }
    for (const [verdict, words] of Object.entries(FOLDED)) {
      const number = found.numbers[verdict].toLocaleString("en");
      const inside = list([verdict], `Statements: ${words}`);
      if (inside.length) made.push(make("details", {}, make("summary", {}, `${number} ${words}`), ...inside));
    }
    made.push(make("p", { class: "sheet-coverage" }, `Read as ${found.format}. ${found.coverage.join(" ")}`));
    result.replaceChildren(...made, tools);
  }

  async function copy(text, tools, say) {
    try {
      await navigator.clipboard.writeText(text);
      say("The findings are copied.");
    } catch { // only pages of a secure address may copy
      tools.parentElement.querySelector("pre")?.remove();
      tools.after(make("pre", { tabindex: "0", "aria-label": "The findings as text" }, text));
      say("This page may not copy. Mark the text below and copy it.");
    }
  }

  function download(found) {
    const content = `${JSON.stringify(found.data, null, 2)}\n`;
    const address = URL.createObjectURL(new Blob([content], { type: "application/json" }));
    make("a", { href: address, download: `${found.name}.findings.json` }).click();
    setTimeout(() => URL.revokeObjectURL(address), 1_000);
  }

  own.findings = { show };
})();
