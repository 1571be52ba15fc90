// What a person says of a record, as an entry of the file that `geo map --corrections` applies. Pure.

const FORMAT = 1;
const ISO = /^\d{4}-\d{2}-\d{2}$/;

/** @import { Row } from "./types" */

/**
 * What stands in the form.
 * @typedef {object} Said
 * @property {string} state confirmed, corrected or rejected
 * @property {string} by @property {string} reason
 * @property {string} latitude @property {string} longitude @property {string} radius km
 * @property {string} start @property {string} end ISO dates
 */
/**
 * A correction as the file has it: the record, who says what of it and why; the place and the date only where they are corrected.
 * @typedef {object} Entry
 * @property {string} record @property {string} evidence
 * @property {string} state @property {string} by @property {string} on @property {string} reason
 * @property {number} [longitude] @property {number} [latitude] @property {number} [radius_m]
 * @property {string} [date_start] @property {string} [date_end]
 */

/** What is still missing or wrong, as texts of the page; none when the entry can be made. @param {Said} said @returns {string[]} */
export function faults(said) {
  /** @type {string[]} */
  const found = [];
  if (!said.by.trim()) found.push("Give your name: a correction is signed.");
  if (!said.reason.trim()) found.push("Give a reason.");
  if (said.state !== "corrected") return found;
  const place = [said.latitude, said.longitude, said.radius].map((text) => text.trim());
  const [latitude, longitude, radius] = place.map(Number);
  const [placed, dated] = [place.some(Boolean), Boolean(said.start || said.end)];
  if (placed && !(place.every(Boolean) && Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180 && radius > 0)) found.push("Give a latitude, a longitude and a radius above 0.");
  if (dated && !(ISO.test(said.start) && (!said.end || (ISO.test(said.end) && said.end >= said.start)))) found.push("Give a first day, and a last day not before it.");
  if (!placed && !dated) found.push("Give the place or the date that is right.");
  return found;
}

/** The entry for a record. @param {Pick<Row, "id" | "evidence">} record @param {Said} said @param {string} on ISO date @returns {Entry} */
export function entry(record, said, on) {
  /** @type {Entry} */
  const made = { record: record.id, evidence: words(record), state: said.state, by: said.by.trim(), on, reason: said.reason.trim() };
  if (said.state !== "corrected") return made;
  if (said.latitude.trim()) Object.assign(made, { longitude: Number(said.longitude), latitude: Number(said.latitude), radius_m: Math.round(Number(said.radius) * 1000) });
  if (said.start) Object.assign(made, { date_start: said.start, ...(said.end ? { date_end: said.end } : {}) });
  return made;
}

/** The words of the first evidence, which find the record again in a report that has changed; a long sentence as far as the page has it. @param {Pick<Row, "evidence">} record */
function words({ evidence }) {
  const pieces = evidence?.[0]?.pieces ?? [];
  return pieces.map(([text]) => text).join("").replace(/…$/, "");
}

/** The file: one entry a record, the last word counts. @param {Entry[]} entries */
export const file = (entries) => `${JSON.stringify({ format: FORMAT, corrections: entries }, null, 1)}\n`;
