/* Dates and times in Beijing time (UTC+8), the twin of forms/expressions/moments.py. */

export const DAY = 86400000;
export const OFFSET = 8 * 3600000;
const FIRST_DAY = -719162; // 0001-01-01
const LAST_DAY = 2932896; // 9999-12-31
const DATE = /^([0-9]{1,4})-([0-9]{1,2})-([0-9]{1,2})$/;
const TIME = /^([0-9]{1,2}):([0-9]{1,2})(?::([0-9]{1,2}(?:\.[0-9]{1,9})?))?(Z|[+-][0-9]{1,2}(?::[0-9]{2})?)?$/;

export class EvaluationError extends Error {}

/* A point in time: milliseconds since 1970-01-01T00:00Z. A date is its midnight in Beijing. */
export class Moment {
  constructor(ms) {
    this.ms = ms;
  }
}

export function dayNumber(moment) {
  return Math.floor((moment.ms + OFFSET) / DAY);
}

export function midnight(moment) {
  return new Moment(dayNumber(moment) * DAY - OFFSET);
}

/* The midnight of a day, given by its number since 1970-01-01; null outside the years 1 to 9999. */
export function momentOfDay(day) {
  return day >= FIRST_DAY && day <= LAST_DAY ? new Moment(Math.trunc(day) * DAY - OFFSET) : null;
}

/* What an ISO date, or date with time, says; null when it is none. */
export function momentOf(text) {
  const cut = text.indexOf("T");
  const match = DATE.exec(cut < 0 ? text : text.slice(0, cut));
  if (!match) return null;
  const day = dayOf(Number(match[1]), Number(match[2]), Number(match[3]));
  if (day === null) return null;
  return cut < 0 ? momentOfDay(day) : timeOf(text.slice(cut + 1), momentOfDay(day));
}

export function dayOf(year, month, date) {
  const at = new Date(0);
  at.setUTCFullYear(year, month - 1, date);
  const real = year >= 1 && at.getUTCFullYear() === year && at.getUTCMonth() === month - 1 && at.getUTCDate() === date;
  return real ? at.getTime() / DAY : null;
}

/* The time of day on that day, null when the text is no time. */
export function timeOf(text, day) {
  const match = TIME.exec(text);
  if (!match) return null;
  const [hours, minutes, seconds] = [Number(match[1]), Number(match[2]), Number(match[3] || 0)];
  if (hours > 23 || minutes > 59 || seconds >= 60) return null;
  const whole = Math.trunc(seconds);
  const ms = ((hours * 60 + minutes) * 60 + whole) * 1000 + Math.trunc(1000 * seconds - 1000 * whole);
  return new Moment(day.ms + ms + (match[4] ? OFFSET - zone(match[4]) : 0));
}

function zone(text) {
  if (text === "Z") return 0;
  const [hours, minutes] = text.slice(1).split(":");
  const size = (Number(hours) * 60 + Number(minutes || 0)) * 60000;
  return text[0] === "+" ? size : -size;
}

/* Year, month, day and the rest in Beijing. */
export function local(moment) {
  const day = dayNumber(moment);
  if (day < FIRST_DAY || day > LAST_DAY) throw new EvaluationError("date out of range");
  const at = new Date(moment.ms + OFFSET);
  return {
    year: at.getUTCFullYear(), month: at.getUTCMonth() + 1, day: at.getUTCDate(), weekday: at.getUTCDay(),
    hours: at.getUTCHours(), minutes: at.getUTCMinutes(), seconds: at.getUTCSeconds(), ms: at.getUTCMilliseconds(),
  };
}

const pad = (number, width) => String(number).padStart(width, "0");

export function isoDate(moment) {
  const at = local(moment);
  return `${pad(at.year, 4)}-${pad(at.month, 2)}-${pad(at.day, 2)}`;
}

export function isoTime(moment) {
  const at = local(moment);
  return `${pad(at.hours, 2)}:${pad(at.minutes, 2)}:${pad(at.seconds, 2)}.${pad(at.ms, 3)}+08:00`;
}

export function iso(moment) {
  return `${isoDate(moment)}T${isoTime(moment)}`;
}

/* The moment by a pattern with %Y %y %m %n %b %d %e %H %h %M %S %3 %a %W %%. */
export function formatted(moment, pattern) {
  const at = local(moment);
  const written = {
    "%": "%", Y: pad(at.year, 4), y: pad(at.year, 4).slice(2), m: pad(at.month, 2), n: String(at.month),
    b: `${at.month}月`, d: pad(at.day, 2), e: String(at.day), H: pad(at.hours, 2), h: String(at.hours),
    M: pad(at.minutes, 2), S: pad(at.seconds, 2), 3: pad(at.ms, 3), a: `周${"日一二三四五六"[at.weekday]}`, W: String(week(at)),
  };
  return pattern.replace(/%([^]?)/gu, (_, letter) => {
    if (!Object.hasOwn(written, letter)) throw new EvaluationError("date pattern");
    return written[letter];
  });
}

/* Weeks begin on Sunday; the one with 1 January is the first. */
function week(at) {
  if (at.month === 12 && at.day + 6 - at.weekday > 31) return 1;
  const first = dayOf(at.year, 1, 1);
  const firstWeekday = (((first + 4) % 7) + 7) % 7;
  return Math.floor((dayOf(at.year, at.month, at.day) - first + firstWeekday) / 7) + 1;
}
