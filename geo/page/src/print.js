// Prints the map at a fixed size with every record below it, in light colours whatever the screen shows.

import { readColours } from "./colours.js";
import { el } from "./dom.js";

export function preparePrint({ data, chart, panel }) {
  let register = null;
  let view = null;
  const before = () => {
    if (register) return;
    view = [chart.map.getCenter(), chart.map.getZoom(), chart.map.getBounds()];
    document.documentElement.classList.add("printing");
    panel.colours = readColours();
    register = el("section", { class: "register", "aria-label": "All records" }, ...data.records.map((record) => el("article", { class: "detail" }, ...panel.content(record))));
    document.querySelector("main").append(register);
    // Paper shows more than the screen: twice the pixels.
    chart.painter.ratio = 2;
    chart.map.invalidateSize({ animate: false, pan: false });
    chart.map.fitBounds(view[2], { animate: false });
    chart.recolour(panel.colours);
  };
  const after = () => {
    if (!register) return;
    document.documentElement.classList.remove("printing");
    register.remove();
    register = null;
    panel.colours = readColours();
    chart.painter.ratio = undefined;
    chart.map.invalidateSize({ animate: false, pan: false });
    chart.map.setView(view[0], view[1], { animate: false });
    chart.recolour(panel.colours);
  };
  addEventListener("beforeprint", before);
  addEventListener("afterprint", after);
}
