/* Match a pattern in linear time: the tree that the server read becomes states, all of them followed at once. */

import { EvaluationError } from "./moments.js";

const compiled = new WeakMap();

/* Tell whether the whole text matches. */
export function matches(tree, ignoreCase, text) {
  const machine = machineOf(tree, ignoreCase);
  const signs = Array.from(text);
  let states = follow(machine, [0], true, signs.length === 0);
  signs.forEach((sign, index) => {
    const next = states.filter((at) => machine[at].test && machine[at].test.test(sign)).map((at) => at + 1);
    states = follow(machine, next, false, index === signs.length - 1);
  });
  return states.includes(machine.length - 1);
}

function machineOf(tree, ignoreCase) {
  if (typeof tree === "string") return [{ edge: tree }, { end: true }];
  if (!compiled.has(tree)) {
    const machine = [];
    compile(tree, ignoreCase, machine);
    compiled.set(tree, [...machine, { end: true }]);
  }
  return compiled.get(tree);
}

/* Append the states of a tree: each tests one sign, splits in two, or jumps. */
function compile(tree, ignoreCase, machine) {
  if (typeof tree === "string") machine.push({ edge: tree });
  else if (tree[0] === "s") tree.slice(1).forEach((part) => compile(part, ignoreCase, machine));
  else if (tree[0] === "a") alternatives(tree.slice(1), ignoreCase, machine);
  else if (tree[0] === "r") repetition(tree, ignoreCase, machine);
  else machine.push({ test: signTest(tree, ignoreCase) });
}

function alternatives(branches, ignoreCase, machine) {
  const ends = [];
  branches.forEach((branch, index) => {
    const split = { to: [] };
    if (index < branches.length - 1) machine.push(split);
    split.to.push(machine.length);
    compile(branch, ignoreCase, machine);
    if (index < branches.length - 1) {
      ends.push(machine.push({ to: [] }) - 1);
      split.to.push(machine.length);
    }
  });
  ends.forEach((end) => machine[end].to.push(machine.length));
}

function repetition([, part, least, most], ignoreCase, machine) {
  for (let count = 0; count < least; count++) compile(part, ignoreCase, machine);
  if (most < 0) {
    const split = machine.push({ to: [] }) - 1;
    compile(part, ignoreCase, machine);
    machine.push({ to: [split] });
    machine[split].to.push(split + 1, machine.length);
    return;
  }
  const splits = [];
  for (let count = least; count < most; count++) {
    splits.push(machine.push({ to: [machine.length + 1] }) - 1);
    compile(part, ignoreCase, machine);
  }
  splits.forEach((split) => machine[split].to.push(machine.length));
}

function follow(machine, from, atStart, atEnd) {
  const seen = new Set();
  const todo = [...from];
  while (todo.length) {
    const at = todo.pop();
    if (seen.has(at)) continue;
    seen.add(at);
    const state = machine[at];
    if (state.to) todo.push(...state.to);
    else if ((state.edge === "^" && atStart) || (state.edge === "$" && atEnd)) todo.push(at + 1);
  }
  return [...seen];
}

function signTest([kind, ranges, names, negated], ignoreCase) {
  if (kind !== "c") throw new EvaluationError("pattern");
  const code = (point) => `\\u{${point.toString(16)}}`;
  const property = (name) => (name === "Han" || name === "Latin" ? `Script=${name}` : name);
  const inside = ranges.map(([low, high]) => `${code(low)}-${code(high)}`).join("") +
    names.map((name) => (name[0] === "^" ? `\\P{${property(name.slice(1))}}` : `\\p{${property(name)}}`)).join("");
  return new RegExp(`^[${negated ? "^" : ""}${inside}]$`, ignoreCase ? "iu" : "u");
}
