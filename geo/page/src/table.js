// The records as a table that sorts by any column: the same records as in the list, one a line.

import { el } from "./dom.js";
import { plain, t } from "./words.js";

const COLUMNS = [
  ["number", "No.", (record) => record.number],
  ["when", "When", (record) => record.span?.first ?? Infinity],
  ["what", "What", (record) => record.title],
  ["kind", "Kind", (record) => (record.facets.kind?.[0] ? plain(record.facets.kind[0]) : "")],
  ["where", "Where", (record) => record.where],
  ["standing", "Standing", (record) => (record.facets.standing?.[0] ? plain(record.facets.standing[0]) : "")],
  ["source", "Source", (record) => (record.facets.source ?? []).join(", ")],
];
const CELLS = { number: (record) => String(record.number), when: (record) => record.when };

const compare = (a, b) => (typeof a === "number" ? a - b : String(a).localeCompare(String(b)));

/** Records in the order of a column; equal ones keep theirs. @param {[string, number] | null} by */
export function sorted(records, by) {
  const column = by && COLUMNS.find(([name]) => name === by[0]);
  if (!column) return records;
  const keys = new Map(records.map((record) => [record, column[2](record)]));
  // What has no date stays last either way.
  const last = (key) => key === Infinity || key === "";
  return [...records].sort((a, b) => Number(last(keys.get(a))) - Number(last(keys.get(b))) || by[1] * (compare(keys.get(a), keys.get(b)) || 0) || a.number - b.number);
}

/** @param {object[]} records those of this many lines @param {(column: string) => void} onSort @param {(record: object) => Node} opener */
export function table(records, by, { onSort, opener }) {
  const head = COLUMNS.map(([name, title]) => {
    const on = by?.[0] === name;
    const arrow = el("span", { "aria-hidden": "true" }, on ? (by[1] < 0 ? " ↓" : " ↑") : "");
    return el("th", { scope: "col", "aria-sort": on ? (by[1] < 0 ? "descending" : "ascending") : "none" }, el("button", { class: "sort", onclick: () => onSort(name) }, t(title), arrow));
  });
  const line = (record) => el("tr", {}, ...COLUMNS.map(([name, , value]) => el("td", { class: name }, name === "what" ? opener(record) : (CELLS[name] ?? value)(record))));
  return el(
    "div",
    { class: "table", role: "region", tabindex: "0", "aria-label": t("Table of the records") },
    el("table", {}, el("thead", {}, el("tr", {}, ...head)), el("tbody", {}, ...records.map(line))),
  );
}
