// The parts of the page that need no browser: geometry, layout, labels. Run with `npm test`.

import assert from "node:assert/strict";
import { test } from "node:test";
import { inside, prepare, rows, unitX, unitY } from "../src/data.js";
import { Room, wrapped } from "../src/labels.js";
import { layout, pixels } from "../src/marks.js";

const empty = { window: [-80, 0, -60, 20], scale: 10_000, base: { land: [], borders: [], labels: [] }, areas: [], zones: [], records: [] };
const mark = (longitude, latitude, metres) => ({ mark: { longitude, latitude, metres, x: unitX(longitude), y: unitY(latitude) } });

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
  assert.deepEqual(stacks.map((stack) => stack.records.length), [40]);
});

test("no record is lost by the layout at any zoom", () => {
  const records = Array.from({ length: 500 }, (_, i) => mark(-80 + ((i * 0.618) % 1) * 20, 5 + ((i * 0.754) % 1) * 15, 5000));
  for (let zoom = 2; zoom < 12; zoom++) {
    const { marks, stacks } = layout(records, 256 * 2 ** zoom);
    assert.equal(marks.length + stacks.reduce((sum, stack) => sum + stack.records.length, 0), 500);
  }
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
