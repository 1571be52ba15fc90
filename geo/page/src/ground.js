// Draws what lies under the marks: sea, land, borders, zones, graticule. `view` maps Mercator units to pixels of the canvas.

import { latitudeOf } from "./data.js";
import { t } from "./words.js";

/** @import { Colours, Data, Line, Pen, View, Zone } from "./types" */
/** @typedef {{ west: number, north: number, east: number, south: number }} Frame in Mercator units */

const STEPS = [0.1, 0.25, 0.5, 1, 2, 5, 10, 15, 30];

/** @param {Line} line @param {View} view */
const visible = ({ box }, { west, north, east, south }) => box[2] >= west && box[0] <= east && box[3] >= north && box[1] <= south;

/** @param {Pen} context @param {Line} line @param {View} view */
function path(context, { points }, { size, left, top }) {
  context.moveTo(points[0] * size - left, points[1] * size - top);
  for (let i = 2; i < points.length; i += 2) context.lineTo(points[i] * size - left, points[i + 1] * size - top);
}

/** @param {Pen} context @param {Line[]} rings @param {View} view @param {string | CanvasPattern} style */
export function fill(context, rings, view, style) {
  context.beginPath();
  for (const ring of rings) if (visible(ring, view)) path(context, ring, view);
  context.fillStyle = style;
  context.fill("evenodd");
}

/** Strokes lines, lifting the pen along the frame: an edge made by cutting is no border. @param {Pen} context @param {Line[]} lines @param {View} view @param {string} style @param {number} width @param {number[]} [dash] */
export function stroke(context, lines, view, style, width, dash = []) {
  const { size, left, top } = view;
  context.beginPath();
  for (const line of lines) {
    if (!visible(line, view)) continue;
    const { points, silent } = line;
    context.moveTo(points[0] * size - left, points[1] * size - top);
    for (let i = 2; i < points.length; i += 2) {
      const [x, y] = [points[i] * size - left, points[i + 1] * size - top];
      if (silent[i / 2]) context.moveTo(x, y);
      else context.lineTo(x, y);
    }
  }
  context.strokeStyle = style;
  context.lineWidth = width;
  context.lineJoin = "round";
  context.setLineDash(dash);
  context.stroke();
  context.setLineDash([]);
}

/** @param {Pen} context @param {View} view @param {Frame} window @param {Colours} colours */
export function drawSea(context, view, window, colours) {
  context.fillStyle = colours.beyond;
  context.fillRect(0, 0, view.width, view.height);
  const [x, y] = [window.west * view.size - view.left, window.north * view.size - view.top];
  context.fillStyle = colours.sea;
  context.fillRect(x, y, (window.east - window.west) * view.size, (window.south - window.north) * view.size);
}

/** @param {Pen} context @param {Data["base"]} base @param {View} view @param {Colours} colours */
export function drawLand(context, base, view, colours) {
  // A pale band along the shore lifts the land off the sea.
  stroke(context, base.land, view, colours.shore, 5);
  fill(context, base.land, view, colours.land);
  stroke(context, base.borders, view, colours.border, 0.8, [4, 2.5]);
  stroke(context, base.land, view, colours.coast, 0.8);
}

/** @type {Record<string, string>} */
const FILLS = { territorial_sea: "territorialfill", contiguous_zone: "contiguousfill" };
/** @type {Record<string, [colour: string, width: number, dash: number[]]>} */
const LINES = {
  territorial_limit: ["territorial", 0.9, []],
  contiguous_limit: ["contiguous", 0.8, [3, 3]],
  boundary: ["eez", 1, [9, 3, 2, 3]],
  disputed: ["eez", 1.4, [2, 3]],
};

/** @param {Pen} context @param {Zone[]} zones @param {View} view @param {Colours} colours */
export function drawZones(context, zones, view, colours) {
  // Twelve nautical miles of a few pixels are a tint along the shore; only wider ones get their lines.
  const band = (0.2 * view.size) / 360;
  for (const { kind, rings } of zones) if (FILLS[kind] && (band > 4 || kind === "territorial_sea")) fill(context, rings, view, colours[FILLS[kind]]);
  for (const { kind, lines } of zones) {
    if (!lines.length || !LINES[kind] || (band < 6 && kind.endsWith("_limit"))) continue;
    const [colour, width, dash] = LINES[kind];
    stroke(context, lines, view, colours[colour], width, dash);
  }
}

/** Lines of latitude and longitude at a step that leaves some 90 pixels between them, with their figures at the frame. @param {View} view @param {(longitude: number) => number} toUnitX @param {(latitude: number) => number} toUnitY */
export function graticule(view, toUnitX, toUnitY) {
  const perDegree = view.size / 360;
  const step = STEPS.find((degrees) => degrees * perDegree >= 90) ?? 30;
  const [west, east] = [(view.west * 360 - 180) / step, (view.east * 360 - 180) / step];
  const [south, north] = [latitudeOf(view.south) / step, latitudeOf(view.north) / step];
  /** @type {[number, number][]} */
  const meridians = [];
  for (let i = Math.ceil(west); i <= east; i++) meridians.push([toUnitX(i * step) * view.size - view.left, wrap(i * step)]);
  /** @type {[number, number][]} */
  const parallels = [];
  for (let i = Math.ceil(Math.max(south, -85 / step)); i <= Math.min(north, 85 / step); i++) parallels.push([toUnitY(i * step) * view.size - view.top, i * step]);
  return { meridians, parallels };
}

/** @param {number} degrees */
const wrap = (degrees) => ((((degrees + 180) % 360) + 360) % 360) - 180;
/** @param {number} degrees @param {string} plus @param {string} minus */
const figure = (degrees, plus, minus) => `${Math.abs(Number(degrees.toFixed(2)))}°${degrees === 0 ? "" : ` ${degrees > 0 ? plus : minus}`}`;

/** @typedef {{ meridians: [number, number][], parallels: [number, number][] }} Lines pixels and degrees */

/** @param {Pen} context @param {Lines} lines @param {View} view @param {Frame} frame @param {Colours} colours */
export function drawGraticule(context, { meridians, parallels }, view, frame, colours) {
  context.save();
  context.beginPath();
  context.rect(frame.west * view.size - view.left, frame.north * view.size - view.top, (frame.east - frame.west) * view.size, (frame.south - frame.north) * view.size);
  context.clip();
  context.beginPath();
  for (const [x] of meridians) {
    context.moveTo(Math.round(x) + 0.5, 0);
    context.lineTo(Math.round(x) + 0.5, view.height);
  }
  for (const [y] of parallels) {
    context.moveTo(0, Math.round(y) + 0.5);
    context.lineTo(view.width, Math.round(y) + 0.5);
  }
  context.strokeStyle = colours.grid;
  context.lineWidth = 0.7;
  context.stroke();
  context.restore();
}

/** @param {Pen} context @param {Lines} lines @param {View} view @param {Colours} colours @param {string} font @param {import("./labels.js").Room} room */
export function drawFigures(context, { meridians, parallels }, view, colours, font, room) {
  context.font = `10px ${font}`;
  context.fillStyle = colours.gridtext;
  context.strokeStyle = colours.halo;
  context.lineWidth = 2.5;
  context.textBaseline = "middle";
  const write = (/** @type {string} */ text, /** @type {number} */ x, /** @type {number} */ y, /** @type {CanvasTextAlign} */ align) => {
    const half = context.measureText(text).width / 2 + 2;
    const middle = align === "right" ? x - half : x;
    if (!room.ask(middle - half, y - 6, middle + half, y + 6)) return;
    context.textAlign = align;
    lettering(context, text, x, y);
  };
  for (const [x, degrees] of meridians) write(figure(degrees, t("E"), t("W")), x, 9, "center");
  for (const [y, degrees] of parallels) write(figure(degrees, t("N"), t("S")), view.width - 5, y, "right");
}

/** @param {Pen} context @param {string} text @param {number} x @param {number} y */
export function lettering(context, text, x, y) {
  context.strokeText(text, x, y);
  context.fillText(text, x, y);
}
