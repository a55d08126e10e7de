// A typed answer judged by the data of its question: right, by a convention, too coarse, wrong with the slips
// that give it, or unreadable. The rules of nnutils/practice/judging.py; a test has both judge texts.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const { Unreadable } = own.numbers;
  const { REMEDY, brief } = own.reading;
  const { at, cleaned, depthOf, graded, isList, isWhole, leaves, near, numeric, pieces } = own.typed;
  const { readLeaf, sameWord, valueOf } = own.typed;
  const LONGEST = 200;
  const SO_FAR = "Right as far as it goes.";
  const DIGITS = "Please give at least three significant digits.";
  const WHOLE = "The exact whole number is asked.";
  const NO_SLIP = "No known slip gives it.";
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

  // The typed leaves by their places, or what is missing or too much.
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
    return { read: new Map(all.map(([place, right]) => [key(place), leaf(at(parts, place), right, place)])) };
  }

  const grades = (read, answer) =>
    leaves(answer).map(([place, right]) => graded(read.get(key(place)), valueOf(right)));
  const worst = (all) => ["wrong", "coarse"].find((grade) => all.includes(grade)) ?? "right";

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

  // 'right' or 'coarse' where the typed parts are the right ones in some order, otherwise "".
  function reordered(read, answer) {
    const free = answer.map((_, i) => i);
    let grade = "right";
    for (const index of answer.keys()) {
      const candidate = free.findIndex((i) => {
        const places = leaves(answer[i]).map(([place]) => place);
        const wanted = places.map((place) => key([index, ...place]));
        const mine = [...read.keys()].filter((place) => place.split(",")[0] === String(index));
        if (wanted.length !== mine.length || !wanted.every((place) => read.has(place))) return false;
        const part = new Map(places.map((place, k) => [key(place), read.get(wanted[k])]));
        const found = worst(grades(part, answer[i]));
        if (found === "coarse") grade = "coarse";
        return found !== "wrong";
      });
      if (candidate < 0) return "";
      free.splice(candidate, 1);
    }
    return grade;
  }

  function settled(all, answer) {
    const first = all.indexOf("coarse");
    if (first < 0) return judged("right", "Right.");
    const [place, right] = leaves(answer)[first];
    const sentence = isWhole(valueOf(right)) ? WHOLE : DIGITS;
    return judged("coarse", `${SO_FAR} ${sentence}` + (place.length ? ` See ${called(place)}.` : ""));
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
    const found = here.filter((slip) => graded(typed, valueOf(slip.answer)) !== "wrong");
    return found.length ? found : penSlips(typed, valueOf(right));
  }

  function wrong(asked, read, all) {
    const [place, right] = leaves(asked.answer)[all.indexOf("wrong")];
    const slips = numeric(right) ? slipsAt(asked, place, read.get(key(place)), right) : [];
    if (place.length && reordered(read, asked.answer)) {
      return judged("wrong", "These are the right numbers in another order.", slips);
    }
    const entry = place.length ? `${capital(called(place))} is not right.` : "";
    if (!numeric(right)) return judged("wrong", entry || "It is the other one.");
    return judged("wrong", `${entry} ${slips[0]?.hint ?? NO_SLIP}`.trim(), slips);
  }

  // A whole number that a slip gives exactly: 12 beside 11.99 is then not the rounded one.
  function wholeByASlip(asked, read, all) {
    if (!all.includes("coarse")) return null;
    for (const [i, [place, right]] of leaves(asked.answer).entries()) {
      const { value, digits } = read.get(key(place)) ?? {};
      if (all[i] !== "coarse" || typeof right !== "number" || digits !== null || !isWhole(value)) continue;
      const slips = asked.slips.filter((slip) =>
        !isList(slip.answer) && key(slip.place) === key(place) && near(value, valueOf(slip.answer)));
      const entry = place.length ? `${capital(called(place))} is not right. ` : "";
      if (slips.length) return judged("wrong", entry + slips[0].hint, slips);
    }
    return null;
  }

  // Judges beside the answer, then beside what conventions have, then looks for what went wrong.
  function values(asked, text) {
    const { answer } = asked;
    const { read, missing } = readAll(text, answer);
    let all = missing ? [] : grades(read, answer);
    if (all.includes("wrong") && asked.any_order) {
      const found = reordered(read, answer);
      if (found === "coarse") return judged("coarse", `${SO_FAR} ${DIGITS}`);
      if (found) all = ["right"];
    }
    if (all.length && !all.includes("wrong")) {
      return wholeByASlip(asked, read, all) ?? settled(all, answer);
    }
    for (const convention of asked.conventions) {
      const found = fitting(text, convention.answer);
      if (found === "right") return judged("convention", convention.words);
      if (found === "coarse") {
        const exact = leaves(convention.answer).every(([, right]) => isWhole(valueOf(right)));
        return judged("coarse", `${convention.words} ${exact ? WHOLE : DIGITS}`);
      }
    }
    const turned = asked.slips.find((slip) => isList(slip.answer) && fitting(text, slip.answer) !== "wrong");
    if (turned) return judged("wrong", turned.hint, [turned]);
    return missing ? judged("wrong", missing) : wrong(asked, read, all);
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
    const general = problem.remedy === REMEDY || problem.remedy.startsWith("Known are exp");
    return general ? `${problem.problem} ${HOW[asked.kind] ?? ""}`.trim() : problem.message;
  }

  own.judge = (asked, typed) => {
    try {
      const text = cleaned(typed, depthOf(asked.answer), asked.unit);
      if (asked.kind === "expression") return formula(asked, text);
      return asked.kind === "choice" ? choice(asked, text) : values(asked, text);
    } catch (problem) {
      if (!(problem instanceof Unreadable)) throw problem;
      return judged("unreadable", kindly(asked, typed, problem));
    }
  };
})();
