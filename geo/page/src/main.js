// Starts the page: reads the data, builds header, map and column, and keeps them in step.

import "leaflet/dist/leaflet.css";
import "./page.css";
import { onTheme, readColours } from "./colours.js";
import { prepare, read } from "./data.js";
import { el } from "./dom.js";
import { buildLegend } from "./legend.js";
import { Chart } from "./map.js";
import { Panel } from "./panel.js";
import { preparePrint } from "./print.js";
import { addScale } from "./scale.js";

async function start() {
  const data = prepare(await read(document.getElementById("data")));
  let colours = readColours();
  let chart = null;
  const canvas = el("div", { class: "chart", role: "region", "aria-label": "Map. Arrow keys move it, plus and minus zoom. Every record is in the list." });
  const panel = new Panel(data, colours, (record) => chart?.select(record));
  const place = el("div", { class: "place" }, canvas);
  document.body.prepend(
    el("a", { class: "skip", href: "#records" }, "Skip to the records"),
    el(
      "header",
      { class: "top" },
      el("h1", {}, data.title),
      el("p", { class: "under" }, data.under),
      data.review ? el("p", { class: "review" }, data.review) : null,
    ),
    el("main", {}, place, panel.node),
  );
  chart = new Chart(canvas, data, colours, (records) => panel.openAll(records));
  panel.zoom = (record) => chart.zoomTo(record);
  if (data.empty) place.append(el("p", { class: data.records.some((record) => record.section === "place") ? "empty banner" : "empty", role: "status" }, data.empty));
  const newLegend = (open) => {
    const legend = buildLegend(data, colours, chart.shown, (name, on) => chart.show(name, on));
    legend.open = open;
    legend.addEventListener("toggle", () => chart.rearrange());
    return legend;
  };
  let legend = newLegend(data.legend.length > 0 && innerWidth >= 900 && innerHeight >= 620);
  place.append(legend, el("p", { class: "credit" }, data.attribution));
  addScale(chart.map, place);
  chart.map.zoomControl.setPosition("topleft");
  chart.begin();
  const recolour = () => {
    colours = readColours();
    panel.recolour(colours);
    const fresh = newLegend(legend.open);
    legend.replaceWith(fresh);
    legend = fresh;
    chart.recolour(colours);
  };
  onTheme(recolour);
  preparePrint({ data, chart, panel, recolour });
  document.documentElement.dataset.ready = "true";
}

start().catch((error) => {
  document.body.prepend(el("p", { class: "empty", role: "alert" }, `This map could not be drawn: ${error.message}. A browser from 2023 or later opens it.`));
  throw error;
});
