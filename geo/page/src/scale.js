// A scale bar in nautical miles and kilometres, true at the middle of the view, and a mark for north, which is up on every map of this kind.

import { el } from "./dom.js";
import { FONT } from "./labels.js";
import { figure, t } from "./words.js";

/** @import { Colours, Pen } from "./types" */

const EARTH = 40_075_016.686;
const UNITS = /** @type {const} */ ([["nm", 1852], ["km", 1000]]);
const WIDE = 130; // pixels that a bar may take

/** The largest round figure that is not above a value: 1, 2 or 5 times a power of ten. @param {number} value */
function round(value) {
  const power = 10 ** Math.floor(Math.log10(value));
  return (value >= 5 * power ? 5 : value >= 2 * power ? 2 : 1) * power;
}

/** The bars at a latitude, `size` pixels around the world: what each says and how many pixels it takes. @param {number} latitude @param {number} size */
export function bars(latitude, size) {
  const metres = (EARTH * Math.cos((latitude * Math.PI) / 180)) / size;
  return UNITS.map(([unit, each]) => {
    const length = round((WIDE * metres) / each);
    return { text: `${figure(length)} ${t(unit)}`, width: (length * each) / metres };
  });
}

/** @param {import("leaflet").Map} map @param {HTMLElement} parent */
export function addScale(map, parent) {
  const signs = UNITS.map(() => {
    const text = el("span");
    return { text, bar: el("span", { class: "bar" }, text) };
  });
  const north = el("span", { class: "north" }, el("span", {}, "N"));
  parent.append(el("div", { class: "scale", "aria-hidden": "true" }, north, ...signs.map(({ bar }) => bar)));
  const update = () => {
    bars(map.getCenter().lat, 256 * 2 ** map.getZoom()).forEach(({ text, width }, i) => {
      signs[i].bar.style.width = `${width}px`;
      signs[i].text.textContent = text;
    });
  };
  map.on("move zoomend resize", update);
  update();
}

/** Draws the bars and the mark for north above a corner of a picture. @param {Pen} pen @param {{ right: number, bottom: number, latitude: number, size: number, colours: Colours }} where */
export function drawScale(pen, { right, bottom, latitude, size, colours }) {
  Object.assign(pen, { font: `11px ${FONT}`, textAlign: "center", textBaseline: "middle", lineWidth: 1.5, lineJoin: "miter" });
  const signs = bars(latitude, size);
  signs.forEach(({ text, width }, i) => {
    const y = bottom - (signs.length - 1 - i) * 18;
    pen.beginPath();
    pen.moveTo(right - width, y - 8);
    pen.lineTo(right - width, y);
    pen.lineTo(right, y);
    pen.lineTo(right, y - 8);
    pen.strokeStyle = colours.ink;
    pen.stroke();
    pen.fillStyle = colours.ink;
    pen.fillText(text, right - width / 2, y - 7);
  });
  const [x, top] = [right - 8, bottom - signs.length * 18 - 26];
  pen.beginPath();
  pen.moveTo(x, top);
  pen.lineTo(x + 5, top + 13);
  pen.lineTo(x, top + 10);
  pen.lineTo(x - 5, top + 13);
  pen.closePath();
  pen.fill();
  pen.fillText("N", x, top + 21);
}
