// Filters the statements of an audit page. What is chosen stands in the address: it can be sent and survives
// a reload.
(() => {
  "use strict";

  const form = document.querySelector(".statement-filters");
  const { indexed, matches, query } = window.showYourWork?.matching ?? {};
  if (!form || !query) return;

  const DISPUTED = "disputed"; // all but what is right
  const RIGHT = new Set(["confirmed", "given"]);
  const FIELDS = ["find", "sheet", "question", "verdict", "cause"];
  const WAIT = 150; // milliseconds after a key
  const said = form.querySelector("output");
  const lists = [...document.querySelectorAll(".statements")];
  const texts = new WeakMap(); // made when somebody first looks for something

  const rows = lists.flatMap((list) =>
    [...list.querySelectorAll("tr[id]")].map((row) => ({
      row,
      question: list.dataset.question,
      sheet: row.closest("table").dataset.sheet,
      verdict: row.dataset.verdict,
      cause: row.dataset.cause ?? "",
    })),
  );

  function textOf(row) {
    if (!texts.has(row)) {
      const cells = [...row.cells].filter((cell) => !cell.classList.contains("no"));
      texts.set(row, indexed([...cells.map((cell) => cell.textContent), row.id, row.dataset.cause ?? ""]));
    }
    return texts.get(row);
  }

  const chosen = (name) => form.elements[name]?.value.trim() ?? "";

  function kept(one) {
    const verdict = chosen("verdict");
    return (!verdict || one.verdict === verdict || (verdict === DISPUTED && !RIGHT.has(one.verdict)))
      && ["sheet", "question", "cause"].every((name) => !chosen(name) || one[name] === chosen(name));
  }

  const statements = (number) => `${number} statement${number === 1 ? "" : "s"}`;

  // Shows the rows that are wanted, hides tables and questions that have none, and says how many there are.
  function apply() {
    const wanted = query(chosen("find"));
    const left = rows.filter(kept);
    // a number is found from its beginning on while somebody types; two digits would be in every other row
    const how = wanted.numbers.every((number) => number.length > 2) ? "begins" : "equal";
    const having = (same) => left.filter(({ row }) => matches(textOf(row), wanted, same));
    const all = statements(rows.length);
    let found = wanted.text ? having(how) : left;
    let words = found.length === rows.length ? all : `${found.length} of ${all}`;
    if (!found.length && wanted.numbers.length) {
      found = having("near");
      if (found.length) words = `None has ${wanted.text}. ${found.length} of ${all} one digit apart`;
    }
    const shown = new Set(found.map(({ row }) => row));
    rows.forEach(({ row }) => { row.hidden = !shown.has(row); });
    const empty = (node) => !node.querySelector("tr[id]:not([hidden])");
    for (const list of lists) {
      list.querySelectorAll("tbody, table").forEach((node) => { node.hidden = empty(node); });
      const section = list.closest("section");
      if (section && !section.contains(form)) section.hidden = empty(section);
    }
    if (said.textContent !== words) said.textContent = words;
    return found;
  }

  let taken; // the part of the address that the filters agree with

  function keepInAddress() {
    const address = new URL(location.href);
    for (const name of FIELDS) {
      if (chosen(name)) address.searchParams.set(name, chosen(name));
      else address.searchParams.delete(name);
    }
    if (address.href === location.href) return;
    try {
      history.replaceState(history.state, "", address);
    } catch {
      // some browsers refuse this for a page that is opened as a file: the filters work all the same
    }
    taken = location.search;
  }

  function change() {
    apply();
    keepInAddress();
  }

  function takeFromAddress() {
    taken = location.search;
    const asked = new URL(location.href).searchParams;
    for (const name of FIELDS) {
      const field = form.elements[name];
      if (!field) continue;
      const value = asked.get(name) ?? "";
      const known = field.tagName !== "SELECT" || [...field.options].some((option) => option.value === value);
      field.value = known ? value : "";
    }
    apply();
  }

  const rowOfAddress = () => {
    const row = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    return row?.matches(".statements tr") ? row : null;
  };

  // A link to a row shows that row, whatever the filters are.
  function uncover() {
    if (!rowOfAddress()?.hidden) return;
    FIELDS.forEach((name) => { if (form.elements[name]) form.elements[name].value = ""; });
    change();
  }

  const center = () => rowOfAddress()?.scrollIntoView({ block: "center", behavior: "instant" });
  const sizes = new ResizeObserver(center);

  // The row stays in the middle while the page gets its size, until the reader does something.
  function showTarget() {
    uncover();
    center();
    sizes.observe(document.body);
  }

  for (const event of ["wheel", "touchstart", "pointerdown", "keydown"]) {
    window.addEventListener(event, () => sizes.disconnect(), { passive: true });
  }

  let timer;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(change, WAIT);
  });
  form.addEventListener("reset", () => setTimeout(change)); // the fields are empty after the event
  form.addEventListener("submit", (event) => { // Enter leads to the first row
    event.preventDefault();
    clearTimeout(timer);
    const [first] = apply();
    keepInAddress();
    if (first && chosen("find")) location.hash = first.row.id;
  });
  window.addEventListener("hashchange", showTarget);
  window.addEventListener("popstate", () => { // Back to another selection, or a step to another row
    if (location.search !== taken) takeFromAddress();
  });
  // the browser may fill in the fields of the last visit, which the address does not ask for
  window.addEventListener("pageshow", () => {
    takeFromAddress();
    uncover();
    const [visit] = performance.getEntriesByType("navigation");
    if (visit?.type !== "navigate") return; // the browser knows where the reader was
    if (rowOfAddress()) showTarget();
    else if (!location.hash && FIELDS.some(chosen)) form.scrollIntoView(); // somebody was sent a selection
  });
  takeFromAddress();
  uncover();
})();
