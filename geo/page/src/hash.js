// The state of the page as the part of its address after #: view, what is asked for, time, selection. A link opens what its sender saw.

import { FACETS, blank } from "./query.js";
import { dayOf, isoOf } from "./dates.js";

const ISO = /^\d{4}-\d{2}-\d{2}$/;

/**
 * @typedef {object} State
 * @property {import("./query.js").Query} query
 * @property {[number, number, number] | null} view latitude, longitude, zoom; null is the first view
 * @property {string | null} record id of the open record
 * @property {boolean} table
 * @property {[string, number] | null} sort column of the table, and 1 or -1
 * @property {boolean} embed
 */

/** @param {State} state @returns {string} without the # */
export function write({ query, view, record, table, sort, embed }) {
  const parts = new URLSearchParams();
  if (view) parts.set("v", view.map((value, i) => value.toFixed(i < 2 ? 3 : 2)).join(","));
  if (query.words.trim()) parts.set("q", query.words.trim());
  for (const name of FACETS) for (const value of query.facets[name]) parts.append(name, value);
  if (query.time) parts.set("t", query.time.map(isoOf).join(","));
  if (!query.undated) parts.set("undated", "0");
  if (record) parts.set("id", record);
  if (table) parts.set("table", sort ? `${sort[0]}${sort[1] < 0 ? "-" : ""}` : "");
  const text = parts.toString().replaceAll("%2C", ",").replace(/=(&|$)/g, "$1");
  return embed ? ["embed", text].filter(Boolean).join("&") : text;
}

/** Reads what `write` wrote; what is no state of ours is left out. @param {string} hash @returns {State} */
export function read(hash) {
  const parts = new URLSearchParams(hash.replace(/^#/, ""));
  const query = blank();
  query.words = parts.get("q") ?? "";
  for (const name of FACETS) query.facets[name] = new Set(parts.getAll(name));
  const days = (parts.get("t") ?? "").split(",");
  if (days.length === 2 && days.every((day) => ISO.test(day) && !Number.isNaN(dayOf(day))) && days[0] <= days[1]) query.time = [dayOf(days[0]), dayOf(days[1])];
  query.undated = parts.get("undated") !== "0";
  const view = (parts.get("v") ?? "").split(",").map(Number);
  const [, column, down] = /^(\w+?)(-?)$/.exec(parts.get("table") ?? "") ?? [];
  return {
    query,
    view: view.length === 3 && view.every(Number.isFinite) ? /** @type {[number, number, number]} */ (view) : null,
    record: parts.get("id"),
    table: parts.has("table"),
    sort: column ? [column, down ? -1 : 1] : null,
    embed: parts.has("embed"),
  };
}
