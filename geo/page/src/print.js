// Prints the map at a fixed size, its legend below it and every record shown after that, in light colours whatever the screen shows.

import { el, found } from "./dom.js";
import { t } from "./words.js";

/** @import { Chart } from "./map.js" */
/** @import { Panel } from "./panel.js" */

/** @param {{ chart: Chart, panel: Panel, recolour: () => void }} page */
export function preparePrint({ chart, panel, recolour }) {
  const legend = () => found(".legend", HTMLDetailsElement);
  /** @type {{ centre: import("leaflet").LatLng, zoom: number, whole: boolean, open: boolean } | null} what the screen showed, while paper is served */
  let screen = null;

  const before = () => {
    if (screen) return;
    screen = { centre: chart.map.getCenter(), zoom: chart.map.getZoom(), whole: chart.showsAll(), open: legend().open };
    document.documentElement.classList.add("printing");
    recolour();
    legend().open = true;
    // Names alone are a list already; of events every word is printed.
    const events = panel.shown.filter((record) => record.section !== "place");
    const printed = events.length ? events : panel.shown;
    const part = panel.filtered ? el("p", { class: "part" }, panel.asking.found.textContent) : null;
    found("main", HTMLElement).append(el("section", { class: "register", "aria-label": t("Records") }, part, ...printed.map((record) => el("article", { class: "detail" }, ...panel.content(record))), panel.lost()));
    // Paper shows more than the screen: twice the pixels.
    chart.painter.sharpen(2);
    chart.map.invalidateSize({ animate: false, pan: false });
    if (screen.whole) chart.fit();
    else chart.map.setView(screen.centre, screen.zoom, { animate: false });
    chart.redraw();
  };

  const after = () => {
    if (!screen) return;
    document.documentElement.classList.remove("printing");
    found(".register", HTMLElement).remove();
    recolour();
    legend().open = screen.open;
    chart.painter.sharpen(undefined);
    chart.map.invalidateSize({ animate: false, pan: false });
    chart.map.setView(screen.centre, screen.zoom, { animate: false });
    chart.redraw();
    screen = null;
  };

  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
}
