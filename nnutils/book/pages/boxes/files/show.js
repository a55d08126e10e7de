// Makes the boxes of a question from its data, for a variant; the same elements as ../markup.py makes.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const FOLDED_FROM = 11;
  const LIST = (what) => `${what} with commas between them`;
  const ROWS = (what) => `one row on each line, or ; between rows, ${LIST(what)}`;
  const FORMS = { list: LIST, table: ROWS, nested: ROWS, expression: () => "a formula" };
  const KEPT = "Your answers are kept on this device only.";
  const PLAIN = { autocomplete: "off", autocapitalize: "off", spellcheck: "false" };

  // A new element; what is null is left out. Texts go in as text, so that no name or word becomes markup.
  function make(name, attributes = {}, ...inside) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) {
      if (value !== null) element.setAttribute(key, value);
    }
    element.append(...inside.filter((one) => one !== null));
    return element;
  }

  function control(asked, id, described) {
    const attributes = { id, name: "typed", "aria-describedby": described };
    if (asked.kind === "yesno" || asked.kind === "choice") {
      const words = asked.kind === "yesno" ? ["yes", "no"] : asked.choices;
      const options = words.map((word) => make("option", { value: word }, word));
      return make("select", attributes, make("option", { value: "" }, "choose"), ...options);
    }
    if (asked.kind === "table" || asked.kind === "nested") {
      return make("textarea", { ...attributes, rows: 3, ...PLAIN });
    }
    return make("input", { ...attributes, type: "text", ...PLAIN });
  }

  // How to type an answer of this kind, and the unit if the label lacks it; null for nothing to say.
  function answerForm({ kind, text, unit, answer, form }) {
    if (form !== undefined) return form || null;
    const leaf = [answer].flat(Infinity)[0];
    const what = { boolean: "yes or no", object: "names" }[typeof leaf] ?? "numbers";
    if (FORMS[kind]) return FORMS[kind](what);
    return unit && !text.split(/\s+/).includes(unit) ? `in ${unit}` : null;
  }

  // A line that repeats the one before is for screen readers only.
  function box(asked, slug, form, repeated) {
    const id = `${slug}-${asked.name}`;
    const line = { class: `answer-form${repeated ? " repeated" : ""}`, id: `${id}-form` };
    const attributes = { class: "answer-box", "data-name": asked.name, "data-kind": asked.kind };
    return make("form", { ...attributes, novalidate: "" },
      make("div", { class: "answer-asked" },
        make("label", { for: id }, asked.text),
        form && make("span", line, form)),
      make("div", { class: "answer-entry" },
        control(asked, id, form && `${id}-form`),
        make("button", { type: "submit", class: "answer-check" }, "Check")),
      make("output", { for: id, "aria-live": "polite" }));
  }

  function group(part, asked, slug, folded, first, several) {
    const forms = asked.map(answerForm);
    const boxes = asked.map((one, i) => box(one, slug, forms[i], i > 0 && forms[i] === forms[i - 1]));
    const title = `Part (${part})`;
    if (folded) {
      const count = make("span", { class: "practice-count" }, `0 of ${asked.length}`);
      const summary = make("summary", {}, `${title} `, count);
      return make("details", { class: "practice-part", open: first ? "" : null }, summary,
        make("div", { class: "practice-grid" }, ...boxes));
    }
    const heading = several ? make("h4", { class: "practice-label" }, title) : null;
    return make("div", { class: "practice-part" }, heading, ...boxes);
  }

  own.make = make;

  // The boxes of a question, not yet connected to anything.
  own.elements = (data) => {
    const seed = data.seed === null ? "" : `-${data.seed}`;
    const slug = data.question.replaceAll("/", "-") + seed;
    const parts = [...new Set(data.asked.map((one) => one.part))];
    const folded = data.asked.length >= FOLDED_FROM && parts.length > 1;
    const groups = parts.map((part, i) =>
      group(part, data.asked.filter((one) => one.part === part), slug, folded, i === 0, parts.length > 1));
    const clear = make("button", { type: "button", class: "practice-clear" }, "Clear my answers");
    return make("div", { class: "practice-boxes" },
      make("p", { class: "practice-progress" }, `0 of ${data.asked.length} right`),
      ...groups,
      make("p", { class: "practice-tools", hidden: "" }, `${KEPT} `, clear));
  };
})();
