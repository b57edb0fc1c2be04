/* Where answers stand and what a reference means from there, the twin of forms/expressions/answers.py.
   A place is { name, items }; items number the rosters around it, outermost first, from 1. */

import { EvaluationError, Moment, midnight } from "./moments.js";
import { typed } from "./values.js";

const MAX_NODESET = 10000;

export const keyOf = (place) => place.name + place.items.map((item) => `[${item}]`).join("");

export class Answers {
  /* questions: [{ name, kind, inside, choices }]; given: { question: answer, roster: [{ ... }] }; now: milliseconds. */
  constructor({ questions, given, now, lists = {}, version = "" }) {
    this.questions = new Map(questions.map((question) => [question.name, question]));
    this.given = given;
    this.lists = lists;
    this.version = version;
    this.now = new Moment(now);
    this.hidden = new Set();
    this.values = new Map();
  }

  get today() {
    return midnight(this.now);
  }

  kind(name) {
    return this.questions.get(name)?.kind;
  }

  rosters(name) {
    if (!name) return [];
    const around = this.rosters(this.questions.get(name).inside || "");
    return this.kind(name) === "roster" ? [...around, name] : around;
  }

  /* Remember what a calculation came to. */
  set(place, value) {
    this.values.set(keyOf(place), value);
  }

  hide(place, hidden = true) {
    if (hidden) this.hidden.add(keyOf(place));
    else this.hidden.delete(keyOf(place));
  }

  value(place) {
    if (this.isHidden(place)) return "";
    const key = keyOf(place);
    if (this.values.has(key)) return this.values.get(key);
    const kind = this.kind(place.name);
    if (!kind || kind === "roster" || kind === "group") return "";
    return typed(this.answer(place), kind, this.today);
  }

  answer(place) {
    let item = this.given;
    const rosters = this.rosters(place.name);
    for (let level = 0; level < Math.min(rosters.length, place.items.length); level++) {
      item = (item[rosters[level]] || [])[place.items[level] - 1];
      if (item === undefined) return null;
    }
    return item[place.name];
  }

  count(roster, items) {
    const found = this.answer({ name: roster, items });
    return Array.isArray(found) ? found.length : 0;
  }

  /* Every place of the name; fixed gives the item for the outermost rosters (null: all). */
  places(name, fixed = []) {
    const rosters = this.rosters(name);
    let found = [[]];
    rosters.forEach((roster, level) => {
      found = found.flatMap((items) => {
        const count = this.count(roster, items);
        const wanted = fixed[level] ?? null;
        if (wanted !== null) return wanted >= 1 && wanted <= count ? [[...items, wanted]] : [];
        return Array.from({ length: count }, (_, i) => [...items, i + 1]);
      });
    });
    return found.map((items) => ({ name, items }));
  }

  isHidden(place) {
    for (let at = place; this.hidden.size && at.name; at = this.above(at, 1)) {
      if (this.hidden.has(keyOf(at))) return true;
      if (this.isItem(at) && this.hidden.has(keyOf({ name: at.name, items: at.items.slice(0, -1) }))) return true;
    }
    return false;
  }

  isItem(place) {
    return this.kind(place.name) === "roster";
  }

  above(place, levels) {
    let at = place;
    for (let level = 0; level < levels; level++) {
      const items = this.isItem(at) ? at.items.slice(0, -1) : at.items;
      at = { name: this.questions.get(at.name)?.inside || "", items };
    }
    return at;
  }

  find(name, here, every) {
    let rosters = this.known(name);
    if (this.kind(name) === "roster" && (every || rosters.length > 1)) rosters = rosters.slice(0, -1);
    return this.relevant(name, here.items.slice(0, this.shared(rosters, here)));
  }

  child(of, name) {
    return this.relevant(name, of.items.slice(0, this.shared(this.known(name), of)));
  }

  at(name, chosen, here) {
    const around = this.known(name);
    const seen = here.items.slice(0, this.shared(around, here));
    return this.relevant(name, around.map((roster, i) => chosen[roster] ?? seen[i] ?? null));
  }

  known(name) {
    if (!this.questions.has(name)) throw new EvaluationError(`no question ${name}`);
    return this.rosters(name);
  }

  shared(rosters, here) {
    const others = this.rosters(here.name);
    const most = Math.min(rosters.length, others.length, here.items.length);
    let level = 0;
    while (level < most && rosters[level] === others[level]) level++;
    return level;
  }

  relevant(name, fixed) {
    const found = this.places(name, fixed).filter((place) => !this.isHidden(place));
    if (found.length > MAX_NODESET) throw new EvaluationError("too many answers");
    return found;
  }

  label(question, choice) {
    const rows = this.rows(this.questions.get(question)?.choices || "");
    return rows.find((row) => row.name === choice)?.label ?? "";
  }

  rows(list) {
    return this.lists[list] || [];
  }
}
