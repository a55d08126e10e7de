// On the search page: statements and sections that have what is looked for. The search of Sphinx finds pages,
// and leaves numbers out.
(() => {
  "use strict";

  const root = new URL("..", document.currentScript.src); // of the site, also from file://
  const own = window.showYourWork;
  const MOST = 20; // results of a kind
  const asked = (new URLSearchParams(location.search).get("q") ?? "").trim();
  const place = document.getElementById("search-results");
  const { indexed, matches, query } = own?.matching ?? {};
  if (!place || !query || !asked) return;

  const wanted = query(asked);
  const box = document.createElement("div");
  box.className = "statement-results";
  box.setAttribute("aria-live", "polite");
  // what somebody looks for by a number is a statement; by words, it is rather a page
  if (wanted.numbers.length) place.before(box);
  else place.after(box);

  function element(name, text, inside = []) {
    const node = document.createElement(name);
    node.append(text, ...inside);
    return node;
  }

  function link(address, text) {
    const node = element("a", text);
    node.href = new URL(address, root).href;
    return node;
  }

  // A heading, a sentence where there is one, and the results; a link to the rest where a page can filter.
  function list(title, sentence, items, rest) {
    if (!items.length) return;
    box.append(element("h2", title));
    if (sentence) box.append(element("p", sentence));
    box.append(element("ul", "", items.slice(0, MOST)));
    if (items.length > MOST) box.append(rest ?? element("p", `And ${items.length - MOST} more.`));
  }

  function rest(found, pages) {
    const counts = new Map();
    found.forEach(([, page]) => counts.set(page, (counts.get(page) ?? 0) + 1));
    const links = [...counts].flatMap(([page, number], i) => [
      i ? ", " : "",
      link(`${pages[page].address}?find=${encodeURIComponent(asked)}`, `${number} in ${pages[page].title}`),
    ]);
    return element("p", "All of them: ", links);
  }

  function showStatements({ pages, statements }, how, sentence) {
    const found = statements.filter((one) => matches(one.entry, wanted, how));
    const items = found.map(([name, page, says, stated, computed, judged]) => {
      const [sheet, question] = name.split("-");
      const place = `, sheet ${sheet}, question ${question.slice(1)}: `;
      const values = `stated ${stated}, computed ${computed}, ${judged}`;
      return element("li", link(`${pages[page].address}#${name}`, says), [place, values]);
    });
    list("Statements of the sheets", sentence, items, rest(found, pages));
    return found.length;
  }

  function showSections({ sections }, how, sentence) {
    if (!wanted.numbers.length || wanted.words.length) return 0; // the search of Sphinx finds words
    const found = sections.filter((one) => matches(one.entry, wanted, how));
    const items = found.map(([address, page, section]) => {
      const title = page === section ? page : `${page}: ${section}`;
      return element("li", link(address, title));
    });
    list("Pages with this number", sentence, items);
    return found.length;
  }

  own.lookup = (data) => {
    data.statements.forEach((one) => { one.entry = indexed([one[0], ...one.slice(2)]); });
    data.sections.forEach((one) => { one.entry = { numbers: new Set(one[3].split(" ")), text: "" }; });
    let found = showStatements(data, "equal") + showSections(data, "equal");
    if (wanted.numbers.length && !found) {
      const sentence = `No statement and no page has ${asked}. One digit apart:`;
      found = showStatements(data, "near", sentence) || showSections(data, "near", sentence);
      if (!found) box.append(element("p", `No page has ${asked}, nor a number one digit apart.`));
    }
    // Sphinx leaves numbers out of what it looks for, and would say that there is nothing
    if (wanted.numbers.length && !wanted.words.length) place.hidden = true;
  };

  const script = document.createElement("script"); // a page opened as a file may fetch nothing
  script.src = new URL("lookup.js", document.currentScript.src).href;
  document.head.append(script);
})();
