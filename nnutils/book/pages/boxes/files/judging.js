// A typed answer judged by the data of its question: right, by a convention, too coarse, wrong with the slips
// that give it, or unreadable. The rules of nnutils/practice/judging.py; a test has both judge texts.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const { Unreadable, float } = own.numbers;
  const { REMEDY, brief, strip } = own.reading;
  const { at, cleaned, coarse, depthOf, goesOn, graded, isList, isWhole, leaves, near, numeric } = own.typed;
  const { pieces, pointed, readLeaf, sameWord, states, valueOf } = own.typed;
  const LONGEST = 200;
  const SO_FAR = "Right as far as it goes.";
  const DIGITS = "Please give at least three significant digits.";
  const WHOLE = "The exact whole number is asked.";
  const CUT = "The last digit is cut off, not rounded.";
  const NO_SLIP = "This is not a mistake that the book recognises. Check your steps, or open a hint.";
  const MORE_DIGITS = "With so few digits the mistake cannot be found: "
    + "type at least three significant digits.";
  const MORE_WHOLE = "A rounded number does not show the mistake: type the exact whole number.";
  const NOUNS = [["entry", "entries"], ["row", "rows"], ["block", "blocks"]];
  const BETWEEN = ["commas", "semicolons", "|"];
  const SEVERAL = /(?<![A-Za-z])(?:or|and)(?![A-Za-z])|[;,]\s/i;
  const HOW = {
    number: "Type a number, such as 15,415,200, 0.125 or 2.3e-4, or a product of numbers: 3*11*11*96.",
    list: "Type the entries with commas between them: 1, 2, 3.",
    table: "Type the entries with commas, and each row on a line of its own.",
    nested: "Type entries with commas, a semicolon between rows, | between blocks: 1, 2; 3, 4 | 5, 6; 7, 8.",
    yesno: "Type yes or no.",
    expression: "Type a formula with * between factors, such as 2*x + exp(-x); A @ B for matrices.",
  };

  const judged = (verdict, sentence, slips = []) => ({ verdict, sentence, slips });
  const called = (place) => [...place].reverse().map((i, k) => `${NOUNS[k][0]} ${i + 1}`).join(" of ");
  const capital = (text) => text.charAt(0).toUpperCase() + text.slice(1);
  const key = (place) => place.join(",");

  // --- formulas ------------------------------------------------------------------------------------------

  function formula(asked, text) {
    const { at: valuesAt, close, read } = own.formulas;
    const made = read(text, asked);
    let same;
    try {
      same = valuesAt(made, asked.points).every((value, i) => close(value, asked.values[i]));
    } catch (problem) {
      if (problem instanceof Unreadable) return judged("wrong", problem.message);
      throw problem;
    }
    if (same) return judged("right", "Right.");
    return judged("wrong", "It gives another value than the right formula for some numbers.");
  }

  // --- numbers, lists, tables ----------------------------------------------------------------------------

  function leaf(text, right, place) {
    if (place.length && !strip(text)) throw new Unreadable(`${capital(called(place))} is empty.`);
    try {
      return readLeaf(text, valueOf(right));
    } catch (problem) {
      if (!(problem instanceof Unreadable) || !place.length) throw problem;
      throw new Unreadable(`${capital(called(place))}: ${problem.problem}`, problem.remedy);
    }
  }

  // Says where more or fewer entries are typed than asked; "" where none.
  function misshapen(parts, answer, depth, where = "") {
    if (!isList(answer)) return "";
    const [noun, nouns] = NOUNS[Math.min(depth, 3) - 1];
    if (parts.length !== answer.length) {
      const be = (all) => (all.length === 1 ? "is" : "are");
      const asked = `${answer.length} ${answer.length === 1 ? noun : nouns} ${be(answer)} asked${where}`;
      const how = parts.length === 1 ? `: put ${BETWEEN[Math.min(depth, 3) - 1]} between ${nouns}` : "";
      return `${asked}, ${parts.length} ${be(parts)} typed${how}.`;
    }
    for (const [i, right] of answer.entries()) {
      const found = misshapen(parts[i], right, depth - 1, ` in ${noun} ${i + 1}`);
      if (found) return found;
    }
    return "";
  }

  // The typed leaves by their places, as texts and values, or what is missing or too much.
  function readAll(text, answer) {
    const parts = pieces(text, answer);
    const missing = misshapen(parts, answer, depthOf(answer));
    const all = leaves(answer);
    if (missing) {
      for (const [place, part] of leaves(parts)) {
        const right = at(answer, place);
        leaf(part, right === undefined || isList(right) ? all[0][1] : right, place);
      }
      return { missing };
    }
    return {
      read: new Map(all.map(([place, right]) => {
        const typed = at(parts, place);
        return [key(place), { text: typed, value: leaf(typed, right, place) }];
      })),
    };
  }

  const grades = (read, answer) =>
    leaves(answer).map(([place, right]) => graded(read.get(key(place)).value, valueOf(right)));
  const worst = (all) => ["wrong", "cut", "coarse"].find((grade) => all.includes(grade)) ?? "right";

  // The worst grade of a text beside another answer than the right one.
  function fitting(text, answer) {
    try {
      const { read, missing } = readAll(text, answer);
      return missing ? "wrong" : worst(grades(read, answer));
    } catch (problem) {
      if (problem instanceof Unreadable) return "wrong";
      throw problem;
    }
  }

  // --- rows in any order -----------------------------------------------------------------------------------

  // For each typed row (or entry, or block) the right one that it is; undefined where it is none. Those that
  // are right come first, then all that are not wrong (Kuhn's algorithm: practice/entries/any_order.py).
  function pairsOf(read, answer) {
    const table = answer.map((_, i) => answer.map((right) => beside(read, i, right)));
    const owners = new Map();
    const placed = (row, fits, tried) => answer.some((_, j) => {
      if (!fits(table[row][j]) || tried.has(j)) return false;
      tried.add(j);
      if (owners.has(j) && !placed(owners.get(j), fits, tried)) return false;
      owners.set(j, row);
      return true;
    });
    for (const fits of [(grade) => grade === "right", (grade) => grade !== "wrong"]) {
      for (const row of answer.keys()) {
        if (![...owners.values()].includes(row)) placed(row, fits, new Set());
      }
    }
    const pairs = answer.map(() => undefined);
    for (const [right, row] of owners) pairs[row] = right;
    return pairs;
  }

  // The worst grade of a typed row beside a right one.
  function beside(read, row, right) {
    const all = leaves(right);
    const mine = [...read.keys()].filter((place) => place.split(",")[0] === String(row));
    const there = all.map(([place]) => key([row, ...place]));
    if (there.length !== mine.length || !there.every((place) => read.has(place))) return "wrong";
    return worst(all.map(([, leaf], i) => graded(read.get(there[i]).value, valueOf(leaf))));
  }

  // A quantity with the rows of its answer, and their slips, in another order.
  function arranged(asked, order) {
    const slips = asked.slips.map((slip) => (
      slip.place.length ? { ...slip, place: [order.indexOf(slip.place[0]), ...slip.place.slice(1)] } : slip));
    return { ...asked, answer: order.map((right) => asked.answer[right]), slips };
  }

  // What is said of the right parts in another order; "" of yes and no, and of few digits.
  function inAnotherOrder(read, answer, pairs) {
    const all = leaves(answer).map(([, leaf]) => leaf);
    const exactly = pairs.every((right, row) => beside(read, row, answer[right]) === "right");
    if (!exactly || all.some((leaf) => typeof leaf === "boolean")) return "";
    const words = all.some((leaf) => leaf.word !== undefined) ? "words" : "numbers";
    const parts = [words, "rows", "blocks"][Math.min(depthOf(answer), 3) - 1];
    return `These are the right ${parts} in another order.`;
  }

  // Rows in any order: the first typed one that is none, and the slip that gives it from a right row that
  // nobody typed, where a single entry of it is wrong.
  function wrongRow(asked, read, pairs) {
    const { answer } = asked;
    const [noun] = NOUNS[Math.min(depthOf(answer), 3) - 1];
    const row = pairs.indexOf(undefined);
    const fitting = answer.findIndex((right) => beside(read, row, right) !== "wrong");
    if (fitting >= 0) {
      const again = `${noun} ${pairs.indexOf(fitting) + 1}`;
      return judged("wrong", `${capital(noun)} ${row + 1} repeats ${again}.`);
    }
    const entry = `${capital(noun)} ${row + 1} is not right.`;
    for (const right of answer.keys()) {
      if (pairs.includes(right)) continue;
      const off = leaves(answer[right]).filter(([place, leaf]) =>
        graded(read.get(key([row, ...place])).value, valueOf(leaf)) === "wrong");
      const [[place, leaf]] = off;
      const { value } = read.get(key([row, ...place]));
      const slips = off.length === 1 && numeric(leaf) ? slipsAt(asked, [right, ...place], value, leaf) : [];
      if (slips.length) return judged("wrong", `${entry} ${slips[0].hint}`, slips);
    }
    return judged("wrong", entry);
  }

  // --- what is said ----------------------------------------------------------------------------------------

  function settled(asked, read, all) {
    const first = all.findIndex((grade) => grade !== "right");
    if (first < 0) return judged("right", "Right.");
    const [place, right] = leaves(asked.answer)[first];
    let sentence = isWhole(valueOf(right)) ? WHOLE : DIGITS;
    if (all[first] === "cut") sentence = few(read.get(key(place)).value) ? `${CUT} ${DIGITS}` : CUT;
    return judged("coarse", `${SO_FAR} ${sentence}` + (place.length ? ` See ${called(place)}.` : ""));
  }

  // Whether a typed number has one or two significant digits; 0 promises none.
  function few(typed) {
    const size = isWhole(typed.value) ? Math.abs(float(typed.value)) : 0;
    return coarse(typed) || (typed.digits === null && size > 0 && size < 100);
  }

  // A slip of the pen in a whole number; the data has no room for every digit that may be changed or added.
  function penSlips(typed, right) {
    const { value, digits } = typed;
    if (digits !== null || !isWhole(value) || !isWhole(right) || right.n <= 9n) return [];
    const [a, b] = [String(value), String(right)];
    const [mine, whole] = [a, b].map((text) => text.replace("-", "−").replace(/\B(?=(\d{3})+$)/g, ","));
    const both = `${mine} in place of ${whole}`;
    const without = (text, i) => text.slice(0, i) + text.slice(i + 1);
    const lost = [...b].findIndex((_, i) => without(b, i) === a);
    const added = [...a].findIndex((_, i) => without(a, i) === b);
    const changed = [...a].flatMap((digit, i) => (a.length === b.length && digit !== b[i] ? [i] : []));
    const [i, j] = changed;
    const slip = (kind, hint, sentence) => [{ kind, hint, sentence: `${sentence}.` }];
    if (a === `-${b}`) return slip("a sign lost", "Look at the sign.", `The sign is wrong: ${both}`);
    if (lost >= 0) {
      return slip("a digit lost", "A digit is missing.", `${mine} is ${whole} without one ${b[lost]}`);
    }
    if (added >= 0) {
      const sentence = `${mine} is ${whole} with one ${a[added]} too many`;
      return slip("a digit added", "There is a digit too many.", sentence);
    }
    if (changed.length === 1) {
      return slip("a digit changed", "One digit is not right.", `${b[i]} became ${a[i]}: ${both}`);
    }
    if (changed.length !== 2 || a[i] !== b[j] || a[j] !== b[i]) return [];
    const sentence = `${b[i]} and ${b[j]} are exchanged: ${both}`;
    return slip("two digits exchanged", "Two digits have changed places.", sentence);
  }

  // The slips that give the typed leaf at a place, in the order of the data.
  function slipsAt(asked, place, typed, right) {
    const here = asked.slips.filter((slip) => !isList(slip.answer) && key(slip.place) === key(place));
    const found = here.filter((slip) => states(typed, valueOf(slip.answer)));
    return found.length ? found : penSlips(typed, valueOf(right));
  }

  function wrong(asked, read, all) {
    const [place, leaf] = leaves(asked.answer)[all.indexOf("wrong")];
    const { text, value } = read.get(key(place));
    const right = valueOf(leaf);
    const entry = place.length ? `${capital(called(place))} is not right.` : "";
    if (!numeric(leaf)) return judged("wrong", entry || "It is the other one.");
    const point = isWhole(right) ? "" : pointed(text);
    const comma = point && decimalComma(point);
    if (point && graded(readLeaf(point, right), right) !== "wrong") {
      return judged("wrong", `${entry} ${comma}`.trim());
    }
    const slips = slipsAt(asked, place, value, leaf);
    const more = slips[0]?.hint ?? (comma || withoutASlip(value, right));
    return judged("wrong", `${entry} ${more}`.trim(), slips);
  }

  // What is said of a comma that may have been meant before decimals.
  function decimalComma(point) {
    const read = `${point.replace(".", ",")} is read as ${point.replace(".", "")}`;
    return `${read}, with a comma between thousands. Before decimals type a point: ${point}.`;
  }

  function withoutASlip(value, right) {
    if (isWhole(right)) return coarse(value) ? MORE_WHOLE : NO_SLIP;
    return few(value) && goesOn(right) ? MORE_DIGITS : NO_SLIP;
  }

  // A whole number that a slip gives exactly: 12 beside 11.99 is then not the rounded one.
  function wholeByASlip(asked, read, all) {
    for (const [i, [place, right]] of leaves(asked.answer).entries()) {
      const { value, digits } = read.get(key(place)).value ?? {};
      if (all[i] === "right" || typeof right !== "number" || digits !== null || !isWhole(value)) continue;
      const slips = asked.slips.filter((slip) =>
        !isList(slip.answer) && key(slip.place) === key(place) && near(value, valueOf(slip.answer)));
      const entry = place.length ? `${capital(called(place))} is not right. ` : "";
      if (slips.length) return judged("wrong", entry + slips[0].hint, slips);
    }
    return null;
  }

  // Judges beside the answer, then beside what conventions have, then looks for what went wrong.
  function values(asked, text) {
    const { read, missing } = readAll(text, asked.answer);
    let here = asked;
    let all = missing ? [] : grades(read, asked.answer);
    const pairs = all.includes("wrong") && isList(asked.answer) ? pairsOf(read, asked.answer) : [];
    const reordered = pairs.length > 0 && !pairs.includes(undefined);
    if (reordered && asked.any_order) {
      here = arranged(asked, pairs);
      all = grades(read, here.answer);
    }
    if (all.length && !all.includes("wrong")) {
      return wholeByASlip(here, read, all) ?? settled(here, read, all);
    }
    for (const convention of asked.conventions) {
      const found = fitting(text, convention.answer);
      if (found === "right") return judged("convention", convention.words);
      if (found !== "wrong") {
        const exact = leaves(convention.answer).every(([, right]) => isWhole(valueOf(right)));
        const more = exact ? WHOLE : DIGITS;
        return judged("coarse", `${convention.words} ${found === "cut" ? CUT : more}`);
      }
    }
    const turned = asked.slips.find((slip) => isList(slip.answer) && fitting(text, slip.answer) !== "wrong");
    if (turned) return judged("wrong", turned.hint, [turned]);
    if (missing) return judged("wrong", missing);
    if (asked.any_order) return wrongRow(asked, read, pairs);
    const order = reordered ? inAnotherOrder(read, asked.answer, pairs) : "";
    return order ? judged("wrong", order) : wrong(asked, read, all);
  }

  function choice(asked, text) {
    if (!asked.choices.some((word) => sameWord(text, word))) {
      const remedy = `Type one of ${asked.choices.join(", ")}.`;
      throw new Unreadable(`${brief(text)} is not one of the choices.`, remedy);
    }
    if (sameWord(text, asked.answer.word)) return judged("right", "Right.");
    return judged("wrong", "It is another one.");
  }

  // What is said about a text that cannot be read, and what can be typed.
  function kindly(asked, typed, problem) {
    if (asked.kind === "number" && typed.length < LONGEST && /\d.*\d/.test(typed) && SEVERAL.test(typed)) {
      return "One number is asked, and more than one is typed. Type the one that you would hand in.";
    }
    const general = problem.remedy === REMEDY || problem.remedy.startsWith("You can use exp");
    return general ? `${problem.problem} ${HOW[asked.kind] ?? ""}`.trim() : problem.message;
  }

  own.judge = (asked, typed) => {
    try {
      const text = cleaned(typed, depthOf(asked.answer), asked.unit, asked.text);
      if (asked.kind === "expression") return formula(asked, text);
      return asked.kind === "choice" ? choice(asked, text) : values(asked, text);
    } catch (problem) {
      if (!(problem instanceof Unreadable)) throw problem;
      return judged("unreadable", kindly(asked, typed, problem));
    }
  };
})();
