/* Values and how they turn into one another, the twin of forms/expressions/values.py and numerals.py. */

import { DAY, EvaluationError, Moment, dayNumber, iso, isoDate, isoTime, momentOf, momentOfDay, timeOf } from "./moments.js";

const EPSILON = 1e-12;
const NUMBER = /^-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)$/;

/* What a reference stands for before one value is asked of it. */
export class Nodes {
  constructor(values, places) {
    this.values = values;
    this.places = places;
  }
}

export function single(value) {
  if (!(value instanceof Nodes)) return value;
  if (value.values.length > 1) throw new EvaluationError("repeated");
  return value.values.length ? value.values[0] : "";
}

export const each = (value) => (value instanceof Nodes ? value.values : [value]);

export const trim = (text) => text.replace(/^[\0-\x20]+|[\0-\x20]+$/g, "");

export function truth(value) {
  const given = single(value);
  if (typeof given === "boolean") return given;
  if (typeof given === "number") return Math.abs(given) > EPSILON;
  return given instanceof Moment || given !== "";
}

export function number(value) {
  const given = single(value);
  if (typeof given === "boolean") return given ? 1 : 0;
  if (typeof given === "number") return given;
  if (given instanceof Moment) return dayNumber(given);
  const text = trim(given.replaceAll(",", "."));
  return NUMBER.test(text) ? Number(text) : NaN;
}

/* As number, but with the part of the day for a moment that is no reference to a question. */
export function preciseNumber(value) {
  return value instanceof Moment ? (value.ms - momentOfDay(0).ms) / DAY : number(value);
}

export function text(value) {
  const given = single(value);
  if (typeof given === "boolean") return given ? "true" : "false";
  if (typeof given === "number") return numeral(given, true);
  if (given instanceof Moment) return isoDate(given);
  return given;
}

export function isEmpty(value) {
  const given = single(value);
  return given === "" || Number.isNaN(given);
}

export function same(left, right) {
  const [a, b] = [single(left), single(right)];
  if (typeof a === "boolean" || typeof b === "boolean") return truth(a) === truth(b);
  if (typeof a === "number" || typeof b === "number") return Math.abs(number(a) - number(b)) < EPSILON;
  return text(a) === text(b);
}

export function whole(value) {
  return Math.trunc(number(value));
}

/* The number as Java casts it to int. */
export function javaInt(value) {
  const given = number(value);
  return Number.isNaN(given) ? 0 : Math.trunc(Math.max(-2147483648, Math.min(2147483647, given)));
}

/* The value of a stored answer to a question of this kind. */
export function typed(answer, kind, today) {
  if (answer === null || answer === undefined || answer === "") return "";
  if (typeof answer === "boolean") return answer;
  if (typeof answer === "number") return ["integer", "decimal", "number", "calculation"].includes(kind) ? answer : text(answer);
  if (Array.isArray(answer)) return answer.join(" ");
  if (["integer", "decimal", "number"].includes(kind)) return Number.isNaN(number(answer)) ? answer : number(answer);
  if (kind === "date" || kind === "datetime") return momentOf(answer) || answer;
  if (kind === "time") return timeOf(answer, today) || answer;
  if (kind === "boolean") return { true: true, 1: true, false: false, 0: false }[answer] ?? answer;
  return answer;
}

/* What a calculation leaves behind for others to refer to. */
export function settle(value) {
  const given = single(value);
  return Number.isNaN(given) ? "" : given;
}

/* The answer that a calculation stores. */
export function stored(value, kind = "text") {
  const given = settle(value);
  if (typeof given === "boolean") return given ? "1" : "0";
  if (given instanceof Moment) return ({ date: isoDate, time: isoTime }[kind] || iso)(given);
  if (typeof given !== "number") return given;
  const isWhole = Number.isFinite(given) && Math.abs(given - Math.trunc(given)) < 1e-9 && Math.abs(given) < 2 ** 63;
  return isWhole ? String(BigInt(Math.trunc(given))) : numeral(given, false);
}

/* A number as Java writes it: 3, 0.5, 1.0E-4, 3.0E9. */
function numeral(value, wholeAsInteger) {
  if (Number.isNaN(value)) return "NaN";
  if (!Number.isFinite(value)) return value > 0 ? "Infinity" : "-Infinity";
  if (wholeAsInteger) {
    if (Math.abs(value) < EPSILON) return "0";
    const int = Math.trunc(Math.max(-2147483648, Math.min(2147483647, value)));
    if (Math.abs(value - int) < EPSILON) return String(int);
  }
  return javaDouble(value);
}

function javaDouble(value) {
  const sign = value < 0 || Object.is(value, -0) ? "-" : "";
  if (value === 0) return `${sign}0.0`;
  const [digits, exponent] = shortest(Math.abs(value));
  if (exponent < -3 || exponent >= 7) return `${sign}${digits[0]}.${digits.slice(1) || "0"}E${exponent}`;
  if (exponent < 0) return `${sign}0.${"0".repeat(-exponent - 1)}${digits}`;
  const padded = digits.padEnd(exponent + 2, "0");
  return `${sign}${padded.slice(0, exponent + 1)}.${padded.slice(exponent + 1)}`;
}

/* The shortest digits that read back as the value, and the power of ten of the first one. */
export function shortest(value) {
  const [mantissa, exponent] = value.toExponential().split("e");
  return [mantissa.replace(".", ""), Number(exponent)];
}
