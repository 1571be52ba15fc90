// The map: Leaflet moves and zooms, one canvas draws everything, and clicks are answered from the same numbers.

import { CRS, DomUtil, LatLngBounds, Map as LeafletMap, Renderer } from "leaflet/dist/leaflet-src.esm.js";
import { bounds, inside, unitX, unitY } from "./data.js";
import { el, reducedMotion } from "./dom.js";
import { RADIUS, drawGlyph } from "./glyphs.js";
import { drawFigures, drawGraticule, drawLand, drawSea, drawZones, fill, graticule, lettering, stroke } from "./ground.js";
import { Room, wrapped } from "./labels.js";
import { layout, pixels } from "./marks.js";

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif';
const MOST_NUMBERS = 400; // more marks than this carry no numbers: none could be read
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
const latitude = (unit) => (360 / Math.PI) * Math.atan(Math.exp((0.5 - unit) * 2 * Math.PI)) - 90;

/** The map of `data` in `container`; `open(records)` is told what was clicked. */
export class Chart {
  constructor(container, data, colours, open) {
    Object.assign(this, { data, colours, open, shown: { zones: true, names: true, places: false }, selected: null, cache: null, obstacles: null });
    const [west, south, east, north] = data.window;
    this.frame = { west: unitX(west), east: unitX(east), north: unitY(north), south: unitY(south) };
    // Names alone are better than an empty map, and noise beside events.
    this.shown.places = !data.records.some((record) => ["incident", "deployment"].includes(record.section));
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
  }

  /** Which records the map shows without being asked: what happened or is there, and named places if they are switched on. */
  choose() {
    const kinds = ["incident", "deployment", ...(this.shown.places ? ["place"] : [])];
    this.onMap = this.data.records.filter((record) => kinds.includes(record.section));
  }

  /** Draws for the first time, once everything that covers the map stands in its place. */
  begin() {
    const [legend] = this.covered();
    const under = this.onMap.some(({ mark, area }) => {
      const spot = mark ? [mark.latitude, mark.longitude] : area === null ? null : [this.data.areas[area].label[1], this.data.areas[area].label[0]];
      const { x, y } = spot ? this.map.latLngToContainerPoint(spot) : { x: -1, y: -1 };
      return x > legend[0] && x < legend[2] + 16 && y > legend[1] - 16 && y < legend[3];
    });
    // Beside the legend rather than below it, where there is room for both.
    if (under && this.map.getSize().x > 2.4 * legend[2]) this.fit(legend[2]);
    this.painter.addTo(this.map);
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
  }

  /** Whether the view holds the whole first view. */
  showsAll() {
    return this.map.getBounds().contains(latLngs(this.data.fit));
  }

  redraw() {
    this.cache = null;
    this.painter._update();
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
    return latLngs([west * 360 - 180, latitude(south), east * 360 - 180, latitude(north)]);
  }

  /** Every mark and stack at this zoom; panning only moves them. */
  marks(size) {
    if (this.cache?.size !== size) {
      const records = this.onMap.filter((record) => record.mark);
      if (this.selected?.mark && !this.onMap.includes(this.selected)) records.push(this.selected);
      this.cache = { size, ...layout(records, size) };
    }
    return this.cache;
  }

  areas() {
    return this.data.areas.filter((area) => area.records.some((record) => this.onMap.includes(record) || record === this.selected));
  }

  paint(context, view) {
    const { data, colours } = this;
    const lines = graticule(view, unitX, unitY);
    drawSea(context, view, this.frame, colours);
    if (this.shown.zones) drawZones(context, data.zones, view, colours);
    drawLand(context, data.base, view, colours);
    drawGraticule(context, lines, view, this.frame, colours);
    for (const area of this.areas()) this.drawArea(context, area, view);
    const { marks, stacks } = this.marks(view.size);
    const near = marks.filter(({ x, y, radius }) => x + radius > view.left - 40 && y + radius > view.top - 40 && x - radius < view.left + view.width + 40 && y - radius < view.top + view.height + 40);
    for (const mark of near) this.drawReach(context, mark, view);
    this.room = new Room(view.width, view.height);
    this.areaBoxes = [];
    for (const box of this.covered()) this.room.take(...box);
    for (const mark of near) this.room.take(mark.x - view.left - 11, mark.y - view.top - 11, mark.x - view.left + 11, mark.y - view.top + 11);
    for (const { x, y } of stacks) this.room.take(x - view.left - 16, y - view.top - 13, x - view.left + 16, y - view.top + 13);
    for (const mark of near) this.drawLeader(context, mark, view);
    for (const stack of stacks) this.drawStack(context, stack, view);
    for (const mark of near) if (mark.record !== this.selected) this.drawMark(context, mark, view);
    for (const mark of near) if (mark.record === this.selected) this.drawMark(context, mark, view);
    for (const area of this.areas()) this.labelArea(context, area, view);
    if (near.length <= MOST_NUMBERS) for (const mark of near) this.labelMark(context, mark, view);
    if (this.shown.names) this.drawNames(context, view);
    drawFigures(context, lines, view, colours, FONT);
    context.strokeStyle = colours.coast;
  }

  drawArea(context, area, view) {
    const chosen = area.records.includes(this.selected);
    const moved = area.records.every((record) => record.type === "deployment");
    const colour = this.colourOf(area);
    context.save();
    context.globalAlpha = chosen ? 0.14 : 0.05;
    fill(context, area.rings, view, colour);
    // Inside an area that fills the view its hatching would only hide what is there.
    const corners = [[view.west, view.north], [view.east, view.north], [view.west, view.south], [view.east, view.south]];
    context.globalAlpha = corners.every(([x, y]) => inside(area.rings, x, y)) ? 0.1 : chosen ? 0.7 : 0.32;
    fill(context, area.rings, view, this.hatch(context, colour, moved, view));
    context.globalAlpha = chosen ? 1 : 0.7;
    stroke(context, area.rings, view, colour, chosen ? 2 : 1.1);
    stroke(context, area.lines, view, colour, chosen ? 3 : 2, [10, 5]);
    context.restore();
  }

  /** The colour of an area: incidents before deployments before mere names. */
  colourOf({ records }) {
    const kinds = new Set(records.map((record) => record.type));
    return this.colours[kinds.has("incident") ? "area" : kinds.has("deployment") ? "ship" : "place"];
  }

  /** Slanted lines, one way for incidents, the other for deployments, fixed to the ground rather than to the screen. */
  hatch(context, colour, mirrored, view) {
    const name = `${colour}${mirrored}`;
    if (!this.hatches[name]) {
      const tile = el("canvas", { width: 18, height: 18 });
      const pen = tile.getContext("2d");
      pen.scale(2, 2);
      pen.strokeStyle = colour;
      pen.lineWidth = 1;
      for (const shift of [-9, 0, 9]) {
        pen.moveTo(mirrored ? -1 + shift : 10 + shift, -1);
        pen.lineTo(mirrored ? 10 + shift : -1 + shift, 10);
      }
      pen.stroke();
      this.hatches[name] = context.createPattern(tile, "repeat");
    }
    this.hatches[name].setTransform(new DOMMatrix([0.5, 0, 0, 0.5, -(view.left % 9), -(view.top % 9)]));
    return this.hatches[name];
  }

  /** The circle or shape that a mark may be anywhere in, once it is wider than the mark. */
  drawReach(context, { record, atX, atY, radius, solid }, view) {
    const chosen = record === this.selected;
    if (solid && !chosen) return;
    const colour = this.colours[record.glyph];
    context.save();
    context.globalAlpha = chosen ? 0.2 : 0.1;
    if (record.shape?.length) {
      fill(context, record.shape, view, colour);
      context.globalAlpha = chosen ? 1 : 0.75;
      stroke(context, record.shape, view, colour, chosen ? 2 : 1.2, [5, 3]);
    } else if (radius > 3) {
      context.beginPath();
      context.arc(atX - view.left, atY - view.top, radius, 0, 2 * Math.PI);
      context.fillStyle = colour;
      context.fill();
      context.globalAlpha = chosen ? 1 : 0.75;
      context.strokeStyle = colour;
      context.lineWidth = chosen ? 2 : 1.2;
      context.setLineDash([5, 3]);
      context.stroke();
    }
    context.restore();
  }

  drawLeader(context, { x, y, atX, atY }, view) {
    if (Math.hypot(x - atX, y - atY) < 1) return;
    context.beginPath();
    context.moveTo(atX - view.left, atY - view.top);
    context.lineTo(x - view.left, y - view.top);
    context.strokeStyle = this.colours.ink;
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    context.arc(atX - view.left, atY - view.top, 2, 0, 2 * Math.PI);
    context.fillStyle = this.colours.ink;
    context.fill();
  }

  drawMark(context, { record, x, y, solid }, view) {
    const [left, top] = [x - view.left, y - view.top];
    if (record === this.selected) {
      context.beginPath();
      context.arc(left, top, RADIUS + 6, 0, 2 * Math.PI);
      context.strokeStyle = this.colours.halo;
      context.lineWidth = 5;
      context.stroke();
      context.strokeStyle = this.colours.accent;
      context.lineWidth = 2.5;
      context.stroke();
    }
    drawGlyph(context, record.glyph, left, top, { colours: this.colours, hollow: !solid || record.mode !== "actual" });
  }

  drawStack(context, { x, y, records }, view) {
    const [left, top] = [x - view.left, y - view.top];
    const text = String(records.length);
    const half = 10 + 4 * text.length;
    context.beginPath();
    context.roundRect(left - half, top - 12, 2 * half, 24, 12);
    context.fillStyle = this.colours.ink;
    context.strokeStyle = this.colours.halo;
    context.lineWidth = 3;
    context.stroke();
    context.fill();
    context.font = `700 13px ${FONT}`;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.fillStyle = this.colours.paper;
    context.fillText(text, left, top + 0.5);
  }

  /** An area's name, and below it how many records mean all of it: text, so that nobody takes it for a place. */
  labelArea(context, area, view) {
    const here = area.records.filter((record) => this.onMap.includes(record) || record === this.selected);
    const badges = here.map((record) => record.badge).filter(Boolean);
    const only = here.length - badges.length;
    const count = only ? `${only} ${only === 1 ? "record" : "records"}, area only` : "";
    const name = area.name.length > 34 ? `${area.name.slice(0, 33)}…` : area.name;
    const lines = [name, badges.length > 1 ? `${badges.length} totals` : badges[0], count].filter(Boolean);
    let [x, y] = [unitX(area.label[0]) * view.size - view.left, unitY(area.label[1]) * view.size - view.top];
    if (x < 0 || y < 0 || x > view.width || y > view.height) {
      // Inside an area whose label lies elsewhere, its name stands at the top.
      if (!inside(area.rings, (view.west + view.east) / 2, (view.north + view.south) / 2)) return;
      [x, y] = [view.width / 2, 70];
    }
    context.textAlign = "center";
    context.textBaseline = "middle";
    const font = (i) => `${i === 0 && area.name ? "650 12.5px" : "500 11px"} ${FONT}`;
    const half = Math.max(...lines.map((line, i) => ((context.font = font(i)), context.measureText(line).width))) / 2 + 9;
    const height = lines.length * 15 + 7;
    const [left, top] = this.spot(x - half, y - height / 2, 2 * half, height) ?? [x - half, y - height / 2];
    const chosen = area.records.includes(this.selected);
    const colour = this.colourOf(area);
    const away = x < left || x > left + 2 * half || y < top || y > top + height;
    if (away) this.tie(context, x, y, left + half, top + height / 2, colour);
    context.beginPath();
    context.roundRect(left, top, 2 * half, height, 5);
    context.fillStyle = this.colours.paper;
    context.globalAlpha = 0.93;
    context.fill();
    context.globalAlpha = 1;
    context.strokeStyle = chosen ? this.colours.accent : colour;
    context.lineWidth = chosen ? 2 : 1;
    context.stroke();
    context.fillStyle = this.colours.ink;
    lines.forEach((line, i) => {
      context.font = font(i);
      context.fillText(line, left + half, top + 11 + i * 15);
    });
    this.areaBoxes.push({ box: [left, top, left + 2 * half, top + height], records: here });
  }

  /** A free spot for a box near where it should stand, taken; none when all around is full. */
  spot(left, top, width, height) {
    for (const across of [0, 0.5, -0.5, 1.05, -1.05]) {
      for (const down of [0, -1, 1, -2, 2]) {
        const [x, y] = [left + across * width, top + down * (height * 0.75)];
        if (this.room.ask(x, y, x + width, y + height)) return [x, y];
      }
    }
    return null;
  }

  /** A line from a label that had to give way to the area that it names. */
  tie(context, x, y, toX, toY, colour) {
    context.beginPath();
    context.moveTo(x, y);
    context.lineTo(toX, toY);
    context.strokeStyle = colour;
    context.lineWidth = 1;
    context.stroke();
    context.beginPath();
    context.arc(x, y, 2, 0, 2 * Math.PI);
    context.fillStyle = colour;
    context.fill();
  }

  /** A mark's number in the list, on whichever side is free. */
  labelMark(context, { record, x, y }, view) {
    const [left, top] = [x - view.left, y - view.top];
    const text = String(record.number);
    context.font = `650 11px ${FONT}`;
    const width = context.measureText(text).width;
    context.textBaseline = "middle";
    context.textAlign = "center";
    for (const [dx, dy] of [[14 + width / 2, 0], [-14 - width / 2, 0], [0, -18], [0, 18]]) {
      if (!this.room.ask(left + dx - width / 2 - 1, top + dy - 6, left + dx + width / 2 + 1, top + dy + 6)) continue;
      context.lineJoin = "round";
      context.lineWidth = 3;
      context.strokeStyle = this.colours.halo;
      context.fillStyle = this.colours.ink;
      lettering(context, text, left + dx, top + dy);
      return;
    }
  }

  /** Names of seas and countries where they have room: the larger the thing, the earlier it is named. */
  drawNames(context, view) {
    const perDegree = view.size / 360;
    context.textAlign = "center";
    context.textBaseline = "middle";
    context.lineJoin = "round";
    for (const [name, longitude, latitude, size, water] of this.data.base.labels) {
      const room = size * perDegree;
      const [x, y] = [unitX(longitude) * view.size - view.left, unitY(latitude) * view.size - view.top];
      if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
      if (water ? room < 90 || room > 2600 : room < 26 && perDegree < 24) continue;
      const height = water ? Math.min(16, Math.max(11, room / 28)) : Math.min(13.5, Math.max(10.5, room / 22));
      context.font = water ? `italic ${height}px Georgia, "Times New Roman", serif` : `550 ${height}px ${FONT}`;
      const lines = water ? wrapped(name) : [name];
      const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2 + 3;
      const tall = (lines.length * height * 1.2) / 2 + 1;
      if (water && half * 2 > room * 1.3) continue;
      if (!this.room.ask(x - half, y - tall, x + half, y + tall)) continue;
      context.fillStyle = water ? this.colours.water : this.colours.country;
      context.strokeStyle = water ? this.colours.sea : this.colours.land;
      context.lineWidth = 2.5;
      lines.forEach((line, i) => lettering(context, line, x, y + (i - (lines.length - 1) / 2) * height * 1.2));
    }
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
    return { records: [...shapes, ...areas.flatMap((area) => area.records.filter((record) => this.onMap.includes(record)))], wide: true };
  }

  holds({ record, atX, atY, radius }, worldX, worldY, unitAtX, unitAtY) {
    return record.shape?.length ? inside(record.shape, unitAtX, unitAtY) : Math.hypot(atX - worldX, atY - worldY) < radius;
  }

  click(point) {
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
    const text = records.length === 0 || wide ? null : records.length === 1 ? `${records[0].title} · ${records[0].when}` : `${records.length} records here`;
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
