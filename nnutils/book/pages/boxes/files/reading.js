// What a reader types: a number at its precision, or a short expression; read with bounds, never run.
// The same rules as nnutils/slips/stated.py and expressions.py; a test has both read thousands of texts.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const { Exact, OPERATIONS, Unreadable, bounded, exact, float, ten } = own.numbers;
  const LONGEST = 200;
  const DEEPEST = 20;
  const MOST_DIGITS = 60;
  const SAME = 1e-6; // what a number without its last digits may be off, as a share
  const SPACE = "[\\t-\\r\\x1c-\\x20\\x85\\u1680\\u2028\\u2029]"; // after normalizing
  const LETTER = "[\\p{L}\\p{N}_]";
  const REMEDY = "Type a number, such as 15,415,200 or 2.3e-4, or a product of numbers.";

  const NUMBER = /^(\d{1,3}(?:[, ']\d{3})+(?!\d)|\d*)(?:\.(\d*))?(?:[eE]([+-]?\d{1,3}))?$/;
  const TOKEN = new RegExp(
    `${SPACE}*(?:(?<number>(?:\\d+\u2064)?\\d+\u2044\\d+`
      + `|\\d[\\d,']*(?:\\.\\d*)?(?:[eE][+-]?\\d{1,3})?(?!${LETTER}|\\.)`
      + `|\\d[\\d,']*(?:\\.\\d*)?|\\.\\d+)|(?<name>(?!\\p{Nd})${LETTER}+)`
      + `|(?<mark>\\*\\*|\\.T(?!${LETTER})|[-+*/^()×·:@]))`,
    "uy",
  );
  const DECIMAL_COMMA = /^(?:0,\d+|\d+,(?:\d{1,2}|\d{4,}))$/;
  const WORD = new RegExp(`${SPACE}*(thousand|million|billion|[kKMG](?![A-Za-z])|%)$`, "u");
  const WORDS = { k: 3, K: 3, thousand: 3, M: 6, million: 6, G: 9, billion: 9, "%": -2 };
  const ABOUT = new RegExp(
    `^(?:[~≈≃≅∼]${SPACE}*`
      + `|(?:about|around|roughly|approximately|approx\\.?|circa|ca\\.)${SPACE}+)+`,
    "iu",
  );
  const X_BEFORE_SIGN = new RegExp(`(?<=[0-9)])${SPACE}*x${SPACE}*(?=[-+]${SPACE}*[0-9.(])`, "gu"); // 2 x -3
  const SOUND = "(?![\\p{Nd}_])[\\p{L}\\p{N}]";
  const A_WORD = new RegExp(`^(?:${SOUND}){3,}(?:[ -]+(?:${SOUND})+)*$`, "u");
  const FRACTION = /^(?:(\d+)\u2064)?(\d+)\u2044(\d+)$/;
  const PLUS = "\u2064"; // the invisible plus of a mixed number
  const MIXED = /(?<=\d)(?=[¼-¾⅐-⅞])/g; // between 2 and ½, which otherwise became 21/2
  const TRANSPOSED = /\^?[ᵀ⊤]/g;
  const { exp, log, sqrt, sin, cos, tan, tanh } = Math;
  const FUNCTIONS = { exp, ln: log, log, sqrt, sin, cos, tan, tanh };
  const CONSTANTS = { pi: Math.PI, e: Math.E };
  const NAMED = [...Object.keys(FUNCTIONS), "relu"]; // may be in capitals, and without brackets: ln 2

  const strip = (text) => text.replace(new RegExp(`^${SPACE}+|${SPACE}+$`, "gu"), "");
  const brief = (text) => `“${text.length > 60 ? `${text.slice(0, 59)}…` : text}”`;

  // A text with plain digits and signs.
  function plain(text, longest = LONGEST) {
    const length = [...text].length;
    if (length > longest) {
      throw new Unreadable(`A text of ${length} characters is too long.`, `Type at most ${longest}.`);
    }
    const raised = text.replace(/[⁰¹²³⁴⁵⁶⁷⁸⁹⁻]+/g, "^$&"); // otherwise 3² would become 32
    const marked = raised.replace(MIXED, PLUS).replace(TRANSPOSED, ".T").normalize("NFKC");
    const found = strip(marked.replace(/[−–‐‒—]/g, "-").replace(/[∗⋅∙]/g, "*").replace(/[÷∕]/g, "/"));
    if (!found) throw new Unreadable("There is nothing typed.", "Type your answer first.");
    return found;
  }

  // The value of a number as it is written, and what its last digit is worth; null for a whole number.
  function written([, whole, part = "", moved]) {
    const digits = whole.replace(/[, ']/g, "");
    const places = Number(moved ?? 0);
    if (Math.max(digits.length, part.length, Math.abs(places)) > MOST_DIGITS) {
      throw new Unreadable("The number is too large or too small.", `Type at most ${MOST_DIGITS} digits.`);
    }
    const step = ten(places - part.length);
    return [OPERATIONS.multiply(exact(digits + part), step), part || moved ? step : null];
  }

  // --- expressions ---------------------------------------------------------------------------------------

  function tokens(text, pattern) {
    const found = [];
    for (pattern.lastIndex = 0; strip(text.slice(pattern.lastIndex));) {
      const { groups } = pattern.exec(text) ?? {};
      if (!groups) return null;
      const [kind, token] = Object.entries(groups).find(([, one]) => one !== undefined);
      found.push({ kind, token });
    }
    return found;
  }

  // The tree of an expression: { op, args } with op a number, a name, a call or an operation.
  function tree(text) {
    const fail = (problem) => { throw new Unreadable(`${brief(text)} ${problem}.`, REMEDY); };
    const multiplied = plain(text).replace(/(?<=\d)x(?=\d)/g, "*"); // otherwise a name: x55x96
    const all = tokens(multiplied, TOKEN) ?? fail("is not an expression");
    let at = 0;
    let depth = 0;

    const next = (...wanted) => (at < all.length && wanted.includes(all[at].token) ? all[at++].token : "");
    const deeper = () => { if (++depth > DEEPEST) fail("has too much inside one another"); };

    function sum() {
      let made = product();
      for (let sign; (sign = next("+", "-"));) {
        made = { op: sign === "+" ? "add" : "subtract", args: [made, product()] };
      }
      return made;
    }

    function product() {
      let made = signed();
      for (let sign; (sign = next("*", "×", "·", "/", ":", "@") || times());) {
        const op = "/:".includes(sign) ? "divide" : sign === "@" ? "matmul" : "multiply";
        made = { op, args: [made, signed()] };
      }
      return made;
    }

    function times() { // the letter x between two factors; in 2x + y it is a name
      const { kind, token } = all[at + 1] ?? {};
      return ["number", "name"].includes(kind) || token === "(" ? next("x") : "";
    }

    function signed() {
      const sign = next("+", "-");
      if (!sign) return power();
      deeper();
      const made = signed();
      depth -= 1;
      return sign === "-" ? { op: "negative", args: [made] } : made;
    }

    function power() {
      let base = atom();
      while (next(".T") || raisedToT()) base = { op: "transpose", args: [base] };
      return next("^", "**") ? { op: "power", args: [base, signed()] } : base;
    }

    function raisedToT() { // A^T is A.T
      const found = ["^", "**"].includes(all[at]?.token) && all[at + 1]?.token === "T";
      if (found) at += 2;
      return found;
    }

    function atom() {
      if (at >= all.length) fail("ends too early");
      deeper();
      const { kind, token } = all[at++];
      const number = kind === "number" ? NUMBER.exec(token) : null;
      const spelled = kind === "number" ? FRACTION.exec(token) : null;
      let made;
      if (token === "(") {
        made = sum();
        if (!next(")")) fail("has a bracket that is not closed");
      } else if (kind === "name") {
        const name = NAMED.includes(token.toLowerCase()) ? token.toLowerCase() : "";
        const bare = name && ["number", "name"].includes(all[at]?.kind);
        if (all[at]?.token === "(") made = { op: "call", name: name || token, args: [atom()] };
        else made = bare ? { op: "call", name, args: [power()] } : { op: "name", name: token, args: [] };
      } else if (spelled) {
        const [, whole = "0", above, below] = spelled;
        if (token.length > MOST_DIGITS || !Number(below)) fail("is not an expression");
        made = { op: "number", value: OPERATIONS.add(exact(whole), exact(above, below)), args: [] };
      } else if (number && (number[1] || number[2])) {
        made = { op: "number", value: written(number)[0], args: [] };
      } else {
        fail("is not an expression");
      }
      if (all[at]?.token === "(") {
        const both = `between ${all[at - 1].token} and (.`;
        throw new Unreadable(`There is no sign ${both}`, `Write * ${both}`);
      }
      depth -= 1;
      return made;
    }

    const made = sum();
    return at < all.length ? fail("is not an expression") : made;
  }

  // The value of a tree: `of` has what numbers, names, functions and operations are computed with.
  function compute(node, of) {
    if (node.op === "number") return of.number(node.value);
    if (node.op === "name") return of.name(node.name);
    const values = node.args.map((one) => compute(one, of));
    return node.op === "call" ? of.call(node.name, values[0]) : of.operation(node.op, values);
  }

  const known = (table, name, text) => {
    if (Object.hasOwn(table, name)) return table[name];
    const all = [...Object.keys(FUNCTIONS), ...Object.keys(CONSTANTS)].join(", ");
    throw new Unreadable(`${brief(text)} is not a number: “${name}” has no value.`, `You can use ${all}.`);
  };

  function computed(text) {
    if (A_WORD.test(text) && !text.toLowerCase().split(" ").some((word) => NAMED.includes(word))) {
      throw new Unreadable(`${brief(text)} is in words.`, "Type the number in digits.");
    }
    const made = tree(text.replace(X_BEFORE_SIGN, "*"));
    try {
      return compute(made, {
        number: bounded,
        name: (name) => known(CONSTANTS, name, text),
        call: (name, value) => bounded(known(FUNCTIONS, name, text)(float(value))),
        operation: (name, values) => {
          if (!OPERATIONS[name]) {
            throw new Unreadable("@ and .T are for matrices, and these are numbers.", "Use * here.");
          }
          return bounded(OPERATIONS[name](...values));
        },
      });
    } catch (problem) {
      if (!(problem instanceof RangeError)) throw problem;
      throw new Unreadable(`${brief(text)} ${problem.message || "is not defined"}.`, REMEDY);
    }
  }

  // --- numbers at their precision ------------------------------------------------------------------------

  function around(value, precise) {
    if (precise && value instanceof Exact) return { value, low: value, high: value, digits: null };
    const size = float(value);
    const slack = Math.abs(size) * SAME;
    return { value, low: size - slack, high: size + slack, digits: null };
  }

  // What decimals lead to is meant at three significant digits.
  function rounded(value) {
    const size = float(value);
    const half = 10 ** Number(Math.abs(size).toExponential(15).split("e")[1]) / 1000 * 5;
    return { value, low: size - half, high: size + half, digits: 3 };
  }

  // A typed number or expression: its value, from where to where its digits promise it, and how many
  // significant digits were typed; null where the value is meant exactly. A whole number is, unless `precise`
  // is false, as beside a value that was never whole.
  function read(text, precise = true) {
    const typed = plain(text);
    const about = ABOUT.test(typed);
    const rest = typed.replace(ABOUT, "");
    const word = WORD.exec(rest);
    const factor = ten(word ? WORDS[word[1]] : 0);
    const bare = word ? rest.slice(0, word.index) : rest;
    const unsigned = bare.replace(/^[-+]/, "");
    if (DECIMAL_COMMA.test(unsigned)) {
      const pointed = unsigned.replaceAll(",", ".");
      throw new Unreadable(`${brief(text)} has a comma before its decimals.`, `Type a point: ${pointed}.`);
    }
    const number = NUMBER.exec(unsigned);
    if (!number || !(number[1] || number[2])) {
      const value = computed(rest);
      return !precise && /\.\d/.test(rest) && float(value) ? rounded(value) : around(value, precise);
    }
    let [size, unit] = written(number);
    const whole = !unit;
    if (!unit && (about || word)) { // the zeros at the end of "about 1,200" are no digits
      unit = ten(about && size.n ? /0*$/.exec(String(size.n))[0].length : 0);
    }
    size = OPERATIONS.multiply(size, factor);
    if (bare.startsWith("-")) size = OPERATIONS.negative(size);
    if (!unit || (precise && word?.[1] === "%" && String(unit) === "1")) return around(size, precise);
    const half = OPERATIONS.multiply(OPERATIONS.multiply(unit, factor), exact(1, 2));
    const typedDigits = unsigned.split(/[eE]/)[0].replace(/[^0-9]/g, "").replace(/^0+/, "");
    const inTens = whole && (about || factor.n > 1n); // 300k promises one digit, as about 300 does
    const digits = (inTens ? typedDigits.replace(/0+$/, "") : typedDigits).length;
    return { value: size, low: OPERATIONS.subtract(size, half), high: OPERATIONS.add(size, half), digits };
  }

  own.read = read;
  own.reading = { REMEDY, SPACE, brief, plain, strip, tree };
})();
