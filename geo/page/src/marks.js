// Lays marks out in one view: alone, fanned out around a shared spot with leader lines, or counted together.

import Supercluster from "supercluster";
import { latitudeOf, unitX, unitY } from "./data.js";
import { RADIUS } from "./glyphs.js";

/** @import { Box, Mark, Marked, Stack } from "./types" */

const REACH = 52; // pixels within which marks are counted together, at whole zooms
const TOUCHING = 13; // pixels between marks that would hide one another
const FAN = 8; // more than this many are a count until somebody opens it
const SPIRAL = 200; // more than this many are a list and no spiral: it would cover the view
const STEP = 26; // pixels between neighbours in a fan or a spiral
const SIGN = 18; // pixels around a stack's middle that its sign takes
export const DEEPEST = 14; // the nearest zoom
const TILE = 256;
const EARTH = 40_075_016.686; // metres around the equator, as Mercator draws it

/** Pixels that a distance on the ground takes at a latitude. @param {number} metres @param {number} latitude @param {number} size */
export const pixels = (metres, latitude, size) => (metres * size) / (EARTH * Math.cos((latitude * Math.PI) / 180));

/** How far the marks of a fan stand from its middle. @param {number} count */
const reach = (count) => Math.max(19, (count * 25) / (2 * Math.PI));

/** @typedef {Stack & { records: Marked[], room: number }} Group */

/** Whether marks can be told apart where they are. @param {Marked[]} records @param {number} size */
function apart(records, size) {
  return records.every((one, i) => records.slice(i + 1).every((other) => Math.hypot(one.mark.x - other.mark.x, one.mark.y - other.mark.y) * size >= TOUCHING));
}

/** Whether records lie so close that no zoom tells them all apart. @param {Marked[]} records */
export function inseparable(records) {
  const extent = (/** @type {"x" | "y"} */ name) => records.reduce((most, { mark }) => Math.max(most, mark[name]), -Infinity) - records.reduce((least, { mark }) => Math.min(least, mark[name]), Infinity);
  return Math.max(extent("x"), extent("y")) * TILE * 2 ** DEEPEST < REACH;
}

/** Places in a spiral, each a step from the one before it and from the turn inside. @param {number} count @returns {[number, number][]} */
export function spiral(count) {
  let [far, turn] = [STEP, -Math.PI / 2];
  return Array.from({ length: count }, () => {
    /** @type {[number, number]} */
    const place = [far * Math.cos(turn), far * Math.sin(turn)];
    turn += STEP / far;
    far += (STEP * STEP) / (2 * Math.PI * far);
    return place;
  });
}

/** Places in a ring. @param {number} count @returns {[number, number][]} */
function ring(count) {
  return Array.from({ length: count }, (_, i) => {
    const turn = -Math.PI / 2 + (2 * Math.PI * (i + 0.5)) / count;
    return [reach(count) * Math.cos(turn), reach(count) * Math.sin(turn)];
  });
}

/** Every mark of one selection of records, indexed once, laid out as often as the view changes. */
export class Marks {
  /** @param {Marked[]} records @param {number} middle the longitude that the index turns to 0, so that no map is cut at the date line */
  constructor(records, middle) {
    this.middle = middle;
    for (const { mark } of records) mark.columns.middle = middle;
    this.points = records.map(({ mark }) => mark);
    /** @type {Supercluster<Marked>[]} */
    this.levels = [];
  }

  /** The index of one whole zoom: a filter is answered without asking all the others. @param {number} zoom */
  level(zoom) {
    this.levels[zoom] ??= /** @type {Supercluster<Marked>} */ (new Supercluster({ radius: REACH, extent: TILE, minZoom: zoom, maxZoom: zoom })).load(this.points);
    return this.levels[zoom];
  }

  /** The records that a stack counts. @param {Stack} stack @returns {Marked[]} */
  within({ zoom, id }) {
    return this.level(zoom).getLeaves(id, Infinity).map(({ properties }) => properties);
  }

  /** Records that stand alone or are counted together in a box of Mercator units. @param {number} size @param {Box} box @returns {Group[]} */
  groups(size, [west, north, east, south]) {
    const degrees = (/** @type {number} */ unit) => Math.max(-180, Math.min(180, unit * 360 - 180 - this.middle));
    const zoom = Math.floor(Math.log2(size / TILE) + 1e-6);
    const found = this.level(zoom).getClusters([degrees(west), latitudeOf(south), degrees(east), latitudeOf(north)], zoom);
    return found.map(({ properties, geometry: { coordinates: [longitude, latitude] } }) => {
      const [x, y] = [unitX(longitude + this.middle) * size, unitY(latitude) * size];
      if (!("cluster_id" in properties)) return { x, y, zoom, id: -1, count: 1, room: TOUCHING / 2, records: [/** @type {Marked} */ (properties)] };
      const { cluster_id: id, point_count: count } = properties;
      const stack = { x, y, zoom, id, count };
      return { ...stack, room: SIGN, records: count <= FAN ? this.within(stack) : [] };
    });
  }

  /**
   * Where every mark and stack of a box stands, in pixels of the world.
   * @param {number} size pixels of the whole world @param {Box} box Mercator units @param {Stack | null} [opened] one whose marks are spread over a spiral
   * @returns {{ marks: Mark[], stacks: Stack[] }}
   */
  layout(size, box, opened = null) {
    const groups = this.groups(size, box);
    const fans = fanned(groups, size);
    /** @type {Mark[]} */
    const marks = [];
    /** @type {Stack[]} */
    const stacks = [];
    for (const group of groups) {
      const { x, y, zoom, id, count, records } = group;
      if (id === opened?.id && zoom === opened.zoom && count <= SPIRAL) marks.push(...spread(this.within(group), size, { x, y, places: spiral(count), raised: true }));
      else if (fans.has(group)) marks.push(...spread(records, size, { x, y, places: ring(count), raised: false }));
      else if (count === 1 || (records.length && apart(records, size))) marks.push(...records.map((record) => standing(record, size)));
      else stacks.push({ x, y, zoom, id, count });
    }
    return { marks, stacks };
  }
}

/** Small groups of marks that hide one another, as far as their fans find room beside everything else. @param {Group[]} groups @param {number} size */
function fanned(groups, size) {
  const order = [...groups].sort((a, b) => a.x - b.x);
  const widest = 2 * (reach(FAN) + RADIUS);
  const found = new Set();
  order.forEach((one, at) => {
    if (one.count === 1 || !one.records.length || apart(one.records, size)) return;
    const room = reach(one.count) + RADIUS * 0.6;
    /** @param {number} step */
    const free = (step) => {
      for (let i = at + step; order[i] && Math.abs(order[i].x - one.x) < widest; i += step) {
        if (Math.hypot(order[i].x - one.x, order[i].y - one.y) < room + order[i].room) return false;
      }
      return true;
    };
    if (!free(1) || !free(-1)) return;
    one.room = room;
    found.add(one);
  });
  return found;
}

/** A mark where it is. @param {Marked} record @param {number} size @returns {Mark} */
export function standing(record, size) {
  const { x, y, metres, latitude } = record.mark;
  const radius = pixels(metres, latitude, size);
  return { record, x: x * size, y: y * size, atX: x * size, atY: y * size, radius, solid: radius < RADIUS, raised: false };
}

/**
 * Marks beside the spot that they share; a leader line will lead back from (x, y) to where each is.
 * @param {Marked[]} records @param {number} size @param {{ x: number, y: number, places: [number, number][], raised: boolean }} fan
 */
function spread(records, size, { x, y, places, raised }) {
  return records.map((record, i) => ({ ...standing(record, size), x: x + places[i][0], y: y + places[i][1], raised }));
}
