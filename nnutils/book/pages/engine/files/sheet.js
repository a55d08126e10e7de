// The form that checks a worked solution: takes a text or a file, and asks Python what is wrong in it.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const about = document.currentScript.dataset;
  const KEPT = "showYourWork:sheet"; // for this tab only, so that a reload loses nothing
  const COMMAND = "On the command line “nnutils lint FILE” does the same.";

  function kept() {
    try {
      return JSON.parse(sessionStorage.getItem(KEPT)) ?? {};
    } catch { // storage is switched off
      return {};
    }
  }

  function keep(values) {
    try {
      sessionStorage.setItem(KEPT, JSON.stringify(values));
    } catch { // switched off, or full: the text is lost by a reload, and nothing else
    }
  }

  function endOf(name) {
    const end = name.toLowerCase().split(".").at(-1);
    return { markdown: "md", text: "txt", htm: "html" }[end] ?? end;
  }

  function begin(panel) {
    const form = panel.querySelector("form");
    const { sheet: text, format, network } = form.elements;
    const file = panel.querySelector(".sheet-file");
    const check = panel.querySelector(".sheet-check");
    const example = panel.querySelector(".sheet-example");
    const progress = panel.querySelector(".live-progress");
    const status = panel.querySelector(".live-status");
    const result = panel.querySelector(".sheet-result");
    const most = Number(panel.dataset.most);
    let name = ""; // of the file that was chosen
    let latest = 0; // the number of the last check: the answer to an older one is not shown
    panel.querySelector(".live-weight").textContent = `loads Python once, about ${about.megabytes} MB`;

    function say(words, problem = false) {
      status.textContent = words;
      status.dataset.problem = problem ? "yes" : "no";
    }

    function empty() {
      result.hidden = true;
      result.replaceChildren();
    }

    function fill(values) {
      latest += 1;
      text.value = values.sheet ?? "";
      network.value = values.network ?? "";
      format.value = values.format ?? "";
      name = values.name ?? "";
      empty();
      say(name ? `${name} is in the box above. Nothing is sent anywhere.` : "");
    }

    // The network that the reader typed: that of the example is not for another sheet.
    function ownNetwork() {
      return network.value === example.dataset.network ? "" : network.value;
    }

    // What the sheet is called in the report; its end says how it is read.
    function called() {
      if (!format.value) return "";
      return endOf(name) === format.value ? name : `.${format.value}`;
    }

    function hindrance() {
      if (!text.value.trim()) return "There is no sheet yet.\nPaste one, or choose a file.";
      if (text.value.length > most) {
        return `The sheet has ${tooMany(text.value.length)} Paste the part that you doubt. ${COMMAND}`;
      }
      return "";
    }

    function tooMany(number) {
      return `${number.toLocaleString("en")} characters, more than ${most.toLocaleString("en")}.`;
    }

    async function run() {
      const mine = (latest += 1);
      const asked = { sheet: text.value, name: called(), network: network.value };
      const missing = hindrance();
      empty();
      say(missing, true);
      if (missing) {
        text.focus();
        return;
      }
      check.disabled = true;
      try {
        await Promise.all(["engine.js", "findings.js"].map(own.load)).catch(() => {
          throw new Error("What checks sheets could not be loaded. Please try again.");
        });
        say("");
        await own.engine.begin(progress, about).catch((problem) => {
          throw new Error(`${problem.message} ${COMMAND}`);
        });
        panel.querySelector(".live-weight").hidden = true;
        if (mine === latest) say("Checking …");
        const found = await own.engine.ask(asked);
        if (mine !== latest) return; // meanwhile there is another sheet
        own.findings.show(result, found, text, say);
        result.hidden = false;
        say(found.counts);
      } catch (problem) {
        if (mine === latest) say(problem.message, true);
      } finally {
        check.disabled = false;
      }
    }

    async function take(chosen) {
      const end = endOf(chosen.name);
      const known = [...format.options].map((one) => one.value).filter(Boolean);
      if (end === "pdf") {
        say("A PDF file is read on the command line only: nnutils lint FILE", true);
      } else if (!known.includes(end)) {
        say(`${chosen.name} cannot be read here.\nChoose a file that ends in .${known.join(", .")}.`, true);
      } else if (chosen.size > 4 * most) { // a character has at most four bytes
        say(`${chosen.name} has more than ${most.toLocaleString("en")} characters. ${COMMAND}`, true);
      } else {
        const bytes = await chosen.arrayBuffer();
        try {
          const sheet = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
          fill({ sheet, name: chosen.name, format: end, network: ownNetwork() });
        } catch {
          say(`${chosen.name} is not UTF-8 text.\nSave it as UTF-8.`, true);
        }
      }
    }

    form.addEventListener("submit", (event) => {
      event.preventDefault(); // nothing is sent anywhere
      run();
    });
    text.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
    });
    // Another text in the place of all that was there is no longer that file, or the example.
    text.addEventListener("beforeinput", (event) => {
      const all = text.value.length && text.selectionEnd - text.selectionStart === text.value.length;
      if (!all || event.inputType.startsWith("history")) return;
      name = "";
      format.value = "";
      network.value = ownNetwork();
    });
    file.addEventListener("click", () => { file.value = ""; }); // so that the same file can be chosen again
    file.addEventListener("change", () => { if (file.files.length) take(file.files[0]); });
    const carries = (event) => event.dataTransfer?.types.includes("Files");
    panel.addEventListener("dragover", (event) => { if (carries(event)) event.preventDefault(); });
    panel.addEventListener("drop", (event) => {
      if (!carries(event)) return;
      event.preventDefault();
      take(event.dataTransfer.files[0]);
    });
    example.addEventListener("click", () => {
      fill(example.dataset);
      run();
    });
    panel.querySelector(".sheet-clear").addEventListener("click", () => {
      fill({});
      file.value = "";
      text.focus();
    });
    window.addEventListener("pagehide", () => {
      keep({ sheet: text.value, network: network.value, format: format.value, name });
    });
    fill(kept());
  }

  const panel = document.querySelector("section.live-sheet"); // one to a page: what is kept has one name
  if (panel) begin(panel);
})();
