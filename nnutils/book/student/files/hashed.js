// Judges what is typed in the edition without solutions: right or wrong, by a slow salted hash, and no more.
// The forms that are hashed are those of nnutils/book/student/hashing.py.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const { Exact, Unreadable, exact, float } = own.numbers;
  const { bareNumber, cleaned, pieces, readLeaf } = own.typed;
  const FLOAT_DIGITS = 12; // what lies behind them differs from route to route
  const ENOUGH = 3; // significant digits
  const MOST_TIES = 4; // numbers between two neighbours in one answer, each of which is tried
  const NOTHING = 1e-9;
  const APART = 0.7390851332151607; // short decimals times this do not lie halfway between two neighbours
  const DEPTHS = { list: 1, table: 2, nested: 3 };
  const ANY = Array(2000).fill(null); // a row with more entries than any that is typed
  const CUT = "The last digit is cut off, not rounded.";
  const MISSING = "This browser offers no Web Crypto on this page, so nothing can be checked here. "
    + "It does on an https address, and on your own machine.";

  // --- what is typed, as lists of leaves: { text } for words, { value, digits } for numbers ---------------

  function leafOf(text, leaf) {
    if (leaf === "number") {
      const { value, digits } = own.read(bareNumber(text));
      return { value: decimal(value), digits: digits ?? digitsOf(value) };
    }
    if (leaf === "yesno") return { text: readLeaf(text, true) ? "yes" : "no" };
    return { text: text.replace(/^["'` ]+|["'` ]+$/g, "").toLowerCase().split(/\s+/).join(" ") };
  }

  // How many digits a whole number has; one of few digits is meant exactly.
  function digitsOf(value) {
    return value instanceof Exact && value.whole ? String(value).replace("-", "").length : null;
  }

  // How many entries and rows the right answer has is not told, so that it is not known here either.
  function leaves({ kind, leaf, unit, text: asked }, typed) {
    const depth = DEPTHS[kind] ?? 0;
    const text = cleaned(typed, depth, unit, asked);
    if (!depth) return leafOf(text, leaf);
    let shape = ANY;
    for (let deeper = 1; deeper < depth; deeper += 1) shape = [shape];
    const taken = (from) => each(pieces(from, shape), (one) => leafOf(one, leaf));
    try {
      return taken(text);
    } catch (problem) {
      if (!(problem instanceof Unreadable)) throw problem;
      return taken(text.replace(/,\s+/g, ",")); // "1, 2,3"
    }
  }

  // --- forms -----------------------------------------------------------------------------------------------

  // A float as the decimal number of twelve digits that it shows.
  function decimal(value) {
    if (value instanceof Exact) return value;
    const [digits, power] = value.toExponential(FLOAT_DIGITS - 1).split("e");
    const moved = Number(power) - (FLOAT_DIGITS - 1);
    const n = digits.replace(".", "");
    return moved < 0 ? exact(n, `1${"0".repeat(-moved)}`) : exact(n + "0".repeat(moved));
  }

  // The size of a number as n / d from 100 to 1,000, and the power of ten that it is to be taken by.
  function scaled(value) {
    let [n, d] = [value.n < 0n ? -value.n : value.n, value.d];
    let power = 0;
    for (; n >= 1000n * d; power += 1) d *= 10n;
    for (; n < 100n * d; power -= 1) n *= 10n;
    return { n, d, power };
  }

  // A number at three significant digits; both neighbours where it lies between them.
  function threeDigits(value) {
    if (value.n === 0n) return ["0"];
    const { n, d, power } = scaled(value);
    const below = n / d;
    const rest = 2n * (n % d);
    const near = rest === d ? [below + 1n, below] : [below + (rest > d ? 1n : 0n)];
    const sign = value.n < 0n ? "-" : "";
    return near.map((one) => (one === 1000n ? `${sign}100e${power + 1}` : `${sign}${one}e${power}`));
  }

  const flat = (tree) => (Array.isArray(tree) ? tree.flatMap(flat) : [tree]);
  const each = (tree, form) => (Array.isArray(tree) ? tree.map((one) => each(one, form)) : form(tree));

  function sorted(tree, anyOrder) {
    if (!anyOrder) return tree;
    const keys = new Map(tree.map((one) => [one, JSON.stringify(one)]));
    return [...tree].sort((a, b) => (keys.get(a) < keys.get(b) ? -1 : Number(keys.get(a) > keys.get(b))));
  }

  // Every form of an answer in which one of its numbers may have the one or the other neighbour.
  function inThree(tree, anyOrder) {
    const all = flat(tree);
    const ties = all.filter(({ value }) => value && threeDigits(value).length > 1).slice(0, MOST_TIES);
    const forms = [];
    for (let choice = 0; choice < 2 ** ties.length; choice += 1) {
      const form = each(tree, (leaf) => {
        if (!leaf.value) return leaf.text;
        const near = threeDigits(leaf.value);
        return near[(choice >> Math.max(ties.indexOf(leaf), 0)) % near.length];
      });
      forms.push(`three:${JSON.stringify(sorted(form, anyOrder))}`);
    }
    return forms;
  }

  const coarse = (tree) => !Array.isArray(tree) && (tree.digits ?? ENOUGH) < ENOUGH;

  function formsOf(tree, anyOrder) {
    const form = each(tree, (leaf) => (leaf.value ? String(leaf.value) : leaf.text));
    const found = [`exact:${JSON.stringify(sorted(form, anyOrder))}`];
    return tree.text || coarse(tree) ? found : found.concat(inThree(tree, anyOrder));
  }

  // The form of numbers with three significant digits each, which may have been cut off from the right ones.
  function cutForms(tree, anyOrder) {
    const numbers = flat(tree).map(({ value }) => value).filter(Boolean);
    const ends = (value) => value.n === 0n || scaled(value).n % scaled(value).d === 0n;
    if (numbers.every((value) => value.whole) || !numbers.every(ends)) return [];
    return inThree(tree, anyOrder).map((form) => form.replace(/^three/, "cut"));
  }

  function valueForm(value) {
    if (Array.isArray(value)) return value.map(valueForm);
    return Math.abs(value) < NOTHING ? "0" : (value * APART).toExponential(5);
  }

  // --- what a reader is told -------------------------------------------------------------------------------

  const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

  function numberText(value) {
    const sign = value.n < 0n ? "−" : "";
    const n = value.n < 0n ? -value.n : value.n;
    if (value.d === 1n) return sign + grouped(String(n));
    const decimal = String(float(new Exact(n, value.d)));
    return sign + (decimal.length < 12 && !decimal.includes("e") ? decimal : Number(decimal).toPrecision(6));
  }

  function shown(tree) {
    if (Array.isArray(tree)) return `(${tree.map(shown).join(", ")})`;
    return tree.value ? numberText(tree.value) : tree.text;
  }

  // --- hashes ----------------------------------------------------------------------------------------------

  async function digest(form, salt, iterations) {
    const utf8 = (text) => new TextEncoder().encode(text);
    const key = await crypto.subtle.importKey("raw", utf8(form), "PBKDF2", false, ["deriveBits"]);
    const how = { name: "PBKDF2", hash: "SHA-256", salt: utf8(salt), iterations };
    return btoa(String.fromCharCode(...new Uint8Array(await crypto.subtle.deriveBits(how, key, 256))));
  }

  async function isRight(forms, { salt, iterations, hashes }) {
    for (const form of forms) {
      if (hashes.includes(await digest(form, salt, iterations))) return true;
    }
    return false;
  }

  const said = (verdict, sentence) => ({ verdict, sentence, slips: [] });

  own.judge = async (asked, typed) => {
    if (!globalThis.crypto?.subtle) return said("unreadable", MISSING);
    try {
      if (asked.kind === "expression") {
        const values = own.formulas.at(own.formulas.read(cleaned(typed, 0, ""), asked), asked.points)
          .map(valueForm);
        const right = await isRight([`values:${JSON.stringify(values)}`], asked);
        return said(right ? "right" : "wrong", "");
      }
      const tree = leaves(asked, typed);
      const right = await isRight(formsOf(tree, asked.any_order), asked);
      const read = ["yesno", "choice"].includes(asked.kind) ? "" : `Read as ${shown(tree)}.`;
      const cut = !right && await isRight(cutForms(tree, asked.any_order), asked);
      if (cut) return said("coarse", `${read} ${CUT}`);
      if (right || !coarse(tree)) return said(right ? "right" : "wrong", read);
      return said("wrong", `${read} If the number goes on, give at least three significant digits.`);
    } catch (problem) {
      if (problem instanceof Unreadable) return said("unreadable", problem.message);
      throw problem;
    }
  };

  own.hashes = { formsOf, leaves, threeDigits }; // for the tests
})();
