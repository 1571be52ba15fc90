// Names areas where there is room: with their counts while they are few, in a line when they are many, as a count alone where no name fits.

import { inside, unitX, unitY } from "./data.js";
import { FONT, wrapped } from "./labels.js";
import { figure, t } from "./words.js";

/** @import { Area, Colours, Pen, Row, View } from "./types" */
/** @import { Picture } from "./picture.js" */

/** @typedef {{ area: Area, here: Row[], x: number, y: number, extent: number, chosen: boolean, colour: string }} Wanted an area whose name is wanted in a view */
/** @typedef {{ box: [number, number, number, number], records: Row[] }} Sign what is written, and what a click on it opens */
/** @typedef {{ sign: Sign, areas: Wanted[], draw: () => void }} Placed */
/** @typedef {{ left: number, top: number, records: Row[], areas: Wanted[] }} Count */

const FEW = 6; // up to so many areas say how many records mean them
const ROOMY = 40_000; // pixels of the view for each name, when areas are many
const LONG = 34; // letters after which a name is cut
const NEAR = 90; // pixels to a count that takes in what finds no room of its own
const [WIDE, HIGH] = [34, 19]; // of a count's sign

/** Ways to move a label from where it should stand, in its own widths and heights: the nearest first. */
const MOVES = [[0, 0], [0, -0.8], [0, 0.8], [0.55, 0], [-0.55, 0], [0.55, -0.8], [-0.55, -0.8], [0.55, 0.8], [-0.55, 0.8]];
const FAR = [[0, -1.6], [0, 1.6], [1.05, 0], [-1.05, 0], [1.05, -0.8], [-1.05, 0.8]];

/** Names every area in view. @param {Pen} context @param {Picture} picture @param {View} view @returns {Sign[]} */
export function labelAreas(context, picture, view) {
  const all = picture.areas().flatMap((area) => wanted(area, picture, view) ?? []);
  all.sort((a, b) => Number(b.chosen) - Number(a.chosen) || b.here.length - a.here.length || b.extent - a.extent);
  const few = all.length <= FEW;
  /** @type {Placed[]} */
  const named = [];
  /** @type {Count[]} */
  const counts = [];
  const most = few ? FEW : Math.max(FEW, (view.width * view.height) / ROOMY);
  for (const one of all) {
    const found = named.length < most ? written(context, picture, one, { few, narrow: view.width < 520 }) : null;
    if (found) named.push(found);
    else counted(picture, one, counts);
  }
  const placed = [...named, ...counts.map((one) => drawnCount(context, picture, one))];
  // Lines first: none crosses another's words.
  for (const { sign, areas } of placed) for (const one of areas) tie(context, one, sign.box);
  for (const { draw } of placed) draw();
  return placed.map(({ sign }) => sign);
}

/** An area as far as it is in view: where its name should stand, and how large it is there. @param {Area} area @param {Picture} picture @param {View} view @returns {Wanted | null} */
function wanted(area, picture, view) {
  const here = area.records.filter((record) => picture.onMap.has(record) || record === picture.selected);
  let [x, y] = [unitX(area.label[0]) * view.size - view.left, unitY(area.label[1]) * view.size - view.top];
  if (x < 0 || y < 0 || x > view.width || y > view.height) {
    // Inside an area whose label lies elsewhere, its name stands at the top.
    if (!inside(area.rings, (view.west + view.east) / 2, (view.north + view.south) / 2)) return null;
    [x, y] = [view.width / 2, 70];
  }
  const [west, north, east, south] = area.box;
  return { area, here, x, y, extent: Math.hypot(east - west, south - north) * view.size, chosen: here.includes(/** @type {Row} */ (picture.selected)), colour: picture.colourOf(here) };
}

/** The lines of an area's label: its name, what it sums, how many records mean all of it. @param {Wanted} one @param {{ few: boolean, narrow: boolean }} way */
function lines({ area, here }, { few, narrow }) {
  const name = area.name.length > LONG ? `${area.name.slice(0, LONG - 1)}…` : area.name;
  const title = name ? wrapped(name, narrow || !few ? 20 : 40) : [];
  const badges = here.map((record) => record.badge).filter(Boolean);
  const sums = badges.length > 1 ? [t("{n} totals", { n: badges.length })] : badges;
  const only = here.length - badges.length;
  if (!few) {
    if (here.length > 1 && title.length) title[title.length - 1] += ` · ${figure(here.length)}`;
    return { title, small: sums };
  }
  const count = !only ? [] : [only === 1 ? t("1 record, area only") : t("{n} records, area only", { n: only })];
  return { title, small: [...sums, ...count] };
}

/** Writes an area's label at a free spot; null where none is. @param {Pen} context @param {Picture} picture @param {Wanted} one @param {{ few: boolean, narrow: boolean }} way @returns {Placed | null} */
function written(context, picture, one, way) {
  const { title, small } = lines(one, way);
  const [large, little] = way.narrow || !way.few ? [11.5, 10.5] : [12.5, 11];
  const texts = [...title, ...small];
  const font = (/** @type {number} */ i) => `${i < title.length ? `650 ${large}px` : `500 ${little}px`} ${FONT}`;
  const widths = texts.map((text, i) => ((context.font = font(i)), context.measureText(text).width));
  const [width, height] = [Math.max(...widths) + (way.few ? 18 : 12), texts.length * (way.few ? 15 : 14) + (way.few ? 7 : 4)];
  const place = spot(picture, { left: one.x - width / 2, top: one.y - height / 2, width, height, far: way.few || one.chosen });
  if (!place) return null;
  const [left, top] = place;
  const draw = () => {
    plate(context, picture.colours, [left, top, width, height], one);
    const step = way.few ? 15 : 14;
    texts.forEach((text, i) => {
      context.font = font(i);
      context.fillText(text, left + width / 2, top + height / 2 + (i - (texts.length - 1) / 2) * step);
    });
  };
  return { sign: { box: [left, top, left + width, top + height], records: one.here }, areas: [one], draw };
}

/** A free spot near where a box should stand, taken; the chosen one stands where it should in any case. @param {Picture} picture @param {{ left: number, top: number, width: number, height: number, far: boolean }} box @returns {[number, number] | null} */
function spot({ room }, { left, top, width, height, far }) {
  for (const [across, down] of far ? [...MOVES, ...FAR] : MOVES) {
    const [x, y] = [left + across * width, top + down * height];
    if (room.ask(x, y, x + width, y + height)) return [x, y];
  }
  return null;
}

/** Adds an area to the count beside it, or begins one. @param {Picture} picture @param {Wanted} one @param {Count[]} counts */
function counted(picture, one, counts) {
  const [left, top] = [one.x - WIDE / 2, one.y - HIGH / 2];
  const far = (/** @type {Count} */ other) => Math.hypot(other.left - left, other.top - top);
  const beside = counts.reduce((/** @type {Count | null} */ least, other) => (least && far(least) <= far(other) ? least : other), null);
  const place = beside && far(beside) < WIDE ? null : spot(picture, { left, top, width: WIDE, height: HIGH, far: true });
  if (!place && beside && far(beside) < NEAR) {
    beside.records = [...new Set([...beside.records, ...one.here])];
    beside.areas.push(one);
    return;
  }
  counts.push({ left: place?.[0] ?? left, top: place?.[1] ?? top, records: one.here, areas: [one] });
}

/** A count, hatched as the areas are, so that nobody takes it for marks counted together. @param {Pen} context @param {Picture} picture @param {Count} one @returns {Placed} */
function drawnCount(context, picture, { left, top, records, areas }) {
  const [colour, chosen] = [picture.colourOf(records), records.includes(/** @type {Row} */ (picture.selected))];
  const draw = () => {
    plate(context, picture.colours, [left, top, WIDE, HIGH], { colour, chosen });
    context.save();
    context.beginPath();
    context.rect(left + 4, top + 4, 11, HIGH - 8);
    context.clip();
    context.beginPath();
    for (let x = left - 8; x < left + 16; x += 4) {
      context.moveTo(x, top + HIGH);
      context.lineTo(x + HIGH, top);
    }
    context.strokeStyle = colour;
    context.lineWidth = 1.2;
    context.stroke();
    context.restore();
    context.font = `650 11px ${FONT}`;
    context.fillText(figure(records.length), left + 24.5, top + HIGH / 2 + 0.5);
  };
  return { sign: { box: [left, top, left + WIDE, top + HIGH], records }, areas, draw };
}

/** A paper ground with an edge; text that follows stands on it. @param {Pen} context @param {Colours} colours @param {[number, number, number, number]} box left, top, width, height @param {{ colour: string, chosen: boolean }} look */
function plate(context, colours, [left, top, width, height], { colour, chosen }) {
  context.beginPath();
  context.roundRect(left, top, width, height, 5);
  context.fillStyle = colours.paper;
  context.globalAlpha = 0.94;
  context.fill();
  context.globalAlpha = 1;
  context.strokeStyle = chosen ? colours.accent : colour;
  context.lineWidth = chosen ? 2 : 1;
  context.stroke();
  Object.assign(context, { fillStyle: colours.ink, textAlign: "center", textBaseline: "middle" });
}

/** A line to an area from a label that had to give way. @param {Pen} context @param {Wanted} area @param {Sign["box"]} box */
function tie(context, { x, y, colour }, [left, top, right, bottom]) {
  if (x >= left && x <= right && y >= top && y <= bottom) return;
  context.beginPath();
  context.moveTo(x, y);
  context.lineTo((left + right) / 2, (top + bottom) / 2);
  context.strokeStyle = colour;
  context.lineWidth = 1;
  context.stroke();
  context.beginPath();
  context.arc(x, y, 2, 0, 2 * Math.PI);
  context.fillStyle = colour;
  context.fill();
}
