// Starts the page: reads the data, builds header, map, time and column, and keeps them in step with one state.

import "leaflet/dist/leaflet.css";
import "./page.css";
import { onTheme, readColours } from "./colours.js";
import { Correcting } from "./correcting.js";
import { prepare, read } from "./data.js";
import { dayOf, widen } from "./dates.js";
import { el, found } from "./dom.js";
import * as hash from "./hash.js";
import { buildLegend } from "./legend.js";
import { Chart } from "./map.js";
import { Panel, care } from "./panel.js";
import { Panels } from "./panels.js";
import { preparePrint } from "./print.js";
import { ask } from "./query.js";
import { saveMenu } from "./saving.js";
import { addScale } from "./scale.js";
import { Stops } from "./stops.js";
import { Timeline } from "./timeline.js";
import { speak, t } from "./words.js";

const SETTLED = 200; // milliseconds without a change before the address follows: browsers count its changes

/** @import { State } from "./hash.js" */
/** @import { Query } from "./query.js" */
/** @import { Data, Payload, Row } from "./types" */

/** @param {Data} data @param {HTMLElement} menu */
function header(data, menu) {
  return el(
    "header",
    { class: "top" },
    el("div", { class: "heading" }, el("h1", {}, data.title), menu),
    el("p", { class: "under" }, data.under),
    data.review ? el("p", { class: "review" }, data.review) : null,
    ...care(data).map((text) => el("p", { class: "care" }, text)),
  );
}

/** Gives every record the days that it may be of. @param {Data} data */
function date(data) {
  const ends = data.records.flatMap(({ dates: [first, last] }) => [first, last]).flatMap((day) => (day ? [dayOf(day)] : []));
  const now = data.as_of ? dayOf(data.as_of) : ends.reduce((most, day) => Math.max(most, day), 0);
  // Records of one date share it.
  /** @type {Map<Row["dates"], Row["span"]>} */
  const spans = new Map();
  for (const record of data.records) {
    if (!spans.has(record.dates)) spans.set(record.dates, widen(record.dates, now));
    record.span = spans.get(record.dates) ?? null;
  }
}

/** The one place that knows what is asked for, and tells list, table, map, time and address. */
class Page {
  /** @param {Data} data @param {Panels} panels */
  constructor(data, panels) {
    this.data = data;
    this.panels = panels;
    this.colours = readColours();
    this.state = hash.read(location.hash);
    this.timer = 0;
    /** @type {string | null} what was last written into the address */
    this.written = null;
    /** @type {{ words: string, facets: Query["facets"], complete: boolean, shown: Row[] } | null} what is asked for at any time */
    this.timeless = null;
    /** @type {((open: boolean) => void) | null} shows the column in a frame */
    this.unfold = null;
    const canvas = el("div", { class: "chart", role: "region", "aria-label": t("Map. Arrow keys move it, plus and minus zoom. Every record is in the list.") });
    this.place = el("div", { class: "place" }, canvas);
    this.panel = new Panel(data, this.colours, {
      panels,
      onSelect: (record) => this.select(record),
      onAsk: (query) => this.change({ query }),
      onTable: (table, sort) => this.change({ table, sort }),
      correcting: new Correcting({ pick: (callback) => this.chart.pick(callback), ring: (place) => this.chart.ring(place) }),
    });
    this.timeline = new Timeline(data.records, {
      colours: this.colours,
      language: data.language ?? "en",
      onTime: (time) => this.change({ query: { ...this.state.query, ...time } }),
      open: (record) => this.panel.open(record),
    });
    document.body.prepend(
      el("a", { class: "skip", href: "#records", onclick: (event) => this.skip(event) }, t("Skip to the records")),
      header(data, saveMenu(data, { panels, shown: () => this.panel.shown, chart: () => this.chart })),
      el("main", {}, el("div", { class: "left" }, this.place, this.timeline.node), this.panel.node),
    );
    this.dress();
    if (this.state.embed) this.place.append(this.handles());
    // Not before it stands in the page: it measures itself.
    this.chart = new Chart(canvas, data, this.colours, (records) => this.panel.openAll(records));
    this.panel.zoom = (record) => this.chart.zoomTo(record);
    this.legend = this.newLegend(data.legend.length > 0 && innerWidth >= (this.state.table ? 1500 : 900) && innerHeight >= 620 && !this.state.embed);
    this.build();
  }

  /** Lays what stands on the map over it, and starts to listen. */
  build() {
    const { data } = this;
    if (data.empty) this.place.append(el("p", { class: data.records.some((record) => record.section === "place") ? "empty banner" : "empty", role: "status" }, data.empty));
    this.place.append(new Stops(this.chart).node, this.legend, el("p", { class: "credit" }, [data.attribution, data.tiles?.credit].filter(Boolean).join(" ")));
    addScale(this.chart.map, this.place);
    this.chart.map.zoomControl.setPosition("topleft");
    this.apply();
    this.chart.begin();
    this.restore();
    this.chart.moved = () => this.remember();
    addEventListener("hashchange", () => {
      if (location.hash.replace(/^#/, "") === this.written) return;
      this.state = hash.read(location.hash);
      this.apply();
      this.restore();
    });
    onTheme(() => this.recolour());
    preparePrint({ chart: this.chart, panel: this.panel, recolour: () => this.recolour() });
  }

  /** The link in the header leads to the list without taking the place of the state in the address. @param {MouseEvent} event */
  skip(event) {
    event.preventDefault();
    this.panel.node.setAttribute("tabindex", "-1");
    this.panel.node.focus();
  }

  /** Sets how the page is laid out: the map beside a list, beside a table, or alone in somebody's frame. */
  dress() {
    const { classList } = document.documentElement;
    classList.toggle("embed", this.state.embed);
    classList.toggle("wide", this.state.table && !this.state.embed);
  }

  /** In a frame the column waits behind a button; the whole page is one link away. */
  handles() {
    const { classList } = document.documentElement;
    const button = el("button", { class: "step", "aria-controls": "records", "aria-expanded": "false" }, t("Records ({n})", { n: this.data.records.length }));
    const unfold = (/** @type {boolean} */ open) => {
      classList.toggle("open", open);
      button.setAttribute("aria-expanded", String(open));
    };
    button.addEventListener("click", () => unfold(!classList.contains("open")));
    this.unfold = unfold;
    const whole = el("a", { href: location.href.split("#")[0], target: "_blank", rel: "noopener" }, t("Whole page"));
    return el("div", { class: "handles" }, button, whole);
  }

  /** @param {boolean} open */
  newLegend(open) {
    const legend = buildLegend(this.data, this.colours, this.chart.shown, (name, on) => this.chart.show(name, on));
    legend.open = open;
    legend.addEventListener("toggle", () => this.chart.rearrange());
    return legend;
  }

  recolour() {
    this.colours = readColours();
    this.panel.recolour(this.colours);
    this.timeline.recolour(this.colours);
    const fresh = this.newLegend(this.legend.open);
    this.legend.replaceWith(fresh);
    this.legend = fresh;
    this.chart.recolour(this.colours);
  }

  /** Takes over what the reader asks for now. @param {Partial<State>} part */
  change(part) {
    const wide = this.state.table;
    const untouched = this.chart.untouched();
    Object.assign(this.state, part);
    this.apply();
    if (wide !== this.state.table) {
      this.chart.map.invalidateSize({ animate: false });
      if (untouched) this.chart.fit();
    }
    this.remember();
  }

  /** Shows what the state asks for everywhere. */
  apply() {
    const { query, table, sort } = this.state;
    this.dress();
    // Words may stand in sentences that are not unpacked yet: what is found grows once they are.
    if (query.words.trim() && !this.panels.complete) this.panels.all().then(() => this.apply());
    const result = ask(this.data.records, query);
    this.panel.show(query, result, { tabled: table, sort });
    this.timeline.show(query, query.time ? this.ever(query) : result.shown);
    this.chart.filter(result.shown);
  }

  /** The records that are asked for at any time: the same while only the brush moves. @param {Query} query */
  ever(query) {
    const { words, facets } = query;
    const { complete } = this.panels;
    const same = this.timeless?.words === words && this.timeless.facets === facets && this.timeless.complete === complete;
    if (this.timeless && same) return this.timeless.shown;
    const { shown } = ask(this.data.records, { ...query, time: null });
    this.timeless = { words, facets, complete, shown };
    return shown;
  }

  /** Opens the record and the view that the address names. */
  restore() {
    const record = this.state.record && this.panel.find(this.state.record);
    const { view } = this.state;
    if (record) this.panel.open(record);
    if (view) this.chart.goTo(view);
  }

  /** @param {Row | null} record */
  select(record) {
    this.state.record = record?.id ?? null;
    if (record) this.unfold?.(true);
    // On a phone an open record takes room from the map.
    this.chart.map.invalidateSize({ animate: false });
    this.chart.select(record);
    this.remember();
  }

  /** Writes the state into the address, once it rests. */
  remember() {
    clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      this.written = hash.write({ ...this.state, view: this.chart.where() });
      if (location.hash.replace(/^#/, "") === this.written) return;
      // A page inside a notebook's frame has no address to write to.
      if (location.protocol !== "about:") history.replaceState(null, "", `#${this.written}`);
    }, SETTLED);
  }
}

async function start() {
  /** @type {Payload} */
  const written = await read(found("#data", Element));
  const data = prepare(written);
  speak(data.words, data.language);
  date(data);
  const panels = new Panels(data.records, [...document.querySelectorAll("script.panels")]);
  await panels.begin(data.part);
  new Page(data, panels);
  document.documentElement.dataset.ready = "true";
}

start().catch((error) => {
  document.body.prepend(el("p", { class: "empty", role: "alert" }, `This map could not be drawn: ${error.message}. A browser from 2023 or later opens it.`));
  throw error;
});
