// What can be taken away: data that spreadsheets and maps read, pictures with words inside, corrections that can be applied.

import assert from "node:assert/strict";
import { test } from "node:test";
import { entry, faults, file } from "../src/corrections.js";
import { prepare } from "../src/data.js";
import { described } from "../src/poster.js";
import { SvgPen, escape } from "../src/svg.js";
import { cell, csv, geojson, polygons } from "../src/takeaway.js";

const SOURCE = { publisher: "The Example Courier", title: "=cmd()", published: "14 November 2025", url: "https://courier.example/a" };
const ring = [1_790_000, -100_000, 5_000, 0, 0, 5_000, -5_000, 0, 0, -5_000];
const far = [1_810_000, -100_000, 5_000, 0, 0, 5_000, -5_000, 0, 0, -5_000];
const record = (fields) => ({ id: "a1", type: "incident", glyph: "strike", title: "T", when: "2 May", where: "off X", dates: ["2025-05-02", null, 1], facets: { kind: ["boarding"], zone: ["High seas"] }, mark: null, shape: null, area: null, evidence: [{ source: 0, pieces: [["He said ", ""], ["so", "claim"]] }], ...fields });
const data = prepare({
  title: "A map", window: [170, -20, 190, 0], scale: 10_000, ground_scale: 10_000, base: { land: [], borders: [], labels: [] }, zones: [], sources: [SOURCE],
  areas: [{ rings: [ring, far], lines: [], label: [179, -9], name: "both sides" }],
  records: [record({ mark: [181.5, -9.5, 4000] }), record({ id: "a2", area: 0 }), record({ id: "a3", mark: [179.2, -9.7, 900], shape: [ring] }), record({ id: "a4" })],
});

test("GeoJSON has a point only where a circle is all that is known, and no longitude beyond 180", () => {
  const { features } = JSON.parse(geojson(data.records, data));
  assert.deepEqual(features.map(({ geometry }) => geometry?.type ?? null), ["Point", "MultiPolygon", "Polygon", null]);
  assert.deepEqual(features[0].geometry.coordinates, [-178.5, -9.5]);
  assert.equal(features[0].properties.coordinate_uncertainty_m, 4000);
  const longitudes = features[1].geometry.coordinates.flat(2).map(([x]) => x);
  assert.ok(Math.min(...longitudes) === -179 && Math.max(...longitudes) === 179.5);
  assert.equal(features[1].properties.longitude, null);
});

test("polygons keep their holes and are wound counterclockwise", () => {
  const outer = [[0, 0], [0, 10], [10, 10], [10, 0], [0, 0]];
  const hole = [[4, 4], [6, 4], [6, 6], [4, 6], [4, 4]];
  const island = [[4.5, 4.5], [5, 4.5], [5, 5], [4.5, 5], [4.5, 4.5]];
  const found = polygons([hole, outer, island]);
  assert.deepEqual(found.map((rings) => rings.length), [2, 1]);
  assert.deepEqual(found[0][0], [...outer].reverse());
});

test("a spreadsheet finds no formula in a cell", () => {
  for (const text of ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", " =1"]) assert.match(cell(text), /^"?'/, JSON.stringify(text));
  assert.equal(cell(-70.5), "-70.5");
  assert.equal(cell('say "so", he'), '"say ""so"", he"');
  assert.equal(cell(["=x", "b"]), "\"'=x; b\"");
});

test("CSV has a line a record, in the order of its head", () => {
  const lines = csv(data.records, data).trimEnd().split("\r\n");
  assert.equal(lines.length, 5);
  assert.ok(lines[0].startsWith("id,record_type,title,kind"));
  assert.ok(lines[1].startsWith("a1,incident,T,boarding,2 May,2025-05-02,,1,off X,-178.5,-9.5,4000"));
  assert.ok(lines[1].endsWith("He said so"));
});

test("the pen writes what a canvas would draw, and text stays text", () => {
  const pen = new SvgPen(100, 50, { measureText: (text) => ({ width: text.length }) });
  pen.save();
  pen.translate(10, 0);
  pen.beginPath();
  pen.arc(5, 5, 4, 0, 2 * Math.PI);
  pen.fill();
  pen.restore();
  pen.fillText("<script>&\u0000", 1, 2);
  const text = pen.document("a <b>", "words");
  assert.ok(text.includes('d="M19 5A4 4 0 0 1 11 5A4 4 0 0 1 19 5"'));
  assert.ok(text.includes("&lt;script&gt;&amp;<"));
  assert.ok(text.includes("<title>a &lt;b&gt;</title><desc>words</desc>"));
  assert.equal(escape("\u0007\"'"), "&quot;'");
});

test("a PNG carries its words where programs look for them", () => {
  const png = new Uint8Array(45);
  const words = Buffer.from(described(png, "A map", "Señal at sea")).toString("utf8");
  assert.ok(words.includes("iTXtTitle\0\0\0\0\0A map"));
  assert.ok(words.includes("iTXtDescription\0\0\0\0\0Señal at sea"));
});

const said = { state: "corrected", by: "A. Editor", reason: "the owner said so", latitude: "", longitude: "", radius: "", start: "", end: "" };

test("a correction is signed, has a reason, and a whole place or date", () => {
  const wrong = (change) => faults({ ...said, ...change }).length;
  assert.equal(wrong({ state: "confirmed" }), 0);
  assert.equal(wrong({ state: "rejected", by: " ", reason: "" }), 2);
  assert.equal(wrong({}), 1);
  assert.equal(wrong({ latitude: "12", longitude: "-70", radius: "5" }), 0);
  for (const place of [{ latitude: "12" }, { latitude: "95", longitude: "0", radius: "5" }, { latitude: "12", longitude: "-70", radius: "0" }]) assert.equal(wrong(place), 1);
  assert.equal(wrong({ start: "2025-11-09" }), 0);
  assert.equal(wrong({ start: "2025-11-09", end: "2025-11-01" }), 1);
  assert.equal(wrong({ end: "2025-11-01" }), 1);
});

test("a corrections file is the one that the program reads", () => {
  const made = entry(data.records[0], { ...said, latitude: "12.5", longitude: "-70.25", radius: "4", start: "2025-11-09" }, "2025-11-15");
  assert.deepEqual(JSON.parse(file([made])), {
    format: 1,
    corrections: [{ record: "a1", evidence: "He said so", state: "corrected", by: "A. Editor", on: "2025-11-15", reason: "the owner said so", longitude: -70.25, latitude: 12.5, radius_m: 4000, date_start: "2025-11-09" }],
  });
  assert.equal("latitude" in entry(data.records[0], { ...said, state: "rejected", latitude: "12" }, "2025-11-15"), false);
});
