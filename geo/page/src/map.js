// The map: Leaflet moves and zooms, one canvas draws everything, and clicks are answered from the same numbers.

import { CRS, LatLngBounds, Map as LeafletMap, Point, TileLayer } from "leaflet/dist/leaflet-src.esm.js";
import { bounds, inside, latitudeOf, unitX, unitY } from "./data.js";
import { el, reducedMotion } from "./dom.js";
import { drawZones } from "./ground.js";
import { DEEPEST, Marks, inseparable, pixels, standing } from "./marks.js";
import { painter } from "./painter.js";
import { Picture } from "./picture.js";
import { t } from "./words.js";

/** @import { Area, Box, Colours, Data, Degrees, Mark, Marked, Pen, Place, Row, Shown, Stack, View } from "./types" */
/** @typedef {{ x: number, y: number }} Pixel */
/** @typedef {{ records: Row[], stack?: Stack, wide?: boolean }} Hit what lies at a pixel: marks and labels, or only the inside of wide shapes */

const REACH = 14; // pixels around a mark that still hit it
const BESIDE = 0.5; // views that are laid out on each side of the one shown, so that a small move asks for nothing
const MOST_WIDE = 300; // shapes that reach into a view from afar; more than this would only cover it

/** @param {Degrees} box */
const latLngs = ([west, south, east, north]) => new LatLngBounds([south, west], [north, east]);

/** @param {Row} record @returns {record is Marked} */
const marked = (record) => record.mark !== null;

/** Whether a mark's shape or circle reaches into a box. @param {Marked} record @param {Box} box @param {number} size */
function reaches({ mark, shape }, [west, north, east, south], size) {
  const far = pixels(mark.metres, mark.latitude, size) / size;
  const [a, b, c, d] = shape?.length ? bounds(shape) : [mark.x - far, mark.y - far, mark.x + far, mark.y + far];
  return a < east && c > west && b < south && d > north;
}

/** The map of `data` in `container`; `open(records)` is told what was clicked. */
export class Chart extends Picture {
  /** @param {HTMLElement} container @param {Data} data @param {Colours} colours @param {(records: Row[]) => void} open */
  constructor(container, data, colours, open) {
    const [west, south, east, north] = data.window;
    const frame = { west: unitX(west), east: unitX(east), north: unitY(north), south: unitY(south) };
    // Names alone are better than an empty map, and noise beside events.
    const places = !data.records.some((record) => ["incident", "deployment", "row"].includes(record.section));
    super(data, { colours, shown: { zones: true, seas: true, names: true, grid: true, places }, onMap: new Set(), frame });
    this.container = container;
    this.open = open;
    this.asked = data.records;
    /** @type {Marks | null} */
    this.index = null;
    /** @type {{ size: number, box: Box, found: { marks: Mark[], stacks: Stack[] } } | null} */
    this.cache = null;
    /** @type {[number, number, number, number][] | null} */
    this.obstacles = null;
    /** @type {Area[]} */
    this.wanted = [];
    /** @type {Stack | null} the one whose marks are spread over a spiral */
    this.opened = null;
    /** @type {((place: { lat: number, lng: number }) => void) | null} who waits for a click */
    this.picked = null;
    this.tiled = false;
    this.moved = () => {};
    this.drawn = () => {};
    this.choose();
    const calm = reducedMotion();
    this.map = new LeafletMap(container, {
      attributionControl: false, crs: CRS.EPSG3857, zoomSnap: 0.25, zoomDelta: 0.75, wheelPxPerZoomLevel: 90, maxZoom: DEEPEST,
      maxBounds: latLngs(data.window), maxBoundsViscosity: 1, zoomAnimation: !calm, inertia: !calm, fadeAnimation: false, markerZoomAnimation: false,
    });
    this.tip = container.appendChild(el("div", { class: "tip", "aria-hidden": "true", hidden: true }));
    this.strip = container.appendChild(el("div", { class: "strip", "aria-hidden": "true", hidden: true }));
    this.fit();
    this.painter = painter((context, view) => this.paint(context, view));
    this.listen();
  }

  listen() {
    this.map.on("click", (event) => this.click(event.containerPoint));
    this.map.on("mousemove", (event) => this.hover(event.containerPoint));
    this.map.on("mouseout movestart", () => {
      this.say(null);
      this.strip.hidden = true;
    });
    this.map.on("zoomstart", () => this.spreadOut(null));
    this.map.on("resize", () => (this.obstacles = null));
    this.map.on("moveend", () => {
      this.moved();
      this.drawn();
    });
  }

  /** Tiles from the network below everything, where somebody asked for them; the page's own ground stays until the first one comes. @param {string} url */
  tile(url) {
    const tiles = new TileLayer(url, { maxNativeZoom: 18 });
    tiles.once("tileload", () => {
      this.tiled = true;
      this.redraw();
    });
    tiles.addTo(this.map);
  }

  /** @param {Pen} context @param {View} view */
  ground(context, view) {
    if (!this.tiled) return super.ground(context, view);
    context.clearRect(0, 0, view.width, view.height);
    if (this.shown.zones) drawZones(context, this.data.zones, view, this.colours);
    return undefined;
  }

  /** Which of the records asked for the map shows: what happened or is there, and named places if they are switched on. */
  choose() {
    const kinds = ["incident", "deployment", "row", ...(this.shown.places ? ["place"] : [])];
    this.onMap = new Set(this.asked.filter((record) => kinds.includes(record.section)));
    this.wanted = this.data.areas.filter((area) => area.records.some((record) => this.onMap.has(record)));
    Object.assign(this, { index: null, cache: null, opened: null });
  }

  /** @param {Row[]} records */
  filter(records) {
    if (records === this.asked) return;
    this.asked = records;
    this.choose();
    this.redraw();
  }

  /** Draws for the first time, once everything that covers the map stands in its place. */
  begin() {
    if (this.hides()) this.giveWay(this.covered()[0][2]);
    if (this.data.tiles) this.tile(this.data.tiles.url);
    this.painter.layer.addTo(this.map);
    this.drawn();
  }

  /** Whether the legend, which comes first among what covers the map, lies over a mark or an area's name. */
  hides() {
    const [[left, top, right, bottom]] = this.covered();
    const marks = [...this.onMap].filter(marked).map(({ mark }) => [mark.latitude, mark.longitude]);
    const names = this.wanted.map(({ label: [longitude, latitude] }) => [latitude, longitude]);
    return [...marks, ...names].some(([latitude, longitude]) => {
      const { x, y } = this.map.latLngToContainerPoint([latitude, longitude]);
      return x > left && x < right + 16 && y > top - 16 && y < bottom;
    });
  }

  /** Moves the marks out from under the legend, or shuts it where that is not enough or would cost too much of the map. @param {number} right */
  giveWay(right) {
    const zoom = this.map.getZoom();
    this.fit(right);
    if (this.map.getZoom() > zoom - 0.6 && !this.hides()) return;
    this.fit();
    /** @type {HTMLDetailsElement} */ (this.beside(".legend")).open = false;
  }

  /** What stands over the map. @param {string} name */
  beside(name) {
    return this.container.parentElement?.querySelector(name) ?? null;
  }

  /** Looks again where the legend, the scale and the buttons lie, so that no name is written under them. */
  rearrange() {
    this.obstacles = null;
    this.painter.repaint();
  }

  covered() {
    if (!this.obstacles) {
      const own = this.container.getBoundingClientRect();
      // The legend first: `hides` asks what lies under it.
      const others = [".legend", ".scale", ".leaflet-bar", ".credit", ".empty"].flatMap((name) => this.beside(name) ?? []);
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

  /** The view as latitude, longitude, zoom; null while it is the first one. @returns {[number, number, number] | null} */
  where() {
    if (this.untouched()) return null;
    const { lat, lng } = this.map.getCenter();
    return [lat, lng, this.map.getZoom()];
  }

  untouched() {
    const { home } = this;
    return !home || (this.map.getZoom() === home.zoom && this.map.project(this.map.getCenter()).distanceTo(this.map.project(home.centre)) < 2);
  }

  /** @param {[number, number, number]} view */
  goTo([lat, lng, zoom]) {
    this.map.setView([lat, lng], zoom, { animate: false });
  }

  /** Whether the view holds the whole first view. */
  showsAll() {
    return this.map.getBounds().contains(latLngs(this.data.fit));
  }

  redraw() {
    this.cache = null;
    this.painter.repaint();
    this.drawn();
  }

  /** @param {Colours} colours */
  recolour(colours) {
    this.colours = colours;
    this.hatches = {};
    this.redraw();
  }

  /** @param {keyof Shown} name @param {boolean} on */
  show(name, on) {
    this.shown[name] = on;
    this.choose();
    this.redraw();
  }

  /** Marks a record and brings it into view; one that is not on the map by default is drawn while it is open. @param {Row | null} record */
  select(record) {
    this.selected = record;
    this.cache = null;
    if (record && marked(record)) this.bringIn(record);
    else if (record && record.area !== null) this.bringInArea(this.data.areas[record.area]);
    this.painter.repaint();
  }

  /** @param {Marked} record */
  bringIn({ mark, shape }) {
    const reach = Math.max(mark.metres / 111_320, 0.02);
    const box = shape?.length ? this.degrees(bounds(shape)) : latLngs([mark.longitude - reach, mark.latitude - reach, mark.longitude + reach, mark.latitude + reach]);
    const spot = this.map.latLngToContainerPoint([mark.latitude, mark.longitude]);
    const size = this.map.getSize();
    const seen = spot.x > 24 && spot.y > 24 && spot.x < size.x - 24 && spot.y < size.y - 24;
    if (!seen && this.map.getBoundsZoom(box) < this.map.getZoom()) this.map.fitBounds(box, { animate: false });
    else if (!seen) this.map.panTo([mark.latitude, mark.longitude], { animate: !reducedMotion() });
  }

  /** @param {Area} area */
  bringInArea(area) {
    const box = this.degrees(area.box);
    if (!this.map.getBounds().intersects(box) || !this.map.getBounds().contains([area.label[1], area.label[0]])) this.map.fitBounds(box, { animate: false });
  }

  /** Fills the view with a record's shape, or with its surroundings when it is a point. @param {Row} record */
  zoomTo(record) {
    if (record.area !== null) {
      this.map.fitBounds(this.degrees(this.data.areas[record.area].box), { animate: !reducedMotion() });
      return;
    }
    if (!marked(record)) return;
    const { longitude, latitude: middle, metres } = record.mark;
    const reach = Math.max((metres * 1.4) / 111_320, 0.2);
    const box = record.shape?.length ? this.degrees(bounds(record.shape)).pad(0.2) : latLngs([longitude - reach, middle - reach, longitude + reach, middle + reach]);
    this.map.fitBounds(box, { animate: !reducedMotion() });
  }

  /** @param {Box} box */
  degrees([west, north, east, south]) {
    return latLngs([west * 360 - 180, latitudeOf(south), east * 360 - 180, latitudeOf(north)]);
  }

  areas() {
    const own = this.selected?.area ?? null;
    const area = own === null ? undefined : this.data.areas[own];
    return area && !this.wanted.includes(area) ? [...this.wanted, area] : this.wanted;
  }

  /** Every mark and stack in and around a view; small moves only shift them. @param {Pick<View, "size" | "west" | "north" | "east" | "south">} view */
  marks({ size, west, north, east, south }) {
    const { cache } = this;
    if (cache?.size === size && cache.box[0] <= west && cache.box[1] <= north && cache.box[2] >= east && cache.box[3] >= south) return cache.found;
    const records = [...this.onMap].filter(marked);
    this.index ??= new Marks(records, (this.data.window[0] + this.data.window[2]) / 2);
    const [wide, high] = [(east - west) * BESIDE, (south - north) * BESIDE];
    /** @type {Box} */
    const box = [west - wide, north - high, east + wide, south + high];
    const found = this.index.layout(size, box, this.opened);
    // A shape may reach into the view from afar, and what is open is shown whatever it is counted with.
    const afar = records.filter((record) => outside(record.mark, box) && reaches(record, [west, north, east, south], size));
    const { selected } = this;
    if (afar.length <= MOST_WIDE) found.marks.push(...afar.map((record) => standing(record, size)));
    if (selected && marked(selected) && !found.marks.some(({ record }) => record === selected)) found.marks.push(standing(selected, size));
    this.cache = { size, box, found };
    return found;
  }

  /** The present view. */
  view() {
    const size = 256 * 2 ** this.map.getZoom();
    const { min, max } = this.map.getPixelBounds();
    return { size, west: /** @type {Pixel} */ (min).x / size, north: /** @type {Pixel} */ (min).y / size, east: /** @type {Pixel} */ (max).x / size, south: /** @type {Pixel} */ (max).y / size };
  }

  /** The stacks in view, with the pixel where each stands. */
  stacks() {
    const view = this.view();
    const { x: width, y: height } = this.map.getSize();
    return this.marks(view).stacks.map((stack) => ({ stack, x: stack.x - view.west * view.size, y: stack.y - view.north * view.size })).filter(({ x, y }) => x > 0 && y > 0 && x < width && y < height);
  }

  /** What lies at a pixel: records (the mark on top first), or none. @param {Pixel} pixel @returns {Hit} */
  hit({ x, y }) {
    const { size, west, north, east, south } = this.view();
    const [worldX, worldY] = [x + west * size, y + north * size];
    const { marks, stacks } = this.marks({ size, west, north, east, south });
    const near = marks.map((mark) => ({ far: Math.hypot(mark.x - worldX, mark.y - worldY), mark })).filter(({ far }) => far < REACH);
    near.sort((a, b) => Number(b.mark.raised) - Number(a.mark.raised) || a.far - b.far);
    if (near.length) return { records: [near[0].mark.record] };
    const label = this.signs.find(({ box: [a, b, c, d] }) => x >= a && x <= c && y >= b && y <= d);
    if (label) return { records: label.records };
    const stack = stacks.find((one) => Math.abs(one.x - worldX) < 20 && Math.abs(one.y - worldY) < 15);
    if (stack) return { records: this.index?.within(stack) ?? [], stack };
    const [unitAtX, unitAtY] = [worldX / size, worldY / size];
    const areas = this.areas().filter((area) => inside(area.rings, unitAtX, unitAtY));
    const shapes = marks.filter((mark) => !mark.solid && holds(mark, [worldX, worldY], [unitAtX, unitAtY])).map((mark) => mark.record);
    return { records: [...shapes, ...areas.flatMap((area) => area.records.filter((record) => this.onMap.has(record)))], wide: true };
  }

  /** The next click gives its place instead of opening what is there. @param {(place: { lat: number, lng: number }) => void} callback */
  pick(callback) {
    this.picked = callback;
    this.container.classList.add("picking");
  }

  /** Shows where a person would put a record, or nothing. @param {Place | null} place */
  ring(place) {
    this.proposed = place;
    this.painter.repaint();
  }

  /** @param {Pixel} point */
  click(point) {
    if (this.picked) {
      this.container.classList.remove("picking");
      const callback = this.picked;
      this.picked = null;
      callback(this.map.containerPointToLatLng([point.x, point.y]));
      return;
    }
    const { records, stack } = this.hit(point);
    if (stack) this.split(stack);
    else if (records.length) this.open(records);
    else this.spreadOut(null);
    this.sayZone(point);
  }

  /** Zooms into a stack; one whose marks stay together at every zoom is spread over a spiral, and listed. @param {Stack} stack */
  split(stack) {
    const records = this.index?.within(stack) ?? [];
    if (inseparable(records) || this.map.getZoom() >= this.map.getMaxZoom()) {
      this.spreadOut(stack);
      this.open(records);
      return;
    }
    const list = records.map(({ mark }) => mark);
    const least = (/** @type {"longitude" | "latitude"} */ name) => list.reduce((found, mark) => Math.min(found, mark[name]), Infinity);
    const most = (/** @type {"longitude" | "latitude"} */ name) => list.reduce((found, mark) => Math.max(found, mark[name]), -Infinity);
    const box = latLngs([least("longitude"), least("latitude"), most("longitude"), most("latitude")]);
    // Never nearer than a step that shows what the stack is made of.
    const zoom = Math.max(this.map.getZoom() + 1, this.map.getBoundsZoom(box, false, new Point(80, 80)));
    this.map.setView(box.getCenter(), Math.min(zoom, this.map.getMaxZoom()), { animate: !reducedMotion() });
  }

  /** Spreads a stack's marks over a spiral, or puts them together again. @param {Stack | null} stack */
  spreadOut(stack) {
    if (this.opened === stack) return;
    this.opened = stack;
    this.redraw();
  }

  /** @param {Pixel} point */
  hover(point) {
    const { records, wide } = this.hit(point);
    this.container.classList.toggle("pointing", records.length > 0);
    const text = records.length === 0 || wide ? null : records.length === 1 ? `${records[0].title} · ${records[0].when}` : t("{n} records here", { n: records.length });
    this.say(text, point);
    this.sayZone(point);
  }

  /** @param {string | null} text @param {Pixel} [point] */
  say(text, point) {
    this.tip.hidden = !text;
    if (!text || !point) return;
    this.tip.textContent = text;
    const size = this.map.getSize();
    this.tip.classList.toggle("left", point.x > size.x * 0.6);
    this.tip.style.left = `${point.x}px`;
    this.tip.style.top = `${point.y}px`;
  }

  /** Names the waters under the pointer, always as an approximation. Areas are nested, so an owner's innermost one answers. @param {Pixel} point */
  sayZone(point) {
    if (!this.data.zones.length || !this.shown.zones) return;
    const { lat, lng } = this.map.containerPointToLatLng([point.x, point.y]);
    const [x, y] = [unitX(lng), unitY(lat)];
    const zone = inside(this.data.base.land, x, y) ? null : this.data.zones.find(({ rings }) => rings.length && inside(rings, x, y));
    this.strip.hidden = !zone;
    this.strip.textContent = zone ? `${zone.name} (${t("approximation: {basis}", { basis: zone.basis })})` : "";
  }
}

/** @param {{ x: number, y: number }} mark @param {Box} box */
const outside = ({ x, y }, [west, north, east, south]) => x < west || x > east || y < north || y > south;

/** Whether a mark may be at a point, given in pixels of the world and in Mercator units. @param {Mark} mark @param {[number, number]} world @param {[number, number]} unit */
const holds = ({ record, atX, atY, radius }, [worldX, worldY], [unitAtX, unitAtY]) => (record.shape?.length ? inside(record.shape, unitAtX, unitAtY) : Math.hypot(atX - worldX, atY - worldY) < radius);
