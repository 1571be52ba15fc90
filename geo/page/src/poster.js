// The map as a picture without the page around it: title, dates and standing above, legend and credit below, and words for who cannot see it.

import { latitudeOf, unitX, unitY } from "./data.js";
import { drawGlyph } from "./glyphs.js";
import { FONT, SERIF } from "./labels.js";
import { Marks } from "./marks.js";
import { Picture } from "./picture.js";
import { drawScale } from "./scale.js";
import { SvgPen } from "./svg.js";
import { t } from "./words.js";

/** @import { Chart } from "./map.js" */
/** @import { Marked, Pen, View } from "./types" */

const EDGE = 28;
const MOST_TOLD = 6;

/** Cuts a text into lines of at most some width. @param {Pen} pen @param {string} text @param {number} width */
function lines(pen, text, width) {
  /** @type {string[]} */
  const found = [];
  for (const word of text.split(" ")) {
    const longer = found.length ? `${found.at(-1)} ${word}` : word;
    if (found.length && pen.measureText(longer).width <= width) found[found.length - 1] = longer;
    else found.push(word);
  }
  return found;
}

export class Poster extends Picture {
  /** What `chart` shows now, to be drawn at another size. @param {Chart} chart */
  constructor(chart) {
    super(chart.data, chart);
    this.box = chart.where() ? chart.map.getBounds() : null;
    /** @type {[number, number, number, number][]} */
    this.kept = [];
  }

  covered() {
    return this.kept;
  }

  /** @param {View} view */
  marks({ size, west, north, east, south }) {
    const records = /** @type {Marked[]} */ ([...this.onMap].filter((record) => record.mark));
    return new Marks(records, (this.data.window[0] + this.data.window[2]) / 2).layout(size, [west, north, east, south]);
  }

  /** The view that fills a frame of this size. @param {number} width @param {number} height @returns {View} */
  view(width, height) {
    const [west, south, east, north] = this.box ? [this.box.getWest(), this.box.getSouth(), this.box.getEast(), this.box.getNorth()] : this.data.fit;
    const [left, right, top, bottom] = [unitX(west), unitX(east), unitY(north), unitY(south)];
    const size = Math.min(width / (right - left), height / (bottom - top)) * 0.98;
    const [x, y] = [((left + right) / 2) * size - width / 2, ((top + bottom) / 2) * size - height / 2];
    return { size, left: x, top: y, width, height, west: x / size, east: (x + width) / size, north: y / size, south: (y + height) / size };
  }

  /** Draws everything with a pen: a canvas or one that writes SVG. @param {Pen} pen @param {number} width @param {number} height */
  draw(pen, width, height) {
    const { data, colours } = this;
    const text = (/** @type {string} */ words, /** @type {string} */ font, /** @type {string} */ colour, /** @type {number} */ x, /** @type {number} */ y) => {
      Object.assign(pen, { font, fillStyle: colour, textAlign: "left", textBaseline: "middle" });
      pen.fillText(words, x, y);
    };
    const write = (/** @type {string} */ words, /** @type {string} */ font, /** @type {string} */ colour, /** @type {number} */ top, /** @type {number} */ gap) => {
      pen.font = font;
      lines(pen, words, width - 2 * EDGE).forEach((line) => {
        text(line, font, colour, EDGE, top + gap / 2);
        top += gap;
      });
      return top;
    };
    pen.fillStyle = colours.paper;
    pen.fillRect(0, 0, width, height);
    let top = write(data.title, `600 30px ${SERIF}`, colours.ink, 20, 36);
    top = write([data.under, data.review].filter(Boolean).join(" · "), `15px ${FONT}`, colours.quiet, top + 2, 21) + 12;
    const keys = this.keys(pen, width);
    const credit = `${data.attribution} ${data.disclaimer}`;
    pen.font = `11.5px ${FONT}`;
    const small = lines(pen, credit, width - 2 * EDGE);
    const bottom = height - (keys.rows * 25 + small.length * 16 + 30);
    pen.save();
    pen.beginPath();
    pen.rect(0, top, width, bottom - top);
    pen.clip();
    pen.translate(0, top);
    const view = this.view(width, bottom - top);
    this.kept = [[width - 140, view.height - 80, width, view.height]];
    this.paint(pen, view);
    drawScale(pen, { right: width - 18, bottom: view.height - 14, latitude: latitudeOf((view.north + view.south) / 2), size: view.size, colours });
    pen.restore();
    keys.items.forEach(({ glyph, hollow, words, x, row }) => {
      const y = bottom + 22 + row * 25;
      drawGlyph(pen, glyph, x + 10, y, { colours, hollow, radius: 8 });
      text(words, `13px ${FONT}`, colours.ink, x + 26, y);
    });
    small.forEach((line, i) => text(line, `11.5px ${FONT}`, colours.quiet, EDGE, height - 14 - (small.length - 1 - i) * 16));
  }

  /** The legend's lines, as many beside each other as fit. @param {Pen} pen @param {number} width */
  keys(pen, width) {
    const seen = new Set([...this.onMap].filter(({ mark }) => mark).map(({ glyph }) => glyph));
    const all = this.data.legend.filter(([name]) => seen.has(name)).map(([glyph, words]) => ({ glyph, words: t(words), hollow: false }));
    if (all.length) all.push({ glyph: all[0].glyph, hollow: true, words: t("Hollow: somewhere in the dashed shape") });
    pen.font = `13px ${FONT}`;
    let [x, row] = [EDGE, 0];
    const items = all.map((item) => {
      const wide = pen.measureText(item.words).width + 48;
      if (x > EDGE && x + wide > width - EDGE) [x, row] = [EDGE, row + 1];
      const placed = { ...item, x, row };
      x += wide;
      return placed;
    });
    return { items, rows: items.length ? row + 1 : 0 };
  }

  /** The picture in words. */
  words() {
    const told = [...this.onMap].filter(({ section }) => section !== "place");
    const some = told.slice(0, MOST_TOLD).map(({ title, when, where }) => `${title} (${when}, ${where})`);
    const rest = told.length > MOST_TOLD ? ` ${t("And {n} more.", { n: told.length - MOST_TOLD })}` : "";
    return `${t("Map")}: ${this.data.title}. ${[this.data.under, this.data.review].filter(Boolean).join(". ")}. ${some.length ? `${some.join("; ")}.` : this.data.empty}${rest}`;
  }

  /** @param {number} width @param {number} height */
  svg(width, height) {
    const pen = new SvgPen(width, height, /** @type {Pen} */ (document.createElement("canvas").getContext("2d")));
    // It has of a canvas what is painted with here.
    this.draw(/** @type {Pen} */ (/** @type {unknown} */ (pen)), width, height);
    return pen.document(this.data.title, this.words());
  }

  /** @param {number} width @param {number} height @returns {Promise<Blob>} */
  async png(width, height) {
    const canvas = document.createElement("canvas");
    [canvas.width, canvas.height] = [width, height];
    this.draw(/** @type {Pen} */ (canvas.getContext("2d")), width, height);
    /** @type {Blob} */
    const blob = await new Promise((done) => canvas.toBlob((made) => done(/** @type {Blob} */ (made)), "image/png"));
    return new Blob([described(new Uint8Array(await blob.arrayBuffer()), this.data.title, this.words())], { type: "image/png" });
  }
}

/** A PNG with a title and a description inside, where programs for pictures look for them. @param {Uint8Array} png @param {string} title @param {string} words @returns {Uint8Array<ArrayBuffer>} */
export function described(png, title, words) {
  const HEADER = 33; // signature and IHDR
  const chunks = [["Title", title], ["Description", words]].map(([key, text]) => chunk(new TextEncoder().encode(`${key}\0\0\0\0\0${text.replaceAll("\0", "")}`)));
  const parts = [png.subarray(0, HEADER), ...chunks, png.subarray(HEADER)];
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  parts.reduce((at, part) => (whole.set(part, at), at + part.length), 0);
  return whole;
}

/** @param {Uint8Array} bytes */
function chunk(bytes) {
  const made = new Uint8Array(bytes.length + 12);
  const view = new DataView(made.buffer);
  view.setUint32(0, bytes.length);
  made.set(new TextEncoder().encode("iTXt"), 4);
  made.set(bytes, 8);
  view.setUint32(bytes.length + 8, crc(made.subarray(4, bytes.length + 8)));
  return made;
}

/** @param {Uint8Array} bytes */
function crc(bytes) {
  let value = 0xffffffff;
  for (const byte of bytes) {
    value ^= byte;
    for (let bit = 0; bit < 8; bit++) value = value & 1 ? (value >>> 1) ^ 0xedb88320 : value >>> 1;
  }
  return (value ^ 0xffffffff) >>> 0;
}

