// The parts of the page that need no browser: geometry, layout, labels. Run with `npm test`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inside, prepare, rows, unitX, unitY } from "../src/data.js";
import { Room, wrapped } from "../src/labels.js";
import { Marks, inseparable, pixels, spiral } from "../src/marks.js";

const empty = { window: [-80, 0, -60, 20], scale: 10_000, ground_scale: 10_000, base: { land: [], borders: [], labels: [] }, areas: [], zones: [], records: [] };
const everywhere = [-1, -1, 3, 2];
const layout = (records, size, opened) => new Marks(records, 0).layout(size, everywhere, opened);
const mark = (longitude, latitude, metres) => prepare({ ...empty, records: [{ mark: [longitude, latitude, metres], area: null }] }).records[0];

test("deltas become Mercator units, and edges on the frame are silent", () => {
  const ring = [-800_000, 0, 100_000, 0, 0, 100_000, -100_000, 0, 0, -100_000]; // -80 0, -70 0, -70 10, -80 10
  const data = prepare({ ...empty, base: { ...empty.base, land: [ring] } });
  const { points, silent } = data.base.land[0];
  assert.deepEqual([...silent], [0, 1, 0, 0, 1]);
  assert.equal(points[0], unitX(-80));
  assert.equal(points[5], unitY(10));
});

test("records come out of columns, written plainly or by number", () => {
  assert.deepEqual(rows({ id: ["a", "b"], kind: { of: ["x"], at: [0, 0] } }), [{ id: "a", kind: "x" }, { id: "b", kind: "x" }]);
  assert.deepEqual(rows({ kind: { of: ["x"], at: [0] } }), [{ kind: "x" }]);
  assert.deepEqual(rows({}), []);
});

test("an edge along the date line is silent inside a window that crosses it", () => {
  const data = prepare({ ...empty, window: [170, -20, 190, 0], base: { ...empty.base, land: [[1_800_000, -100_000, 0, 50_000, -50_000, 0]] } });
  assert.deepEqual([...data.base.land[0].silent], [0, 1, 0]);
});

test("a point in a hole is outside", () => {
  const data = prepare({ ...empty, base: { ...empty.base, land: [[-780_000, 20_000, 100_000, 0, 0, 100_000, -100_000, 0, 0, -100_000], [-750_000, 50_000, 20_000, 0, 0, 20_000, -20_000, 0, 0, -20_000]] } });
  assert.ok(inside(data.base.land, unitX(-77), unitY(3)));
  assert.ok(!inside(data.base.land, unitX(-74), unitY(6)));
});

test("a mark is solid only while its circle is smaller than the glyph", () => {
  const record = mark(-70, 12, 20_000);
  const far = layout([record], 256 * 2 ** 3).marks[0];
  const near = layout([record], 256 * 2 ** 9).marks[0];
  assert.ok(far.solid);
  assert.ok(!near.solid);
  assert.ok(near.radius > 60);
});

test("pixels of a distance grow with the latitude, as Mercator does", () => {
  assert.ok(Math.abs(pixels(40_075_016.686, 0, 256) - 256) < 1e-9);
  assert.ok(Math.abs(pixels(1000, 60, 2 ** 20) / pixels(1000, 0, 2 ** 20) - 2) < 1e-9);
});

test("marks on one spot fan out around it and keep a line to it", () => {
  const { marks, stacks } = layout([mark(-70, 12, 10), mark(-70, 12, 10), mark(-70, 12, 10)], 256 * 2 ** 6);
  assert.equal(stacks.length, 0);
  assert.equal(marks.length, 3);
  for (const { x, y, atX, atY } of marks) assert.ok(Math.hypot(x - atX, y - atY) > 15);
  for (let i = 0; i < 3; i++) assert.ok(Math.hypot(marks[i].x - marks[(i + 1) % 3].x, marks[i].y - marks[(i + 1) % 3].y) > 20);
});

test("many marks on one spot are one stack that keeps them all", () => {
  const records = Array.from({ length: 40 }, () => mark(-70, 12, 10));
  const { marks, stacks } = layout(records, 256 * 2 ** 6);
  assert.equal(marks.length, 0);
  assert.deepEqual(stacks.map((stack) => stack.count), [40]);
  const index = new Marks(records, 0);
  const [stack] = index.layout(256 * 2 ** 6, everywhere).stacks;
  assert.equal(index.within(stack).length, 40);
  assert.ok(inseparable(records));
  const spread = index.layout(256 * 2 ** 6, everywhere, stack);
  assert.equal(spread.stacks.length, 0);
  assert.equal(spread.marks.length, 40);
  for (const { x, y, atX, atY, raised } of spread.marks) assert.ok(raised && Math.hypot(x - atX, y - atY) > 20);
});

test("no record is lost by the layout at any zoom", () => {
  const records = Array.from({ length: 500 }, (_, i) => mark(-80 + ((i * 0.618) % 1) * 20, 5 + ((i * 0.754) % 1) * 15, 5000));
  for (let zoom = 2; zoom < 12; zoom++) {
    const { marks, stacks } = layout(records, 256 * 2 ** zoom);
    assert.equal(marks.length + stacks.reduce((sum, stack) => sum + stack.count, 0), 500);
  }
});

test("a map across the date line counts both sides together", () => {
  const records = Array.from({ length: 20 }, (_, i) => mark(179.9 + i * 0.01, -17, 10));
  const { stacks } = new Marks(records, 180).layout(256 * 2 ** 4, everywhere);
  assert.deepEqual(stacks.map(({ count }) => count), [20]);
  assert.ok(Math.abs(stacks[0].x / (256 * 2 ** 4) - 1) < 0.001);
});

test("fans never lie over one another", () => {
  const records = Array.from({ length: 60 }, (_, i) => mark(-70 + Math.floor(i / 3) * 0.4, 12, 10));
  for (let zoom = 3; zoom < 9; zoom += 0.5) {
    const { marks } = layout(records, 256 * 2 ** zoom);
    for (const [i, one] of marks.entries()) for (const other of marks.slice(i + 1)) assert.ok(Math.hypot(one.x - other.x, one.y - other.y) > 12);
  }
});

test("a spiral keeps its marks apart", () => {
  const places = spiral(150);
  for (const [i, [x, y]] of places.entries()) for (const [a, b] of places.slice(i + 1)) assert.ok(Math.hypot(x - a, y - b) > 20);
});

test("a label never takes room that is taken, nor room outside", () => {
  const room = new Room(200, 100);
  assert.ok(room.ask(10, 10, 60, 30));
  assert.ok(!room.ask(50, 20, 90, 40));
  assert.ok(!room.ask(180, 10, 230, 30));
  assert.ok(room.ask(61, 10, 90, 30));
});

test("long names of seas are written in lines", () => {
  assert.deepEqual(wrapped("North Pacific Ocean"), ["North Pacific", "Ocean"]);
  assert.deepEqual(wrapped("Caribbean Sea"), ["Caribbean Sea"]);
});
