// What the reader asks for: values of facets, words, a stretch of time. Pure: the list, the table, the map and the counts all ask here.

/** @import { Answer, Row } from "./types" */

export const FACETS = ["kind", "actor", "standing", "mode", "source", "zone", "review"];
export const NONE = ""; // a record without a value under a heading can be asked for too

/**
 * @typedef {object} Query
 * @property {string} words
 * @property {Record<string, Set<string>>} facets values asked for under each heading; none is all
 * @property {[number, number] | null} time first and last day
 * @property {boolean} undated whether records without a date stay while a stretch of time is chosen
 */

/** @returns {Query} */
export const blank = () => ({ words: "", facets: Object.fromEntries(FACETS.map((name) => [name, new Set()])), time: null, undated: true });

/** Whether anything is asked for. @param {Query} query */
export const asks = (query) => query.words.trim() !== "" || query.time !== null || FACETS.some((name) => query.facets[name].size > 0);

/** Text without accents and capitals. @param {string} text */
const fold = (text) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

/** The text that words are looked for in: accents and capitals do not matter. @param {Row} record */
export function searchable(record) {
  const evidence = (record.evidence ?? []).flatMap(({ pieces }) => pieces.map(([text]) => text)).join("");
  const facts = (record.facts ?? []).flatMap(([, lines]) => lines).join(" ");
  const values = Object.values(record.facets ?? {}).flat().join(" ").replaceAll("_", " ");
  return fold(`${record.title} ${record.where} ${record.when} ${record.tags.join(" ")} ${values} ${evidence} ${facts}`);
}

/** @param {Row} record @param {string} name */
const values = (record, name) => (record.facets[name]?.length ? record.facets[name] : [NONE]);

/** Whether a record may be of the stretch of time. @param {Row} record @param {Query} query */
function timely(record, { time, undated }) {
  if (!time) return true;
  if (!record.span) return undated;
  return record.span.first <= time[1] && record.span.last >= time[0];
}

/** Which headings a record fails: none, and it is shown; one, and it still counts under that one. @param {Row} record @param {Query} query @param {string[]} words */
function failures(record, query, words) {
  if (!timely(record, query)) return null;
  if (words.length) {
    const text = (record.text ??= searchable(record));
    if (!words.every((word) => text.includes(word))) return null;
  }
  return FACETS.filter((name) => query.facets[name].size && !values(record, name).some((value) => query.facets[name].has(value)));
}

/**
 * The records that are asked for, and under each heading how many there would be of each value if the other headings stay as they are.
 * @param {Row[]} records @param {Query} query @returns {Answer}
 */
export function ask(records, query) {
  const words = fold(query.words).split(/\s+/).filter(Boolean);
  /** @type {Row[]} */
  const shown = [];
  /** @type {Answer["counts"]} */
  const counts = Object.fromEntries(FACETS.map((name) => [name, new Map()]));
  for (const record of records) {
    const failed = failures(record, query, words);
    if (failed === null || failed.length > 1) continue;
    if (!failed.length) shown.push(record);
    for (const name of failed.length ? failed : FACETS) {
      for (const value of values(record, name)) counts[name].set(value, (counts[name].get(value) ?? 0) + 1);
    }
  }
  return { shown, counts };
}

/** Every value under a heading, the most frequent first and what is not stated last, with how many records have it in all. @param {Row[]} records @param {string} name @returns {[value: string, count: number][]} */
export function vocabulary(records, name) {
  /** @type {Map<string, number>} */
  const all = new Map();
  for (const record of records) for (const value of values(record, name)) all.set(value, (all.get(value) ?? 0) + 1);
  return [...all].sort(([a, many], [b, more]) => Number(a === NONE) - Number(b === NONE) || more - many || (a < b ? -1 : 1));
}
