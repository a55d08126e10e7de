// On pages with answer boxes: keeps the data of questions, and loads the rest when a box is first entered.
(() => {
  "use strict";

  const here = new URL(".", document.currentScript.src).href; // the folder of our files, also from file://
  const own = (window.showYourWork ??= {});
  const questions = new Map();
  const scripts = new Map();

  // `data(name, text)` is what the data file of a question calls; `data(name)` returns what it brought.
  own.data = (name, text) => {
    if (text !== undefined) {
      const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
      questions.set(name, JSON.parse(new TextDecoder().decode(bytes)));
    }
    return questions.get(name);
  };

  // Loads a script of our folder once; as an element, since a page opened as a file may fetch nothing.
  own.load = (file) => {
    if (!scripts.has(file)) {
      scripts.set(file, new Promise((resolve, reject) => {
        const script = document.createElement("script");
        script.src = here + file;
        script.async = false; // in the order asked for: each uses those before it
        script.onload = resolve;
        script.onerror = () => {
          scripts.delete(file);
          script.remove();
          reject(new Error(file));
        };
        document.head.append(script);
      }));
    }
    return scripts.get(file);
  };

  // What judges and shows boxes, without the data of any question.
  own.ready = (judge = "judging") => {
    const files = ["numbers", "reading", "typed", "formulas", judge, "show", "boxes"];
    return Promise.all(files.map((file) => own.load(`${file}.js`)));
  };

  // The texts that this device remembers of a question; nothing where storage is switched off.
  own.memory = (key) => {
    try {
      return JSON.parse(localStorage.getItem(`showYourWork:${key}`)) ?? {};
    } catch {
      return {};
    }
  };

  function start(section) {
    const { question, judge } = section.dataset;
    const data = `${question.replaceAll("/", "-")}.js`;
    section.started ??= Promise.all([own.ready(judge), own.load(data)]).then(
      () => own.boxes.attach(section.querySelector(".practice-boxes"), own.data(question)),
      () => {
        section.started = undefined; // the next try loads again
        throw new Error("not loaded");
      },
    );
    return section.started;
  }

  function watch(section) {
    const begin = () => start(section).catch(() => {}); // said when an answer is to be checked
    section.addEventListener("focusin", begin);
    section.addEventListener("submit", async (event) => {
      event.preventDefault(); // nothing is sent anywhere
      const form = event.target;
      if (own.boxes?.attached(form)) return;
      try {
        await start(section);
        own.boxes.check(form);
      } catch {
        form.querySelector("output").textContent = "The answers could not be loaded. Please try again.";
      }
    });
    if (Object.keys(own.memory(section.dataset.question)).length) begin();
  }

  document.querySelectorAll("section.practice[data-question]").forEach(watch);
})();
