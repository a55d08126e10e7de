// What a reader types, taken apart: a list, a table, a word, a number; and how far it is right.
// The same rules as nnutils/practice/typed.py; a test has both judge the same texts.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const { Exact, Unreadable, compare, exact, float, OPERATIONS } = own.numbers;
  const { SPACE, brief, plain, strip } = own.reading;
  const FEWEST_DIGITS = 3; // asked of a number whose decimals do not end
  const MOST_DECIMALS = 6; // an exact number with more is one that does not end
  const LONGEST_LIST = 2000;
  const SAME = 1e-6;
  const YES_NO = { yes: true, y: true, true: true, no: false, n: false, false: false };
  const SIZE = new RegExp(`^\\d+(?:${SPACE}*@${SPACE}*\\d+)?(?:${SPACE}*(?:[x×]|by)${SPACE}*\\d+)+$`, "u");
  const AND = new RegExp(`(?:([,;])${SPACE}*|${SPACE}+)and${SPACE}+`, "giu");
  const COUNTED = "(?:parameter|weight|unit|neuron|node|operation|multiplication|connection|dimension|scalar"
    + "|value|number)s?|entry|entries";
  const NOUN = new RegExp(`(?<!^|${SPACE})${SPACE}*(?<![A-Za-z_])(?:${COUNTED})$`, "iu");
  const ONE_COMMA = /^([-+]?\d{1,3}),(\d{3})$/;
  const POINTS = /^-?\d{1,3}(?:\.\d{3})+$/;
  const NAMED = /^[^=]*[^=<>!:]=(?!=)([^=]*)$/;
  const OPENING = "([{";
  const CLOSING = ")]}";
  const isList = Array.isArray;
  const words = (text) => text.split(new RegExp(`${SPACE}+`, "u")).filter(Boolean);

  // --- answers as the data holds them --------------------------------------------------------------------

  // The leaves of an answer with their places: [[[1, 0], leaf], ...].
  function leaves(answer, place = []) {
    if (!isList(answer)) return [[place, answer]];
    return answer.flatMap((part, i) => leaves(part, [...place, i]));
  }

  const at = (nested, place) => place.reduce((part, i) => (isList(part) ? part[i] : undefined), nested);
  const depthOf = (answer) => Math.max(0, ...leaves(answer).map(([place]) => place.length));
  const numeric = (leaf) => typeof leaf === "number" || typeof leaf === "string";

  // A leaf as a value: "22/7" is an exact number.
  function valueOf(leaf) {
    return typeof leaf === "string" ? exact(...leaf.split("/")) : leaf;
  }

  const isWhole = (value) => value instanceof Exact && value.whole;

  // --- brackets and separators ---------------------------------------------------------------------------

  // For each letter how many brackets it stands in; a bracket stands in itself.
  function depths(letters) {
    let depth = 0;
    const found = letters.map((letter) => {
      depth += Number(OPENING.includes(letter));
      const here = depth;
      if (depth >= 0) depth -= Number(CLOSING.includes(letter));
      return here;
    });
    if (depth) {
      throw new Unreadable(`${brief(letters.join(""))} has a bracket too many.`, "Close each bracket once.");
    }
    return found;
  }

  // A text without the brackets around all of it, one pair.
  function unwrapped(text) {
    const letters = [...strip(text)];
    if (letters.length > 1 && OPENING.includes(letters[0])) {
      const found = depths(letters);
      const twice = letters.some((letter, i) =>
        i > 0 && i < letters.length - 1 && found[i] === 1 && OPENING.includes(letter));
      if (!found.includes(0) && !twice) return strip(letters.slice(1, -1).join(""));
    }
    return letters.join("");
  }

  // The parts between separators outside brackets; empty ones at the end are dropped.
  function split(text, separators) {
    const letters = [...text];
    const found = depths(letters);
    let parts = [""];
    letters.forEach((letter, i) => {
      if (separators.includes(letter) && found[i] === 0) parts.push("");
      else parts[parts.length - 1] += letter;
    });
    parts = parts.map(strip);
    if (separators.includes("\n")) parts = parts.filter(Boolean);
    while (parts.length > 1 && !parts.at(-1)) parts.pop();
    return parts;
  }

  // The entries of a list: the first way of splitting that gives as many as are asked. A comma behind a
  // single entry separates nothing.
  function entries(typed, count) {
    const text = count === 1 && typed.endsWith(",") ? strip(typed.slice(0, -1)) : typed;
    if (SIZE.test(text)) return text.split(/[x×@]|by/).map(strip);
    const ways = [
      split(text, ";\n"),
      split(text.replace(new RegExp(`,${SPACE}+`, "gu"), "\0"), "\0"),
      split(text, ","),
      text.includes(",") ? [] : words(text),
    ];
    return ways.find((way) => way.length === count) ?? ways.find((way) => way.length > 1) ?? [text];
  }

  // The texts of the entries of a list, of the rows of a table, and so on, in lists. The right answer says
  // how deep to go, and how many entries a row has, which tells the comma of a thousand from that of a list.
  function pieces(text, answer) {
    if (!isList(answer)) return text;
    const rows = answer.filter(isList);
    if (!rows.length) {
      const bare = unwrapped(text);
      const withAnd = answer.some((leaf) => leaf?.word?.includes(" and "));
      return entries(withAnd ? bare : bare.replace(AND, (_, mark) => `${mark ?? ","} `), answer.length);
    }
    const separators = rows[0].some(isList) ? "|" : ";\n";
    let parts = split(text, separators);
    const bare = unwrapped(text);
    if (parts.length === 1 && bare !== text) parts = split(bare, separators);
    if (parts.length === 1 && OPENING.includes(bare.slice(0, 1))) parts = split(bare, ",");
    return parts.map((part, i) => pieces(part, rows[Math.min(i, rows.length - 1)]));
  }

  // --- leaves --------------------------------------------------------------------------------------------

  const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

  // --- names before the entries: k=8, s=2 ----------------------------------------------------------------

  const SPACES = SPACE.slice(1, -1);
  const NAME = `(?!\\p{Nd})[\\p{L}\\p{N}_]+`;
  const LABEL = new RegExp(`(?<![^${SPACES},;|(\\[{])(${NAME})${SPACE}*=(?!=)${SPACE}*`, "gu");
  const VALUE = new RegExp(`^[^${SPACES},;|=]+(?:,[0-9]{3}(?![0-9]))*$`, "u");
  const AROUND = new RegExp(`^[${SPACES},;|()\\[\\]{}]+|[${SPACES},;|()\\[\\]{}]+$`, "gu");

  // Whether these names, or words that begin with these letters, stand one after another in a text.
  function standIn(names, asked) {
    const LETTERS = "[\\p{L}\\p{N}_]";
    const words = names.map((name) => name + ([...name].length === 1 ? `${LETTERS}*` : ""));
    const run = words.join(`(?:${SPACE}*,${SPACE}*|${SPACE}+and${SPACE}+|${SPACE}*×${SPACE}*)`);
    return new RegExp(`(?<!${LETTERS})${run}(?!${LETTERS})`, "iu").test(asked);
  }

  // A typed list or table without the names before its entries: see nnutils/practice/entries/labels.py.
  function withoutLabels(text, asked) {
    const labels = [...text.matchAll(LABEL)];
    if (labels.length < 2 || labels.length !== text.split("=").length - 1) return text;
    const names = labels.map(([, name]) => name);
    const again = names.indexOf(names[0], 1) > 0 ? names.indexOf(names[0], 1) : names.length;
    const bare = (part) => part.replace(AROUND, "");
    const oneByOne = !bare(text.slice(0, labels[0].index))
      && labels.every(({ 0: label, index }, i) =>
        VALUE.test(bare(text.slice(index + label.length, labels[i + 1]?.index ?? text.length))));
    if (again === 1 || !oneByOne || names.length % again || names.some((name, i) => name !== names[i % again])
        || !standIn(names.slice(0, again), asked)) {
      const problem = "The names before the entries are not the ones asked for, in their order.";
      throw new Unreadable(problem, "Type the entries alone, in the order that is asked.");
    }
    return text.replace(LABEL, "");
  }

  // A typed text with plain digits and signs, without names before it or its entries, and its unit after it.
  function cleaned(typed, depth, unit, asked) {
    let text = depth ? plain(typed, LONGEST_LIST) : plain(typed);
    const named = NAMED.exec(text);
    if (named) text = strip(named[1]);
    if (depth) text = withoutLabels(text, asked);
    if (unit) text = text.replace(new RegExp(`${SPACE}*${escaped(unit.replace(/s$/, ""))}s?$`, "iu"), "");
    const inside = depth ? null : /^\[([^[\]]*)\]$/.exec(text);
    if (inside) text = strip(inside[1]);
    if (!text) throw new Unreadable("There is nothing typed.", "Type your answer first.");
    return text;
  }

  const word = (text) => words(text.replace(/^["'` ]+|["'` ]+$/g, "").toLowerCase()).join(" ");
  const sameWord = (a, b) => word(a) === word(b);

  // A typed number without a noun after it that says what is counted, whatever the unit asked is.
  const bareNumber = (text) => text.replace(NOUN, "");

  // A typed leaf: a word, yes or no, or a number with what it promises, as the right one is.
  function readLeaf(text, right) {
    if (right?.word !== undefined) return text;
    if (typeof right !== "boolean") {
      const number = bareNumber(text);
      const whole = isWhole(right) && right.n && POINTS.test(number) && BigInt(number.replaceAll(".", ""));
      if (whole && whole === right.n) {
        const commas = String(right).replace(/\B(?=(\d{3})+$)/g, ",");
        throw new Unreadable(`A point is a decimal point here: type ${commas} or ${right}.`);
      }
      return own.read(number, isWhole(right));
    }
    const key = strip(text).replace(/\.+$/, "").toLowerCase();
    if (!Object.hasOwn(YES_NO, key)) {
      throw new Unreadable(`${brief(text)} is neither yes nor no.`, "Type yes or no.");
    }
    return YES_NO[key];
  }

  // A number with one comma between thousands as it is with a decimal point; "" for other texts.
  function pointed(text) {
    const [, whole, decimals] = ONE_COMMA.exec(strip(bareNumber(text))) ?? [];
    return decimals ? `${whole}.${decimals}` : "";
  }

  const near = (a, b) => Math.abs(float(a) - float(b)) <= SAME * Math.abs(float(b));
  const goesOn = (right) => !(right instanceof Exact) || 10n ** BigInt(MOST_DECIMALS) % right.d !== 0n;
  const coarse = ({ digits }) => digits !== null && digits < FEWEST_DIGITS;

  // Whether a typed number may be a statement of a value: at its precision, of a coarse one exactly.
  function states(typed, value) {
    if (coarse(typed)) return near(typed.value, value);
    return compare(typed.low, value) <= 0 && compare(value, typed.high) <= 0;
  }

  // Whether a number has the digits of the right one, of which the rest was cut off.
  function cutOff(value, right, low, high) {
    const positive = compare(value, exact(0)) > 0;
    const [size, beside] = positive ? [value, right] : [value, right].map(OPERATIONS.negative);
    const next = OPERATIONS.add(size, OPERATIONS.subtract(high, low));
    return compare(size, beside) <= 0 && compare(beside, next) < 0;
  }

  // 'right', 'coarse' (right at too few digits), 'cut' (not rounded) or 'wrong' for one leaf. A whole number
  // is right exactly. A decimal promises its last digit; so does a whole number of two digits beside one that
  // goes on.
  function graded(typed, right) {
    if (right?.word !== undefined) return sameWord(typed, right.word) ? "right" : "wrong";
    if (typeof right === "boolean") return typed === right ? "right" : "wrong";
    const { value } = typed;
    let { low, high, digits } = typed;
    if (compare(value, right) === 0) return "right";
    if ((typeof value === "number" || typeof right === "number") && near(value, right)) return "right";
    const size = isWhole(value) ? String(value).replace("-", "") : "";
    if (digits === null && size.length > 1 && goesOn(right)) {
      digits = size.length;
      low = OPERATIONS.subtract(value, exact(1, 2));
      high = OPERATIONS.add(value, exact(1, 2));
    }
    if (digits === null) return "wrong";
    if (compare(low, right) > 0 || compare(right, high) > 0) {
      const written = digits > 1 && typeof low !== "number"; // and not computed from what is typed
      return written && !isWhole(right) && cutOff(value, right, low, high) ? "cut" : "wrong";
    }
    return digits >= FEWEST_DIGITS && !isWhole(right) ? "right" : "coarse";
  }

  own.typed = {
    at, bareNumber, cleaned, coarse, depthOf, goesOn, graded, isList, isWhole, leaves, near, numeric, pieces,
    pointed, readLeaf, sameWord, states, valueOf,
  };
})();
