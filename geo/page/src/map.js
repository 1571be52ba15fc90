// The map: Leaflet moves and zooms, one canvas draws everything, and clicks are answered from the same numbers.

import { CRS, DomUtil, LatLngBounds, Map as LeafletMap, Renderer } from "leaflet/dist/leaflet-src.esm.js";
import { bounds, inside, latitudeOf, unitX, unitY } from "./data.js";
import { el, reducedMotion } from "./dom.js";
import { layout, pixels } from "./marks.js";
import { Picture } from "./picture.js";
import { t } from "./words.js";

const REACH = 14; // pixels around a mark that still hit it

/** A Leaflet renderer that repaints its canvas on every move; only a running zoom animation stretches the last picture. */
const Painter = Renderer.extend({
  initialize(paint) {
    Renderer.prototype.initialize.call(this, { padding: 0 });
    this.paint = paint;
  },
  getEvents() {
    return { ...Renderer.prototype.getEvents.call(this), move: this._update };
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
    Renderer.prototype._update.call(this);
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

const latLngs = ([west, south, east, north]) => new LatLngBounds([south, west], [north, east]);

/** The map of `data` in `container`; `open(records)` is told what was clicked. */
export class Chart extends Picture {
  constructor(container, data, colours, open) {
    super();
    Object.assign(this, { data, colours, open, shown: { zones: true, names: true, places: false }, asked: data.records, selected: null, cache: null, obstacles: null, moved: () => {}, picked: null, proposed: null });
    const [west, south, east, north] = data.window;
    this.frame = { west: unitX(west), east: unitX(east), north: unitY(north), south: unitY(south) };
    // Names alone are better than an empty map, and noise beside events.
    this.shown.places = !data.records.some((record) => ["incident", "deployment", "row"].includes(record.section));
    this.choose();
    const calm = reducedMotion();
    this.map = new LeafletMap(container, {
      attributionControl: false, crs: CRS.EPSG3857, zoomSnap: 0.25, zoomDelta: 0.75, wheelPxPerZoomLevel: 90, maxZoom: 14,
      maxBounds: latLngs(data.window), maxBoundsViscosity: 1, zoomAnimation: !calm, inertia: !calm, fadeAnimation: false, markerZoomAnimation: false,
    });
    this.tip = container.appendChild(el("div", { class: "tip", "aria-hidden": "true", hidden: true }));
    this.strip = container.appendChild(el("div", { class: "strip", "aria-hidden": "true", hidden: true }));
    this.hatches = {};
    this.fit();
    this.painter = new Painter((context, view) => this.paint(context, view));
    this.map.on("click", (event) => this.click(event.containerPoint));
    this.map.on("mousemove", (event) => this.hover(event.containerPoint));
    this.map.on("mouseout movestart", () => {
      this.say(null);
      this.strip.hidden = true;
    });
    this.map.on("resize", () => (this.obstacles = null));
    this.map.on("moveend", () => this.moved());
  }

  /** Which of the records asked for the map shows: what happened or is there, and named places if they are switched on. */
  choose() {
    const kinds = ["incident", "deployment", "row", ...(this.shown.places ? ["place"] : [])];
    this.onMap = new Set(this.asked.filter((record) => kinds.includes(record.section)));
  }

  filter(records) {
    this.asked = records;
    this.choose();
    this.redraw();
  }

  /** Draws for the first time, once everything that covers the map stands in its place. */
  begin() {
    const [[left, top, right, bottom]] = this.covered();
    const under = [...this.onMap].some(({ mark }) => {
      const { x, y } = mark ? this.map.latLngToContainerPoint([mark.latitude, mark.longitude]) : { x: -1, y: -1 };
      return x > left && x < right + 16 && y > top - 16 && y < bottom;
    });
    if (under) this.giveWay(right);
    this.painter.addTo(this.map);
  }

  /** Moves the marks out from under the legend, or shuts it where that would cost too much of the map. */
  giveWay(right) {
    const zoom = this.map.getZoom();
    this.fit(right);
    if (this.map.getZoom() > zoom - 0.6) return;
    this.fit();
    this.map.getContainer().parentElement.querySelector(".legend").open = false;
  }

  /** Looks again where the legend, the scale and the buttons lie, so that no name is written under them. */
  rearrange() {
    this.obstacles = null;
    this.painter._update();
  }

  covered() {
    if (!this.obstacles) {
      const own = this.map.getContainer().getBoundingClientRect();
      const place = this.map.getContainer().parentElement;
      // The legend first: `begin` asks what it hides.
      const others = [".legend", ".scale", ".leaflet-bar", ".credit"].map((name) => place.querySelector(name)).filter(Boolean);
      this.obstacles = others.map((node) => node.getBoundingClientRect()).map((box) => [box.left - own.left - 3, box.top - own.top - 3, box.right - own.left + 3, box.bottom - own.top + 3]);
    }
    return this.obstacles;
  }

  /** Shows the first view again, as near as the window allows. */
  fit(left = 8) {
    this.map.setMinZoom(0);
    const limits = latLngs(this.data.window);
    this.map.setMinZoom(Math.min(this.map.getBoundsZoom(limits, false), this.map.getBoundsZoom(latLngs(this.data.fit))));
    this.map.fitBounds(latLngs(this.data.fit), { animate: false, paddingTopLeft: [left, 22], paddingBottomRight: [30, 26] });
    this.home = { centre: this.map.getCenter(), zoom: this.map.getZoom() };
  }

  /** The view as latitude, longitude, zoom; null while it is the first one. */
  where() {
    if (this.untouched()) return null;
    const { lat, lng } = this.map.getCenter();
    return [lat, lng, this.map.getZoom()];
  }

  untouched() {
    const { home } = this;
    return !home || (this.map.getZoom() === home.zoom && this.map.project(this.map.getCenter()).distanceTo(this.map.project(home.centre)) < 2);
  }

  goTo([lat, lng, zoom]) {
    this.map.setView([lat, lng], zoom, { animate: false });
  }

  /** Whether the view holds the whole first view. */
  showsAll() {
    return this.map.getBounds().contains(latLngs(this.data.fit));
  }

  redraw() {
    this.cache = null;
    // Not before `begin`: until then nothing stands in its place.
    if (this.painter._map) this.painter._update();
  }

  recolour(colours) {
    this.colours = colours;
    this.hatches = {};
    this.redraw();
  }

  show(name, on) {
    this.shown[name] = on;
    this.choose();
    this.redraw();
  }

  /** Marks a record and brings it into view; one that is not on the map by default is drawn while it is open. */
  select(record) {
    this.selected = record;
    this.cache = null;
    if (record?.mark) this.bringIn(record);
    else if (record?.area !== null && record !== null) this.bringInArea(this.data.areas[record.area]);
    this.painter._update();
  }

  bringIn({ mark, shape }) {
    const reach = Math.max(mark.metres / 111_320, 0.02);
    const box = shape?.length ? this.degrees(bounds(shape)) : latLngs([mark.longitude - reach, mark.latitude - reach, mark.longitude + reach, mark.latitude + reach]);
    const spot = this.map.latLngToContainerPoint([mark.latitude, mark.longitude]);
    const size = this.map.getSize();
    const seen = spot.x > 24 && spot.y > 24 && spot.x < size.x - 24 && spot.y < size.y - 24;
    if (!seen && this.map.getBoundsZoom(box) < this.map.getZoom()) this.map.fitBounds(box, { animate: false });
    else if (!seen) this.map.panTo([mark.latitude, mark.longitude], { animate: !reducedMotion() });
  }

  bringInArea(area) {
    const box = this.degrees(bounds([...area.rings, ...area.lines]));
    if (!this.map.getBounds().intersects(box) || !this.map.getBounds().contains([area.label[1], area.label[0]])) this.map.fitBounds(box, { animate: false });
  }

  /** Fills the view with a record's shape, or with its surroundings when it is a point. */
  zoomTo(record) {
    if (record.area !== null) {
      const area = this.data.areas[record.area];
      this.map.fitBounds(this.degrees(bounds([...area.rings, ...area.lines])), { animate: !reducedMotion() });
      return;
    }
    const { longitude, latitude: middle, metres } = record.mark;
    const reach = Math.max((metres * 1.4) / 111_320, 0.2);
    const box = record.shape?.length ? this.degrees(bounds(record.shape)).pad(0.2) : latLngs([longitude - reach, middle - reach, longitude + reach, middle + reach]);
    this.map.fitBounds(box, { animate: !reducedMotion() });
  }

  degrees([west, north, east, south]) {
    return latLngs([west * 360 - 180, latitudeOf(south), east * 360 - 180, latitudeOf(north)]);
  }

  /** Every mark and stack at this zoom; panning only moves them. */
  marks(size) {
    if (this.cache?.size !== size) {
      const records = [...this.onMap].filter((record) => record.mark);
      if (this.selected?.mark && !this.onMap.has(this.selected)) records.push(this.selected);
      this.cache = { size, ...layout(records, size) };
    }
    return this.cache;
  }

  areas() {
    return this.data.areas.filter((area) => area.records.some((record) => this.onMap.has(record) || record === this.selected));
  }

  /** What lies at a pixel: records (the mark on top first), or none. */
  hit({ x, y }) {
    const size = 256 * 2 ** this.map.getZoom();
    const origin = this.map.getPixelOrigin().add(this.map.containerPointToLayerPoint([0, 0]));
    const [worldX, worldY] = [x + origin.x, y + origin.y];
    const { marks, stacks } = this.marks(size);
    const near = marks.map((mark) => [Math.hypot(mark.x - worldX, mark.y - worldY), mark]).filter(([far]) => far < REACH);
    if (near.length) return { records: [near.sort((a, b) => a[0] - b[0])[0][1].record] };
    const stack = stacks.find((one) => Math.abs(one.x - worldX) < 20 && Math.abs(one.y - worldY) < 15);
    if (stack) return { records: stack.records, stack };
    const label = this.areaBoxes?.find(({ box: [a, b, c, d] }) => x >= a && x <= c && y >= b && y <= d);
    if (label) return { records: label.records };
    const [unitAtX, unitAtY] = [worldX / size, worldY / size];
    const areas = this.areas().filter((area) => inside(area.rings, unitAtX, unitAtY));
    const shapes = marks.filter((mark) => !mark.solid && this.holds(mark, worldX, worldY, unitAtX, unitAtY)).map((mark) => mark.record);
    return { records: [...shapes, ...areas.flatMap((area) => area.records.filter((record) => this.onMap.has(record)))], wide: true };
  }

  holds({ record, atX, atY, radius }, worldX, worldY, unitAtX, unitAtY) {
    return record.shape?.length ? inside(record.shape, unitAtX, unitAtY) : Math.hypot(atX - worldX, atY - worldY) < radius;
  }

  /** The next click gives its place instead of opening what is there. */
  pick(callback) {
    this.picked = callback;
    this.map.getContainer().classList.add("picking");
  }

  /** Shows where a person would put a record, or nothing. */
  ring(place) {
    this.proposed = place;
    this.painter._update();
  }

  click(point) {
    if (this.picked) {
      this.map.getContainer().classList.remove("picking");
      const callback = this.picked;
      this.picked = null;
      callback(this.map.containerPointToLatLng(point));
      return;
    }
    const { records, stack } = this.hit(point);
    if (stack && this.spread(stack)) return;
    if (records.length) this.open(records);
    this.sayZone(point);
  }

  /** Zooms into a stack whose marks lie apart; false when they cannot be told apart any closer. */
  spread({ records }) {
    const list = records.map(({ mark }) => mark);
    const box = [Math.min(...list.map((m) => m.longitude)), Math.min(...list.map((m) => m.latitude)), Math.max(...list.map((m) => m.longitude)), Math.max(...list.map((m) => m.latitude))];
    if (pixels(111_320 * Math.max(box[2] - box[0], box[3] - box[1]), 0, 256 * 2 ** this.map.getMaxZoom()) < 60) return false;
    if (this.map.getZoom() >= this.map.getMaxZoom()) return false;
    this.map.fitBounds(latLngs(box), { padding: [40, 40], animate: !reducedMotion() });
    return true;
  }

  hover(point) {
    const { records, wide } = this.hit(point);
    this.map.getContainer().classList.toggle("pointing", records.length > 0);
    const text = records.length === 0 || wide ? null : records.length === 1 ? `${records[0].title} · ${records[0].when}` : t("{n} records here", { n: records.length });
    this.say(text, point);
    this.sayZone(point);
  }

  say(text, point) {
    this.tip.hidden = !text;
    if (!text) return;
    this.tip.textContent = text;
    const size = this.map.getSize();
    this.tip.classList.toggle("left", point.x > size.x * 0.6);
    this.tip.style.left = `${point.x}px`;
    this.tip.style.top = `${point.y}px`;
  }

  /** Names the waters under the pointer, always as an approximation. Areas are nested, so an owner's innermost one answers. */
  sayZone(point) {
    if (!this.data.zones.length || !this.shown.zones) return;
    const { lat, lng } = this.map.containerPointToLatLng(point);
    const [x, y] = [unitX(lng), unitY(lat)];
    const zone = inside(this.data.base.land, x, y) ? null : this.data.zones.find(({ rings }) => rings.length && inside(rings, x, y));
    this.strip.hidden = !zone;
    this.strip.textContent = zone ? `${zone.name} (approximation: ${zone.basis})` : "";
  }
}
