// What the theme takes from Bootstrap on our pages: the menu of downloads, and the button that leads back to the top.
(() => {
  "use strict";

  const OPEN = "show";
  const TOGGLE = "[data-bs-toggle=dropdown]";
  const all = (selector, root = document) => [...root.querySelectorAll(selector)];
  const menuOf = (button) => button.parentElement.querySelector(".dropdown-menu");
  const itemsOf = (menu) => all("a[href], button", menu);

  function set(button, open) {
    menuOf(button).classList.toggle(OPEN, open);
    button.setAttribute("aria-expanded", String(open));
  }

  function closeAll(except) {
    all(TOGGLE).filter((button) => button !== except && menuOf(button)?.classList.contains(OPEN))
      .forEach((button) => set(button, false));
  }

  document.addEventListener("click", (event) => {
    const button = event.target.closest(TOGGLE);
    closeAll(button); // a click outside closes, and so does one on an entry
    if (button && menuOf(button)) set(button, !menuOf(button).classList.contains(OPEN));
  });

  document.addEventListener("keydown", (event) => {
    const button = event.target.closest(".dropdown")?.querySelector(TOGGLE);
    if (!button || !menuOf(button)) return;
    const items = itemsOf(menuOf(button));
    const open = menuOf(button).classList.contains(OPEN);
    if (event.key === "Escape" && open) {
      set(button, false);
      button.focus();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      set(button, true);
      const step = event.key === "ArrowDown" ? 1 : -1;
      const here = items.indexOf(event.target);
      const next = here < 0 && step < 0 ? items.length - 1 : here + step;
      items[(next + items.length) % items.length]?.focus();
    }
  });

  // who leaves the menu with the Tab key closes it
  document.addEventListener("focusin", (event) => {
    closeAll(event.target.closest(".dropdown")?.querySelector(TOGGLE));
  });

  function start() {
    // Bootstrap's own texts for tips; the browser shows a title by itself
    all("[data-bs-title]:not([title])").forEach((one) => { one.title = one.dataset.bsTitle; });
    const button = document.getElementById("pst-back-to-top");
    if (!button) return;
    button.addEventListener("click", () => window.scrollTo(0, 0));
    const header = document.querySelector(".bd-header")?.getBoundingClientRect().bottom ?? 0;
    let before = window.scrollY;
    window.addEventListener("scroll", () => {
      button.style.display = window.scrollY < before && window.scrollY > header ? "block" : "none";
      before = window.scrollY;
    }, { passive: true });
  }

  // From a file no other may be read, and each result of a search would be an error in the console.
  if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;

  // Who goes to the search field is about to search: its page finds the index already here. Files are near anyway.
  let fetched = location.protocol === "file:" || document.getElementById("search-results") !== null;
  document.addEventListener("focusin", (event) => {
    if (fetched || !event.target.closest("form.bd-search")) return;
    fetched = true;
    const root = document.documentElement.dataset.content_root ?? "./";
    for (const file of ["_static/searchtools.js", "_static/language_data.js", "searchindex.js"]) {
      const link = document.createElement("link");
      link.rel = "prefetch";
      link.href = root + file;
      document.head.append(link);
    }
  });

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
