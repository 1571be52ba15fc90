// The shapes of marks. Incidents have corners, deployments are round: shape tells them apart before colour does.

import { el, pen } from "./dom.js";

/** @import { Colours, Pen } from "./types" */

export const RADIUS = 10;
/** @type {Record<string, [number, number][]>} */
const POLYGONS = {
  strike: star(8, 1.12, 0.62),
  seizure: regular(4, 1.14, Math.PI / 4),
  warning: regular(3, 1.22, -Math.PI / 2),
  other: regular(6, 1.04, 0),
};

/** The corners of a regular polygon. @param {number} corners @param {number} size @param {number} turn @returns {[number, number][]} */
function regular(corners, size, turn) {
  return Array.from({ length: corners }, (_, i) => [size * Math.cos(turn + (2 * Math.PI * i) / corners), size * Math.sin(turn + (2 * Math.PI * i) / corners)]);
}

/** The corners of a star. @param {number} points @param {number} outer @param {number} inner @returns {[number, number][]} */
function star(points, outer, inner) {
  return Array.from({ length: 2 * points }, (_, i) => {
    const size = i % 2 ? inner : outer;
    return [size * Math.cos((Math.PI * i) / points - Math.PI / 2), size * Math.sin((Math.PI * i) / points - Math.PI / 2)];
  });
}

/** @param {string} glyph */
export const isDeployment = (glyph) => !(glyph in POLYGONS);

/** @param {Pen} context @param {string} glyph @param {number} x @param {number} y @param {number} radius */
function outline(context, glyph, x, y, radius) {
  context.beginPath();
  if (glyph === "place") {
    context.arc(x, y, radius * 0.45, 0, 2 * Math.PI);
    return;
  }
  if (isDeployment(glyph)) {
    context.arc(x, y, radius * 1.06, 0, 2 * Math.PI);
    return;
  }
  POLYGONS[glyph].forEach(([dx, dy], i) => (i ? context.lineTo(x + dx * radius, y + dy * radius) : context.moveTo(x + dx * radius, y + dy * radius)));
  context.closePath();
}

/** Small pictures inside the round marks, drawn in a box of -10 to 10. @type {Record<string, (c: Pen) => void>} */
const PICTURES = {
  ship(c) {
    c.moveTo(-6.6, 1.2);
    c.lineTo(6.6, 1.2);
    c.lineTo(4.6, 5);
    c.lineTo(-4.8, 5);
    c.closePath();
    c.rect(-3.2, -1.9, 5.6, 2.4);
    c.rect(-1.4, -5.6, 1.7, 3.2);
  },
  air(c) {
    for (const [i, [x, y]] of [
      [0, -6.6], [1.1, -4.6], [1.1, -1.6], [6.4, 1.6], [6.4, 3], [1.1, 1.6], [0.9, 4.3], [2.7, 5.7], [2.7, 6.6], [0, 5.9],
      [-2.7, 6.6], [-2.7, 5.7], [-0.9, 4.3], [-1.1, 1.6], [-6.4, 3], [-6.4, 1.6], [-1.1, -1.6], [-1.1, -4.6],
    ].entries()) {
      if (i) c.lineTo(x, y);
      else c.moveTo(x, y);
    }
    c.closePath();
  },
  people(c) {
    c.arc(0, -3.1, 2.5, 0, 2 * Math.PI);
    c.moveTo(-4.9, 5.4);
    c.arc(0, 4.9, 4.9, Math.PI, 0);
    c.lineTo(4.9, 5.4);
    c.closePath();
  },
  force(c) {
    c.moveTo(-4.6, 3.4);
    c.lineTo(0, -1.2);
    c.lineTo(4.6, 3.4);
    c.lineTo(4.6, 0);
    c.lineTo(0, -4.6);
    c.lineTo(-4.6, 0);
    c.closePath();
  },
};

/** Draws a mark. `hollow` says that only a shape is known; the halo keeps it off whatever lies below. @param {Pen} context @param {string} glyph @param {number} x @param {number} y @param {{ colours: Colours, hollow?: boolean, radius?: number }} style */
export function drawGlyph(context, glyph, x, y, { colours, hollow = false, radius = RADIUS }) {
  const colour = colours[glyph];
  context.save();
  context.setLineDash([]);
  context.lineJoin = "round";
  outline(context, glyph, x, y, radius);
  context.strokeStyle = colours.halo;
  context.lineWidth = hollow ? 4.5 : 3.5;
  context.stroke();
  context.fillStyle = hollow ? colours.paper : colour;
  context.fill();
  context.strokeStyle = hollow ? colour : colours.edge;
  context.lineWidth = hollow ? 2 : 1;
  context.stroke();
  if (glyph in PICTURES) {
    context.translate(x, y);
    context.scale(radius / 10, radius / 10);
    context.beginPath();
    PICTURES[glyph](context);
    context.fillStyle = hollow ? colour : colours.paper;
    context.fill();
  }
  context.restore();
}

/** @type {Map<string, string>} */
const drawn = new Map();

/** A sign with one glyph, for the list and the legend; hidden from readers of the text beside it. @param {string} glyph @param {Colours} colours */
export function glyphSign(glyph, colours, hollow = false, size = 26) {
  const name = [glyph, colours[glyph], hollow, size].join();
  // Drawn once each: a canvas for every line of the list costs more than the list.
  if (!drawn.has(name)) drawn.set(name, `url(${pictured(glyph, colours, hollow, size).toDataURL()})`);
  const sign = el("span", { class: "glyph", "aria-hidden": "true" });
  sign.style.backgroundImage = /** @type {string} */ (drawn.get(name));
  return sign;
}

/** @param {string} glyph @param {Colours} colours @param {boolean} hollow @param {number} size */
function pictured(glyph, colours, hollow, size) {
  const canvas = document.createElement("canvas");
  const ratio = Math.max(2, window.devicePixelRatio || 1);
  canvas.width = canvas.height = size * ratio;
  const context = pen(canvas);
  context.scale(ratio, ratio);
  drawGlyph(context, glyph, size / 2, size / 2 + (glyph === "warning" ? 1.5 : 0), { colours, hollow, radius: size * 0.36 });
  return canvas;
}
