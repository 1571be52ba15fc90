// The legend: what the shapes mean, how sure a mark is, and what can be switched off.

import { el } from "./dom.js";
import { glyphSign } from "./glyphs.js";
import { t } from "./words.js";

/** @import { Child, Colours, Data, Shown } from "./types" */

/** @param {Child} sign @param {string} text */
const row = (sign, text) => el("li", {}, sign, el("span", {}, text));

/** How sure marks are, as far as this map has such marks. @param {Data} data @param {Colours} colours @returns {Child[]} */
function certainty(data, colours) {
  const sample = data.records.find((record) => record.mark && record.mark.metres > 0 && record.section !== "place")?.glyph;
  return [
    sample ? row(glyphSign(sample, colours), t("Filled: known to within the mark")) : null,
    sample ? row(glyphSign(sample, colours, true), t("Hollow: somewhere in the dashed shape")) : null,
    data.areas.length ? row(el("span", { class: "swatch hatched" }), t("Hatched: only the area is known")) : null,
  ];
}

/** @param {Data} data */
function zones(data) {
  if (!data.zones.length) return [];
  return [
    row(el("span", { class: "swatch territorial" }), t("Territorial sea")),
    row(el("span", { class: "swatch contiguous" }), t("Contiguous zone")),
    row(el("span", { class: "swatch eez" }), t("Limit of an exclusive economic zone")),
  ];
}

/** `shown` says what is switched on; `onToggle(name, on)` hears of every change. @param {Data} data @param {Colours} colours @param {Shown} shown @param {(name: keyof Shown, on: boolean) => void} onToggle */
export function buildLegend(data, colours, shown, onToggle) {
  const toggle = (/** @type {keyof Shown} */ name, /** @type {string} */ text) => {
    const box = el("input", { type: "checkbox", checked: shown[name] });
    box.addEventListener("change", () => onToggle(name, box.checked));
    return el("label", {}, box, text);
  };
  const lines = zones(data);
  return el(
    "details",
    { class: "legend" },
    el("summary", {}, t("Legend")),
    el("ul", {}, ...data.legend.map(([name, text]) => row(glyphSign(name, colours), t(text)))),
    el("ul", {}, ...certainty(data, colours)),
    lines.length ? el("ul", {}, ...lines, el("li", { class: "small" }, t("Zones are an approximation."))) : null,
    el(
      "div",
      { class: "toggles" },
      lines.length ? toggle("zones", t("Zones")) : null,
      toggle("seas", t("Seas")),
      toggle("names", t("Countries")),
      toggle("grid", t("Grid")),
      data.records.some((record) => record.section === "place") ? toggle("places", t("Places named")) : null,
    ),
  );
}
