// Reads the data block: base64, gzip, JSON; then turns deltas of whole numbers into Mercator units (0 to 1 over the world).

/** @import { Box, Columns, Data, Deltas, Line, Marked, Payload, Row } from "./types" */
/** @typedef {{ west: number, south: number, east: number, north: number, seams: number[] }} Frame the window's sides and the date lines, in whole numbers */

/** What a block of the page holds: who asks for it knows what was written. @template Kind @param {Element} element @returns {Promise<Kind>} */
export async function read(element) {
  if (typeof DecompressionStream === "undefined") throw new Error("this browser cannot unpack it");
  const text = element.textContent ?? "";
  // The text stands in quotes; a loop is three times as quick as a callback a letter.
  const letters = atob(text.slice(text.indexOf('"') + 1, text.lastIndexOf('"')));
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

/** @param {number} longitude */
export const unitX = (longitude) => (longitude + 180) / 360;
/** @param {number} latitude */
export const unitY = (latitude) => {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

/** @param {number} unit */
export const latitudeOf = (unit) => (360 / Math.PI) * Math.atan(Math.exp((0.5 - unit) * 2 * Math.PI)) - 90;

/** One line: points as x, y pairs, its bounds, and which of its edges lie on the window's frame and are never stroked. @param {Deltas} deltas @param {number} scale @param {Frame} frame @returns {Line} */
function line(deltas, scale, frame) {
  const count = deltas.length / 2;
  const points = new Float64Array(deltas.length);
  const silent = new Uint8Array(count);
  /** @type {Box} */
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  let [x, y, side] = [0, 0, 0];
  for (let i = 0; i < count; i++) {
    x += deltas[2 * i];
    y += deltas[2 * i + 1];
    const now = sides(x, y, frame);
    silent[i] = i > 0 && (side & now) !== 0 ? 1 : 0;
    side = now;
    const [ux, uy] = [unitX(x / scale), unitY(y / scale)];
    points[2 * i] = ux;
    points[2 * i + 1] = uy;
    if (ux < box[0]) box[0] = ux;
    if (uy < box[1]) box[1] = uy;
    if (ux > box[2]) box[2] = ux;
    if (uy > box[3]) box[3] = uy;
  }
  return { points, silent, box };
}

/** Which sides of the frame (or the date line, where the world's sheet is cut) a point lies on, as bits. @param {number} x @param {number} y @param {Frame} frame */
function sides(x, y, { west, south, east, north, seams }) {
  return Number(x <= west) | (Number(x >= east) << 1) | (Number(y <= south) << 2) | (Number(y >= north) << 3) | (Number(seams.includes(x)) << 4);
}

/** Records out of columns; values that many records share are shared. @template {object} Kind @param {Columns<Kind>} columns @returns {Kind[]} */
export function rows(columns) {
  const names = /** @type {(keyof Kind)[]} */ (Object.keys(columns));
  const first = columns[names[0]] ?? [];
  // Not `first.at ?? first`: every array has a method of that name.
  const count = (Array.isArray(first) ? first : first.at).length;
  const made = Array.from({ length: count }, () => /** @type {Kind} */ ({}));
  for (const name of names) {
    const column = columns[name];
    if (Array.isArray(column)) for (let i = 0; i < count; i++) made[i][name] = column[i];
    else for (let i = 0; i < count; i++) made[i][name] = column.of[column.at[i]];
  }
  return made;
}

/**
 * Where a record is, a row of the columns that all share: objects with numbers of their own take 100,000 records three times the room.
 * It is also what the index of the map reads, a point of GeoJSON that is made when it is asked for.
 */
class Spot {
  /** @param {import("./types").Spots} columns @param {number} row @param {[number, number, number]} mark longitude, latitude, metres */
  constructor(columns, row, [longitude, latitude, metres]) {
    this.columns = columns;
    this.row = row;
    columns.x[row] = unitX(longitude);
    columns.y[row] = unitY(latitude);
    columns.metres[row] = metres;
  }

  get x() {
    return this.columns.x[this.row];
  }

  get y() {
    return this.columns.y[this.row];
  }

  get metres() {
    return this.columns.metres[this.row];
  }

  get longitude() {
    return this.x * 360 - 180;
  }

  get latitude() {
    return latitudeOf(this.y);
  }

  get type() {
    return /** @type {const} */ ("Feature");
  }

  get geometry() {
    return { type: /** @type {const} */ ("Point"), coordinates: [this.longitude - this.columns.middle, this.latitude] };
  }

  get properties() {
    return /** @type {Marked} */ (this.columns.records[this.row]);
  }
}

/** Every line of the data as drawing needs it. @param {Payload} written @returns {Data} */
export function prepare(written) {
  const reader = (/** @type {number} */ scale) => {
    const whole = (/** @type {number} */ value) => Math.round(value * scale);
    const [west, south, east, north] = written.window.map(whole);
    const frame = { west, south, east, north, seams: [-180, 180, 540].map(whole) };
    return (/** @type {Deltas[] | undefined} */ list) => (list ?? []).map((deltas) => line(deltas, scale, frame));
  };
  const lines = reader(written.scale);
  const ground = reader(written.ground_scale);
  const base = { ...written.base, land: ground(written.base.land), borders: ground(written.base.borders) };
  const zones = written.zones.map((zone) => ({ ...zone, rings: ground(zone.rings), lines: ground(zone.lines) }));
  const areas = written.areas.map((area) => {
    const own = { rings: lines(area.rings), lines: lines(area.lines) };
    return { ...area, ...own, box: bounds([...own.rings, ...own.lines]), records: /** @type {Row[]} */ ([]) };
  });
  const all = Array.isArray(written.records) ? written.records : rows(written.records);
  const column = () => new Float64Array(all.length);
  /** @type {import("./types").Spots} */
  const columns = { x: column(), y: column(), metres: column(), records: [], middle: 0 };
  const records = all.map((record, index) => {
    const shape = record.shape && lines(record.shape);
    const mark = record.mark && new Spot(columns, index, record.mark);
    // In place: copies of a hundred thousand records take time.
    return /** @type {Row} */ (/** @type {unknown} */ (Object.assign(record, { number: index + 1, shape, mark })));
  });
  columns.records = records;
  for (const record of records) if (record.area !== null) areas[record.area].records.push(record);
  return { ...written, base, zones, areas, records };
}

/** @param {Line[]} lines @returns {Box} */
export function bounds(lines) {
  return lines.reduce(
    (box, { box: [a, b, c, d] }) => /** @type {Box} */ ([Math.min(box[0], a), Math.min(box[1], b), Math.max(box[2], c), Math.max(box[3], d)]),
    /** @type {Box} */ ([Infinity, Infinity, -Infinity, -Infinity]),
  );
}

/** Whether a point lies inside rings, by the even-odd rule. @param {Line[]} rings @param {number} x @param {number} y */
export function inside(rings, x, y) {
  let odd = false;
  for (const { points, box } of rings) {
    if (x < box[0] || x > box[2] || y < box[1] || y > box[3]) continue;
    for (let i = 0, j = points.length - 2; i < points.length; j = i, i += 2) {
      if (points[i + 1] > y !== points[j + 1] > y && x < ((points[j] - points[i]) * (y - points[i + 1])) / (points[j + 1] - points[i + 1]) + points[i]) {
        odd = !odd;
      }
    }
  }
  return odd;
}
