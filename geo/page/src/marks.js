// Lays marks out at one zoom: alone, fanned out around a shared spot with leader lines, or as a stack with a count.

import { RADIUS } from "./glyphs.js";

const TOUCHING = 13; // pixels between marks that would hide one another
const FAN = 8; // more than this many are a stack: a fan would sprawl over its neighbours
const STACK = 16; // pixels around a stack's middle that its sign takes
const ROUNDS = 6; // a group that grows may touch the next one; crowds settle in a few rounds
const WIDE = 2 ** 24; // more rows than any zoom has: a cell is one whole number
const EARTH = 40_075_016.686; // metres around the equator, as Mercator draws it

/** Pixels that a distance on the ground takes at a latitude. */
export const pixels = (metres, latitude, size) => (metres * size) / (EARTH * Math.cos((latitude * Math.PI) / 180));

/** How far a group's marks stand from its middle when they are fanned out. */
const reach = (count) => (count === 1 || count > FAN ? 0 : Math.max(19, (count * 25) / (2 * Math.PI)));

/** How much room a group takes around its middle: marks that stand alone may overlap a little, a fan may not. */
const room = (count) => (count === 1 ? TOUCHING / 2 : count > FAN ? STACK : reach(count) + RADIUS * 0.6);

/** Joins groups that touch, found over a grid so that thousands stay quick. */
function join(groups) {
  const cell = 2 * room(FAN);
  const cells = new Map();
  const joined = [];
  for (const one of groups) {
    const [column, row] = [Math.floor(one.x / cell), Math.floor(one.y / cell)];
    let found = null;
    for (let i = column - 1; i <= column + 1 && !found; i++) {
      for (let j = row - 1; j <= row + 1 && !found; j++) {
        found = cells.get(i * WIDE + j)?.find((other) => Math.hypot(other.x - one.x, other.y - one.y) < room(other.records.length) + room(one.records.length));
      }
    }
    if (found) {
      found.records.push(...one.records);
      found.sumX += one.sumX;
      found.sumY += one.sumY;
      continue;
    }
    joined.push(one);
    const key = column * WIDE + row;
    if (cells.has(key)) cells.get(key).push(one);
    else cells.set(key, [one]);
  }
  for (const one of joined) [one.x, one.y] = [one.sumX / one.records.length, one.sumY / one.records.length];
  return joined;
}

/** Groups of records whose marks, fans or stacks would cover one another. */
function group(records, size) {
  let groups = records.map((record) => {
    const [x, y] = [record.mark.x * size, record.mark.y * size];
    return { x, y, sumX: x, sumY: y, records: [record] };
  });
  for (let round = 0; round < ROUNDS; round++) {
    const fewer = join(groups);
    if (fewer.length === groups.length) return fewer;
    groups = fewer;
  }
  return groups;
}

/**
 * Where every mark stands at this zoom, in world pixels: `marks` {record, x, y, atX, atY, solid, radius}, `stacks` {x, y, records}.
 * (x, y) is where it is drawn, (atX, atY) where it is; they differ in a fan. `radius` is its uncertainty in pixels.
 */
export function layout(records, size) {
  const marks = [];
  const stacks = [];
  for (const { x, y, records: members } of group(records, size)) {
    if (members.length > FAN) {
      stacks.push({ x, y, records: members });
      continue;
    }
    const far = reach(members.length);
    members.forEach((record, i) => {
      const [atX, atY] = [record.mark.x * size, record.mark.y * size];
      const turn = -Math.PI / 2 + (2 * Math.PI * (i + 0.5)) / members.length;
      const radius = pixels(record.mark.metres, record.mark.latitude, size);
      const [fanX, fanY] = far ? [x + far * Math.cos(turn), y + far * Math.sin(turn)] : [atX, atY];
      marks.push({ record, x: fanX, y: fanY, atX, atY, radius, solid: radius < RADIUS });
    });
  }
  return { marks, stacks };
}
