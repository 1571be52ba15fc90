// The records as a table that sorts by any column: the same records as in the list, one a line.

import { el } from "./dom.js";
import { plain, t } from "./words.js";

/** @import { Row } from "./types" */
/** @typedef {[column: string, direction: number]} Sort the column of a table, and 1 or -1 */

/** Name, heading and what a record is sorted by. @type {[string, string, (record: Row) => string | number][]} */
const COLUMNS = [
  ["number", "No.", (record) => record.number],
  ["when", "When", (record) => record.span?.first ?? Infinity],
  ["what", "What", (record) => record.title],
  ["kind", "Kind", (record) => (record.facets.kind?.[0] ? plain(record.facets.kind[0]) : "")],
  ["where", "Where", (record) => record.where],
  ["standing", "Standing", (record) => (record.facets.standing?.[0] ? plain(record.facets.standing[0]) : "")],
  ["source", "Source", (record) => (record.facets.source ?? []).join(", ")],
];
/** What a cell says where it is not what it is sorted by. @type {Record<string, (record: Row) => string>} */
const CELLS = { number: (record) => String(record.number), when: (record) => record.when };

/** @param {string | number} a @param {string | number} b */
const compare = (a, b) => (typeof a === "number" && typeof b === "number" ? a - b : String(a).localeCompare(String(b)));

/** Records in the order of a column; equal ones keep theirs. @param {Row[]} records @param {Sort | null} by */
export function sorted(records, by) {
  const column = by && COLUMNS.find(([name]) => name === by[0]);
  if (!by || !column) return records;
  const keys = new Map(records.map((record) => [record, column[2](record)]));
  const key = (/** @type {Row} */ record) => keys.get(record) ?? "";
  // What has no date stays last either way.
  const last = (/** @type {Row} */ record) => key(record) === Infinity || key(record) === "";
  return [...records].sort((a, b) => Number(last(a)) - Number(last(b)) || by[1] * (compare(key(a), key(b)) || 0) || a.number - b.number);
}

/** @param {Row[]} records those of this many lines @param {Sort | null} by @param {{ onSort: (column: string) => void, opener: (record: Row) => Node }} heard */
export function table(records, by, { onSort, opener }) {
  const head = COLUMNS.map(([name, title]) => {
    const down = by?.[0] === name ? by[1] < 0 : null;
    const arrow = el("span", { "aria-hidden": "true" }, down === null ? "" : down ? " ↓" : " ↑");
    return el("th", { scope: "col", "aria-sort": down === null ? "none" : down ? "descending" : "ascending" }, el("button", { class: "sort", onclick: () => onSort(name) }, t(title), arrow));
  });
  const line = (/** @type {Row} */ record) => el("tr", {}, ...COLUMNS.map(([name, , value]) => el("td", { class: name }, name === "what" ? opener(record) : String((CELLS[name] ?? value)(record)))));
  return el(
    "div",
    { class: "table", role: "region", tabindex: "0", "aria-label": t("Table of the records") },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...records.map(line))),
  );
}
