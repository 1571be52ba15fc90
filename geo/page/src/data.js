// Reads the data block: base64, gzip, JSON; then turns deltas of whole numbers into Mercator units (0 to 1 over the world).

export async function read(element) {
  if (typeof DecompressionStream === "undefined") throw new Error("this browser cannot unpack it");
  const text = element.textContent;
  // The text stands in quotes; a loop is three times as quick as a callback a letter.
  const letters = atob(text.slice(text.indexOf('"') + 1, text.lastIndexOf('"')));
  const bytes = new Uint8Array(letters.length);
  for (let i = 0; i < letters.length; i++) bytes[i] = letters.charCodeAt(i);
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Response(stream).json();
}

export const unitX = (longitude) => (longitude + 180) / 360;
export const unitY = (latitude) => {
  const sine = Math.sin((Math.max(-85.05, Math.min(85.05, latitude)) * Math.PI) / 180);
  return 0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI);
};

export const latitudeOf = (unit) => (360 / Math.PI) * Math.atan(Math.exp((0.5 - unit) * 2 * Math.PI)) - 90;

/** One line: points as x, y pairs, its bounds, and which of its edges lie on the window's frame and are never stroked. */
function line(deltas, scale, frame) {
  const count = deltas.length / 2;
  const points = new Float64Array(deltas.length);
  const silent = new Uint8Array(count);
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

/** Which sides of the frame (or the date line, where the world's sheet is cut) a point lies on, as bits. */
function sides(x, y, { west, south, east, north, seams }) {
  return (x <= west) | ((x >= east) << 1) | ((y <= south) << 2) | ((y >= north) << 3) | (seams.includes(x) << 4);
}

/** Records out of columns; values that many records share are shared. */
export function rows(columns) {
  const names = Object.keys(columns);
  const first = columns[names[0]] ?? [];
  // Not `first.at ?? first`: every array has a method of that name.
  const count = (Array.isArray(first) ? first : first.at).length;
  const made = Array.from({ length: count }, () => ({}));
  for (const name of names) {
    const { of, at } = columns[name];
    if (of) for (let i = 0; i < count; i++) made[i][name] = of[at[i]];
    else for (let i = 0; i < count; i++) made[i][name] = columns[name][i];
  }
  return made;
}

/** Every line of the data as drawing needs it. */
export function prepare(data) {
  if (!Array.isArray(data.records)) data.records = rows(data.records);
  const reader = (scale) => {
    const whole = (value) => Math.round(value * scale);
    const [west, south, east, north] = data.window.map(whole);
    const frame = { west, south, east, north, seams: [-180, 180, 540].map(whole) };
    return (list) => (list ?? []).map((deltas) => line(deltas, scale, frame));
  };
  const lines = reader(data.scale);
  const ground = reader(data.ground_scale);
  data.base.land = ground(data.base.land);
  data.base.borders = ground(data.base.borders);
  for (const area of data.areas) {
    area.rings = lines(area.rings);
    area.lines = lines(area.lines);
    area.box = bounds([...area.rings, ...area.lines]);
    area.records = [];
  }
  for (const zone of data.zones) {
    zone.rings = ground(zone.rings);
    zone.lines = ground(zone.lines);
  }
  data.records.forEach((record, index) => {
    record.number = index + 1;
    if (record.shape) record.shape = lines(record.shape);
    if (record.mark) {
      const [longitude, latitude, metres] = record.mark;
      record.mark = { longitude, latitude, metres, x: unitX(longitude), y: unitY(latitude) };
    }
    if (record.area !== null) data.areas[record.area].records.push(record);
  });
  return data;
}

export function bounds(lines) {
  return lines.reduce(
    (box, { box: [a, b, c, d] }) => [Math.min(box[0], a), Math.min(box[1], b), Math.max(box[2], c), Math.max(box[3], d)],
    [Infinity, Infinity, -Infinity, -Infinity],
  );
}

/** Whether a point lies inside rings, by the even-odd rule. */
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
