// How the page's blocks are unpacked, its words found in the language of the page, its scale and its grid drawn true.

import assert from "node:assert/strict";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { valueText } from "../src/asking.js";
import { bounds, latitudeOf, prepare, read, unitX, unitY } from "../src/data.js";
import { graticule } from "../src/ground.js";
import { care } from "../src/panel.js";
import { Panels } from "../src/panels.js";
import { searchable } from "../src/query.js";
import { bars } from "../src/scale.js";
import { figure, plain, speak, t } from "../src/words.js";

const block = (value) => ({ textContent: `"${gzipSync(JSON.stringify(value)).toString("base64")}"` });
const said = (text) => [[["Who", [text]]], [{ pieces: [[text, ""]], source: 0 }], null, []];
const record = (number) => ({ number, title: `Record ${number}`, where: "", when: "", tags: [], facets: {} });
const spoken = (words, language, act) => {
  speak(words, language);
  try {
    act();
  } finally {
    speak({}, "en");
  }
};

test("a block comes back as it was written, whatever letters it holds", async () => {
  const value = { title: 'שלום "é" 🚢 </script>', list: [1, null] };
  assert.deepEqual(await read(block(value)), value);
});

test("a record's panel comes with its part alone, and once", async () => {
  const records = [1, 2, 3].map(record);
  const panels = new Panels(records, [block([said("one"), said("two")]), block([said("three")])]);
  assert.equal(panels.complete, false);
  await panels.of(records[2]);
  assert.deepEqual(records.map(({ facts }) => facts?.[0][1][0]), [undefined, undefined, "three"]);
  assert.equal(panels.of(records[2]), panels.of(records[2]));
  await panels.all();
  assert.deepEqual(records.map(({ evidence }) => evidence[0].pieces[0][0]), ["one", "two", "three"]);
  assert.equal(panels.complete, true);
});

test("a small map unpacks all panels at once, one of many parts waits", async () => {
  const small = new Panels([1, 2].map(record), [block([said("one"), said("two")])]);
  await small.begin(2);
  assert.equal(small.complete, true);
  const large = new Panels([1, 2, 3, 4, 5].map(record), [1, 2, 3, 4, 5].map((n) => block([said(String(n))])));
  await large.begin(1);
  assert.equal(large.complete, false);
});

test("words of evidence are found once their part is there", async () => {
  const [one] = [record(1)];
  one.text = searchable(one);
  assert.equal(one.text.includes("tanker"), false);
  const panels = new Panels([one], [block([said("A Tánker")])]);
  await panels.all();
  assert.equal(one.text, undefined, "what was indexed before is forgotten");
  assert.equal(searchable(one).includes("tanker"), true);
});

test("what was written stays as it was, and areas know their records", () => {
  const area = { name: "Somewhere", label: [0, 0], rings: [[0, 0, 10, 0, 0, 10]] };
  const written = { window: [-10, -10, 10, 10], scale: 1, ground_scale: 1, base: { land: [], borders: [], labels: [] }, zones: [], areas: [area], records: { id: ["a", "b"], area: { of: [0, null], at: [0, 1] }, shape: [null, null], mark: [null, [5, 5, 100]] } };
  const data = prepare(written);
  assert.deepEqual(data.areas[0].records.map(({ id }) => id), ["a"]);
  assert.deepEqual(data.areas[0].box, bounds(data.areas[0].rings));
  assert.deepEqual(data.areas[0].lines, []);
  assert.deepEqual(data.records.map(({ mark }) => mark?.metres), [undefined, 100]);
  assert.deepEqual(area.rings, [[0, 0, 10, 0, 0, 10]]);
});

test("latitudes and Mercator units lead back to each other, and stop short of the poles", () => {
  for (const latitude of [-80, -33.3, 0, 12.5, 71]) assert.ok(Math.abs(latitudeOf(unitY(latitude)) - latitude) < 1e-9);
  assert.equal(unitY(90), unitY(85.05));
  assert.equal(unitX(180) - unitX(-180), 1);
});

test("a text without a translation stays English, and places are filled in either way", () => {
  spoken({ "{n} records here": "{n} fichas aquí" }, "es", () => {
    assert.equal(t("{n} records here", { n: 3 }), "3 fichas aquí");
    assert.equal(t("Next record"), "Next record");
    assert.equal(figure(12345.5), (12345.5).toLocaleString("es"));
  });
  assert.equal(t("{n} of {m}", { n: 0 }), "0 of {m}", "what is not given is not made up");
  assert.equal(t("{constructor}"), "{constructor}");
  assert.equal(t("constructor"), "constructor", "a heading is a word of somebody's table");
});

test("codes are words, names stay as they are, and nothing stated is said so", () => {
  assert.equal(plain("strike_on_vessel"), "Strike on vessel");
  assert.equal(valueText("kind", "armed_robbery"), "Armed robbery");
  assert.equal(valueText("mode", "negation"), "Said not to be so");
  assert.equal(valueText("actor", "some_name"), "some_name");
  assert.equal(valueText("actor", ""), "Not stated");
});

test("what is held back or coarser on purpose is said, and nothing where nothing is", () => {
  const none = { coarsened: [0, 0], held_back: [0, 0], tiles: null };
  assert.deepEqual(care(none), []);
  assert.deepEqual(care({ ...none, held_back: [2, 48] }).map((text) => /\b2\b.*\b48 hours\b/.test(text)), [true]);
  assert.deepEqual(care({ ...none, coarsened: [1, 5] }).map((text) => /\b5 km\b/.test(text)), [true]);
});

test("a scale bar is a round figure, true at its latitude, and no wider than its room", () => {
  for (const latitude of [0, 12, 60]) {
    for (let zoom = 2; zoom <= 14; zoom++) {
      const size = 256 * 2 ** zoom;
      const metres = (40_075_016.686 * Math.cos((latitude * Math.PI) / 180)) / size;
      bars(latitude, size).forEach(({ text, width }, i) => {
        const told = Number(text.split(" ")[0].replaceAll(",", "")) * [1852, 1000][i];
        assert.ok(width <= 130 && width > 130 / 2.6, `${text} takes ${width} pixels`);
        assert.ok(Math.abs(width * metres - told) < 1e-6 * told, text);
        assert.match(text, /^[\d,.]*[1250]0* (nm|km)$/);
      });
    }
  }
});

test("the grid stands on whole steps, and no meridian is beyond 180 in a view across the date line", () => {
  const size = 256 * 2 ** 4;
  const [west, east, north, south] = [unitX(170), unitX(195), unitY(10), unitY(-10)];
  const view = { size, left: west * size, top: north * size, width: (east - west) * size, height: (south - north) * size, west, east, north, south };
  const { meridians, parallels } = graticule(view, unitX, unitY);
  assert.deepEqual(meridians.map(([, degrees]) => degrees), [170, -180, -170]);
  assert.deepEqual(parallels.map(([, degrees]) => degrees + 0), [-10, 0, 10]);
  for (const [x] of meridians) assert.ok(x >= 0 && x <= view.width);
});
