// Live panels: what a reader types is sent to Python, and the derivation follows.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const about = document.currentScript.dataset;
  const PAUSE = 400; // milliseconds without a key, after which the result follows

  function begin(panel) {
    const form = panel.querySelector("form");
    const start = panel.querySelector(".live-start");
    const progress = panel.querySelector(".live-progress");
    const status = panel.querySelector(".live-status");
    const result = panel.querySelector(".live-result");
    let started = false;
    let latest = 0;
    let timer = 0;
    panel.querySelector(".live-weight").textContent = `loads Python once, about ${about.megabytes} MB`;

    async function compute() {
      const mine = (latest += 1);
      clearTimeout(timer);
      const fields = Object.fromEntries(new FormData(form));
      try {
        await own.engine.begin(progress, about); // again, if it was stuck and ended
        const { html } = await own.engine.ask({ panel: panel.dataset.panel, fields });
        if (mine !== latest) return; // meanwhile something else was typed
        await own.engine.fill(result, html);
        result.classList.remove("live-old");
        status.textContent = "This follows from what is typed above.";
        status.dataset.problem = "no";
      } catch (problem) {
        if (mine !== latest) return;
        status.textContent = problem.message;
        status.dataset.problem = "yes";
        result.classList.add("live-old");
      }
    }

    async function startUp() {
      const button = start.querySelector("button");
      button.disabled = true;
      try {
        await own.load("engine.js");
        await own.engine.begin(progress, about);
        started = true;
        start.hidden = true;
        form.elements[0].focus({ preventScroll: true });
        await compute();
      } catch (problem) {
        const words = problem.message === "engine.js" ? "Python could not be loaded." : problem.message;
        status.textContent = words;
        status.dataset.problem = "yes";
      } finally {
        button.disabled = false;
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault(); // nothing is sent anywhere
      if (started) compute();
      else startUp();
    });
    form.addEventListener("input", () => {
      if (!started) return;
      latest += 1;
      clearTimeout(timer);
      timer = setTimeout(compute, PAUSE);
    });
    // A form of several fields is sent by Enter only where it shows a button to send it.
    form.addEventListener("keydown", (event) => {
      if (event.key !== "Enter" || event.target.tagName === "BUTTON") return;
      if (event.target.tagName === "TEXTAREA" && !event.ctrlKey && !event.metaKey) return;
      event.preventDefault();
      form.requestSubmit();
    });
  }

  document.querySelectorAll("section.live-panel[data-panel]").forEach(begin);
})();
