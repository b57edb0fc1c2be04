/* The functions of the language, the twins of forms/expressions/functions/. */

import { digest } from "./digests.js";
import { DAY, EvaluationError, Moment, OFFSET, dayOf, formatted, local, midnight, momentOf, momentOfDay } from "./moments.js";
import { Nodes, each, javaInt, number, preciseNumber, shortest, single, text, trim, truth, whole } from "./values.js";

const MAX_TEXT = 100000;
const HALF = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;

function fail(why) {
  throw new EvaluationError(why);
}

function nodes(value) {
  return value instanceof Nodes ? value : fail("a question of a roster is needed");
}

function chosen(value) {
  const answer = single(value);
  return typeof answer === "string" ? answer : fail("an answer with choices is needed");
}

const names = (value) => chosen(value).split(" ").filter(Boolean);

function selected(_, choices, name) {
  const wanted = single(name);
  if (typeof wanted !== "string") fail("selected");
  return ` ${chosen(choices)} `.includes(` ${trim(wanted)} `);
}

const sum = (values) => values.map(number).filter((n) => !Number.isNaN(n)).reduce((a, b) => a + b, 0);

function extreme(choose, start, values) {
  const numbers = (values.length === 1 ? each(values[0]) : values).map(number).filter((n) => !Number.isNaN(n));
  return numbers.length ? numbers.reduce((a, b) => choose(a, b), start) : NaN;
}

function checklist(_, least, most, ...factors) {
  const count = (factors.length === 1 ? each(factors[0]) : factors).filter(truth).length;
  const [low, high] = [javaInt(least), javaInt(most)];
  return (low < 0 || count >= low) && (high < 0 || count <= high);
}

function weightedChecklist(_, least, most, ...pairs) {
  let flags = pairs.filter((_, i) => i % 2 === 0);
  let weights = pairs.filter((_, i) => i % 2);
  if (pairs.length === 2 && pairs[0] instanceof Nodes && pairs[1] instanceof Nodes) {
    [flags, weights] = [pairs[0].values, pairs[1].values];
    if (flags.length !== weights.length) fail("weights");
  }
  const total = flags.reduce((all, flag, i) => (truth(flag) ? all + number(weights[i]) : all), 0);
  return number(least) <= total && total <= number(most);
}

/* Half up, or half towards zero below 0; to tens and hundreds with negative places. */
function round(_, value, places = 0) {
  const [given, decimals] = [number(value), javaInt(places)];
  if (!Number.isFinite(given)) return given;
  if (Math.abs(decimals) > 30) return NaN;
  if (given === 0 && decimals >= 0) return given;
  const [digits, exponent] = shortest(Math.abs(given));
  if (decimals < 0) {
    const scaled = given === 0 ? 0 : Number(`${given < 0 ? "-" : ""}${digits}e${exponent - digits.length + 1 + decimals}`);
    return Number(`${BigInt(Math.trunc(scaled + 0.5))}e${-decimals}`);
  }
  const kept = exponent + 1 + decimals;
  if (kept >= digits.length) return given;
  const head = kept > 0 ? BigInt(digits.slice(0, kept)) : 0n;
  const rest = kept >= 0 ? digits.slice(Math.max(kept, 0)) : "0";
  const up = given < 0 ? rest > "5" : rest >= "5";
  const result = Number(`${head + (up ? 1n : 0n)}e${-decimals}`);
  return given < 0 ? -result : result;
}

const of = (run) => (_, ...values) => run(...values.map(preciseNumber));

function pow(base, power) {
  return Math.pow(base, power);
}

function joined(separator, values) {
  const parts = values.length === 1 && values[0] instanceof Nodes ? values[0].values : values;
  const [between, texts] = [text(separator), parts.map(text)];
  const length = texts.reduce((total, part) => total + part.length, between.length * Math.max(texts.length - 1, 0));
  return length > MAX_TEXT ? fail("text too long") : texts.join(between);
}

function substr(_, value, start, end) {
  const given = text(value);
  const size = given.length;
  let first = javaInt(start);
  let last = end === undefined ? size : javaInt(end);
  first = Math.min(Math.max(0, first < 0 ? first + size : first), size);
  last = Math.min(Math.max(0, last < 0 ? last + size : last), size);
  return first <= last ? given.slice(first, last).replace(HALF, "\uFFFD") : "";
}

function translate(_, value, old, replacement) {
  const signs = Array.from(text(old));
  const others = Array.from(text(replacement));
  const changed = (sign) => (signs.includes(sign) ? others[signs.indexOf(sign)] ?? "" : sign);
  return Array.from(text(value), changed).join("");
}

const atHand = (scope, values) => text(values.length ? values[0] : scope.context.value(scope.origin));

function digested(_, value, algorithm, encoding = "base64") {
  const [name, shape] = [text(algorithm).toUpperCase().replaceAll("-", ""), text(encoding).toLowerCase()];
  if (!["MD5", "SHA1", "SHA256", "SHA384", "SHA512"].includes(name) || !["hex", "base64"].includes(shape)) fail("digest");
  const bytes = Array.from(digest(name, text(value)));
  if (shape === "hex") return bytes.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return btoa(String.fromCharCode(...bytes));
}

function base64Decode(_, value) {
  const signs = text(value).split("=")[0].replace(/[^A-Za-z0-9+/]/g, "");
  if (signs.length % 4 === 1) fail("base64");
  return new TextDecoder("utf-8", { ignoreBOM: true }).decode(Uint8Array.from(atob(signs), (sign) => sign.charCodeAt(0)));
}

function uuid(scope, length) {
  const id = Array.from(crypto.getRandomValues(new Uint8Array(100)), (byte) => byte);
  if (length !== undefined) {
    return id.slice(0, Math.max(0, javaInt(length))).map((byte) => "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"[byte % 36]).join("");
  }
  const hex = id.slice(0, 16).map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-${"89ab"[id[8] % 4]}${hex.slice(17, 20)}-${hex.slice(20)}`;
}

/* The value as a Moment; empty and NaN stay. */
function date(value, withTime) {
  const given = single(value);
  if (given instanceof Moment) return withTime ? given : midnight(given);
  if (given === "" || Number.isNaN(given)) return given;
  if (typeof given === "boolean") fail("no date");
  if (typeof given === "string") return momentOf(given) ?? fail("no date");
  if (Math.abs(given) > 2147483647) fail("no date");
  return withTime ? new Moment(Math.trunc(given * DAY)) : momentOfDay(whole(given)) ?? fail("no date");
}

function decimal(value, withDate) {
  const given = single(value);
  if (typeof given === "number" && Math.abs(given) <= 2147483647) return withDate ? given : given - Math.floor(given);
  const moment = date(given, true);
  if (!(moment instanceof Moment)) return moment;
  if (withDate) return moment.ms / DAY;
  const days = (moment.ms + OFFSET) / DAY;
  return days - Math.floor(days);
}

function format(_, value, pattern) {
  const moment = date(value, true);
  return moment instanceof Moment ? formatted(moment, text(pattern)) : "";
}

const RADIUS = 6378100;
const CIRCUMFERENCE = 2 * RADIUS * Math.PI;
const COORDINATE = /^-?[0-9]+(?:\.[0-9]+)?(?:E-?[0-9]{1,2})?$/;
const radians = (degrees) => degrees * (Math.PI / 180);

function points(value) {
  if (!(value instanceof Nodes)) fail("a location is needed");
  let texts = value.values.map(text);
  if (texts.length === 1) texts = texts[0].split(";").filter((part) => trim(part));
  return texts.map((part) => {
    const parts = trim(part).split(" ");
    return parts.every((n) => COORDINATE.test(n)) ? [Number(parts[0]), Number(parts[1] ?? 0)] : fail("no location");
  });
}

function area(_, value) {
  const [first, ...others] = points(value);
  if (others.length < 2) return 0;
  const flat = others.map(([y, x]) => [
    ((x - first[1]) * CIRCUMFERENCE * Math.cos(radians(y))) / 360,
    ((y - first[0]) * CIRCUMFERENCE) / 360,
  ]);
  return Math.abs(flat.slice(1).reduce((all, [x2, y2], i) => all + (flat[i][1] * x2 - flat[i][0] * y2) / 2, 0));
}

function distance(_, value) {
  const all = points(value);
  return all.slice(1).reduce((metres, [latitude, longitude], i) => {
    const [a, b] = [radians(all[i][0]), radians(latitude)];
    const turn = radians(all[i][1] - longitude);
    return metres + Math.acos(Math.sin(a) * Math.sin(b) + Math.cos(a) * Math.cos(b) * Math.cos(turn)) * RADIUS;
  }, 0);
}

function age(scope, birth, on) {
  const [born, day] = [date(birth), on === undefined ? scope.context.today : date(on)];
  if (!(born instanceof Moment && day instanceof Moment)) return "";
  const [first, last] = [local(midnight(born)), local(midnight(day))];
  if (midnight(day).ms < midnight(born).ms) return NaN;
  const before = last.month < first.month || (last.month === first.month && last.day < first.day);
  return last.year - first.year - (before ? 1 : 0);
}

function schoolYear(_, value) {
  const moment = date(value);
  if (!(moment instanceof Moment)) return "";
  const at = local(moment);
  return at.month >= 9 ? at.year : at.year - 1;
}

const WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

/* The day of birth that an id-card number holds, null when the number is not valid (GB 11643). */
function idBirth(value) {
  const id = trim(text(value)).toUpperCase();
  if (!/^[0-9]{17}[0-9X]$/.test(id)) return null;
  const check = WEIGHTS.reduce((total, weight, i) => total + weight * Number(id[i]), 0) % 11;
  const day = dayOf(Number(id.slice(6, 10)), Number(id.slice(10, 12)), Number(id.slice(12, 14)));
  return "10X98765432"[check] === id[17] ? day : null;
}

const idSex = (_, value) => (idBirth(value) === null ? "" : Number(trim(text(value))[16]) % 2 ? "male" : "female");

export const FUNCTIONS = {
  depend: (_, first) => first,
  selected,
  "is-selected": selected,
  "selected-at": (_, choices, index) => names(choices)[javaInt(index)] ?? "",
  "count-selected": (_, choices) => names(choices).length,
  count: (_, value) => nodes(value).values.length,
  "count-non-empty": (scope, value) => {
    const items = nodes(value).places.filter((place) => scope.isItem(place)).length;
    return items || value.values.filter((answer) => answer !== "").length;
  },
  sum: (_, value) => sum(nodes(value).values),
  min: (_, ...values) => extreme(Math.min, Infinity, values),
  max: (_, ...values) => extreme(Math.max, 5e-324, values),
  true: () => true,
  false: () => false,
  not: (_, value) => !truth(value),
  boolean: (_, value) => truth(value),
  "boolean-from-string": (_, value) => text(value) === "1" || text(value).toLowerCase() === "true",
  checklist,
  "weighted-checklist": weightedChecklist,
  number: (_, value) => number(value),
  int: (_, value) => whole(value),
  round,
  abs: of(Math.abs),
  pow: of(pow),
  sqrt: of(Math.sqrt),
  exp: of(Math.exp),
  exp10: of((power) => pow(10, power)),
  log: of(Math.log),
  log10: of(Math.log10),
  pi: () => Math.PI,
  sin: of(Math.sin),
  cos: of(Math.cos),
  tan: of(Math.tan),
  asin: of(Math.asin),
  acos: of(Math.acos),
  atan: of(Math.atan),
  atan2: of(Math.atan2),
  random: () => Math.random(),
  string: (_, value) => text(value),
  "string-length": (scope, ...value) => atHand(scope, value).length,
  substr,
  concat: (_, ...values) => joined("", values),
  join: (_, separator, ...values) => joined(separator, values),
  contains: (_, value, part) => text(value).includes(text(part)),
  "starts-with": (_, value, part) => text(value).startsWith(text(part)),
  "ends-with": (_, value, part) => text(value).endsWith(text(part)),
  "substring-before": (_, value, sign) => text(value).slice(0, Math.max(0, text(value).indexOf(text(sign)))),
  "substring-after": (_, value, sign) => {
    const at = text(value).indexOf(text(sign));
    return at < 0 ? "" : text(value).slice(at + text(sign).length);
  },
  translate,
  "normalize-space": (scope, ...value) => trim(atHand(scope, value)).replace(/[ \t\n\v\f\r]+/g, " "),
  digest: digested,
  "base64-decode": base64Decode,
  uuid,
  version: (scope) => scope.context.version,
  today: (scope) => scope.context.today,
  now: (scope) => scope.context.now,
  date: (_, value) => date(value),
  "date-time": (_, value) => date(value, true),
  "decimal-date-time": (_, value) => decimal(value, true),
  "decimal-time": (_, value) => decimal(value, false),
  "format-date": format,
  "format-date-time": format,
  area,
  "enclosed-area": area,
  distance,
  age,
  "school-year": schoolYear,
  "id-valid": (_, value) => idBirth(value) !== null,
  "id-birth-date": (_, value) => (idBirth(value) === null ? "" : momentOfDay(idBirth(value))),
  "id-sex": idSex,
};

