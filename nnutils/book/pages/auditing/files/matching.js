// Numbers and words that a reader looks for in the statements of the sheets, and whether a text has them.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const LEAST = 4; // digits of a number from which one digit apart says something
  // a separator stands between groups of three digits; U+00A0, U+2009 and U+202F are spaces
  const NUMBER = /\d{1,3}(?:[,\u00a0\u2009\u202f]\d{3})+(?!\d)(?:\.\d+)?|\d+(?:\.\d+)?/g;
  const GROUPED = /^\d{1,3}(?:([ ,.'’_\u00a0\u2009\u202f])\d{3})(?:\1\d{3})*$/;

  const plain = (text) => text.toLowerCase().replaceAll("−", "-").replace(/\s+/g, " ");

  // The numbers in a text, without separators: "105,415,200 of [55, 55, 96]" has 105415200, 55 and 96.
  const numbersIn = (text) => (text.match(NUMBER) ?? []).map((one) => one.replace(/[^\d.]/g, ""));

  // One number as somebody types it: 15,415,200 or 15415200, with spaces, points or apostrophes too; or "".
  function typedNumber(text) {
    const typed = text.trim();
    const grouped = typed.match(GROUPED);
    if (grouped && (grouped[1] !== "." || typed.split(".").length > 2)) return typed.replace(/\D/g, "");
    return /^\d+(\.\d+)?$/.test(typed) ? typed : "";
  }

  // What is looked for: numbers without separators, and words. A text that is one number has no words.
  function query(text) {
    const number = typedNumber(text);
    const parts = number ? [number] : text.trim().split(/[\s;]+|,\s+/).filter(Boolean);
    const numbers = parts.map(typedNumber).filter(Boolean);
    const words = parts.filter((part) => !typedNumber(part)).map(plain);
    return { numbers, words, text: text.trim() };
  }

  // Whether one number is the other with a digit left out, put in, another one, or two neighbours exchanged.
  function oneDigitApart(one, other) {
    if (one === other || Math.min(one.length, other.length) < LEAST) return false;
    if (Math.abs(one.length - other.length) > 1) return false;
    let begin = 0;
    while (one[begin] === other[begin] && begin < one.length) begin += 1;
    const [left, right] = [one.slice(begin), other.slice(begin)];
    if (left.length !== right.length) {
      return left.length > right.length ? left.slice(1) === right : right.slice(1) === left;
    }
    if (left.slice(1) === right.slice(1)) return true;
    return left[0] === right[1] && left[1] === right[0] && left.slice(2) === right.slice(2);
  }

  // The texts of a row's cells, prepared once for many queries.
  const indexed = (cells) => ({ numbers: new Set(cells.flatMap(numbersIn)), text: plain(cells.join(" ")) });

  // how: "equal", "begins" (while somebody is typing), "near" (one digit apart)
  const SAME = {
    equal: (number, typed) => number === typed,
    begins: (number, typed) => number.startsWith(typed),
    near: oneDigitApart,
  };

  function matches(entry, wanted, how = "equal") {
    const has = (typed) => [...entry.numbers].some((number) => SAME[how](number, typed));
    return wanted.words.every((word) => entry.text.includes(word)) && wanted.numbers.every(has);
  }

  own.matching = { indexed, matches, numbersIn, oneDigitApart, query, typedNumber };
})();
