// A Leaflet renderer that repaints its canvas on every move; only a running zoom animation stretches the last picture.

import { DomUtil, Renderer } from "leaflet/dist/leaflet-src.esm.js";
import { el, pen } from "./dom.js";

/** @import { Pen, View } from "./types" */

/**
 * What Leaflet keeps in a renderer, as far as it is used here: its types leave out what it calls private.
 * @typedef {object} Own
 * @property {import("leaflet").Map & { _animatingZoom?: boolean }} _map
 * @property {import("leaflet").Bounds & { min: import("leaflet").Point }} _bounds
 * @property {HTMLCanvasElement} [_container] while the map has this layer
 * @property {() => void} _update
 * @property {(context: Pen, view: View) => void} paint
 * @property {number | undefined} ratio pixels of the canvas for one of the page, where they are set
 */
/** @typedef {import("leaflet").Renderer & Own} Inner */
/** @typedef {{ initialize(this: Inner, options: { padding: number }): void, getEvents(this: Inner): object, _update(this: Inner): void }} Base what every renderer does */

const base = /** @type {Base} */ (/** @type {unknown} */ (Renderer.prototype));

/** What this one does otherwise. @type {{ [name: string]: (this: Inner, paint: Own["paint"]) => unknown }} */
const own = {
  initialize(paint) {
    base.initialize.call(this, { padding: 0 });
    this.paint = paint;
  },
  getEvents() {
    return { ...base.getEvents.call(this), move: this._update };
  },
  _initContainer() {
    this._container = el("canvas", { "aria-hidden": "true" });
  },
  _destroyContainer() {
    this._container?.remove();
    delete this._container;
  },
  _updatePaths() {},
  _update() {
    const canvas = this._container;
    if (!canvas || (this._map._animatingZoom && this._bounds)) return;
    base._update.call(this);
    const size = this._bounds.getSize();
    const ratio = this.ratio ?? (window.devicePixelRatio || 1);
    DomUtil.setPosition(canvas, this._bounds.min);
    if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    const context = pen(canvas);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const world = 256 * 2 ** this._map.getZoom();
    this.paint(context, {
      size: world, left: origin.x, top: origin.y, width: size.x, height: size.y,
      west: origin.x / world, north: origin.y / world, east: (origin.x + size.x) / world, south: (origin.y + size.y) / world,
    });
  },
};

const Painter = /** @type {new (paint: Own["paint"]) => Inner} */ (/** @type {unknown} */ (Renderer.extend(own)));

/**
 * A layer that calls `paint` whenever the map shows something else; `repaint` asks for it, `ratio` sets pixels of the canvas for one of the page.
 * @param {(context: Pen, view: View) => void} paint
 */
export function painter(paint) {
  const layer = new Painter(paint);
  return {
    layer,
    repaint: () => layer._map && layer._update(),
    /** @param {number | undefined} ratio */
    sharpen: (ratio) => (layer.ratio = ratio),
  };
}
