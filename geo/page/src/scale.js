// A scale bar in nautical miles and kilometres, true at the middle of the view.

import { el } from "./dom.js";

const EARTH = 40_075_016.686;
const round = (value) => {
  const power = 10 ** Math.floor(Math.log10(value));
  return [5, 2, 1].find((step) => step * power <= value) * power;
};

export function addScale(map, parent) {
  const bars = [["nm", 1852], ["km", 1000]].map(([unit, metres]) => {
    const text = el("span");
    const bar = el("span", { class: "bar" }, text);
    return { unit, metres, text, bar };
  });
  parent.append(el("div", { class: "scale", "aria-hidden": "true" }, ...bars.map(({ bar }) => bar)));
  const update = () => {
    const perPixel = (EARTH * Math.cos((map.getCenter().lat * Math.PI) / 180)) / (256 * 2 ** map.getZoom());
    for (const { unit, metres, text, bar } of bars) {
      const length = round((110 * perPixel) / metres);
      bar.style.width = `${(length * metres) / perPixel}px`;
      text.textContent = `${length.toLocaleString("en")} ${unit}`;
    }
  };
  map.on("move zoomend resize", update);
  update();
}
