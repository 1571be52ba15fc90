// The palette lives in the stylesheet (light, dark, print); the canvas reads it from there.

const NAMES = [
  "sea", "land", "coast", "shore", "border", "beyond", "grid", "gridtext", "water", "country", "halo", "paper", "edge", "ink", "quiet",
  "strike", "seizure", "warning", "other", "ship", "air", "people", "force", "place", "area", "accent",
  "territorial", "territorialfill", "contiguous", "contiguousfill", "eez",
];

/** @import { Colours } from "./types" */

/** @returns {Colours} */
export function readColours() {
  const style = getComputedStyle(document.documentElement);
  return Object.fromEntries(NAMES.map((name) => [name, style.getPropertyValue(`--${name}`).trim()]));
}

/** Calls back when light turns dark or back. @param {() => void} callback */
export function onTheme(callback) {
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", callback);
}
