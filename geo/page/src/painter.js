// A Leaflet renderer that repaints its canvas on every move; only a running zoom animation stretches the last picture.

import { DomUtil, Renderer } from "leaflet/dist/leaflet-src.esm.js";
import { el } from "./dom.js";

/** @import { Pen, View } from "./types" */

/** What Leaflet keeps in a renderer, as far as it is used here. @typedef {any} Inner */

const Painter = Renderer.extend({
  /** @param {(context: Pen, view: View) => void} paint */
  initialize(paint) {
    /** @type {Inner} */ (Renderer.prototype).initialize.call(this, { padding: 0 });
    this.paint = paint;
  },
  getEvents() {
    return { .../** @type {Inner} */ (Renderer.prototype).getEvents.call(this), move: this._update };
  },
  _initContainer() {
    this._container = el("canvas", { "aria-hidden": "true" });
  },
  _destroyContainer() {
    this._container.remove();
    delete this._container;
  },
  _updatePaths() {},
  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    /** @type {Inner} */ (Renderer.prototype)._update.call(this);
    const [canvas, size] = [this._container, this._bounds.getSize()];
    const ratio = this.ratio ?? (window.devicePixelRatio || 1);
    DomUtil.setPosition(canvas, this._bounds.min);
    if (canvas.width !== Math.round(size.x * ratio) || canvas.height !== Math.round(size.y * ratio)) {
      canvas.width = Math.round(size.x * ratio);
      canvas.height = Math.round(size.y * ratio);
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    const context = canvas.getContext("2d");
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    const origin = this._map.getPixelOrigin().add(this._bounds.min);
    const world = 256 * 2 ** this._map.getZoom();
    this.paint(context, {
      size: world, left: origin.x, top: origin.y, width: size.x, height: size.y,
      west: origin.x / world, north: origin.y / world, east: (origin.x + size.x) / world, south: (origin.y + size.y) / world,
    });
  },
});

/**
 * A layer that calls `paint` whenever the map shows something else; `repaint` asks for it, `ratio` sets pixels of the canvas for one of the page.
 * @param {(context: Pen, view: View) => void} paint
 */
export function painter(paint) {
  /** @type {Inner} */
  const layer = new /** @type {Inner} */ (Painter)(paint);
  return {
    layer,
    repaint: () => layer._map && layer._update(),
    /** @param {number | undefined} ratio */
    sharpen: (ratio) => (layer.ratio = ratio),
  };
}
