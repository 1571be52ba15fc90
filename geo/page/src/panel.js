// The column beside the map: a list that reaches every record by keyboard, and the panel of one record.

import { el, link } from "./dom.js";
import { glyphCanvas } from "./glyphs.js";

const SECTIONS = [
  ["incident", "Incidents", ""],
  ["deployment", "Deployments", ""],
  ["unplaced", "Not on the map", "No place could be located for these."],
  ["place", "Places named, without an event", ""],
  ["apart", "Planned, possible, past or denied", "Not on the map unless opened: the reports do not say that these happened or are there now."],
];
const KINDS = { incident: "Incident", deployment: "Deployment", place: "Place named" };
const AT_ONCE = 150; // rows drawn before the reader asks for more

export class Panel {
  constructor(data, colours, onSelect) {
    Object.assign(this, { data, colours, onSelect, current: null, returnTo: null, limit: AT_ONCE });
    this.byId = new Map(data.records.map((record) => [record.id, record]));
    this.list = el("div", { class: "list" });
    this.detail = el("article", { class: "detail", tabindex: "-1", hidden: true, "aria-label": "Record" });
    this.node = el("aside", { class: "panel", id: "records", "aria-label": "Records", onkeydown: (event) => this.key(event) }, this.list, this.detail);
    this.filter = "";
    this.build();
  }

  build() {
    const { data } = this;
    this.rows = el("div");
    const search = el("input", { type: "search", placeholder: "Filter the list", "aria-label": "Filter the list of records", oninput: (event) => this.search(event.target.value) });
    this.found = el("p", { class: "found", role: "status" });
    this.list.append(data.records.length > 5 ? el("div", { class: "search" }, search) : "", this.found, this.rows, ...this.ending());
    this.fill();
  }

  /** Draws every glyph again in other colours, without losing what is open. */
  recolour(colours) {
    this.colours = colours;
    const focused = document.activeElement?.dataset?.id;
    this.fill();
    if (this.current) this.swap(...this.content(this.current));
    if (focused) this.focusRow(this.buttons.findIndex((button) => button.dataset.id === focused));
  }

  /** The sections of the list, as far as the filter lets records through. */
  fill() {
    this.buttons = [];
    const words = this.filter.toLowerCase().split(/\s+/).filter(Boolean);
    const fits = (record) => words.every((word) => `${record.title} ${record.where} ${record.when} ${record.tags.join(" ")}`.toLowerCase().includes(word));
    let left = this.limit;
    const parts = [];
    for (const [key, heading, note] of SECTIONS) {
      const records = this.data.records.filter((record) => record.section === key && fits(record));
      const names = key === "unplaced" && !words.length ? this.data.unplaced : [];
      if (!records.length && !names.length) continue;
      const rows = records.slice(0, left).map((record) => el("li", {}, this.row(record)));
      left -= rows.length;
      parts.push(
        el(
          "section",
          { "aria-label": heading },
          el("h2", {}, `${heading} `, el("span", { class: "count" }, String(records.length + names.length))),
          note && records.length ? el("p", { class: "note" }, note) : null,
          rows.length ? el("ol", {}, ...rows) : null,
          rows.length < records.length ? el("button", { class: "more", onclick: () => this.more() }, `Show ${records.length - rows.length} more`) : null,
          names.length ? this.lost() : null,
        ),
      );
    }
    this.rows.replaceChildren(...parts);
    this.found.textContent = words.length ? `${this.buttons.length} of ${this.data.records.length} in the list` : "";
    this.buttons.forEach((button, i) => button.setAttribute("tabindex", i === 0 ? "0" : "-1"));
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

  search(text) {
    this.filter = text;
    this.fill();
  }

  row(record) {
    const button = el(
      "button",
      { class: "row", "data-id": record.id, onclick: () => this.open(record) },
      glyphCanvas(record.glyph, this.colours, hollow(record)),
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

  /** Arrows walk the list, Escape closes a record. */
  key(event) {
    if (event.key === "Escape" && !this.detail.hidden) return this.close();
    const at = this.buttons.indexOf(document.activeElement);
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

  focusRow(index) {
    const button = this.buttons[index];
    if (!button) return;
    this.buttons.forEach((one) => one.setAttribute("tabindex", one === button ? "0" : "-1"));
    button.focus();
  }

  /** Opens a record, or a choice when several lie on one spot. */
  openAll(records) {
    if (records.length === 1) this.open(records[0]);
    else this.choose(records);
  }

  choose(records) {
    this.current = null;
    const list = records.map((record) => el("li", {}, this.plainRow(record)));
    this.swap(el("h2", {}, `${records.length} records here`), el("ol", { class: "chooser" }, ...list));
    this.onSelect(null);
  }

  plainRow(record) {
    return el("button", { class: "row", onclick: () => this.open(record) }, glyphCanvas(record.glyph, this.colours, hollow(record)), el("span", { class: "number" }, String(record.number)), el("span", { class: "body" }, el("span", { class: "name" }, record.title), el("span", { class: "line" }, `${record.when} · ${record.where}`)));
  }

  open(record) {
    this.current = record;
    this.returnTo = record.id;
    this.swap(...this.content(record));
    this.onSelect(record);
  }

  swap(...content) {
    const bar = el("div", { class: "bar" }, el("button", { class: "back", onclick: () => this.close() }, "‹ All records"), ...this.steps());
    this.detail.replaceChildren(bar, ...content);
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
    const step = (to, sign, name) => el("button", { class: "step", "aria-label": name, disabled: !this.data.records[to], onclick: () => this.open(this.data.records[to]) }, sign);
    const record = this.current;
    const zoom = record.mark || record.area !== null ? el("button", { class: "step", onclick: () => this.zoom?.(record) }, "Zoom to it") : null;
    return [el("span", { class: "steps" }, zoom, step(at - 1, "↑", "Previous record"), step(at + 1, "↓", "Next record"))];
  }

  close() {
    this.detail.hidden = true;
    this.list.hidden = false;
    this.current = null;
    this.onSelect(null);
    this.focusRow(Math.max(0, this.buttons.findIndex((button) => button.dataset.id === this.returnTo)));
  }

  /** All that is known of a record: also what is printed. */
  content(record) {
    const head = el(
      "header",
      {},
      glyphCanvas(record.glyph, this.colours, hollow(record), 34),
      el("div", {}, el("p", { class: "kicker" }, `${record.number} · ${KINDS[record.type]}`), el("h2", {}, record.title)),
    );
    const tags = record.tags.length ? el("p", { class: "tags" }, ...record.tags.map((tag) => el("span", { class: "tag" }, tag))) : null;
    const facts = el("dl", {}, ...record.facts.flatMap(([heading, lines]) => [el("dt", {}, heading), el("dd", {}, ...lines.map((text) => el("p", {}, text)))]));
    const related = record.related.filter(([, id]) => this.byId.has(id)).map(([kind, id]) => el("p", {}, `${kind}: `, el("button", { class: "inline", onclick: () => this.open(this.byId.get(id)) }, this.byId.get(id).title)));
    return [head, tags, record.evidence.length ? el("section", { class: "evidence" }, el("h3", {}, "Evidence"), ...record.evidence.map((one, i, all) => this.quote(one, all[i + 1]?.source !== one.source))) : null, facts, ...related].filter(Boolean);
  }

  /** A sentence as the report has it; the source stands below the last of its sentences. */
  quote({ pieces, source }, cited) {
    const from = this.data.sources[source];
    return el("figure", {}, el("blockquote", {}, ...marked(pieces)), from && cited ? el("figcaption", {}, ...citation(from)) : null);
  }

  /** Sources, reports and the small print after the list. */
  ending() {
    const { data } = this;
    const sources = data.sources.map((source, i) => el("li", {}, ...citation(source), ...source.notes.map((note) => el("p", { class: "note" }, note)), data.texts[i] ? el("details", {}, el("summary", {}, "Text of the report"), el("p", { class: "text" }, ...marked(data.texts[i]))) : null));
    return [
      el("section", { class: "sources", "aria-label": "Sources" }, el("h2", {}, "Sources ", el("span", { class: "count" }, String(sources.length))), sources.length ? el("ol", {}, ...sources) : el("p", { class: "note" }, "No report was read.")),
      el(
        "section",
        { class: "about", "aria-label": "About this map" },
        el("h2", {}, "About this map"),
        data.records.length ? el("p", {}, data.review || "All records were checked by a person.") : null,
        data.left_off ? el("p", {}, data.left_off) : null,
        el("p", {}, data.texts.length ? "This file carries the whole texts of the reports." : "This file carries the evidence sentences only, not the reports."),
        el("p", {}, data.attribution),
        el("p", {}, data.disclaimer),
        el("details", {}, el("summary", {}, "Third-party notices"), el("pre", { tabindex: "0", "aria-label": "Third-party notices" }, data.notices)),
      ),
    ];
  }
}

/** A record without a point of its own, or one that did not happen, is hollow in the list too. */
const hollow = (record) => !record.mark || record.section === "apart";
const marked = (pieces) => pieces.map(([text, kind]) => (kind ? el("mark", { class: kind }, text) : text));
const citation = ({ title, publisher, published, url, archived }) => [url ? link(url, title) : el("span", {}, title), el("span", { class: "by" }, ` ${publisher}, ${published}`), archived ? " " : null, archived ? link(archived, "archived copy") : null];
