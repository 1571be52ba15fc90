// What is asked for, when it was, and how both are written into an address.

import assert from "node:assert/strict";
import { test } from "node:test";
import { bins, dayOf, isoOf, lanes, ticks, widen } from "../src/dates.js";
import { read, write } from "../src/hash.js";
import { ask, asks, blank, vocabulary } from "../src/query.js";
import { sorted } from "../src/table.js";

const NOW = dayOf("2025-11-14");
const record = (number, title, facets, dates = [null, null, null]) => ({ number, title, where: "", when: "", tags: [], facets, dates, span: widen(dates, NOW), evidence: [], facts: [] });
const RECORDS = [
  record(1, "Tanker boarded", { kind: ["boarding"], actor: ["Navy"] }, ["2025-10-20", "2025-10-20", 1]),
  record(2, "Skiff seen", { kind: ["suspicious_approach"], actor: [] }, ["2025-09-01", "2025-09-30", 4]),
  record(3, "Petrolero abordado en el Caribe, según él", { kind: ["boarding"], actor: [] }),
];
const numbers = (query) => ask(RECORDS, { ...blank(), ...query }).shown.map((one) => one.number);

test("a date is as long as it is vague", () => {
  const span = (...dates) => {
    const { first, last } = widen(dates, NOW);
    return [isoOf(first), isoOf(last)];
  };
  assert.deepEqual(span("2025-09-02", "2025-09-02", 1), ["2025-09-02", "2025-09-02"]);
  assert.deepEqual(span("2025-09-01", "2025-09-01", 4), ["2025-09-01", "2025-09-30"]);
  assert.deepEqual(span("1989-06-01", "1989-06-01", 5), ["1989-01-01", "1989-12-31"]);
  assert.deepEqual(span("2025-10-01", null, 4), ["2025-10-01", "2025-11-14"], "what goes on runs to the newest report");
  assert.deepEqual(span("2025-11-01", "2025-11-14", 4), ["2025-11-01", "2025-11-14"], "no report knows the rest of its month");
  assert.deepEqual(span("2026-02-01", "2026-02-28", 4), ["2026-02-01", "2026-02-28"], "a plan may lie ahead");
  assert.equal(widen([null, null, null], NOW), null);
  assert.equal(widen(["soon", null, 1], NOW), null);
});

test("time keeps whatever may be of it", () => {
  const time = (from, to) => [dayOf(from), dayOf(to)];
  assert.deepEqual(numbers({ time: time("2025-09-15", "2025-09-16") }), [2, 3]);
  assert.deepEqual(numbers({ time: time("2025-09-15", "2025-09-16"), undated: false }), [2]);
  assert.deepEqual(numbers({ time: time("2025-10-20", "2025-10-20"), undated: false }), [1]);
});

test("words are found whatever their accents and capitals", () => {
  assert.deepEqual(numbers({ words: "SEGUN petrolero" }), [3]);
  assert.deepEqual(numbers({ words: "navy" }), [1]);
  assert.deepEqual(numbers({ words: "suspicious approach" }), [2]);
});

test("values of one heading add up, headings narrow, and every count is what choosing it would give", () => {
  const facets = { ...blank().facets, kind: new Set(["boarding"]) };
  const { shown, counts } = ask(RECORDS, { ...blank(), facets });
  assert.equal(shown.length, 2);
  assert.deepEqual(Object.fromEntries(counts.kind), { boarding: 2, suspicious_approach: 1 });
  assert.deepEqual(Object.fromEntries(counts.actor), { Navy: 1, "": 1 });
  for (const [value, count] of counts.actor) assert.equal(ask(RECORDS, { ...blank(), facets: { ...facets, actor: new Set([value]) } }).shown.length, count);
  assert.deepEqual(vocabulary(RECORDS, "kind"), [["boarding", 2], ["suspicious_approach", 1]]);
});

test("the address keeps everything and reads back", () => {
  const query = { words: "boats & <b> 50%", facets: { ...blank().facets, zone: new Set(["High seas", "Territorial sea of Côte d’Ivoire"]) }, time: [NOW - 30, NOW], undated: false };
  const state = { query, view: [12.5, -70.125, 6.25], record: "0123456789ab", table: true, sort: ["when", -1], embed: true };
  assert.deepEqual(read(`#${write(state)}`), state);
  const first = { query: blank(), view: null, record: null, table: false, sort: null, embed: false };
  assert.equal(write(first), "");
  assert.deepEqual(read(""), first);
});

test("nonsense in an address is left out", () => {
  const state = read("#v=a,b,c&t=2025-02-31x,now&id=&sort=__proto__&q=");
  assert.equal(state.view, null);
  assert.ok(!asks(state.query));
});

test("bars share a lane only where they lie apart", () => {
  assert.deepEqual(lanes([{ first: 0, last: 4 }, { first: 3, last: 3 }, { first: 6, last: 9 }], 0, 3), [0, 1, 0]);
  assert.equal(lanes([{ first: 0, last: 4 }, { first: 3, last: 3 }], 0, 1), null);
});

test("counts over time keep every record, vague ones as shares", () => {
  const { fine, coarse } = bins([{ first: 0, last: 0 }, { first: 0, last: 9 }, { first: 9, last: 9 }], 0, 9, 5);
  const sum = (values) => values.reduce((a, b) => a + b, 0);
  assert.equal(sum(fine), 2);
  assert.ok(Math.abs(sum(coarse) - 1) < 1e-9);
});

test("ticks lie inside their stretch and are few", () => {
  for (const days of [1, 9, 40, 200, 3000, 40_000]) {
    const found = ticks(NOW - days, NOW, 8, "en");
    assert.ok(found.length >= 1 && found.length <= 17, `${days} days have ${found.length}`);
    for (const [day] of found) assert.ok(day >= NOW - days && day <= NOW);
  }
});

test("a table sorts both ways with what is unknown last", () => {
  const order = (by) => sorted(RECORDS, by).map((one) => one.number);
  assert.deepEqual(order(["when", 1]), [2, 1, 3]);
  assert.deepEqual(order(["when", -1]), [1, 2, 3]);
  assert.deepEqual(order(["constructor", 1]), [1, 2, 3]);
});
