// Lays marks out at one zoom: alone, fanned out around a shared spot with leader lines, or as a stack with a count.

import { RADIUS } from "./glyphs.js";

const TOUCHING = 13; // pixels between marks that would hide one another
const FAN = 8; // more than this many are a stack: a fan would sprawl over its neighbours
const EARTH = 40_075_016.686; // metres around the equator, as Mercator draws it

/** Pixels that a distance on the ground takes at a latitude. */
export const pixels = (metres, latitude, size) => (metres * size) / (EARTH * Math.cos((latitude * Math.PI) / 180));

/** Groups of records whose marks touch, found over a grid so that thousands stay quick. */
function group(records, size) {
  const cells = new Map();
  const groups = [];
  for (const record of records) {
    const [x, y] = [record.mark.x * size, record.mark.y * size];
    const [column, row] = [Math.floor(x / TOUCHING), Math.floor(y / TOUCHING)];
    let found = null;
    for (let i = column - 1; i <= column + 1 && !found; i++) {
      for (let j = row - 1; j <= row + 1 && !found; j++) {
        found = (cells.get(`${i},${j}`) ?? []).find((other) => Math.hypot(other.x - x, other.y - y) < TOUCHING) ?? null;
      }
    }
    if (found) found.records.push(record);
    else {
      found = { x, y, records: [record] };
      groups.push(found);
      const key = `${column},${row}`;
      if (cells.has(key)) cells.get(key).push(found);
      else cells.set(key, [found]);
    }
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
    const reach = members.length === 1 ? 0 : Math.max(19, (members.length * 25) / (2 * Math.PI));
    members.forEach((record, i) => {
      const [atX, atY] = [record.mark.x * size, record.mark.y * size];
      const turn = -Math.PI / 2 + (2 * Math.PI * (i + 0.5)) / members.length;
      const radius = pixels(record.mark.metres, record.mark.latitude, size);
      const [fanX, fanY] = reach ? [x + reach * Math.cos(turn), y + reach * Math.sin(turn)] : [atX, atY];
      marks.push({ record, x: fanX, y: fanY, atX, atY, radius, solid: radius < RADIUS });
    });
  }
  return { marks, stacks };
}
