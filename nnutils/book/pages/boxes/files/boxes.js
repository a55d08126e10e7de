// What happens in the answer boxes: checking, help after a wrong try, progress, the memory of this device.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const { make } = own;
  const MOST_SLIPS = 3; // shown for one wrong answer
  const MOST_VARIANTS = 20; // remembered, those of all questions together
  const PATIENCE = 150; // milliseconds until it is said that an answer is being checked
  const VERDICTS = { // sign and word: a colour alone says nothing
    right: ["✓", "Right."],
    convention: ["✓", "Right under another convention:"],
    coarse: ["≈", ""],
    wrong: ["✗", "Not yet."],
    unreadable: ["?", ""],
    empty: ["?", ""],
  };
  const CHOOSE = "Choose an answer first.";
  const EMPTY = { number: "Type a number first.", yesno: CHOOSE, choice: CHOOSE };
  const UNTRIED = { typed: "", verdict: "", sentence: "", slips: [], tries: 0, checking: "" };
  const states = new WeakMap(); // of each form: what is asked, its set, and what UNTRIED lists

  const done = (state) => state.verdict === "right" || state.verdict === "convention";
  const place = (data) => data.question + (data.seed === null ? "" : `:${data.seed}`);

  // --- memory: what was typed, what came of it -----------------------------------------------------------

  function remember(set) {
    const answers = {};
    for (const form of set.forms) {
      const { verdict, sentence, slips, tries, ...state } = states.get(form);
      const typed = verdict ? state.typed : form.elements.typed.value; // not checked, but kept
      if (typed) answers[form.dataset.name] = { typed, verdict, sentence, slips, tries };
    }
    try {
      const key = `showYourWork:${place(set.data)}`;
      const text = JSON.stringify({ version: set.data.version, at: Date.now(), answers });
      if (Object.keys(answers).length) localStorage.setItem(key, text);
      else localStorage.removeItem(key);
      forgetOldVariants();
    } catch {
      // Storage is switched off or full: the boxes work all the same, until the page is left.
    }
  }

  function forgetOldVariants() {
    const names = Object.keys(localStorage).map((key) => key.match(/^showYourWork:([^:]+:\d+)$/)?.[1]);
    const at = (name) => Number(own.memory(name).at) || 0;
    const variants = names.filter(Boolean).map((name) => ({ name, at: at(name) }));
    variants.sort((one, other) => other.at - one.at);
    for (const { name } of variants.slice(MOST_VARIANTS)) localStorage.removeItem(`showYourWork:${name}`);
  }

  function restore(set) {
    const { version, answers } = own.memory(place(set.data));
    for (const form of set.forms) {
      const { name } = form.dataset;
      const old = Object.hasOwn(answers ?? {}, name) ? answers[name] : null;
      if (typeof old?.typed !== "string") continue;
      if (old.verdict !== "" && !Object.hasOwn(VERDICTS, old.verdict)) continue;
      if (form.elements.typed.value) continue; // the reader was faster
      form.elements.typed.value = old.typed;
      if (!old.verdict || version !== set.data.version) continue; // not judged, or by another edition
      Object.assign(states.get(form), {
        typed: old.typed,
        verdict: old.verdict,
        sentence: String(old.sentence ?? ""),
        slips: Array.isArray(old.slips) ? old.slips : [],
        tries: Number(old.tries) || 0,
      });
      form.querySelector("output").setAttribute("aria-live", "off"); // nobody asked for it again
      draw(form);
    }
    progress(set); // what is typed but not judged can be cleared as well
  }

  // --- what a reader sees --------------------------------------------------------------------------------

  function say(output, verdict, sentence) {
    const [sign, word] = VERDICTS[verdict];
    const words = sentence.startsWith("Right") ? sentence : `${word} ${sentence}`.trim();
    output.dataset.verdict = verdict;
    const drawn = make("span", { class: "answer-sign", "aria-hidden": "true" }, sign);
    output.replaceChildren(drawn, ` ${words}`);
  }

  function button(label, act) {
    const one = make("button", { type: "button", class: "answer-more" }, label);
    one.addEventListener("click", () => act(one));
    return one;
  }

  // A message takes the place of the button that asked for it; the focus goes with it, and it is read out.
  function reveal(from, ...lines) {
    const paragraphs = lines.map((line) => make("p", {}, line));
    const message = make("div", { class: "answer-shown", tabindex: "-1" }, ...paragraphs);
    from.replaceWith(message);
    message.focus();
  }

  const closedHint = () => document.querySelector("#hints details:not([open])");

  function openHint(from) {
    const hint = closedHint();
    if (hint) {
      hint.open = true;
      const summary = hint.querySelector("summary");
      summary.scrollIntoView({ block: "center" });
      summary.focus({ preventScroll: true });
    }
    if (!closedHint()) from.remove();
  }

  function help(state) {
    const offers = [];
    if (state.verdict === "wrong") {
      const sentences = [...new Set(state.slips.map((slip) => slip.sentence))].slice(0, MOST_SLIPS);
      if (sentences.length) offers.push(button("Show the working", (from) => reveal(from, ...sentences)));
      if (state.tries > 1 && closedHint()) offers.push(button("Open a hint", openHint));
    }
    if (state.tries > 1 && !done(state) && state.asked.shown) {
      const { shown, work, unit } = state.asked;
      offers.push(button("Show the answer", (from) => reveal(from, `${work || shown} ${unit}`.trim())));
    }
    return offers;
  }

  function draw(form) {
    const state = states.get(form);
    const output = form.querySelector("output");
    form.querySelector(".answer-help")?.remove();
    if (!state.verdict) {
      output.replaceChildren();
      delete output.dataset.verdict;
    } else {
      say(output, state.verdict, state.sentence);
      const offers = help(state);
      if (offers.length) output.after(make("div", { class: "answer-help" }, ...offers));
    }
    progress(state.set);
  }

  function progress(set) {
    const right = set.forms.filter((form) => done(states.get(form))).length;
    const line = set.container.querySelector(".practice-progress");
    line.textContent = `${right} of ${set.forms.length} right`;
    for (const part of set.container.querySelectorAll("details.practice-part")) {
      const forms = [...part.querySelectorAll("form")];
      const count = forms.filter((form) => done(states.get(form))).length;
      part.querySelector(".practice-count").textContent = `${count} of ${forms.length}`;
    }
    const used = set.forms.some((form) => states.get(form).verdict || form.elements.typed.value);
    set.container.querySelector(".practice-tools").hidden = !used;
  }

  // --- what a reader does --------------------------------------------------------------------------------

  async function check(form) {
    const state = states.get(form);
    const output = form.querySelector("output");
    const typed = form.elements.typed.value;
    output.setAttribute("aria-live", "polite");
    if (!typed.trim()) {
      form.querySelector(".answer-help")?.remove();
      say(output, "empty", EMPTY[state.asked.kind] ?? "Type an answer first.");
      return;
    }
    state.checking = typed;
    const patience = setTimeout(() => output.replaceChildren("Checking …"), PATIENCE);
    const judgement = await own.judge(state.asked, typed); // where answers are hashed, this takes a while
    clearTimeout(patience);
    if (state.checking !== typed) return; // meanwhile something else was checked
    const again = state.verdict === judgement.verdict && state.typed === typed;
    if (judgement.verdict === "wrong" && !again) state.tries += 1;
    Object.assign(state, { typed, ...judgement });
    draw(form);
    remember(state.set);
  }

  function clear(set) {
    for (const form of set.forms) {
      form.elements.typed.value = "";
      Object.assign(states.get(form), UNTRIED);
      draw(form);
    }
    remember(set);
    set.container.querySelector("details:not([open]) > summary, [name=typed]").focus();
  }

  // Connects the boxes in an element to the data of their question.
  function attach(container, data) {
    const forms = [...container.querySelectorAll("form.answer-box")];
    if (!forms.length || states.has(forms[0])) return;
    const set = { container, data, forms };
    for (const form of forms) {
      const asked = data.asked.find((one) => one.name === form.dataset.name);
      states.set(form, { asked, set, ...UNTRIED });
      form.addEventListener("submit", (event) => {
        event.preventDefault();
        check(form);
      });
      form.addEventListener("keydown", (event) => { // in several lines Enter begins a new one
        if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) form.requestSubmit();
      });
    }
    container.querySelector(".practice-clear").addEventListener("click", () => clear(set));
    restore(set);
  }

  // Makes the boxes of a question, connects them, and has them replace what is in an element.
  function show(container, data) {
    const made = own.elements(data);
    container.replaceChildren(made);
    attach(made, data);
  }

  own.boxes = { attach, attached: (form) => states.has(form), check, show };
})();
