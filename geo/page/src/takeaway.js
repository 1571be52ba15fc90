// The shown records as GeoJSON and CSV. Pure: what the browser saves is what a test reads.

import { latitudeOf } from "./data.js";

/** @import { Data, Line, Row } from "./types" */
/** @typedef {[x: number, y: number]} Point degrees */
/** @typedef {Point[]} Ring */
/** @typedef {string | number | string[] | null | undefined} Value */

/** @type {(keyof ReturnType<typeof fields>)[]} */
const COLUMNS = [
  "id", "record_type", "title", "kind", "when", "date_start", "date_end", "date_prec", "where_text", "longitude", "latitude", "coordinate_uncertainty_m",
  "actor", "assertion", "auxiliary_mode", "review", "zones", "sources", "source_urls", "evidence",
];

/** @param {string[] | undefined} values */
const one = (values) => values?.[0] ?? null;
/** @param {number} value */
const round = (value, places = 4) => Number(value.toFixed(places));
/** @param {number} longitude */
const turned = (longitude) => round(longitude - 360 * Math.round(longitude / 360));

/** The fields of a record under the names of the other exports; a list stays a list. @param {Row} record @param {Pick<Data, "sources">} data */
export function fields(record, data) {
  const told = [...new Set((record.evidence ?? []).map(({ source }) => source))].map((index) => data.sources[index]).filter(Boolean);
  const { mark, facets } = record;
  return {
    id: record.id,
    record_type: record.type,
    title: record.title,
    kind: one(facets.kind),
    when: record.when,
    date_start: record.dates[0],
    date_end: record.dates[1],
    date_prec: record.dates[2],
    where_text: record.where,
    longitude: mark ? turned(mark.longitude) : null,
    latitude: mark ? round(mark.latitude) : null,
    coordinate_uncertainty_m: mark ? mark.metres : null,
    actor: one(facets.actor),
    assertion: one(facets.standing),
    auxiliary_mode: one(facets.mode),
    review: one(facets.review),
    zones: facets.zone ?? [],
    sources: told.map(({ publisher, title, published }) => `${publisher}: ${title} (${published})`),
    source_urls: told.map(({ url }) => url).filter(Boolean),
    evidence: (record.evidence ?? []).map(({ pieces }) => pieces.map(([text]) => text).join("")),
  };
}

/** A ring or line in degrees, whole turns of the globe taken off: the page cuts at the date line, so no piece crosses it. @param {Line} line @returns {Point[]} */
function degrees({ points, box }) {
  const turns = 360 * Math.round((((box[0] + box[2]) / 2) * 360 - 180) / 360);
  return Array.from({ length: points.length / 2 }, (_, i) => [round(points[2 * i] * 360 - 180 - turns), round(latitudeOf(points[2 * i + 1]))]);
}

/** @param {Ring} ring */
const area = (ring) => ring.reduce((sum, [x, y], i) => sum + (ring[(i + 1) % ring.length][0] - x) * (ring[(i + 1) % ring.length][1] + y), 0);
/** @param {Ring} ring @param {boolean} outer */
const wound = (ring, outer) => (area(ring) > 0 === outer ? [...ring].reverse() : ring);

/** @param {Point} point @param {Ring} ring */
function within([x, y], ring) {
  let odd = false;
  for (let i = 0, j = ring.length - 1; i < ring.length; j = i++) {
    const [[ax, ay], [bx, by]] = [ring[i], ring[j]];
    if (ay > y !== by > y && x < ((bx - ax) * (y - ay)) / (by - ay) + ax) odd = !odd;
  }
  return odd;
}

/** Rings by the even-odd rule as polygons with their holes, wound as RFC 7946 asks. @param {Ring[]} rings @returns {Ring[][]} */
export function polygons(rings) {
  const depth = rings.map((ring, i) => rings.filter((other, j) => j !== i && within(ring[0], other)).length);
  /** @type {{ ring: Ring, depth: number, all: Ring[] }[]} */
  const found = [];
  rings.forEach((ring, i) => depth[i] % 2 === 0 && found.push({ ring, depth: depth[i], all: [wound(ring, true)] }));
  rings.forEach((ring, i) => {
    if (depth[i] % 2) found.find((outer) => outer.depth === depth[i] - 1 && within(ring[0], outer.ring))?.all.push(wound(ring, false));
  });
  return found.map(({ all }) => all);
}

/** @param {Line[]} rings @param {Line[]} lines */
function shaped(rings, lines) {
  const parts = polygons(rings.map(degrees));
  const polygon = parts.length === 1 ? { type: "Polygon", coordinates: parts[0] } : { type: "MultiPolygon", coordinates: parts };
  if (!lines.length) return parts.length ? polygon : null;
  const line = { type: "MultiLineString", coordinates: lines.map(degrees) };
  return parts.length ? { type: "GeometryCollection", geometries: [polygon, line] } : line;
}

/** A record's geometry: its shape or area; a point only where a circle around it is all that is known. @param {Row} record @param {Data} data */
export function geometry(record, data) {
  if (record.area !== null) return shaped(data.areas[record.area].rings, data.areas[record.area].lines);
  if (record.shape?.length) return shaped(record.shape, []);
  return record.mark ? { type: "Point", coordinates: [turned(record.mark.longitude), round(record.mark.latitude)] } : null;
}

/** @param {Row[]} records @param {Data} data */
export function geojson(records, data) {
  const features = records.map((record) => ({ type: "Feature", id: record.id, geometry: geometry(record, data), properties: fields(record, data) }));
  const about = { title: data.title, as_of: data.as_of, review: data.review, attribution: data.attribution, disclaimer: data.disclaimer, note: "Shapes are as simple as the page draws them; `geo export` writes them in full." };
  return `${JSON.stringify({ type: "FeatureCollection", ...about, features }, null, 1)}\n`;
}

/** A cell of CSV. Text that a spreadsheet would take for a formula gets a quote before it. @param {Value} value */
export function cell(value) {
  if (value === null || value === undefined) return "";
  if (typeof value === "number") return String(value);
  const text = (Array.isArray(value) ? value.join("; ") : value).replaceAll("\0", "");
  const safe = /^[\s]*[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n;]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** @param {Row[]} records @param {Data} data */
export function csv(records, data) {
  const lines = records.map((record) => {
    const values = fields(record, data);
    return COLUMNS.map((name) => cell(values[name])).join(",");
  });
  return `${[COLUMNS.join(","), ...lines].join("\r\n")}\r\n`;
}
