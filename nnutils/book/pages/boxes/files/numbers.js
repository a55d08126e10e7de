// Numbers as an answer needs them: exact fractions of whole numbers of any size, beside JavaScript's own.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const MOST_POWER = 64;
  const LARGEST = 10n ** 60n; // no value on the way may be larger, and no denominator

  const TOO_LARGE = "has a value that is too large";

  // What cannot be read: the problem and what to type instead, as sentences for the reader.
  class Unreadable extends Error {
    constructor(problem, remedy = "") {
      super(`${problem} ${remedy}`.trim());
      this.problem = problem;
      this.remedy = remedy;
    }
  }

  // An exact number in lowest terms, the denominator positive.
  class Exact {
    constructor(n, d = 1n) {
      const sign = d < 0n ? -1n : 1n;
      const divisor = sign * common(n < 0n ? -n : n, sign * d);
      this.n = n / divisor;
      this.d = d / divisor;
    }

    get whole() { return this.d === 1n; }
    toString() { return this.whole ? `${this.n}` : `${this.n}/${this.d}`; }
  }

  function common(a, b) {
    while (b) [a, b] = [b, a % b];
    return a || 1n;
  }

  const exact = (n, d) => new Exact(BigInt(n), d === undefined ? 1n : BigInt(d));
  const ten = (power) => (power < 0 ? new Exact(1n, 10n ** BigInt(-power)) : new Exact(10n ** BigInt(power)));
  const bits = (n) => BigInt(n.toString(16).length * 4);

  // The number of JavaScript that is nearest; of 66 digits in base 2 the last one stands for all that follow.
  function float(value) {
    if (!(value instanceof Exact)) return value;
    if (value.whole) return Number(value.n);
    const size = value.n < 0n ? -value.n : value.n;
    const shift = 66n + bits(value.d) - bits(size);
    const [above, below] = shift >= 0n ? [size << shift, value.d] : [size, value.d << -shift];
    const found = Number((above / below) | (above % below ? 1n : 0n)) * 2 ** -Number(shift);
    return value.n < 0n ? -found : found;
  }

  function exactly(value) {
    if (value instanceof Exact) return value;
    let d = 1n;
    for (; !Number.isInteger(value); value *= 2) d *= 2n;
    return new Exact(BigInt(value), d);
  }

  // Below 0 where a is the smaller one, 0 where they are equal; without rounding, whatever the two are.
  function compare(a, b) {
    if (typeof a === "number" && typeof b === "number") return a - b;
    const [p, q] = [exactly(a), exactly(b)];
    const [left, right] = [p.n * q.d, q.n * p.d];
    return left < right ? -1 : Number(left > right);
  }

  // Exact where both are, with floats otherwise.
  const either = (precise, rough) => (a, b) =>
    (a instanceof Exact && b instanceof Exact ? precise(a, b) : rough(float(a), float(b)));

  function divided(a, b) {
    if (float(b) === 0) throw new RangeError();
    return either((p, q) => new Exact(p.n * q.d, p.d * q.n), (p, q) => p / q)(a, b);
  }

  function power(base, exponent) {
    const size = float(exponent);
    if (!(Math.abs(size) <= MOST_POWER)) throw new RangeError("has a power that is too large");
    if (float(base) === 0 && size <= 0) throw new RangeError();
    if (!(base instanceof Exact && exponent instanceof Exact && exponent.whole)) return float(base) ** size;
    const times = BigInt(Math.abs(size));
    const [n, d] = [base.n ** times, base.d ** times];
    return size < 0 ? new Exact(d, n) : new Exact(n, d);
  }

  const OPERATIONS = {
    add: either((p, q) => new Exact(p.n * q.d + q.n * p.d, p.d * q.d), (p, q) => p + q),
    subtract: either((p, q) => new Exact(p.n * q.d - q.n * p.d, p.d * q.d), (p, q) => p - q),
    multiply: either((p, q) => new Exact(p.n * q.n, p.d * q.d), (p, q) => p * q),
    divide: divided,
    power,
    negative: (a) => (a instanceof Exact ? new Exact(-a.n, a.d) : -a),
  };

  // Refuses what is too large, and what is no real number.
  function bounded(value) {
    if (value instanceof Exact) {
      const size = value.n < 0n ? -value.n : value.n;
      if (size > LARGEST * value.d || value.d > LARGEST) throw new RangeError(TOO_LARGE);
    } else if (!Number.isFinite(value)) {
      throw new RangeError();
    } else if (Math.abs(value) > 1e60) {
      throw new RangeError(TOO_LARGE);
    }
    return value;
  }

  own.numbers = { Exact, OPERATIONS, Unreadable, bounded, compare, exact, exactly, float, ten };
})();
