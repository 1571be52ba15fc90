// A pen with the manners of a canvas that writes SVG instead: the picture that is painted is the picture that is written.

/** @import { Pen } from "./types" */
/** @typedef {{ tile: HTMLCanvasElement, matrix: string, setTransform: (matrix: DOMMatrix) => void }} Tiling */
/** @typedef {{ fillStyle: string | Tiling, strokeStyle: string | Tiling, lineWidth: number, lineJoin: string, globalAlpha: number, font: string, textAlign: string, textBaseline: string, dash: number[], moved: [left: number, top: number, scale: number], cut: string }} Saved what `save` keeps and `restore` brings back */

/** @param {number} value */
const figure = (value) => String(Math.round(value * 10) / 10);
/** @type {Record<string, string>} */
const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for XML: markup escaped, characters that XML cannot hold left out. @param {string} text */
// eslint-disable-next-line no-control-regex -- those are the ones that XML forbids
export const escape = (text) => text.replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (letter) => XML[letter]);

/** @type {Record<string, string>} */
const ANCHORS = { center: "middle", right: "end", end: "end" };

export class SvgPen {
  /** `measure` is a canvas context that knows how wide text is. @param {number} width @param {number} height @param {Pick<Pen, "font" | "measureText">} measure */
  constructor(width, height, measure) {
    this.width = width;
    this.height = height;
    this.measure = measure;
    /** @type {string | Tiling} */
    this.fillStyle = "#000";
    /** @type {string | Tiling} */
    this.strokeStyle = "#000";
    this.lineWidth = 1;
    this.lineJoin = "miter";
    this.globalAlpha = 1;
    this.font = "10px sans-serif";
    this.textAlign = "start";
    this.textBaseline = "alphabetic";
    /** @type {number[]} */
    this.dash = [];
    /** @type {[left: number, top: number, scale: number]} */
    this.moved = [0, 0, 1];
    this.cut = "";
    this.path = "";
    /** @type {string[]} */
    this.parts = [];
    /** @type {string[]} */
    this.defs = [];
    /** @type {Saved[]} */
    this.stack = [];
  }

  save() {
    const { fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline, dash, moved, cut } = this;
    this.stack.push({ fillStyle, strokeStyle, lineWidth, lineJoin, globalAlpha, font, textAlign, textBaseline, dash, moved, cut });
  }

  restore() {
    Object.assign(this, this.stack.pop());
  }

  /** @param {number} x @param {number} y */
  translate(x, y) {
    const [left, top, scale] = this.moved;
    this.moved = [left + x * scale, top + y * scale, scale];
  }

  /** @param {number} factor */
  scale(factor) {
    const [left, top, scale] = this.moved;
    this.moved = [left, top, scale * factor];
  }

  /** @param {number} x @param {number} y */
  at(x, y) {
    const [left, top, scale] = this.moved;
    return `${figure(left + x * scale)} ${figure(top + y * scale)}`;
  }

  /** @param {number[]} dash */
  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = "";
  }

  /** @param {number} x @param {number} y */
  moveTo(x, y) {
    this.path += `M${this.at(x, y)}`;
  }

  /** @param {number} x @param {number} y */
  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${this.at(x, y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  rect(x, y, width, height) {
    this.path += `M${this.at(x, y)}L${this.at(x + width, y)}L${this.at(x + width, y + height)}L${this.at(x, y + height)}Z`;
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height @param {number} radius */
  roundRect(x, y, width, height, radius) {
    const r = figure(radius * this.moved[2]);
    const [right, bottom] = [x + width, y + height];
    const turn = (/** @type {number} */ toX, /** @type {number} */ toY) => `A${r} ${r} 0 0 1 ${this.at(toX, toY)}`;
    this.path += `M${this.at(x + radius, y)}L${this.at(right - radius, y)}${turn(right, y + radius)}L${this.at(right, bottom - radius)}${turn(right - radius, bottom)}L${this.at(x + radius, bottom)}${turn(x, bottom - radius)}L${this.at(x, y + radius)}${turn(x + radius, y)}Z`;
  }

  /** Clockwise, as the page draws all its arcs. @param {number} x @param {number} y @param {number} radius @param {number} start @param {number} end */
  arc(x, y, radius, start, end) {
    const r = figure(radius * this.moved[2]);
    const point = (/** @type {number} */ turn) => this.at(x + radius * Math.cos(turn), y + radius * Math.sin(turn));
    const sweep = end > start ? end - start : end - start + 2 * Math.PI;
    const half = start + sweep / 2;
    this.path += `${this.path && !this.path.endsWith("Z") && sweep < 2 * Math.PI ? "L" : "M"}${point(start)}A${r} ${r} 0 0 1 ${point(half)}A${r} ${r} 0 0 1 ${point(start + sweep)}`;
  }

  clip() {
    this.cut = ` clip-path="url(#${this.define((id) => `<clipPath id="${id}"><path d="${this.path}"/></clipPath>`)})"`;
  }

  /** @param {(id: string) => string} write */
  define(write) {
    const id = `d${this.defs.length}`;
    this.defs.push(write(id));
    return id;
  }

  /** @param {HTMLCanvasElement} tile */
  createPattern(tile) {
    /** @type {Tiling} */
    const pattern = { matrix: "", setTransform: ({ a, b, c, d, e, f }) => (pattern.matrix = [a, b, c, d, e, f].map((value) => value.toFixed(2)).join(" ")), tile };
    return pattern;
  }

  /** @param {string | Tiling} style */
  paint(style) {
    if (typeof style === "string") return escape(style);
    const { tile, matrix } = style;
    const image = `<image href="${tile.toDataURL()}" width="${tile.width}" height="${tile.height}"/>`;
    return `url(#${this.define((id) => `<pattern id="${id}" width="${tile.width}" height="${tile.height}" patternUnits="userSpaceOnUse" patternTransform="matrix(${matrix})">${image}</pattern>`)})`;
  }

  get faint() {
    return (this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : "") + this.cut;
  }

  /** @param {CanvasFillRule} [rule] */
  fill(rule) {
    if (this.path) this.parts.push(`<path d="${this.path}" fill="${this.paint(this.fillStyle)}"${rule ? ` fill-rule="${rule}"` : ""}${this.faint}/>`);
  }

  get line() {
    const dash = this.dash.length ? ` stroke-dasharray="${this.dash.join(" ")}"` : "";
    return ` stroke="${this.paint(this.strokeStyle)}" stroke-width="${figure(this.lineWidth * this.moved[2])}" stroke-linejoin="${this.lineJoin}"${dash}`;
  }

  stroke() {
    if (this.path) this.parts.push(`<path d="${this.path}" fill="none"${this.line}${this.faint}/>`);
  }

  /** @param {number} x @param {number} y @param {number} width @param {number} height */
  fillRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  /** @param {string} text */
  measureText(text) {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }

  /** @param {string} text @param {number} x @param {number} y @param {string} paint */
  write(text, x, y, paint) {
    const [left, top] = this.at(x, y).split(" ");
    const anchor = ANCHORS[this.textAlign] ? ` text-anchor="${ANCHORS[this.textAlign]}"` : "";
    const base = this.textBaseline === "middle" ? ' dominant-baseline="central"' : "";
    this.parts.push(`<text x="${left}" y="${top}" style="font:${escape(this.font)}"${anchor}${base}${paint}${this.faint}>${escape(text)}</text>`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  fillText(text, x, y) {
    this.write(text, x, y, ` fill="${this.paint(this.fillStyle)}"`);
  }

  /** @param {string} text @param {number} x @param {number} y */
  strokeText(text, x, y) {
    this.write(text, x, y, ` fill="none"${this.line}`);
  }

  /** The whole drawing, with a title and a description for who cannot see it. @param {string} title @param {string} description */
  document(title, description) {
    const size = `width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}"`;
    const words = `<title>${escape(title)}</title><desc>${escape(description)}</desc>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">${words}<defs>${this.defs.join("")}</defs>${this.parts.join("\n")}</svg>\n`;
  }
}
