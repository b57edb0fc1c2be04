/* A page of a form answers at once while somebody types: what is asked, worked out, offered and refused. The logic is
   that of the server's run (run.js), cut down to this page; what the browser may not know, and the last word, the
   server has. Without this file all of it comes with the answer to the next saving. */

import { Run } from "./run.js";
import { evaluate, truth } from "./expressions/evaluator.js";
import { EvaluationError } from "./expressions/moments.js";
import { reader, teller } from "./live-fields.js";

class LiveRun extends Run {
  constructor(data, given, now, unknown, known) {
    super({ ...data, steps: [] }, given, now);
    this.unknown = new Set(unknown);
    this.known = known;
    this.own = data.own;
    this.prefix = data.at.map(([roster, number]) => `${roster}[${number}].`).join("");
  }

  /* Say whether the part looks at something that is not known here. */
  isOpen(part) {
    return part.server || [part.inside, ...(part.needs || [])].some((name) => this.unknown.has(name));
  }

  take(part, item) {
    const isOwn = Object.hasOwn(this.own, part.name) && this.own[part.name].type !== "calculation";
    if (this.unknown.has(part.inside) || (this.isOpen(part) && !isOwn)) this.unknown.add(part.name);
    super.take(part, item);
  }

  isAsked(part, place) {
    return this.isOpen(part) ? this.known.relevant[part.name] ?? true : super.isAsked(part, place);
  }

  calculate(part, item, place) {
    if (!this.isOpen(part)) return super.calculate(part, item, place);
    const text = this.known.calculated[part.name] ?? "";
    item.facts[part.name] = text;
    this.done.calculated[this.written(part.name, item)] = text;
    return text;
  }

  check() {}

  /* What the parts of this page came to, by name. */
  page() {
    const done = this.outcome();
    const found = { relevant: {}, calculated: {}, choices: {}, holds: {} };
    const at = this.form.at.map(([, number]) => number);
    for (const part of this.form.parts) {
      if (!Object.hasOwn(this.own, part.name)) continue;
      const place = { name: part.name, items: at };
      const relevant = this.holds.get(part.name + at.map((number) => `[${number}]`).join("")) ?? true;
      found.relevant[part.name] = relevant;
      const text = done.calculated[this.prefix + part.name];
      if (text !== undefined) found.calculated[part.name] = text;
      if (relevant && part.filter && this.isKnown(part.filters)) found.choices[`q:${part.name}`] = this.offered(part, place);
      if (relevant && part.constraint && this.isKnown([part.name, ...part.asks]) && this.answers.value(place) !== "") {
        found.holds[part.name] = this.condition(part.constraint, place, true);
      }
    }
    return found;
  }

  isKnown(names) {
    return names.every((name) => !this.unknown.has(name));
  }

  offered(part, place) {
    const rows = this.answers.rows(part.list);
    try {
      return rows.filter((row) => truth(evaluate(part.filter, this.answers, place, row))).map((row) => row.name);
    } catch (error) {
      if (!(error instanceof EvaluationError)) throw error;
      return rows.map((row) => row.name);
    }
  }

  /* The calculated value of a name, seen from this page: the nearest one around it. */
  worked(name) {
    for (let level = this.form.at.length; level >= 0; level--) {
      const prefix = this.form.at.slice(0, level).map(([roster, number]) => `${roster}[${number}].`).join("");
      if (prefix + name in this.done.calculated) return this.done.calculated[prefix + name];
    }
    return undefined;
  }
}

class Live {
  constructor(filling, data) {
    this.filling = filling;
    this.data = data;
    this.began = Date.now();
    this.readers = new Map(Object.entries(data.own).map(([name, own]) => [name, reader(filling.form, name, own)]));
    this.tellers = new Map(Object.entries(data.own).map(([name, own]) => [name, teller(filling.form, name, own)]));
    this.waiting = 0;
    filling.live = this;
    const soon = () => {
      cancelAnimationFrame(this.waiting);
      this.waiting = requestAnimationFrame(() => this.update());
    };
    filling.form.addEventListener("input", soon);
    filling.form.addEventListener("change", soon);
    this.update();
  }

  update() {
    const { given, unknown } = this.given();
    const run = new LiveRun(this.data, given, this.data.now + Date.now() - this.began, unknown, this.filling.verdict);
    const found = run.page();
    this.filling.show(found.relevant);
    this.filling.calculate(found.calculated);
    this.filling.limit(found.choices);
    this.filling.word(this.texts(run, found.relevant));
    this.judge(found.holds);
  }

  /* The answers as expressions see them: what was sent with the page, and over it what stands on the page. */
  given() {
    const given = structuredClone(this.data.given);
    const unknown = [];
    let item = given;
    for (const [roster, number] of this.data.at) {
      const items = (item[roster] = item[roster] || []);
      while (items.length < number) items.push({});
      item = items[number - 1];
    }
    for (const [name, read] of this.readers) {
      const facts = read();
      if (facts === null) unknown.push(name);
      else Object.assign(item, facts);
    }
    return { given, unknown };
  }

  texts(run, relevant) {
    const found = {};
    for (const [place, pieces] of Object.entries(this.data.texts)) {
      const parts = pieces.map((piece) => (typeof piece === "string" ? piece : this.told(piece.of, run, relevant)));
      if (!parts.includes(null)) found[place] = parts.join("");
    }
    return found;
  }

  /* An answer as people read it; null when it is not known here. */
  told(name, run, relevant) {
    if (run.unknown.has(name)) return null;
    const worked = run.worked(name);
    if (worked !== undefined) return worked;
    if (!this.tellers.has(name)) return null;
    return relevant[name] ? this.tellers.get(name)() : "";
  }

  /* Say what a condition refuses, once the person has left the field; take it back as soon as it holds. */
  judge(holds) {
    for (const part of this.data.parts) {
      if (!(part.name in holds) || !part.message) continue;
      if (holds[part.name]) this.filling.forgive(part.name, part.message);
      else if (this.filling.touched.has(part.name)) this.filling.complain(part.name, [part.message]);
    }
  }
}

const place = document.getElementById("live");
const form = document.querySelector("form[data-fill]");
if (place && form && form.filling) new Live(form.filling, JSON.parse(place.textContent));
