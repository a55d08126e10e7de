// Formulas computed with numbers and small matrices, as a typed one and the right one are compared at points.
// The same rules as nnutils/practice/formulas/matrices.py.
(() => {
  "use strict";

  const own = (window.showYourWork ??= {});
  const { Unreadable, float } = own.numbers;
  const { tree } = own.reading;
  const SAME = 1e-6; // the relative difference that two ways of computing a formula may have

  const { exp, log, sqrt, sin, cos, tan, tanh } = Math;
  const relu = (x) => Math.max(x, 0);
  const H = (x) => (x === 0 ? 0.5 : Number(x > 0));
  const FUNCTIONS = { exp, ln: log, log, sqrt, sin, cos, tan, tanh, relu, H };
  const CONSTANTS = { pi: Math.PI, e: Math.E };
  const ENTRYWISE = {
    add: ["+", (a, b) => a + b],
    subtract: ["-", (a, b) => a - b],
    multiply: ["*", (a, b) => a * b],
    divide: ["/", (a, b) => a / b],
    power: ["^", (a, b) => a ** b],
  };

  const isMatrix = Array.isArray;
  const rows = (value) => (isMatrix(value) ? value : [[value]]);

  function finite(x) {
    if (!Number.isFinite(x)) {
      throw new Unreadable("It is not defined everywhere.", "Look at what it divides by.");
    }
    return x;
  }

  const each = (f, value) =>
    (isMatrix(value) ? value.map((row) => row.map((x) => finite(f(x)))) : finite(f(value)));

  function shape(matrix) {
    if (matrix[0].length === 1) return "a column";
    return matrix.length === 1 ? "a row" : "a matrix";
  }

  function misfit(sign, a, b) {
    const remedy = sign === "@"
      ? "The columns of the first must be as many as the rows of the second."
      : "Use @ for a product of matrices, and .T for a transposed one.";
    return new Unreadable(`The shapes around ${sign} do not fit: ${shape(a)} and ${shape(b)}.`, remedy);
  }

  const alike = (a, b) => a.length === b.length && a[0].length === b[0].length;

  function entrywise(name, a, b) {
    const [sign, f] = ENTRYWISE[name];
    if (!isMatrix(b)) return each((x) => f(x, b), a);
    if (!isMatrix(a)) return each((x) => f(a, x), b);
    if (!alike(a, b)) throw misfit(sign, a, b);
    return a.map((row, i) => row.map((x, j) => finite(f(x, b[i][j]))));
  }

  function matrix(value) {
    if (!isMatrix(value)) {
      throw new Unreadable("@ and .T are for matrices, and here is a number.", "Use * here.");
    }
    return value;
  }

  function product(a, b) {
    if (a[0].length !== b.length) throw misfit("@", a, b);
    return a.map((row) => b[0].map((_, j) => finite(row.reduce((sum, x, k) => sum + x * b[k][j], 0))));
  }

  const transposed = (a) => a[0].map((_, j) => a.map((row) => row[j]));

  function operation(name, [a, b]) {
    if (name === "negative") return each((x) => -x, a);
    if (name === "transpose") return transposed(matrix(a));
    return name === "matmul" ? product(matrix(a), matrix(b)) : entrywise(name, a, b);
  }

  // What a function that is not known is called with its argument, 'dphi(r)'; "" for others.
  function appliedTo(node) {
    if (node.op !== "call" || Object.hasOwn(FUNCTIONS, node.name)) return "";
    const [argument] = node.args;
    return `${node.name}(${argument.op === "name" ? argument.name : "…"})`;
  }

  // The names in a tree that need a value.
  function needed(node) {
    if (node.op === "name") return [node.name];
    return appliedTo(node) ? [appliedTo(node)] : node.args.flatMap(needed);
  }

  // The value of a tree, its names by their values at a point. A function that is not known, such as dphi in
  // 'dphi(r)', has a value where the point has one under just that name.
  function evaluate(node, point) {
    const named = (name) => {
      if (Object.hasOwn(point, name)) return point[name];
      if (Object.hasOwn(CONSTANTS, name)) return CONSTANTS[name];
      const known = Object.keys(point).join(", ");
      throw new Unreadable(`${name} has no value here.`, `You can use ${known}; write * between factors.`);
    };
    if (appliedTo(node)) return named(appliedTo(node));
    if (node.op === "call") return each(FUNCTIONS[node.name], evaluate(node.args[0], point));
    if (node.op === "name") return named(node.name);
    if (node.op === "number") return finite(float(node.value));
    return operation(node.op, node.args.map((one) => evaluate(one, point)));
  }

  const near = (a, b) => Math.abs(a - b) <= Math.max(SAME * Math.max(Math.abs(a), Math.abs(b)), SAME * 1e-3);

  function close(a, b) {
    if (isMatrix(a) !== isMatrix(b)) return false;
    const [one, other] = [rows(a), rows(b)];
    return alike(one, other) && one.every((row, i) => row.every((x, j) => near(x, other[i][j])));
  }

  const called = (node) => [...(node.op === "call" ? [node.name] : []), ...node.args.flatMap(called)];

  // A name as the question spells it, where only _ or capital letters differ; pi is P_i where there is one.
  function spelled(name, names) {
    if (names.includes(name) || (Object.hasOwn(CONSTANTS, name) && name !== "pi")) return name;
    const bare = (one) => one.replaceAll("_", "");
    const small = (one) => bare(one).toLowerCase();
    for (const form of [bare, small]) {
      const same = names.filter((one) => form(one) === form(name));
      if (same.length === 1) return same[0];
    }
    return name;
  }

  // A tree in the question's names: x_1 for x1, and phi for relu where that is used.
  function renamed(node, names, functions) {
    let { name } = node;
    if (node.op === "name") {
      name = spelled(name, names);
    } else if (node.op === "call" && functions.includes("relu") && ["phi", "φ"].includes(name)) {
      name = "relu";
    }
    return { ...node, name, args: node.args.map((one) => renamed(one, names, functions)) };
  }

  // The tree of a typed formula, in the names of the points and with the functions of its question: see
  // nnutils/practice/formulas/typed_formula.py.
  function read(text, { points, functions }) {
    const names = Object.keys(points[0]);
    const made = renamed(tree(text), names, functions);
    const remedy = `You can use ${names.join(", ")}, and the functions ${functions.join(", ")}.`;
    for (const name of called(made).sort()) {
      if (names.includes(name)) {
        const both = `between ${name} and (.`;
        throw new Unreadable(`There is no sign ${both}`, `Write * ${both}`);
      }
      if (Object.hasOwn(FUNCTIONS, name) && !functions.includes(name)) {
        throw new Unreadable(`The function “${name}” is not used here.`, remedy);
      }
    }
    const strange = needed(made).find((name) => !names.includes(name) && !Object.hasOwn(CONSTANTS, name));
    if (strange !== undefined) {
      throw new Unreadable(`“${strange}” has no value here.`, `${remedy} Write * between factors.`);
    }
    return made;
  }

  // The values of a typed formula at the points.
  const at = (made, points) => points.map((point) => evaluate(made, point));

  own.formulas = { at, close, read };
})();
