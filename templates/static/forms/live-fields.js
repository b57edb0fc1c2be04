/* What stands in the fields of a page, as the server would read it (forms/kinds) and as people read it.

   A reader returns the facts of its question, { name: text }, as expressions see them; null when the browser cannot
   say: a masked answer that was left alone, or something typed that the server alone can read. */

const BREAKS = /\r\n|[\n\v\f\r\x1c-\x1e\x85\u2028\u2029]/;
const line = (text) => text.replace(/[\0\u200b\ufeff]/g, "").trim();
const half = (text) => line(text).normalize("NFKC");
const plainNumber = (text) => half(text).replace(/(?<=\d)[,，](?=\d{3}(\D|$))/g, "").replaceAll(" ", "");
const fitting = (pattern) => (text) => (text === "" || pattern.test(text) ? text : null);

/* Each takes the text of one field. */
const TEXTS = {
  text: (text) => line(text).split(BREAKS).join(" "),
  long_text: (text) => line(text).split(BREAKS).join("\n"),
  integer: (text) => {
    const plain = plainNumber(text);
    if (/[^\x00-\x7f]/.test(plain)) return null;
    return /^[+-]?\d{1,18}$/.test(plain) ? String(BigInt(plain.replace("+", ""))) : "";
  },
  decimal: (text) => {
    const plain = plainNumber(text);
    if (/[^\x00-\x7f]/.test(plain)) return null;
    const found = /^([+-]?)(?=\d|\.\d)(\d{0,20})(?:\.(\d{0,20}))?$/.exec(plain);
    if (!found) return "";
    const whole = found[2].replace(/^0+(?=\d)/, "") || "0";
    return (found[1] === "-" ? "-" : "") + whole + (found[3] ? `.${found[3]}` : "");
  },
  date: fitting(/^(19|2\d)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/),
  month: fitting(/^(19|2\d)\d\d-(0[1-9]|1[0-2])$/),
  time: fitting(/^([01]\d|2[0-3]):[0-5]\d$/),
  datetime: (text) => {
    const known = fitting(/^(199[2-9]|2\d{3})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/)(text);
    return known ? `${known}:00.000+08:00` : known;
  },
  name: (text) => {
    const name = line(text).split(/\s+/).join(" ").replace(/[•‧・⋅．∙]/g, "·");
    return /[A-Za-z]/.test(name) ? name : name.replaceAll(" ", "");
  },
  id_number: (text) => half(text).replaceAll(" ", "").toUpperCase(),
  phone: (text) => fitting(/^(1[3-9]\d{9}|(010|02\d|0[3-9]\d\d)-[2-9]\d{6,7})$/)(line(text)),
};

/* Each takes the fields of a question by the part of their name, and returns what expressions see. */
const PARTS = {
  choice: (fields) => chosen(fields[""]),
  choices: (fields) => ticked(fields[""]).join(" "),
  consent: (fields) => ticked(fields[""])[0] || "",
  record: (fields) => chosen(fields[""]),
  ranking: (fields) => {
    const placed = Object.entries(fields).filter(([part]) => part).map(([part, [select]]) => [part, select.value.trim()]).filter(([, at]) => at);
    const places = placed.map(([, at]) => at);
    if (new Set(places).size < places.length || !places.every((at) => /^\d+$/.test(at))) return null;
    return placed.sort((a, b) => a[1] - b[1]).map(([part]) => part).join(" ");
  },
  address: (fields) => {
    const code = fields.code[0].value, province = fields.province ? fields.province[0].value.slice(0, 2) : "";
    return province && !code.startsWith(province) ? province : code;
  },
  location: (fields) => {
    const [lat, lon, accuracy] = ["lat", "lon", "accuracy"].map((part) => fields[part][0].value.trim());
    return lat || lon || accuracy ? `${lat} ${lon} 0 ${accuracy || "0"}` : "";
  },
};
PARTS.yes_no = PARTS.gender = PARTS.scored = PARTS.choice;

const ticked = (fields) => fields.filter((one) => one.checked).map((one) => one.value);
const chosen = (fields) => (fields[0].tagName === "SELECT" ? fields[0].value : ticked(fields)[0] || "");

export const readText = (type, text) => TEXTS[type](text);

/* Return what reads the question out of the page each time it is called. */
export function reader(form, name, { type, fixed }) {
  if (fixed || (!TEXTS[type] && !PARTS[type] && type !== "matrix")) return () => ({});
  const fields = fieldsOf(form, name);
  if (!Object.keys(fields).length) return () => ({});
  const mask = form.elements[`masked:q:${name}`], wipe = form.elements[`clear:q:${name}`];
  const isCovered = () => mask && !wipe.checked && isEmpty(fields);
  if (type === "matrix") return () => (isCovered() ? null : rowsOf(fields));
  const read = TEXTS[type] ? () => TEXTS[type](fields[""][0].value) : () => PARTS[type](fields);
  return () => {
    const fact = isCovered() ? null : read();
    return fact === null ? null : { [name]: fact };
  };
}

function rowsOf(fields) {
  return Object.fromEntries(Object.entries(fields).filter(([row]) => row).map(([row, cells]) => [row, ticked(cells)[0] || ""]));
}

const isEmpty = (fields) =>
  Object.values(fields).flat().every((one) => (one.type === "radio" || one.type === "checkbox" ? !one.checked : !one.value));

/* The fields of a question by the part of their name: { "": [...], code: [...] }. */
function fieldsOf(form, name) {
  const found = {}, start = `q:${name}`;
  for (const one of form.elements) {
    if (one.name !== start && !one.name.startsWith(`${start}:`)) continue;
    (found[one.name.slice(start.length + 1)] ||= []).push(one);
  }
  return found;
}

/* Return what tells the answer on the page in the words of people. */
export function teller(form, name, { type, unit = "" }) {
  const fields = fieldsOf(form, name)[""] || [];
  if (PARTS[type] === PARTS.choice) return () => labelOf(fields);
  const tell = TELL[type] || ((text) => text);
  return () => {
    const text = fields.length && TEXTS[type] ? TEXTS[type](fields[0].value) : "";
    return text ? tell(text) + unit : line(fields.length ? fields[0].value : "");
  };
}

const TELL = {
  date: (text) => text.replace(/^(\d+)-0?(\d+)-0?(\d+)$/, "$1年$2月$3日"),
  month: (text) => text.replace(/^(\d+)-0?(\d+)$/, "$1年$2月"),
};

function labelOf(fields) {
  if (!fields.length) return "";
  if (fields[0].tagName === "SELECT") return fields[0].value ? fields[0].selectedOptions[0].textContent.trim() : "";
  const on = fields.find((one) => one.checked);
  return on ? on.closest("label").textContent.trim() : "";
}
