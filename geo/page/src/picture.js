// Paints one view: ground, areas, marks, then the text that still finds room. `Chart` says what is shown and what is chosen.

import { inside, unitX, unitY } from "./data.js";
import { el } from "./dom.js";
import { RADIUS, drawGlyph } from "./glyphs.js";
import { drawFigures, drawGraticule, drawLand, drawSea, drawZones, fill, graticule, lettering, stroke } from "./ground.js";
import { FONT, Room, wrapped } from "./labels.js";
import { pixels } from "./marks.js";
import { labelAreas } from "./tags.js";
import { figure } from "./words.js";

/** @import { Area, Colours, Data, Mark, Pen, Place, Row, Shown, Stack, View } from "./types" */

const MOST_NUMBERS = 200; // of more records than this none carries its number: beside counts it would be read as one
const BESIDE = 40; // pixels beside the view in which a mark may still reach into it

/** Half the width of a stack's sign. @param {Stack} stack */
const half = ({ count }) => 10 + 4 * figure(count).length;

/** Whoever paints: the map on the screen, or a picture to take away. */
export class Picture {
  /** @param {Data} data @param {{ colours: Colours, shown: Shown, onMap: Set<Row>, frame: { west: number, east: number, north: number, south: number } }} scene */
  constructor(data, { colours, shown, onMap, frame }) {
    this.data = data;
    this.colours = colours;
    this.shown = shown;
    this.onMap = onMap;
    this.frame = frame;
    /** @type {Row | null} */
    this.selected = null;
    /** @type {Place | null} where a person would put the open record */
    this.proposed = null;
    /** @type {Record<string, CanvasPattern>} */
    this.hatches = {};
    this.room = new Room(0, 0);
    /** @type {import("./tags.js").Sign[]} */
    this.signs = [];
  }

  /** Boxes of pixels that something else lies over. @returns {[number, number, number, number][]} */
  covered() {
    return [];
  }

  /** The areas that something shown is in. @returns {Area[]} */
  areas() {
    return this.data.areas.filter((area) => area.records.some((record) => this.onMap.has(record) || record === this.selected));
  }

  /** What stands in a view. @param {View} _view @returns {{ marks: Mark[], stacks: Stack[] }} */
  marks(_view) {
    return { marks: [], stacks: [] };
  }

  /** @param {Pen} context @param {View} view */
  paint(context, view) {
    const { data, colours } = this;
    const lines = graticule(view, unitX, unitY);
    this.ground(context, view);
    if (this.shown.grid) drawGraticule(context, lines, view, this.frame, colours);
    for (const area of this.areas()) this.drawArea(context, area, view);
    const { marks, stacks } = this.marks(view);
    const near = marks.filter(({ x, y, radius }) => x + radius > view.left - BESIDE && y + radius > view.top - BESIDE && x - radius < view.left + view.width + BESIDE && y - radius < view.top + view.height + BESIDE);
    for (const mark of near) this.drawReach(context, mark, view);
    this.room = new Room(view.width, view.height);
    for (const box of this.covered()) this.room.take(...box);
    for (const { x, y, atX, atY } of near) {
      this.room.take(x - view.left - 11, y - view.top - 11, x - view.left + 11, y - view.top + 11);
      // Nothing is written over the spot that a fan belongs to.
      if (x !== atX) this.room.take(atX - view.left - 8, atY - view.top - 8, atX - view.left + 8, atY - view.top + 8);
    }
    for (const stack of stacks) this.room.take(stack.x - view.left - half(stack), stack.y - view.top - 13, stack.x - view.left + half(stack), stack.y - view.top + 13);
    const [raised, flat] = [near.filter((mark) => mark.raised), near.filter((mark) => !mark.raised)];
    for (const mark of flat) this.drawLeader(context, mark, view);
    for (const stack of stacks) this.drawStack(context, stack, view);
    for (const mark of flat) if (mark.record !== this.selected) this.drawMark(context, mark, view);
    this.signs = labelAreas(context, this, view);
    if (raised.length) this.drawRaised(context, raised, view);
    for (const mark of near) if (mark.record === this.selected) this.drawMark(context, mark, view);
    if (this.proposed) this.drawProposed(context, this.proposed, view);
    const numbered = raised.length ? raised : data.records.length <= MOST_NUMBERS ? near : [];
    for (const mark of numbered) this.labelMark(context, mark, view);
    if (this.shown.grid) drawFigures(context, lines, view, colours, FONT, this.room);
    for (const label of data.base.labels) if (label[2] ? this.shown.seas : this.shown.names) this.drawName(context, label, view);
  }

  /** Sea, zones and land. @param {Pen} context @param {View} view */
  ground(context, view) {
    const { data, colours } = this;
    drawSea(context, view, this.frame, colours);
    if (this.shown.zones) drawZones(context, data.zones, view, colours);
    drawLand(context, data.base, view, colours);
  }

  /** @param {Pen} context @param {Area} area @param {View} view */
  drawArea(context, area, view) {
    const chosen = area.records.includes(/** @type {Row} */ (this.selected));
    const moved = area.records.every((record) => record.type === "deployment");
    const colour = this.colourOf(area.records);
    context.save();
    context.globalAlpha = chosen ? 0.14 : 0.05;
    fill(context, area.rings, view, colour);
    // Inside an area that fills the view its hatching would only hide what is there.
    const corners = [[view.west, view.north], [view.east, view.north], [view.west, view.south], [view.east, view.south]];
    context.globalAlpha = corners.every(([x, y]) => inside(area.rings, x, y)) ? 0.1 : chosen ? 0.7 : 0.32;
    fill(context, area.rings, view, this.hatch(context, colour, moved, view));
    context.globalAlpha = chosen ? 1 : 0.7;
    stroke(context, area.rings, view, colour, chosen ? 2 : 1.1);
    stroke(context, area.lines, view, colour, chosen ? 3 : 2, [10, 5]);
    context.restore();
  }

  /** The colour of what means an area: incidents before deployments before mere names. @param {Row[]} records */
  colourOf(records) {
    const kinds = new Set(records.map((record) => record.type));
    return this.colours[kinds.has("incident") ? "area" : kinds.has("deployment") ? "ship" : "place"];
  }

  /** Slanted lines, one way for incidents, the other for deployments, fixed to the ground rather than to the screen. @param {Pen} context @param {string} colour @param {boolean} mirrored @param {View} view */
  hatch(context, colour, mirrored, view) {
    const name = `${colour}${mirrored}`;
    if (!this.hatches[name]) {
      const tile = /** @type {HTMLCanvasElement} */ (el("canvas", { width: 18, height: 18 }));
      const pen = /** @type {Pen} */ (tile.getContext("2d"));
      pen.scale(2, 2);
      pen.strokeStyle = colour;
      pen.lineWidth = 1;
      for (const shift of [-9, 0, 9]) {
        pen.moveTo(mirrored ? -1 + shift : 10 + shift, -1);
        pen.lineTo(mirrored ? 10 + shift : -1 + shift, 10);
      }
      pen.stroke();
      this.hatches[name] = /** @type {CanvasPattern} */ (context.createPattern(tile, "repeat"));
    }
    this.hatches[name].setTransform(new DOMMatrix([0.5, 0, 0, 0.5, -(view.left % 9), -(view.top % 9)]));
    return this.hatches[name];
  }

  /** The circle or shape that a mark may be anywhere in, once it is wider than the mark. @param {Pen} context @param {Mark} mark @param {View} view */
  drawReach(context, { record, atX, atY, radius, solid }, view) {
    const chosen = record === this.selected;
    if (solid && !chosen) return;
    const colour = this.colours[record.glyph];
    context.save();
    context.globalAlpha = chosen ? 0.2 : 0.1;
    if (record.shape?.length) {
      fill(context, record.shape, view, colour);
      context.globalAlpha = chosen ? 1 : 0.75;
      stroke(context, record.shape, view, colour, chosen ? 2 : 1.2, [5, 3]);
    } else if (radius > 3) {
      context.beginPath();
      context.arc(atX - view.left, atY - view.top, radius, 0, 2 * Math.PI);
      context.fillStyle = colour;
      context.fill();
      context.globalAlpha = chosen ? 1 : 0.75;
      context.strokeStyle = colour;
      context.lineWidth = chosen ? 2 : 1.2;
      context.setLineDash([5, 3]);
      context.stroke();
    }
    context.restore();
  }

  /** @param {Pen} context @param {Mark} mark @param {View} view */
  drawLeader(context, { x, y, atX, atY }, view) {
    if (Math.hypot(x - atX, y - atY) < 1) return;
    context.beginPath();
    context.moveTo(atX - view.left, atY - view.top);
    context.lineTo(x - view.left, y - view.top);
    context.strokeStyle = this.colours.ink;
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    context.arc(atX - view.left, atY - view.top, 2, 0, 2 * Math.PI);
    context.fillStyle = this.colours.ink;
    context.fill();
  }

  /** @param {Pen} context @param {Mark} mark @param {View} view */
  drawMark(context, { record, x, y, solid }, view) {
    const [left, top] = [x - view.left, y - view.top];
    if (record === this.selected) {
      context.beginPath();
      context.arc(left, top, RADIUS + 6, 0, 2 * Math.PI);
      context.strokeStyle = this.colours.halo;
      context.lineWidth = 5;
      context.stroke();
      context.strokeStyle = this.colours.accent;
      context.lineWidth = 2.5;
      context.stroke();
    }
    drawGlyph(context, record.glyph, left, top, { colours: this.colours, hollow: !solid || record.mode !== "actual" });
  }

  /** The marks of an opened stack, above a veil over all else. @param {Pen} context @param {Mark[]} marks @param {View} view */
  drawRaised(context, marks, view) {
    const [{ x: firstX, y: firstY }] = marks;
    const [middleX, middleY] = [marks.reduce((sum, { x }) => sum + x, 0) / marks.length, marks.reduce((sum, { y }) => sum + y, 0) / marks.length];
    const far = marks.reduce((most, { x, y }) => Math.max(most, Math.hypot(x - middleX, y - middleY)), Math.hypot(firstX - middleX, firstY - middleY)) + RADIUS + 8;
    context.beginPath();
    context.arc(middleX - view.left, middleY - view.top, far, 0, 2 * Math.PI);
    context.globalAlpha = 0.82;
    context.fillStyle = this.colours.paper;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = this.colours.quiet;
    context.lineWidth = 1;
    context.stroke();
    for (const mark of marks) this.drawLeader(context, mark, view);
    for (const mark of marks) this.drawMark(context, mark, view);
  }

  /** Where a person would put the open record. @param {Pen} context @param {Place} place @param {View} view */
  drawProposed(context, { latitude, longitude, metres }, view) {
    const middle = (this.frame.west + this.frame.east) / 2;
    const x = unitX(longitude) + Math.round(middle - unitX(longitude));
    const [left, top] = [x * view.size - view.left, unitY(latitude) * view.size - view.top];
    context.strokeStyle = context.fillStyle = this.colours.accent;
    context.lineWidth = 2;
    for (const radius of [Math.max(4, pixels(metres, latitude, view.size)), 4]) {
      context.beginPath();
      context.setLineDash(radius === 4 ? [] : [6, 4]);
      context.arc(left, top, radius, 0, 2 * Math.PI);
      context.stroke();
    }
    context.fill();
    context.setLineDash([]);
  }

  /** @param {Pen} context @param {Stack} stack @param {View} view */
  drawStack(context, stack, view) {
    const [left, top, wide] = [stack.x - view.left, stack.y - view.top, half(stack)];
    context.beginPath();
    context.roundRect(left - wide, top - 12, 2 * wide, 24, 12);
    context.fillStyle = this.colours.ink;
    context.strokeStyle = this.colours.halo;
    context.lineWidth = 3;
    context.stroke();
    context.fill();
    context.font = `700 13px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = this.colours.paper;
    context.fillText(figure(stack.count), left, top + 0.5);
  }

  /** A mark's number in the list, on whichever side is free. @param {Pen} context @param {Mark} mark @param {View} view */
  labelMark(context, { record, x, y }, view) {
    const [left, top] = [x - view.left, y - view.top];
    const text = String(record.number);
    context.font = `650 11px ${FONT}`;
    const width = context.measureText(text).width;
    context.textBaseline = "middle";
    context.textAlign = "center";
    for (const [dx, dy] of [[14 + width / 2, 0], [-14 - width / 2, 0], [0, -18], [0, 18]]) {
      if (!this.room.ask(left + dx - width / 2 - 1, top + dy - 6, left + dx + width / 2 + 1, top + dy + 6)) continue;
      context.lineJoin = "round";
      context.lineWidth = 3;
      context.strokeStyle = this.colours.halo;
      context.fillStyle = this.colours.ink;
      lettering(context, text, left + dx, top + dy);
      return;
    }
  }

  /** Names a sea or country where it has room: the larger the thing, the earlier it is named. @param {Pen} context @param {Data["base"]["labels"][number]} label @param {View} view */
  drawName(context, [name, size, water, spots], view) {
    const room = (size * view.size) / 360;
    if (water ? room < 90 || room > 2600 : room < 26 && view.size / 360 < 24) return;
    const height = water ? Math.min(16, Math.max(11, room / 28)) : Math.min(13.5, Math.max(10.5, room / 22));
    context.font = water ? `italic ${height}px Georgia, "Times New Roman", serif` : `550 ${height}px ${FONT}`;
    const lines = water ? wrapped(name) : [name];
    const wide = Math.max(...lines.map((line) => context.measureText(line).width)) / 2 + 3;
    if (water && wide * 2 > room * 1.3) return;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 2.5;
    context.fillStyle = water ? this.colours.water : this.colours.country;
    context.strokeStyle = water ? this.colours.sea : this.colours.land;
    // A small island's name may also stand above or below it.
    const shifts = water || spots.length > 1 ? [0] : [0, 1.5 * height, -1.5 * height];
    const tall = (lines.length * height * 1.2) / 2 + 1;
    for (const [longitude, latitude] of spots) {
      const [x, y] = [unitX(longitude) * view.size - view.left, unitY(latitude) * view.size - view.top];
      const shift = shifts.find((down) => this.room.ask(x - wide, y + down - tall, x + wide, y + down + tall));
      if (shift === undefined) continue;
      lines.forEach((line, i) => lettering(context, line, x, y + shift + (i - (lines.length - 1) / 2) * height * 1.2));
      return;
    }
  }
}
