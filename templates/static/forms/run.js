/* Run a form in the browser: what is asked, worked out and refused. The twin of forms/run/engine.py; the form is what
   forms/run/tree.py writes, the answers are as expressions see them: { question: "text", roster: [{ ... }] }. */

import { Answers, EvaluationError, evaluate, keyOf, settle, stored, truth } from "./expressions/evaluator.js";
import { number } from "./expressions/values.js";

const MOST_ITEMS = 200;

/* Return { path, relevant, required, calculated, refused, notes } by place (roster[1].question). */
export function run(form, given, now = Date.now()) {
  return new Run(form, given, now).outcome();
}

/* One run; the page that somebody types into asks some of it otherwise (live.js). */
export class Run {
  constructor(form, given, now) {
    this.form = form;
    this.facts = {};
    this.answers = new Answers({ questions: form.questions, given: this.facts, now, lists: form.lists });
    this.itemsOf = new Map([["", [{ items: [], facts: this.facts, given }]]]);
    this.done = { path: [], relevant: {}, required: {}, calculated: {}, refused: [], notes: [], steps: [] };
    this.holds = new Map();
  }

  outcome() {
    const { parts, steps } = this.form;
    for (const part of parts) {
      for (const item of this.itemsOf.get(this.rosterAround(part)) || []) this.take(part, item);
    }
    this.done.steps = steps.filter((step) => this.holds.get(step.part)).map((step) => step.name);
    this.done.path = steps
      .filter((step) => this.holds.get(step.part) && step.seen.some((name) => this.holds.get(name)))
      .map((step) => step.name);
    for (const part of parts) {
      if (part.type !== "question" && part.type !== "matrix") continue;
      for (const item of this.itemsOf.get(this.rosterAround(part)) || []) this.check(part, item);
    }
    return this.done;
  }

  rosterAround(part) {
    return part.inside ? this.answers.rosters(part.inside).at(-1) || "" : "";
  }

  /* The place of a name in an item, and how it is written down. */
  at(name, item) {
    return { name, items: item.items };
  }

  written(name, item) {
    const rosters = this.answers.rosters(name).filter((roster) => roster !== name);
    return rosters.slice(0, item.items.length).map((roster, i) => `${roster}[${item.items[i]}].`).join("") + name;
  }

  take(part, item) {
    const place = this.at(part.name, item);
    const around = this.holds.get(keyOf(this.at(part.inside, item))) ?? true;
    const relevant = around && this.isAsked(part, place);
    this.holds.set(keyOf(place), relevant);
    if (!relevant) this.answers.hide(place);
    const written = this.written(part.name, item);
    if (part.type === "shown") this.done.notes.push(...(relevant ? [written] : []));
    else if (part.type !== "score") this.done.relevant[written] = relevant;
    if (part.type === "matrix") for (const row of part.rows) this.copy(row, item);
    if (part.type === "score") this.score(part, item);
    if (part.type === "roster") this.roster(part, item, relevant);
    if (part.type === "question") {
      this.copy(part.name, item);
      if (part.calculation !== undefined && relevant) this.calculate(part, item, place);
    }
  }

  isAsked(part, place) {
    return this.condition(part.relevant, place, true);
  }

  copy(name, item) {
    if (Object.hasOwn(item.given, name)) item.facts[name] = item.given[name];
  }

  calculate(part, item, place) {
    if (part.kept && item.given[part.name] !== undefined) this.answers.set(place, item.given[part.name]);
    const value = this.value(part.calculation, place, "");
    const text = stored(value, this.answers.kind(part.name));
    item.facts[part.name] = text;
    this.answers.set(place, settle(value));
    this.done.calculated[this.written(part.name, item)] = text;
  }

  score(part, item) {
    const total = part.calculation === undefined ? this.points(part) : number(this.value(part.calculation, this.at(part.name, item), 0));
    const text = stored(Number.isFinite(total) ? total : 0);
    item.facts[part.name] = text;
    this.done.calculated[part.name] = text;
  }

  points(part) {
    let total = 0;
    for (const { name, points } of part.of) {
      const rosters = this.answers.rosters(name);
      for (const item of this.itemsOf.get(rosters.at(-1) || "") || []) {
        if (this.holds.get(keyOf(this.at(name, item)))) total += points[item.given[name]] || 0;
      }
    }
    return total;
  }

  roster(part, item, relevant) {
    const known = this.itemsOf.get(part.name) || [];
    this.itemsOf.set(part.name, known);
    let given = item.given[part.name] || [];
    if (part.count !== undefined && relevant) given = this.counted(part, item, given);
    if (!relevant) return;
    item.facts[part.name] = given.map(() => ({}));
    given.forEach((inner, i) => known.push({ items: [...item.items, i + 1], facts: item.facts[part.name][i], given: inner }));
  }

  counted(part, item, given) {
    const asked = number(this.value(part.count, this.at(part.name, item), 0));
    const wanted = Number.isFinite(asked) ? Math.max(0, Math.min(Math.trunc(asked), MOST_ITEMS)) : 0;
    return Array.from({ length: wanted }, (_, i) => given[i] || {});
  }

  check(part, item) {
    const place = this.at(part.name, item);
    if (!this.holds.get(keyOf(place)) || part.asks === false) return;
    const written = this.written(part.name, item);
    this.done.required[written] = typeof part.required === "boolean" ? part.required : this.condition(part.required, place, false);
    const answered = part.type === "matrix" ? part.rows.some((row) => item.facts[row]) : Boolean(item.facts[part.name]);
    if (!answered) return;
    const rules = [...(part.limits || []), ...(part.constraint === undefined ? [] : [part.constraint])];
    if (!rules.every((rule) => this.condition(rule, place, true))) this.done.refused.push(written);
  }

  condition(tree, place, otherwise) {
    return tree === undefined ? true : truth(this.value(tree, place, otherwise));
  }

  value(tree, place, otherwise) {
    try {
      return evaluate(tree, this.answers, place);
    } catch (error) {
      if (error instanceof EvaluationError) return otherwise;
      throw error;
    }
  }
}
