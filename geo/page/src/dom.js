// Builds elements. Text only ever becomes a text node: what a report says is never parsed as HTML.

/** @import { Child, Properties } from "./types" */

/** Whether a child is there at all. @param {Child} child @returns {child is Node | string} */
export const present = (child) => child !== null && child !== undefined && child !== "";

/**
 * An element with properties (`class`, `data-*` and `aria-*` as attributes), listeners (`onclick`) and children.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag @param {Properties} [properties] @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter(present));
  return node;
}

/** The pen of a canvas. @param {HTMLCanvasElement} canvas @returns {CanvasRenderingContext2D} */
export function pen(canvas) {
  const context = canvas.getContext("2d");
  if (!context) throw new Error("this browser does not draw");
  return context;
}

/** The element of this page that a selector names; a page without it is no page of ours. @template {Element} Kind @param {string} selector @param {new () => Kind} kind */
export function found(selector, kind) {
  const node = document.querySelector(selector);
  if (!(node instanceof kind)) throw new TypeError(`the page has no ${selector}`);
  return node;
}

/** A link to a source; anything that is not a web address stays text. @param {string} address @param {string} text */
export function link(address, text) {
  if (!/^https?:\/\//i.test(address)) return el("span", {}, text);
  return el("a", { href: address, rel: "noopener noreferrer nofollow", target: "_blank" }, text);
}

export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
