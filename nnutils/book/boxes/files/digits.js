// Slips of the pen in a whole number: a digit changed or added, or two exchanged. There are too many of them to
// stand in the data of a question; those that are more likely do. The words of nnutils/slips/digits.py.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const HINTS = {
    "a digit changed": "One digit is not right.",
    "a digit added": "There is a digit too many.",
    "two digits exchanged": "Two digits have changed places.",
  };
  const grouped = (digits) => digits.replace(/\B(?=(\d{3})+$)/g, ",");

  // The kind and the words for two numbers as their digits, or nothing.
  function found(a, b) {
    const both = `${grouped(a)} in place of ${grouped(b)}`;
    if (a === `${b}0`) return undefined; // a power of ten
    if (a.length === b.length + 1) {
      const at = [...a].findIndex((digit, n) => a.slice(0, n) + a.slice(n + 1) === b);
      if (at < 0) return undefined;
      return ["a digit added", `${grouped(a)} is ${grouped(b)} with one ${a[at]} too many`];
    }
    if (a.length !== b.length) return undefined;
    const changed = [...a].flatMap((digit, n) => (digit === b[n] ? [] : [n]));
    const [first, second] = changed;
    if (changed.length === 1) return ["a digit changed", `${b[first]} became ${a[first]}: ${both}`];
    if (changed.length === 2 && a[first] === b[second] && a[second] === b[first]) {
      return ["two digits exchanged", `${b[first]} and ${b[second]} are exchanged: ${both}`];
    }
    return undefined;
  }

  // The slips (one or none) that make a typed whole number of the right one, which has at least two digits.
  own.digits = (typed, right) => {
    const [a, b] = [String(typed), String(right)];
    const fit = /^[1-9]\d*$/.test(a) && /^[1-9]\d+$/.test(b) && a !== b;
    const [kind, words] = (fit && found(a, b)) || [];
    return kind ? [{ kind, hint: HINTS[kind], sentence: `${words}.` }] : [];
  };
})();
