// The column beside the map: a list or table that reaches every record by keyboard, and the panel of one record.

import { Asking } from "./asking.js";
import { el, link, present } from "./dom.js";
import { glyphSign } from "./glyphs.js";
import { sorted, table } from "./table.js";
import { figure, t } from "./words.js";

/** @import { Correcting } from "./correcting.js" */
/** @import { Panels } from "./panels.js" */
/** @import { Query } from "./query.js" */
/** @import { Sort } from "./table.js" */
/** @import { Answer, Child, Colours, Data, Piece, Quote, Row, Source, Told } from "./types" */

/** @type {[section: Row["section"], heading: string, note: string][]} */
const SECTIONS = [
  ["row", "Records", ""],
  ["incident", "Incidents", ""],
  ["deployment", "Deployments", ""],
  ["unplaced", "Not on the map", "No place could be located for these."],
  ["place", "Places named, without an event", ""],
  ["apart", "Planned, possible, past or denied", "Not on the map unless opened: the reports do not say that these happened or are there now."],
];
const KINDS = { incident: "Incident", deployment: "Deployment", place: "Place named", row: "Record" };
const AT_ONCE = 150; // rows drawn before the reader asks for more

export class Panel {
  /** `onSelect(record)`, `onAsk(query)` and `onTable(on, sort)` hear what the reader does. @param {Data} data @param {Colours} colours @param {{ panels: Panels, onSelect: (record: Row | null) => void, onAsk: (query: Query) => void, onTable: (on: boolean, sort: Sort | null) => void, correcting: Correcting }} page */
  constructor(data, colours, { panels, onSelect, onAsk, onTable, correcting }) {
    this.data = data;
    this.colours = colours;
    this.panels = panels;
    this.onSelect = onSelect;
    this.onTable = onTable;
    this.correcting = correcting;
    /** @type {Row | null} the open record */
    this.current = null;
    /** @type {Row | null} the one that opens once its part is unpacked */
    this.wanted = null;
    /** @type {string | null} the record whose line gets the focus back */
    this.returnTo = null;
    this.limit = AT_ONCE;
    this.tabled = false;
    /** @type {Sort | null} */
    this.sort = null;
    /** @type {HTMLElement[]} */
    this.buttons = [];
    /** @type {((record: Row) => void) | null} brings a record near on the map, once there is one */
    this.zoom = null;
    this.shown = data.records;
    this.filtered = false;
    this.asking = new Asking(data.records, onAsk, () => onTable(!this.tabled, this.sort));
    this.rows = el("div", { class: "rows" });
    this.list = el("div", { class: "list" }, data.records.length > 1 ? this.asking.node : "", this.rows, ...this.ending());
    this.detail = el("article", { class: "detail", tabindex: "-1", hidden: true, "aria-label": t("Record") });
    this.node = el("aside", { class: "panel", id: "records", "aria-label": t("Records"), onkeydown: (event) => this.key(event) }, correcting.node, this.list, this.detail);
  }

  /** The record of an id; asked so seldom that a table of 100,000 is not worth its room. @param {string} id */
  find(id) {
    return this.data.records.find((record) => record.id === id);
  }

  /** Shows the records that were asked for, as a list or as a table. @param {Query} query @param {Answer} result @param {{ tabled: boolean, sort: Sort | null }} layout */
  show(query, result, { tabled, sort }) {
    this.asking.show(query, result);
    this.asking.tables.setAttribute("aria-pressed", String(tabled));
    this.shown = result.shown;
    this.filtered = result.shown.length < this.data.records.length;
    this.tabled = tabled;
    this.sort = sort;
    this.fill();
  }

  /** Draws every glyph again in other colours, without losing what is open. @param {Colours} colours */
  recolour(colours) {
    this.colours = colours;
    const focused = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.id : undefined;
    this.fill();
    const { current } = this;
    if (current) this.detail.querySelectorAll(":scope > header .glyph").forEach((node) => node.replaceWith(glyphSign(current.glyph, colours, hollow(current), 34)));
    if (focused) this.focusRow(this.buttons.findIndex((button) => button.dataset.id === focused));
  }

  fill() {
    this.buttons = [];
    this.rows.replaceChildren(...(this.tabled ? this.lines() : this.sections()));
    this.buttons.forEach((button, i) => button.setAttribute("tabindex", i === 0 ? "0" : "-1"));
  }

  lines() {
    const all = sorted(this.shown, this.sort);
    const here = all.slice(0, this.limit);
    const onSort = (/** @type {string} */ name) => this.onTable(true, this.sort?.[0] === name ? (this.sort[1] > 0 ? [name, -1] : null) : [name, 1]);
    const rest = this.rest(all.length - here.length);
    return [table(here, this.sort, { onSort, opener: (record) => this.opener(record) }), ...(rest ? [rest] : [])];
  }

  /** @param {number} count */
  rest(count) {
    return count > 0 ? el("button", { class: "more", onclick: () => this.more() }, t("Show {n} more", { n: count })) : null;
  }

  /** @param {Row} record */
  opener(record) {
    const button = el("button", { class: "inline", "data-id": record.id, onclick: () => this.open(record) }, record.title);
    this.buttons.push(button);
    return button;
  }

  /** The sections of the list, as far as the filters let records through. */
  sections() {
    let left = this.limit;
    const parts = [];
    for (const [key, heading, note] of SECTIONS) {
      const records = this.shown.filter((record) => record.section === key);
      const names = key === "unplaced" && !this.filtered ? this.data.unplaced : [];
      if (!records.length && !names.length) continue;
      const rows = records.slice(0, left).map((record) => el("li", {}, this.row(record)));
      left -= rows.length;
      parts.push(
        el(
          "section",
          { "aria-label": t(heading) },
          el("h2", {}, `${t(heading)} `, el("span", { class: "count" }, figure(records.length + names.length))),
          note && records.length ? el("p", { class: "note" }, t(note)) : null,
          rows.length ? el("ol", {}, ...rows) : null,
          this.rest(records.length - rows.length),
          names.length ? this.lost() : null,
        ),
      );
    }
    return parts.length ? parts : [el("p", { class: "nothing" }, this.data.records.length ? t("No record fits what is asked for.") : "")];
  }

  /** The names that could not be located and the inputs that could not be read, with the reasons. */
  lost() {
    return el("ul", { class: "names" }, ...this.data.unplaced.map(([name, reason]) => el("li", {}, el("b", {}, name), ` ${reason}`)));
  }

  more() {
    const at = this.buttons.length;
    this.limit += 1000;
    this.fill();
    this.focusRow(at);
  }

  /** @param {Row} record */
  row(record) {
    const button = el(
      "button",
      { class: "row", "data-id": record.id, onclick: () => this.open(record) },
      glyphSign(record.glyph, this.colours, hollow(record)),
      el("span", { class: "number" }, String(record.number)),
      el(
        "span",
        { class: "body" },
        el("span", { class: "name" }, record.title),
        el("span", { class: "line" }, `${record.when} · ${record.where}`),
        record.tags.length ? el("span", { class: "tags" }, ...record.tags.map((tag) => el("span", { class: "tag" }, tag))) : null,
      ),
    );
    this.buttons.push(button);
    return button;
  }

  /** Arrows walk the list, Escape closes a record. @param {KeyboardEvent} event */
  key(event) {
    if (event.key === "Escape" && !this.detail.hidden) return this.close();
    const at = this.buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    if (at < 0) return undefined;
    const last = this.buttons.length - 1;
    // The end of what is drawn is not the end of the list.
    if (at === last && ["ArrowDown", "PageDown"].includes(event.key) && this.rows.querySelector(".more")) {
      event.preventDefault();
      return this.more();
    }
    const to = { ArrowDown: Math.min(at + 1, last), ArrowUp: Math.max(at - 1, 0), Home: 0, End: last, PageDown: Math.min(at + 10, last), PageUp: Math.max(at - 10, 0) }[event.key];
    if (to === undefined) return undefined;
    event.preventDefault();
    return this.focusRow(to);
  }

  /** @param {number} index */
  focusRow(index) {
    const button = this.buttons[index];
    if (!button) return;
    this.buttons.forEach((one) => one.setAttribute("tabindex", one === button ? "0" : "-1"));
    button.focus();
  }

  /** Opens a record, or a choice when several lie on one spot. @param {Row[]} records */
  openAll(records) {
    if (records.length === 1) this.open(records[0]);
    else this.choose(records);
  }

  /** @param {Row[]} records */
  choose(records) {
    this.current = null;
    const list = records.map((record) => el("li", {}, this.plainRow(record)));
    this.swap(el("h2", {}, t("{n} records here", { n: records.length })), el("ol", { class: "chooser" }, ...list));
    this.onSelect(null);
  }

  /** @param {Row} record */
  plainRow(record) {
    return el("button", { class: "row", onclick: () => this.open(record) }, glyphSign(record.glyph, this.colours, hollow(record)), el("span", { class: "number" }, String(record.number)), el("span", { class: "body" }, el("span", { class: "name" }, record.title), el("span", { class: "line" }, `${record.when} · ${record.where}`)));
  }

  /** @param {Row} record */
  open(record) {
    this.wanted = record;
    if (!record.facts) {
      this.panels.of(record).then(() => this.wanted === record && this.open(record));
      return;
    }
    this.current = record;
    this.returnTo = record.id;
    this.swap(...this.content(record), ["place", "row"].includes(record.type) ? "" : this.correcting.form(record));
    this.onSelect(record);
  }

  /** @param {Child[]} content */
  swap(...content) {
    const bar = el("div", { class: "bar" }, el("button", { class: "back", onclick: () => this.close() }, t("‹ All records")), ...this.steps());
    this.detail.replaceChildren(bar, ...content.filter(present));
    this.list.hidden = true;
    this.detail.hidden = false;
    this.detail.scrollTop = 0;
    this.node.scrollTop = 0;
    this.detail.focus({ preventScroll: true });
  }

  /** Buttons to the records before and after this one. */
  steps() {
    if (!this.current) return [];
    const at = this.data.records.indexOf(this.current);
    const step = (/** @type {number} */ to, /** @type {string} */ sign, /** @type {string} */ name) => el("button", { class: "step", "aria-label": name, disabled: !this.data.records[to], onclick: () => this.open(this.data.records[to]) }, sign);
    const record = this.current;
    const zoom = record.mark || record.area !== null ? el("button", { class: "step", onclick: () => this.zoom?.(record) }, t("Zoom to it")) : null;
    return [el("span", { class: "steps" }, zoom, step(at - 1, "↑", t("Previous record")), step(at + 1, "↓", t("Next record")))];
  }

  close() {
    this.wanted = null;
    this.detail.hidden = true;
    this.list.hidden = false;
    this.current = null;
    this.correcting.ring(null);
    this.onSelect(null);
    this.focusRow(Math.max(0, this.buttons.findIndex((button) => button.dataset.id === this.returnTo)));
  }

  /** All that is known of a record: also what is printed. @param {Row} record @returns {Child[]} */
  content(record) {
    // On paper a map of thousands lists them; their evidence is in the file.
    const { facts: said = [], evidence = [], related: links = [], told = null } = record;
    const head = el(
      "header",
      {},
      glyphSign(record.glyph, this.colours, hollow(record), 34),
      el("div", {}, el("p", { class: "kicker" }, `${record.number} · ${t(KINDS[record.type])}`), el("h2", {}, record.title)),
    );
    const tags = record.tags.length ? el("p", { class: "tags" }, ...record.tags.map((tag) => el("span", { class: "tag" }, tag))) : null;
    const facts = el("dl", {}, ...said.flatMap(([heading, lines]) => [el("dt", {}, t(heading)), el("dd", {}, ...lines.map((text) => el("p", {}, text)))]));
    const related = links.flatMap(([kind, id]) => {
      const other = this.find(id);
      return other ? [el("p", {}, `${kind}: `, el("button", { class: "inline", onclick: () => this.open(other) }, other.title))] : [];
    });
    return [head, tags, evidence.length ? el("section", { class: "evidence" }, el("h3", {}, t("Evidence")), ...evidence.map((one, i, all) => this.quote(one, all[i + 1]?.source !== one.source))) : null, this.told(told), facts, ...related];
  }

  /** The reports that tell a joined record, each with its link; figures that later ones replaced, as history. @param {Told | null} told */
  told(told) {
    if (!told) return null;
    const { sources } = this.data;
    const number = told.independent === 1 ? t("{n} reports from 1 independent source", { n: told.sources.length }) : t("{n} reports from {m} independent sources", { n: told.sources.length, m: told.independent });
    const lines = (/** @type {string} */ heading, /** @type {Child[][]} */ items) => (items.length ? [el("h4", {}, t(heading)), el("ul", {}, ...items.map((item) => el("li", {}, ...item)))] : []);
    return el(
      "section",
      { class: "told", "aria-label": t("Told by several") },
      el("h3", {}, t("Told by several")),
      el("p", {}, number),
      el("ol", {}, ...told.sources.map((index) => el("li", {}, ...citation(sources[index])))),
      ...lines("Earlier figures, since replaced", told.before.map(([what, value, published, index]) => [el("s", {}, `${what}: ${value}`), el("span", { class: "by" }, ` ${sources[index]?.publisher ?? ""}, ${published}`)])),
      ...lines("The reports do not agree", told.apart.map((text) => [text])),
      ...lines("Why they are taken for one event", told.joined.map((text) => [text])),
    );
  }

  /** A sentence as the report has it; the source stands below the last of its sentences. @param {Quote} quote @param {boolean} cited */
  quote({ pieces, source }, cited) {
    const from = this.data.sources[source];
    return el("figure", {}, el("blockquote", {}, ...marked(pieces)), from && cited ? el("figcaption", {}, ...citation(from)) : null);
  }

  /** Sources, reports and the small print after the list. */
  ending() {
    const { data } = this;
    const sources = data.sources.map((source, i) => el("li", {}, ...citation(source), ...source.notes.map((note) => el("p", { class: "note" }, note)), data.texts[i] ? el("details", {}, el("summary", {}, t("Text of the report")), el("p", { class: "text" }, ...marked(data.texts[i]))) : null));
    return [
      el("section", { class: "sources", "aria-label": t("Sources") }, el("h2", {}, `${t("Sources")} `, el("span", { class: "count" }, String(sources.length))), sources.length ? el("ol", {}, ...sources) : el("p", { class: "note" }, t("No report was read."))),
      el(
        "section",
        { class: "about", "aria-label": t("About this map") },
        el("h2", {}, t("About this map")),
        data.records.length ? el("p", {}, data.review || t("All records were checked by a person.")) : null,
        data.left_off ? el("p", {}, data.left_off) : null,
        ...care(data).map((text) => el("p", {}, text)),
        el("p", {}, data.texts.length ? t("This file carries the whole texts of the reports.") : t("This file carries the evidence sentences only, not the reports.")),
        el("p", {}, data.attribution),
        el("p", {}, data.disclaimer),
        el("details", {}, el("summary", {}, t("Third-party notices")), el("pre", { tabindex: "0", "aria-label": t("Third-party notices") }, data.notices)),
      ),
    ];
  }
}

/** What is coarser or held back on purpose, and whom the page asks for its ground. @param {Data} data */
export function care({ coarsened: [coarse, km], held_back: [held, hours], tiles }) {
  return [
    tiles?.note ?? "",
    held ? t("{n} held back: they may be newer than {hours} hours before the newest report.", { n: held, hours }) : "",
    coarse ? t("{n} made coarser on purpose: homes, shelters, hospitals, schools and camps are drawn within {km} km.", { n: coarse, km }) : "",
  ].filter(Boolean);
}

/** A record without a point of its own, or one that did not happen, is hollow in the list too. @param {Row} record */
const hollow = (record) => !record.mark || record.section === "apart";
/** @param {Piece[]} pieces @returns {Child[]} */
const marked = (pieces) => pieces.map(([text, kind]) => (kind ? el("mark", { class: kind }, text) : text));
/** @param {Source} source @returns {Child[]} */
const citation = ({ title, publisher, published, url, archived }) => [url ? link(url, title) : el("span", {}, title), el("span", { class: "by" }, ` ${publisher}, ${published}`), archived ? " " : null, archived ? link(archived, t("archived copy")) : null];
