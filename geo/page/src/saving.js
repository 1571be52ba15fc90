// The menu of what can be taken away: the shown records as data, the map as a picture, the page on paper.

import { el } from "./dom.js";
import { Poster } from "./poster.js";
import { csv, geojson } from "./takeaway.js";
import { t } from "./words.js";

/** @import { Chart } from "./map.js" */
/** @import { Panels } from "./panels.js" */
/** @import { Data, Row } from "./types" */

/** @type {[width: number, height: number][]} */
const SIZES = [[1200, 675], [1080, 1350]];

/** Hands a file to the browser. @param {string} name @param {Blob | string} content @param {string} [type] */
export function give(name, content, type) {
  const address = URL.createObjectURL(content instanceof Blob ? content : new Blob([content], { type }));
  el("a", { href: address, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(address), 10_000);
}

/** A file name from the title: what every system can write. @param {string} title @param {string} ending */
const named = (title, ending) => `${title.normalize("NFD").replace(/[^\w]+/g, "-").replace(/^-+|-+$/g, "").slice(0, 60).toLowerCase() || "map"}.${ending}`;

/** `shown()` gives the records to take, `chart()` the map. @param {Data} data @param {{ panels: Panels, shown: () => Row[], chart: () => Chart }} page */
export function saveMenu(data, { panels, shown, chart }) {
  const take = async (/** @type {(records: Row[], data: Data) => string} */ write, /** @type {string} */ ending, /** @type {string} */ type) => {
    await panels.all();
    give(named(data.title, ending), write(shown().filter((record) => record.type !== "place"), data), type);
  };
  const item = (/** @type {string} */ text, /** @type {() => unknown} */ act) => el("li", {}, el("button", { class: "item", onclick: act }, text));
  const words = el("textarea", { readonly: true, rows: 5, "aria-label": t("The map in words, for those who cannot see it") });
  /** @returns {[number, number]} */
  const screen = () => [Math.max(600, chart().map.getSize().x), Math.max(450, chart().map.getSize().y)];
  const png = async (/** @type {number} */ width, /** @type {number} */ height) => give(named(data.title, "png"), await new Poster(chart()).png(width, height));
  const handle = el("summary", {}, t("Save"));
  const menu = el(
    "details",
    { class: "menu" },
    handle,
    el(
      "div",
      { class: "sheet" },
      el("h2", {}, t("Shown records")),
      el("ul", {}, item("GeoJSON", () => take(geojson, "geojson", "application/geo+json")), item("CSV", () => take(csv, "csv", "text/csv;charset=utf-8"))),
      el("h2", {}, t("Picture")),
      el("ul", {}, ...SIZES.map(([width, height]) => item(`PNG ${width} × ${height}`, () => png(width, height))), item(t("PNG, size of this view"), () => png(...screen())), item("SVG", () => give(named(data.title, "svg"), new Poster(chart()).svg(...SIZES[0]), "image/svg+xml"))),
      el("h2", {}, t("In words")),
      words,
      el("ul", {}, item(t("Print"), () => print())),
    ),
  );
  menu.addEventListener("toggle", () => (words.value = menu.open ? new Poster(chart()).words() : ""));
  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || !menu.open) return;
    menu.open = false;
    handle.focus();
    event.stopPropagation();
  });
  return menu;
}
