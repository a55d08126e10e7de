// "Another one": a variant of the page's question, drawn by Python in the browser, below the boxes.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const about = document.currentScript.dataset; // what nnutils/book/pages/engine/pages.py knows of Python
  const LARGEST = 999_999; // of the seeds that are drawn here; a link may name others
  const GIVEN_WORKS = "The boxes for the question as given work without it.";

  function make(name, attributes = {}, ...inside) {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  }

  function button(words, act) {
    const one = make("button", { type: "button", class: "another-button" }, words);
    one.addEventListener("click", act);
    return one;
  }

  // What a link asks for: `#seed=12&v=0.2`; null where it asks for no variant.
  function asked() {
    const found = new URLSearchParams(location.hash.slice(1));
    return found.has("seed") ? { seed: found.get("seed"), version: found.get("v") } : null;
  }

  function drawnSeed() {
    return 1 + (crypto.getRandomValues(new Uint32Array(1))[0] % LARGEST);
  }

  function begin(section) {
    const given = section.querySelector(".practice-boxes");
    const title = section.querySelector(".practice-title");
    const variant = make("div", { class: "variant", hidden: "" });
    const progress = make("div", { class: "engine-progress", hidden: "" });
    const status = make("p", { class: "another-status", role: "status" });
    const tools = section.querySelector(".another"); // it says so where this build has no Python
    tools.before(variant, progress, status);
    if (!about.mark) return;
    const another = tools.querySelector("button");
    const weight = tools.querySelector(".another-weight");
    another.addEventListener("click", () => draw(drawnSeed()));
    let latest = 0; // the number of the last draw: an older one that arrives late is not shown

    function link(seed, version) {
      const address = new URL(location.href);
      address.hash = `seed=${seed}&v=${version}`;
      return address.href;
    }

    async function draw(seed, version = null) {
      const mine = (latest += 1);
      another.disabled = true;
      status.textContent = "";
      try {
        await own.load("engine.js");
        await own.engine.begin(progress, about);
        if (mine === latest) status.textContent = "Drawing …";
        const [{ data, statement }] = await Promise.all([
          own.engine.ask({ draw: section.dataset.question, seed }),
          own.ready(section.dataset.judge),
        ]);
        if (mine === latest) await show(data, statement, version);
      } catch (problem) {
        const words = problem.message === "engine.js" ? "Python could not be loaded." : problem.message;
        if (mine === latest) status.textContent = `${words} ${GIVEN_WORKS}`;
      } finally {
        if (mine === latest) another.disabled = false;
      }
    }

    async function show(data, statement, version) {
      const heading = make("h4", { class: "variant-title", tabindex: "-1" }, `Variant ${data.seed}`);
      const words = make("div", { class: "variant-statement" });
      const boxes = make("div", { class: "variant-boxes" });
      const address = link(data.seed, data.version);
      const anchor = make("a", { href: address }, `Link to variant ${data.seed}`);
      const copy = button("Copy the link", async () => {
        try {
          await navigator.clipboard.writeText(address);
          status.textContent = "The link is copied.";
        } catch { // only pages of a secure address may copy
          status.textContent = `The link is ${address}`;
        }
      });
      const leave = button("Back to the question as given", back);
      const line = make("p", { class: "variant-link" }, anchor, " ", copy, " ", leave);
      variant.replaceChildren(heading, words, line, boxes);
      own.boxes.show(boxes, data);
      given.hidden = true;
      variant.hidden = false;
      title.textContent = "Your answers to a variant";
      weight.hidden = true;
      history.replaceState(null, "", address);
      await own.engine.fill(words, statement);
      status.textContent = version === null || version === data.version ? ""
        : `This link was made with edition ${version.slice(0, 40)} of the book, and this is ${data.version}: `
          + "the numbers may differ.";
      heading.focus({ preventScroll: true });
      heading.scrollIntoView({ block: "center" });
    }

    function back() {
      latest += 1;
      variant.hidden = true;
      variant.replaceChildren();
      given.hidden = false;
      another.disabled = false;
      status.textContent = "";
      title.textContent = "Your answers";
      history.replaceState(null, "", location.pathname + location.search);
      another.focus();
    }

    function follow() {
      const found = asked();
      if (!found) return;
      section.scrollIntoView({ block: "center" });
      const given = "This is the question as given.";
      if (/^\d{1,9}$/.test(found.seed)) draw(Number(found.seed), found.version);
      else if (!found.seed) status.textContent = `This link has no seed. ${given}`;
      else {
        const typed = found.seed.slice(0, 40);
        status.textContent = `The seed in this link, “${typed}”, is not a whole number of at most nine `
          + `digits. ${given}`;
      }
    }

    window.addEventListener("hashchange", follow);
    follow();
  }

  document.querySelectorAll("section.practice[data-question]").forEach(begin);
})();
