// When: a bar for every record, as long as its date is vague, with a brush to drag, two handles for the keyboard, and play.

import { bins, formatter, lanes, ticks } from "./dates.js";
import { el, pen } from "./dom.js";
import { FONT } from "./labels.js";
import { t } from "./words.js";

/** @import { Colours, Pen, Row, Span } from "./types" */
/** @typedef {[first: number, last: number]} Stretch days */
/** @typedef {{ time: Stretch | null, undated: boolean }} Asked */
/** @typedef {Row & { span: Span }} Dated */

const HEIGHT = 58;
const AXIS = 17;
const LANES = 6; // more than this and bars turn into counts
const BEAT = 600; // milliseconds between two steps of play
const MOST_BARS = 300;

/** @param {Row} record @returns {record is Dated} */
const dated = (record) => record.span !== null;

export class Timeline {
  /** `onTime({time, undated})` hears of every choice, `open(record)` of a click on a bar. @param {Row[]} records @param {{ colours: Colours, language: string, onTime: (asked: Asked) => void, open: (record: Row) => void }} page */
  constructor(records, { colours, language, onTime, open }) {
    this.colours = colours;
    this.language = language;
    this.onTime = onTime;
    this.open = open;
    /** @type {Stretch | null} */
    this.time = null;
    this.undated = true;
    /** @type {Dated[]} */
    this.bars = [];
    /** @type {{ record: Dated, left: number, right: number, top: number }[] | null} */
    this.drawn = null;
    this.timer = 0;
    this.width = 0;
    const all = records.filter(dated);
    this.missing = records.length - all.length;
    // What is told as background may lie decades back: it has its date in the list, and would squeeze the rest into a corner.
    const actual = all.filter((record) => record.mode === "actual");
    const spans = (actual.length ? actual : all).map(({ span }) => span);
    this.from = spans.reduce((least, { first }) => Math.min(least, first), Infinity);
    this.to = spans.reduce((most, { last }) => Math.max(most, last), -Infinity);
    this.node = el("section", { class: "timeline", "aria-label": t("Time"), hidden: !(this.to > this.from) });
    this.canvas = el("canvas", { "aria-hidden": "true" });
    this.handles = [this.handle(t("First day"), 0), this.handle(t("Last day"), 1)];
    this.player = el("button", { class: "step play", onclick: () => (this.timer ? this.stop() : this.play()) });
    this.said = el("span", { class: "said" });
    this.all = el("button", { class: "inline", onclick: () => this.choose(null) }, t("All dates"));
    this.box = el("input", { type: "checkbox" });
    this.track = el("div", { class: "track" }, this.canvas, ...this.handles);
    if (!this.node.hidden) this.build();
  }

  /** One end of the brush, for the keyboard. @param {string} name @param {0 | 1} end */
  handle(name, end) {
    const node = el("input", { type: "range", min: this.from, max: this.to, step: 1, "aria-label": name });
    node.addEventListener("input", () => this.move(end, Number(node.value)));
    return node;
  }

  build() {
    this.box.addEventListener("change", () => this.onTime({ time: this.time, undated: this.box.checked }));
    const apart = this.missing ? el("label", { class: "undated" }, this.box, t("{n} without a date", { n: this.missing })) : null;
    this.node.append(el("div", { class: "line" }, this.player, this.said, this.all, apart), this.track);
    this.canvas.addEventListener("pointerdown", (event) => this.grab(event));
    new ResizeObserver(([{ contentRect }]) => this.draw(contentRect.width)).observe(this.track);
    this.sign();
  }

  sign() {
    this.player.textContent = this.timer ? "❚❚" : "▶";
    this.player.setAttribute("aria-label", this.timer ? t("Pause") : t("Play through time"));
  }

  /** Shows what is chosen; `records` are those that the other filters leave. @param {Asked} asked @param {Row[]} records */
  show({ time, undated }, records) {
    if (this.node.hidden) return;
    this.time = time;
    this.undated = undated;
    this.bars = records.filter(dated).filter(({ span }) => span.last >= this.from && span.first <= this.to);
    const [from, to] = time ?? [this.from, this.to];
    [from, to].forEach((day, end) => {
      this.handles[end].value = String(day);
      this.handles[end].setAttribute("aria-valuetext", this.write(day));
    });
    this.said.textContent = from === to ? this.write(from) : `${this.write(from)} – ${this.write(to)}`;
    this.all.hidden = !time;
    this.box.checked = undated;
    this.draw();
  }

  /** @param {number} day */
  write(day) {
    return formatter(this.language, { day: "numeric", month: "short", year: "numeric" }).format(day * 86_400_000);
  }

  /** @param {Stretch | null} time */
  choose(time) {
    this.onTime({ time, undated: this.undated });
  }

  /** @param {0 | 1} end @param {number} day */
  move(end, day) {
    this.stop();
    const [from, to] = this.time ?? [this.from, this.to];
    this.choose(end ? [Math.min(from, day), day] : [day, Math.max(to, day)]);
  }

  /** @param {number} day */
  x(day) {
    return 8 + ((day - this.from) / (this.to - this.from + 1)) * (this.width - 16);
  }

  /** @param {number} x */
  day(x) {
    const day = Math.floor(this.from + ((x - 8) / (this.width - 16)) * (this.to - this.from + 1));
    return Math.max(this.from, Math.min(this.to, day));
  }

  /** Dragging chooses a stretch of time; a click opens the record under the pointer. @param {PointerEvent} event */
  grab(event) {
    this.stop();
    const start = event.offsetX;
    let dragged = false;
    this.canvas.setPointerCapture(event.pointerId);
    const move = (/** @type {PointerEvent} */ { offsetX }) => {
      dragged ||= Math.abs(offsetX - start) > 4;
      if (dragged) this.choose([this.day(Math.min(start, offsetX)), this.day(Math.max(start, offsetX))]);
    };
    const up = (/** @type {PointerEvent} */ { offsetX, offsetY }) => {
      this.canvas.removeEventListener("pointermove", move);
      if (dragged) return;
      const hit = this.drawn?.find(({ left, right, top }) => offsetX >= left - 2 && offsetX <= right + 2 && offsetY >= top - 2 && offsetY <= top + 7);
      if (hit) this.open(hit.record);
    };
    this.canvas.addEventListener("pointermove", move);
    this.canvas.addEventListener("pointerup", up, { once: true });
  }

  /** Moves the brush to the end of time; without one, a tenth of all dates at a time. */
  play() {
    const span = this.to - this.from + 1;
    const width = this.time && this.time[1] - this.time[0] + 1 < span ? this.time[1] - this.time[0] + 1 : Math.max(1, Math.ceil(span / 10));
    const step = Math.max(1, Math.ceil(width / 3));
    let at = this.time && this.time[1] < this.to ? this.time[0] : this.from;
    const beat = () => {
      this.choose([at, Math.min(this.to, at + width - 1)]);
      if (at + width - 1 >= this.to) this.stop();
      at += step;
    };
    this.timer = window.setInterval(beat, BEAT);
    this.sign();
    beat();
  }

  stop() {
    clearInterval(this.timer);
    this.timer = 0;
    this.sign();
  }

  /** @param {Colours} colours */
  recolour(colours) {
    this.colours = colours;
    if (!this.node.hidden) this.draw();
  }

  /** The width is told by whoever saw it change: asking for it makes the browser lay the whole page out. */
  draw(width = this.width) {
    this.width = width;
    const ratio = window.devicePixelRatio || 1;
    if (!width) return;
    this.canvas.width = Math.round(width * ratio);
    this.canvas.height = Math.round(HEIGHT * ratio);
    const context = pen(this.canvas);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.axis(context, width);
    const spans = this.bars.map((record) => record.span);
    const gap = (3 * (this.to - this.from + 1)) / (width - 16);
    const found = spans.length <= MOST_BARS ? lanes(spans, gap, LANES) : null;
    this.drawn = null;
    if (found) this.drawBars(context, found);
    else this.drawCounts(context, spans, width);
    this.brush(context, width);
  }

  /** @param {Pen} context @param {number} width */
  axis(context, width) {
    const { colours } = this;
    context.font = `10.5px ${FONT}`;
    context.textBaseline = "middle";
    context.textAlign = "left";
    context.strokeStyle = colours.grid;
    let free = 0;
    for (const [day, text] of ticks(this.from, this.to, Math.max(2, width / 90), this.language)) {
      const x = Math.round(this.x(day)) + 0.5;
      context.beginPath();
      context.moveTo(x, 0);
      context.lineTo(x, HEIGHT - AXIS + 4);
      context.stroke();
      const end = x + context.measureText(text).width;
      if (x < free || end > width) continue;
      context.fillStyle = colours.quiet;
      context.fillText(text, x, HEIGHT - AXIS / 2 + 1);
      free = end + 8;
    }
  }

  /** Solid while the day is known, pale and outlined as far as it may be any day of the bar. @param {Pen} context @param {number[]} found the lane of each */
  drawBars(context, found) {
    const height = Math.min(7, (HEIGHT - AXIS - 4) / (Math.max(...found, 0) + 1) - 1.5);
    this.drawn = this.bars.map((record, i) => {
      const [left, right] = [this.x(record.span.first), Math.max(this.x(record.span.first) + 4, this.x(record.span.last + 1) - 1)];
      const top = HEIGHT - AXIS - 1 - (found[i] + 1) * (height + 1.5);
      context.beginPath();
      context.roundRect(left, top, right - left, height, Math.min(2.5, height / 2));
      context.globalAlpha = record.span.coarse ? 0.22 : 1;
      context.fillStyle = this.colours[record.glyph];
      context.fill();
      context.globalAlpha = 1;
      context.strokeStyle = this.colours[record.glyph];
      context.lineWidth = 1;
      if (record.span.coarse) context.stroke();
      return { record, left, right, top };
    });
  }

  /** @param {Pen} context @param {Span[]} spans @param {number} width */
  drawCounts(context, spans, width) {
    const count = Math.max(1, Math.min(this.to - this.from + 1, Math.floor((width - 16) / 7)));
    const { fine, coarse } = bins(spans, this.from, this.to, count);
    const most = Math.max(1, ...fine.map((value, i) => value + coarse[i]));
    const [full, step] = [HEIGHT - AXIS - 4, (width - 16) / count];
    for (let i = 0; i < count; i++) {
      const [solid, pale] = [(fine[i] / most) * full, (coarse[i] / most) * full];
      context.fillStyle = this.colours.other;
      context.fillRect(8 + i * step, HEIGHT - AXIS - solid, step - 1, solid);
      context.globalAlpha = 0.35;
      context.fillRect(8 + i * step, HEIGHT - AXIS - solid - pale, step - 1, pale);
      context.globalAlpha = 1;
    }
  }

  /** @param {Pen} context @param {number} width */
  brush(context, width) {
    if (!this.time) return;
    const [left, right] = [this.x(this.time[0]), this.x(this.time[1] + 1)];
    context.fillStyle = this.colours.paper;
    context.globalAlpha = 0.72;
    context.fillRect(0, 0, left, HEIGHT - AXIS);
    context.fillRect(right, 0, width - right, HEIGHT - AXIS);
    context.globalAlpha = 1;
    context.strokeStyle = this.colours.accent;
    context.lineWidth = 1.5;
    context.strokeRect(left, 1, Math.max(2, right - left), HEIGHT - AXIS - 2);
  }
}
