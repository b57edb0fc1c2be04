/* Evaluate the trees that forms/expressions/tree.py writes; the twin of forms/expressions/evaluator.py. */

import { Answers, keyOf } from "./answers.js";
import { FUNCTIONS } from "./functions.js";
import { EvaluationError, Moment } from "./moments.js";
import { matches } from "./regexes.js";
import { Nodes, isEmpty, javaInt, number, same, settle, single, stored, text, truth } from "./values.js";

export { Answers, EvaluationError, Moment, keyOf, settle, stored, truth };

const MAX_STEPS = 200000;
const MAX_TEXT = 100000;

/* The value of a tree for the question at `here` ({ name, items }); `row` is the choice of a choice filter.
   Throws EvaluationError when the answers do not fit the expression. */
export function evaluate(tree, context, here = { name: "", items: [] }, row = null) {
  return single(new Scope(context, here, row ? { row } : here, null, { steps: MAX_STEPS }).evaluate(tree));
}

const isPlace = (spot) => spot.items !== undefined;

class Scope {
  constructor(context, origin, here, position, budget) {
    Object.assign(this, { context, origin, here, position, budget });
  }

  evaluate(tree) {
    if (--this.budget.steps < 0) throw new EvaluationError("too long");
    if (!Array.isArray(tree)) return tree;
    switch (tree[0]) {
      case "op": return this.operation(tree);
      case "f": return this.call(tree);
      case "-": return -number(this.evaluate(tree[1]));
      case "re": return this.regex(tree);
      default: return this.nodes(this.spots(tree));
    }
  }

  operation(tree) {
    let result = this.evaluate(tree[1]);
    for (let i = 2; i < tree.length; i += 2) {
      const operator = tree[i];
      if (operator === "and" || operator === "or") {
        result = truth(result);
        if (result === (operator === "or")) return result;
        result = truth(this.evaluate(tree[i + 1]));
      } else result = OPERATORS[operator](result, this.evaluate(tree[i + 1]));
    }
    return result;
  }

  call([, name, ...parts]) {
    if (Object.hasOwn(LAZY, name)) return LAZY[name](this, parts);
    return FUNCTIONS[name](this, ...parts.map((part) => this.evaluate(part)));
  }

  regex([, subject, pattern, ignoreCase]) {
    const given = text(this.evaluate(subject));
    if (given.length > MAX_TEXT) throw new EvaluationError("text too long");
    return matches(pattern, ignoreCase === 1, given);
  }

  spots(tree, every = false) {
    const [tag, value, where, steps] = tree;
    switch (tag) {
      case "path": {
        let found = this.filtered(this.spots(value, where.length > 0), where);
        for (const [name, conditions] of steps) {
          found = found.flatMap((spot) => this.filtered(this.columns(spot, name), conditions));
        }
        return found;
      }
      case "r": return this.context.find(value, isPlace(this.here) ? this.here : this.origin, every);
      case "cur": return [this.context.above(this.origin, value)];
      case "rows": return this.context.rows(value).map((row) => ({ row }));
      case ".": return [isPlace(this.here) ? this.context.above(this.here, value) : this.here];
      case "col": return this.columns(this.here, value);
      default: throw new EvaluationError("no question");
    }
  }

  columns(spot, name) {
    if (isPlace(spot)) return this.context.child(spot, name);
    return spot.row && Object.hasOwn(spot.row, name) ? [{ cell: spot.row[name] }] : [];
  }

  filtered(spots, where) {
    let found = spots;
    where.forEach((condition, round) => {
      found = found.filter((spot, index) => {
        const position = round === 0 && isPlace(spot) ? this.positionOf(spot) : index + 1;
        return single(new Scope(this.context, this.origin, spot, position, this.budget).evaluate(condition)) === true;
      });
    });
    return found;
  }

  positionOf(place) {
    return this.context.isItem(place) ? place.items[place.items.length - 1] : 1;
  }

  isItem(spot) {
    return isPlace(spot) && this.context.isItem(spot);
  }

  nodes(spots) {
    const value = (spot) => (isPlace(spot) ? this.context.value(spot) : spot.cell ?? spot.row?.name ?? "");
    return new Nodes(spots.map(value), spots);
  }
}

const LAZY = {
  if: (scope, [condition, yes, no]) => scope.evaluate(truth(scope.evaluate(condition)) ? yes : no),
  coalesce: (scope, [first, second]) => {
    const value = scope.evaluate(first);
    return isEmpty(value) ? scope.evaluate(second) : value;
  },
  once: (scope, [value]) => {
    const fresh = scope.evaluate(value);
    const kept = scope.context.value(scope.origin);
    return text(kept) === "" ? fresh : kept;
  },
  position: (scope, [of]) => {
    if (of === undefined) return scope.position || 1;
    const [first] = scope.spots(of);
    if (!first) return 0;
    return isPlace(first) ? scope.positionOf(first) : 1;
  },
  "indexed-repeat": (scope, [target, ...pairs]) => {
    const chosen = {};
    for (let i = 0; i < pairs.length; i += 2) chosen[pairs[i][1]] = Math.max(1, javaInt(scope.evaluate(pairs[i + 1])));
    return scope.nodes(scope.context.at(target[1], chosen, isPlace(scope.here) ? scope.here : scope.origin));
  },
  "jr:choice-name": (scope, [value, question]) => scope.context.label(question[1], text(scope.evaluate(value))),
};

const OPERATORS = {
  "=": same,
  "!=": (a, b) => !same(a, b),
  "<": (a, b) => number(a) < number(b),
  "<=": (a, b) => number(a) <= number(b),
  ">": (a, b) => number(a) > number(b),
  ">=": (a, b) => number(a) >= number(b),
  "+": (a, b) => number(a) + number(b),
  "-": (a, b) => number(a) - number(b),
  "*": (a, b) => number(a) * number(b),
  div: (a, b) => number(a) / number(b),
  mod: (a, b) => number(a) % number(b),
};
