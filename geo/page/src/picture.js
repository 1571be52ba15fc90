// Paints one view: ground, areas, marks, then the text that still finds room. `Chart` says what is shown and what is chosen.

import { inside, unitX, unitY } from "./data.js";
import { el } from "./dom.js";
import { RADIUS, drawGlyph } from "./glyphs.js";
import { drawFigures, drawGraticule, drawLand, drawSea, drawZones, fill, graticule, lettering, stroke } from "./ground.js";
import { Room, wrapped } from "./labels.js";
import { pixels } from "./marks.js";
import { t } from "./words.js";

export const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const MOST_NUMBERS = 400; // more marks than this carry no numbers: none could be read

export class Picture {
  paint(context, view) {
    const { data, colours } = this;
    const lines = graticule(view, unitX, unitY);
    drawSea(context, view, this.frame, colours);
    if (this.shown.zones) drawZones(context, data.zones, view, colours);
    drawLand(context, data.base, view, colours);
    drawGraticule(context, lines, view, this.frame, colours);
    for (const area of this.areas()) this.drawArea(context, area, view);
    const { marks, stacks } = this.marks(view.size);
    const near = marks.filter(({ x, y, radius }) => x + radius > view.left - 40 && y + radius > view.top - 40 && x - radius < view.left + view.width + 40 && y - radius < view.top + view.height + 40);
    for (const mark of near) this.drawReach(context, mark, view);
    this.room = new Room(view.width, view.height);
    this.areaBoxes = [];
    for (const box of this.covered()) this.room.take(...box);
    for (const mark of near) this.room.take(mark.x - view.left - 11, mark.y - view.top - 11, mark.x - view.left + 11, mark.y - view.top + 11);
    for (const { x, y } of stacks) this.room.take(x - view.left - 16, y - view.top - 13, x - view.left + 16, y - view.top + 13);
    for (const mark of near) this.drawLeader(context, mark, view);
    for (const stack of stacks) this.drawStack(context, stack, view);
    for (const mark of near) if (mark.record !== this.selected) this.drawMark(context, mark, view);
    for (const mark of near) if (mark.record === this.selected) this.drawMark(context, mark, view);
    if (this.proposed) this.drawProposed(context, this.proposed, view);
    for (const area of this.areas()) this.labelArea(context, area, view);
    if (near.length <= MOST_NUMBERS) for (const mark of near) this.labelMark(context, mark, view);
    drawFigures(context, lines, view, colours, FONT, this.room);
    if (this.shown.names) this.drawNames(context, view);
  }

  drawArea(context, area, view) {
    const chosen = area.records.includes(this.selected);
    const moved = area.records.every((record) => record.type === "deployment");
    const colour = this.colourOf(area);
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

  /** The colour of an area: incidents before deployments before mere names. */
  colourOf({ records }) {
    const kinds = new Set(records.map((record) => record.type));
    return this.colours[kinds.has("incident") ? "area" : kinds.has("deployment") ? "ship" : "place"];
  }

  /** Slanted lines, one way for incidents, the other for deployments, fixed to the ground rather than to the screen. */
  hatch(context, colour, mirrored, view) {
    const name = `${colour}${mirrored}`;
    if (!this.hatches[name]) {
      const tile = el("canvas", { width: 18, height: 18 });
      const pen = tile.getContext("2d");
      pen.scale(2, 2);
      pen.strokeStyle = colour;
      pen.lineWidth = 1;
      for (const shift of [-9, 0, 9]) {
        pen.moveTo(mirrored ? -1 + shift : 10 + shift, -1);
        pen.lineTo(mirrored ? 10 + shift : -1 + shift, 10);
      }
      pen.stroke();
      this.hatches[name] = context.createPattern(tile, "repeat");
    }
    this.hatches[name].setTransform(new DOMMatrix([0.5, 0, 0, 0.5, -(view.left % 9), -(view.top % 9)]));
    return this.hatches[name];
  }

  /** The circle or shape that a mark may be anywhere in, once it is wider than the mark. */
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

  /** Where a person would put the open record. */
  drawProposed(context, { latitude, longitude, metres }, view) {
    const middle = (this.frame.west + this.frame.east) / 2;
    const x = unitX(longitude) + Math.round(middle - unitX(longitude));
    const [left, top] = [x * view.size - view.left, unitY(latitude) * view.size - view.top];
    context.strokeStyle = context.fillStyle = this.colours.accent;
    context.lineWidth = 2;
    for (const [radius, dash] of [[Math.max(4, pixels(metres, latitude, view.size)), [6, 4]], [4, []]]) {
      context.beginPath();
      context.setLineDash(dash);
      context.arc(left, top, radius, 0, 2 * Math.PI);
      context.stroke();
    }
    context.fill();
    context.setLineDash([]);
  }

  drawStack(context, { x, y, records }, view) {
    const [left, top] = [x - view.left, y - view.top];
    const text = String(records.length);
    const half = 10 + 4 * text.length;
    context.beginPath();
    context.roundRect(left - half, top - 12, 2 * half, 24, 12);
    context.fillStyle = this.colours.ink;
    context.strokeStyle = this.colours.halo;
    context.lineWidth = 3;
    context.stroke();
    context.fill();
    context.font = `700 13px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = this.colours.paper;
    context.fillText(text, left, top + 0.5);
  }

  /** An area's name, and below it how many records mean all of it: text, so that nobody takes it for a place. */
  labelArea(context, area, view) {
    const here = area.records.filter((record) => this.onMap.has(record) || record === this.selected);
    const badges = here.map((record) => record.badge).filter(Boolean);
    const only = here.length - badges.length;
    const count = !only ? "" : only === 1 ? t("1 record, area only") : t("{n} records, area only", { n: only });
    const name = area.name.length > 34 ? `${area.name.slice(0, 33)}…` : area.name;
    const narrow = view.width < 520;
    const title = name ? wrapped(name, narrow ? 20 : 40) : [];
    const lines = [...title, badges.length > 1 ? t("{n} totals", { n: badges.length }) : badges[0], count].filter(Boolean);
    let [x, y] = [unitX(area.label[0]) * view.size - view.left, unitY(area.label[1]) * view.size - view.top];
    if (x < 0 || y < 0 || x > view.width || y > view.height) {
      // Inside an area whose label lies elsewhere, its name stands at the top.
      if (!inside(area.rings, (view.west + view.east) / 2, (view.north + view.south) / 2)) return;
      [x, y] = [view.width / 2, 70];
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    const font = (i) => `${i < title.length ? `650 ${narrow ? 11.5 : 12.5}px` : `500 ${narrow ? 10.5 : 11}px`} ${FONT}`;
    const half = Math.max(...lines.map((line, i) => ((context.font = font(i)), context.measureText(line).width))) / 2 + 9;
    const height = lines.length * 15 + 7;
    const [left, top] = this.spot(x - half, y - height / 2, 2 * half, height) ?? [x - half, y - height / 2];
    const chosen = area.records.includes(this.selected);
    const colour = this.colourOf(area);
    const away = x < left || x > left + 2 * half || y < top || y > top + height;
    if (away) this.tie(context, x, y, left + half, top + height / 2, colour);
    context.beginPath();
    context.roundRect(left, top, 2 * half, height, 5);
    context.fillStyle = this.colours.paper;
    context.globalAlpha = 0.93;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = chosen ? this.colours.accent : colour;
    context.lineWidth = chosen ? 2 : 1;
    context.stroke();
    context.fillStyle = this.colours.ink;
    lines.forEach((line, i) => {
      context.font = font(i);
      context.fillText(line, left + half, top + 11 + i * 15);
    });
    this.areaBoxes.push({ box: [left, top, left + 2 * half, top + height], records: here });
  }

  /** A free spot for a box near where it should stand, taken; none when all around is full. */
  spot(left, top, width, height) {
    for (const across of [0, 0.5, -0.5, 1.05, -1.05]) {
      for (const down of [0, -1, 1, -2, 2]) {
        const [x, y] = [left + across * width, top + down * (height * 0.75)];
        if (this.room.ask(x, y, x + width, y + height)) return [x, y];
      }
    }
    return null;
  }

  /** A line from a label that had to give way to the area that it names. */
  tie(context, x, y, toX, toY, colour) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(toX, toY);
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
  }

  /** A mark's number in the list, on whichever side is free. */
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

  /** Names of seas and countries where they have room: the larger the thing, the earlier it is named. */
  drawNames(context, view) {
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    context.lineWidth = 2.5;
    for (const [name, size, water, spots] of this.data.base.labels) {
      const room = (size * view.size) / 360;
      if (water ? room < 90 || room > 2600 : room < 26 && view.size / 360 < 24) continue;
      const height = water ? Math.min(16, Math.max(11, room / 28)) : Math.min(13.5, Math.max(10.5, room / 22));
      context.font = water ? `italic ${height}px Georgia, "Times New Roman", serif` : `550 ${height}px ${FONT}`;
      const lines = water ? wrapped(name) : [name];
      const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2 + 3;
      if (water && half * 2 > room * 1.3) continue;
      context.fillStyle = water ? this.colours.water : this.colours.country;
      context.strokeStyle = water ? this.colours.sea : this.colours.land;
      this.write(context, lines, spots, { half, height, water, view });
    }
  }

  /** Writes a name at the first of its places that is free; a small island's name may also stand above or below it. */
  write(context, lines, spots, { half, height, water, view }) {
    const tall = (lines.length * height * 1.2) / 2 + 1;
    const shifts = water || spots.length > 1 ? [0] : [0, 1.5 * height, -1.5 * height];
    for (const [longitude, latitude] of spots) {
      const [x, y] = [unitX(longitude) * view.size - view.left, unitY(latitude) * view.size - view.top];
      const shift = shifts.find((down) => this.room.ask(x - half, y + down - tall, x + half, y + down + tall));
      if (shift === undefined) continue;
      lines.forEach((line, i) => lettering(context, line, x, y + shift + (i - (lines.length - 1) / 2) * height * 1.2));
      return;
    }
  }
}
