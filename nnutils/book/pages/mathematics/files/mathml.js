// TeX to MathML: Temml with the book's settings. Runs where the book is built, and in the browser for what is
// made there, so that both give the same formulas.
(() => {
  "use strict";

  const own = (globalThis.showYourWork ??= {});
  const OPENING = new Set("([{⌊⌈⟨");
  const CLOSING = new Set(")]}⌋⌉⟩");
  // How many children of an element are set at its own size; the others are smaller.
  const OF_FULL_SIZE = { msub: 1, msup: 1, msubsup: 1, munder: 1, mover: 1, munderover: 1, mmultiscripts: 1 };
  const TALL = new Set(["mfrac", "mtable", "msqrt", "mroot", "munder", "mover", "munderover", "msubsup"]);
  const LONG = 30; // characters; more may not fit in a line on a phone
  const UNUSED = ["fence", "separator"]; // of MathML 3: browsers do without, and they are half of the markup

  // Temml sets these where browsers differ, and the differences cost a reader more than they gain.
  function mend(node, small) {
    const { type, attributes, children } = node;
    if (!children) {
      if (node.text === "‾") node.text = "¯"; // the bar that fonts for mathematics have
      return;
    }
    if (type === "mo") mendOperator(node, small);
    if (type === "mrow") mendPair(node);
    const full = OF_FULL_SIZE[type] ?? children.length;
    children.forEach((child, at) => mend(child, small || at >= full));
    if (attributes) for (const name of UNUSED) delete attributes[name];
  }

  function mendOperator({ attributes, children }, small) {
    const sign = textOf(children);
    if (!attributes.form) { // \bigl( and its like: without a form they stand apart as if they were relations
      if (OPENING.has(sign)) attributes.form = "prefix";
      if (CLOSING.has(sign)) attributes.form = "postfix";
      if (attributes.minsize && /^[|‖]$/u.test(sign)) Object.assign(attributes, { lspace: "0", rspace: "0" });
    }
    if (attributes.minsize === "1.2em") { // Chromium leaves room for the largest form of what may grow
      for (const name of ["minsize", "maxsize", "symmetric"]) delete attributes[name];
      Object.assign(attributes, { mathsize: "1.2em", stretchy: "false" });
    }
    if (small && /^[=+\-−<>≤≥≠→←×·⋅,∈∼:]$/u.test(sign)) { // as in TeX: no space in indices and limits
      attributes.lspace ??= "0";
      attributes.rspace ??= "0";
    }
  }

  // \left( and \right) around what is no taller than a letter stay as they are, for the same reason.
  function mendPair({ children }) {
    const tall = (node) => TALL.has(node.type) || node.children?.some(tall);
    const ends = children.filter(({ type, attributes }) => type === "mo" && attributes.stretchy === "true");
    if (ends.length && !children.some(tall)) for (const { attributes } of ends) attributes.stretchy = "false";
  }

  function textOf(children) {
    return children.map((child) => child.text).join("");
  }

  // \tanh at the end has nothing to stand apart from.
  function trim({ children }) {
    if (children?.at(-1)?.type === "mspace" && children.at(-2)?.type === "mo") children.pop();
    else if (children?.length) trim(children.at(-1));
  }

  // Returns a formula as MathML; throws an Error that says where TeX is wrong.
  own.mathml = (tex, display) => {
    const settings = { displayMode: display, throwOnError: true, maxExpand: 1000 };
    const tree = globalThis.temml.__renderToMathMLTree(tex, settings);
    mend(tree, false);
    trim(tree);
    if (!display && tree.toText().length > LONG) tree.classes.push("long");
    return tree.toMarkup();
  };
})();
