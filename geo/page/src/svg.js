// A pen with the manners of a canvas that writes SVG instead: the picture that is painted is the picture that is written.

const figure = (value) => String(Math.round(value * 10) / 10);
const XML = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

/** Text for XML: markup escaped, characters that XML cannot hold left out. */
export const escape = (text) => String(text).replace(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "").replace(/[&<>"]/g, (letter) => XML[letter]);

const STATE = { fillStyle: "#000", strokeStyle: "#000", lineWidth: 1, lineJoin: "miter", globalAlpha: 1, font: "10px sans-serif", textAlign: "start", textBaseline: "alphabetic" };
const ANCHORS = { center: "middle", right: "end", end: "end" };

export class SvgPen {
  /** `measure` is a canvas context that knows how wide text is. */
  constructor(width, height, measure) {
    Object.assign(this, STATE, { width, height, measure, parts: [], defs: [], stack: [], path: "", dash: [], moved: [0, 0, 1], cut: "" });
  }

  save() {
    this.stack.push(Object.fromEntries([...Object.keys(STATE), "dash", "moved", "cut"].map((name) => [name, this[name]])));
  }

  restore() {
    Object.assign(this, this.stack.pop());
  }

  translate(x, y) {
    const [left, top, scale] = this.moved;
    this.moved = [left + x * scale, top + y * scale, scale];
  }

  scale(factor) {
    const [left, top, scale] = this.moved;
    this.moved = [left, top, scale * factor];
  }

  at(x, y) {
    const [left, top, scale] = this.moved;
    return `${figure(left + x * scale)} ${figure(top + y * scale)}`;
  }

  setLineDash(dash) {
    this.dash = dash;
  }

  beginPath() {
    this.path = "";
  }

  moveTo(x, y) {
    this.path += `M${this.at(x, y)}`;
  }

  lineTo(x, y) {
    this.path += `${this.path ? "L" : "M"}${this.at(x, y)}`;
  }

  closePath() {
    this.path += "Z";
  }

  rect(x, y, width, height) {
    this.path += `M${this.at(x, y)}L${this.at(x + width, y)}L${this.at(x + width, y + height)}L${this.at(x, y + height)}Z`;
  }

  roundRect(x, y, width, height, radius) {
    const r = figure(radius * this.moved[2]);
    const [right, bottom] = [x + width, y + height];
    const turn = (toX, toY) => `A${r} ${r} 0 0 1 ${this.at(toX, toY)}`;
    this.path += `M${this.at(x + radius, y)}L${this.at(right - radius, y)}${turn(right, y + radius)}L${this.at(right, bottom - radius)}${turn(right - radius, bottom)}L${this.at(x + radius, bottom)}${turn(x, bottom - radius)}L${this.at(x, y + radius)}${turn(x + radius, y)}Z`;
  }

  /** Clockwise, as the page draws all its arcs. */
  arc(x, y, radius, start, end) {
    const r = figure(radius * this.moved[2]);
    const point = (turn) => this.at(x + radius * Math.cos(turn), y + radius * Math.sin(turn));
    const sweep = end > start ? end - start : end - start + 2 * Math.PI;
    const half = start + sweep / 2;
    this.path += `${this.path && !this.path.endsWith("Z") && sweep < 2 * Math.PI ? "L" : "M"}${point(start)}A${r} ${r} 0 0 1 ${point(half)}A${r} ${r} 0 0 1 ${point(start + sweep)}`;
  }

  clip() {
    this.cut = ` clip-path="url(#${this.define((id) => `<clipPath id="${id}"><path d="${this.path}"/></clipPath>`)})"`;
  }

  define(write) {
    const id = `d${this.defs.length}`;
    this.defs.push(write(id));
    return id;
  }

  createPattern(tile) {
    const pattern = { matrix: "", setTransform: ({ a, b, c, d, e, f }) => (pattern.matrix = [a, b, c, d, e, f].map((value) => value.toFixed(2)).join(" ")), tile };
    return pattern;
  }

  paint(style) {
    if (typeof style === "string") return escape(style);
    const { tile, matrix } = style;
    const image = `<image href="${tile.toDataURL()}" width="${tile.width}" height="${tile.height}"/>`;
    return `url(#${this.define((id) => `<pattern id="${id}" width="${tile.width}" height="${tile.height}" patternUnits="userSpaceOnUse" patternTransform="matrix(${matrix})">${image}</pattern>`)})`;
  }

  get faint() {
    return (this.globalAlpha < 1 ? ` opacity="${this.globalAlpha}"` : "") + this.cut;
  }

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

  fillRect(x, y, width, height) {
    this.beginPath();
    this.rect(x, y, width, height);
    this.fill();
  }

  measureText(text) {
    this.measure.font = this.font;
    return this.measure.measureText(text);
  }

  write(text, x, y, paint) {
    const [left, top] = this.at(x, y).split(" ");
    const anchor = ANCHORS[this.textAlign] ? ` text-anchor="${ANCHORS[this.textAlign]}"` : "";
    const base = this.textBaseline === "middle" ? ' dominant-baseline="central"' : "";
    this.parts.push(`<text x="${left}" y="${top}" style="font:${escape(this.font)}"${anchor}${base}${paint}${this.faint}>${escape(text)}</text>`);
  }

  fillText(text, x, y) {
    this.write(text, x, y, ` fill="${this.paint(this.fillStyle)}"`);
  }

  strokeText(text, x, y) {
    this.write(text, x, y, ` fill="none"${this.line}`);
  }

  /** The whole drawing, with a title and a description for who cannot see it. */
  document(title, description) {
    const size = `width="${this.width}" height="${this.height}" viewBox="0 0 ${this.width} ${this.height}"`;
    const words = `<title>${escape(title)}</title><desc>${escape(description)}</desc>`;
    return `<svg xmlns="http://www.w3.org/2000/svg" ${size} role="img">${words}<defs>${this.defs.join("")}</defs>${this.parts.join("\n")}</svg>\n`;
  }
}
