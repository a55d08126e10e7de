// Python for the page: starts the worker when it is first needed, asks it, and ends it when it is stuck.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const here = document.currentScript.src; // this file in its folder
  const BOOT = 120_000; // milliseconds without a byte or an answer, after which starting is given up
  const ANSWER = 60_000; // milliseconds that one answer may take
  const AS_A_FILE = "This page was opened as a file, and from a file a browser runs no Python. "
    + "Open the site of the book, or run “make serve” and open the address that it prints.";
  const TOO_OLD = "This browser cannot run Python: it has no WebAssembly, or no workers for it.";
  const NOT_LOADED = "Python could not be loaded. Please look at the connection and try again.";
  const FAILED = "This could not be computed.";
  const NOT_TYPESET = "What sets formulas could not be loaded. Please look at the connection and try again.";
  const FORMULAS = new URL("../_mathematics/", here).href;
  const STYLE = "mathematics.css";
  const STUCK = "That took too long and was stopped. Please try something smaller.";

  let typesetting = null; // the promise of what typesets formulas
  let running = null; // the worker, its start and what it was asked

  function end(reason) {
    if (!running) return;
    const { worker, asked } = running;
    running = null;
    worker.terminate();
    for (const { reject, timer } of asked.values()) {
      clearTimeout(timer);
      reject(new Error(reason));
    }
  }

  // Sends one message; the promise is kept or broken by the worker, or by the clock. `late` is the reason
  // where there is no answer for so many milliseconds, `broken` where there is an error in place of it.
  function send(message, limit, late, broken) {
    return new Promise((resolve, reject) => {
      const { worker, asked } = running;
      const id = (running.last += 1);
      const timer = setTimeout(() => end(late), limit);
      const wait = { resolve, reject, limit, late, broken, timer };
      asked.set(id, wait);
      worker.postMessage({ id, ...message });
    });
  }

  function hear({ data: { id, arrived, reply, failed } }) {
    if (!running) return;
    if (arrived !== undefined) {
      running.arrived = arrived;
      for (const tell of running.listeners) tell(arrived);
      for (const wait of running.asked.values()) { // it moves, so it is not stuck
        clearTimeout(wait.timer);
        wait.timer = setTimeout(() => end(wait.late), wait.limit);
      }
      return;
    }
    const wait = running.asked.get(id);
    running.asked.delete(id);
    clearTimeout(wait.timer);
    if (failed === undefined) wait.resolve(reply);
    else {
      console.error(failed);
      wait.reject(new Error(wait.broken));
      end(wait.broken); // after an error that is not Python's own it may be in any state
    }
  }

  // Starts Python, once; `tell` hears how many bytes have arrived, `mark` names the archive of this build.
  function start(mark, tell) {
    if (location.protocol === "file:") return Promise.reject(new Error(AS_A_FILE));
    if (!window.WebAssembly || !window.Worker) return Promise.reject(new Error(TOO_OLD));
    if (running) {
      running.listeners.add(tell);
      return running.started;
    }
    try {
      const worker = new Worker(new URL(`worker.js?${mark}`, here), { type: "module" });
      running = { worker, asked: new Map(), last: 0, arrived: 0, listeners: new Set([tell]) };
      worker.addEventListener("message", (event) => { if (running?.worker === worker) hear(event); });
      worker.addEventListener("error", (event) => {
        event.preventDefault();
        if (running?.worker === worker) end(NOT_LOADED);
      });
      running.started = send({ mark }, BOOT, NOT_LOADED, NOT_LOADED);
      return running.started;
    } catch {
      return Promise.reject(new Error(TOO_OLD));
    }
  }

  // Asks answering.py; what it cannot answer is an error, its message the words for the reader.
  async function ask(question) {
    if (!running) throw new Error(NOT_LOADED);
    const answer = JSON.parse(await send({ message: JSON.stringify(question) }, ANSWER, STUCK, FAILED));
    if (answer.problem) throw new Error(answer.problem);
    return answer;
  }

  // Starts Python and shows in an element how far it is; `about` tells the bytes and the mark of the archive.
  async function begin(place, about) {
    const bar = document.createElement("div");
    const filled = document.createElement("div");
    const label = document.createElement("p");
    const total = Number(about.bytes);
    const tell = (arrived) => {
      const percent = Math.min(100, Math.floor((100 * arrived) / total));
      bar.setAttribute("aria-valuenow", percent);
      filled.style.width = `${percent}%`;
      label.textContent = percent < 100 ? `Loading Python: ${percent} %` : "Starting Python …";
    };
    bar.setAttribute("role", "progressbar");
    bar.setAttribute("aria-label", "Loading Python");
    bar.className = "engine-bar";
    bar.append(filled);
    if (!running?.ready) {
      place.replaceChildren(bar, label);
      place.hidden = false;
      tell(running?.arrived ?? 0);
    }
    try {
      await start(about.mark, tell);
      running.ready = true;
    } finally {
      running?.listeners.delete(tell);
      place.hidden = true;
      place.replaceChildren();
    }
  }

  // Puts HTML of answering.py into an element, its formulas set, and has its numbers show their work.
  async function fill(element, html) {
    const made = document.createElement("template");
    made.innerHTML = html;
    const formulas = [...made.content.querySelectorAll(".math")];
    if (formulas.length) await typesetter();
    for (const formula of formulas) setFormula(formula);
    element.replaceChildren(made.content);
    element.dispatchEvent(new Event("showYourWork:content", { bubbles: true }));
  }

  // Loads what typesets formulas, once; the pages themselves come with theirs as MathML.
  function typesetter() {
    typesetting ??= (async () => {
      for (const name of ["temml.min.js", "mathml.js"]) await load("script", { src: `${FORMULAS}${name}` });
      if (!document.querySelector(`link[href*="${STYLE}"]`)) {
        await load("link", { rel: "stylesheet", href: `${FORMULAS}${STYLE}` });
      }
    })().catch((error) => {
      typesetting = null; // the next try may succeed
      throw error;
    });
    return typesetting;
  }

  function load(kind, attributes) {
    return new Promise((resolve, reject) => {
      const element = Object.assign(document.createElement(kind), attributes);
      element.addEventListener("load", resolve);
      element.addEventListener("error", () => reject(new Error(NOT_TYPESET)));
      document.head.append(element);
    });
  }

  // Replaces TeX between \( \) or \[ \]; TeX that cannot be read stays as it is.
  function setFormula(element) {
    const found = /^\s*\\([([])([^]*)\\[)\]]\s*$/.exec(element.textContent);
    if (!found) return;
    const display = found[1] === "[";
    try {
      element.innerHTML = own.mathml(found[2], display);
      if (!display) element.replaceWith(...element.childNodes);
    } catch (error) {
      console.error(error);
    }
  }

  own.engine = { begin, ask, fill };
})();
