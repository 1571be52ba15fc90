// The legend: what the shapes mean, how sure a mark is, and what can be switched off.

import { el } from "./dom.js";
import { glyphCanvas } from "./glyphs.js";

export function buildLegend(data, colours, onToggle) {
  const row = (sign, text) => el("li", {}, sign, el("span", {}, text));
  const glyphs = Object.entries(data.legend).map(([name, text]) => row(glyphCanvas(name, colours), text));
  const sample = Object.keys(data.legend)[0] ?? "other";
  const has = (test) => data.records.some(test);
  const sure = [
    has((record) => record.mark) && row(glyphCanvas(sample, colours), "Filled: known to within the mark, at this zoom"),
    has((record) => record.mark) && row(glyphCanvas(sample, colours, true), "Hollow: somewhere in the dashed shape"),
    data.areas.length > 0 && row(el("span", { class: "swatch hatched" }), "Hatched: only the area is known"),
  ].filter(Boolean);
  const zones = data.zones?.length
    ? [
        row(el("span", { class: "swatch territorial" }), "Territorial sea (12 nm)"),
        row(el("span", { class: "swatch contiguous" }), "Contiguous zone (24 nm)"),
        row(el("span", { class: "swatch eez" }), "Limit of exclusive economic zones"),
      ]
    : [];
  const toggle = (name, text) => el("label", {}, el("input", { type: "checkbox", checked: true, onchange: (event) => onToggle(name, event.target.checked) }), text);
  return el(
    "details",
    { class: "legend" },
    el("summary", {}, "Legend"),
    el("ul", {}, ...glyphs, ...sure, ...zones),
    zones.length ? el("p", {}, "Zones are approximations.") : null,
    el("div", { class: "toggles" }, zones.length ? toggle("zones", "Zones") : null, toggle("names", "Names")),
  );
}


