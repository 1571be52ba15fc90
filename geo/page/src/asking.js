// The bar above the list: words to search for, values to choose, how many are shown, and one button that forgets it all.

import { el } from "./dom.js";
import { FACETS, NONE, asks, blank, vocabulary } from "./query.js";
import { figure, plain, t } from "./words.js";

/** @import { Query } from "./query.js" */
/** @import { Answer, Row } from "./types" */

/** @type {Record<string, string>} */
const HEADINGS = { kind: "Kind", actor: "Actor", standing: "Standing", mode: "Happened or not", source: "Source", zone: "Waters", review: "Checked by a person" };
const CODES = new Set(["kind", "standing", "mode", "review"]);
const MODES = new Map(Object.entries({ actual: "Happened or is there", historical: "Past, as background", future: "Planned", hypothetical: "Possible", negation: "Said not to be so" }));
const MANY = 12; // values under a heading before the rest are folded away

/** The words for a value under a heading. @param {string} name @param {string} value */
export function valueText(name, value) {
  if (value === NONE) return t("Not stated");
  if (name === "mode") return t(MODES.get(value) ?? value);
  return CODES.has(name) ? plain(value) : value;
}

export class Asking {
  /** @param {Row[]} records @param {(query: Query) => void} onAsk @param {() => void} onTable */
  constructor(records, onAsk, onTable) {
    this.records = records;
    this.onAsk = onAsk;
    this.query = blank();
    this.input = el("input", { type: "search", placeholder: t("Search"), "aria-label": t("Search the records") });
    this.input.addEventListener("input", () => this.ask({ words: this.input.value }));
    // Headings under which all are the same tell nothing apart.
    this.words = FACETS.map((name) => ({ name, all: vocabulary(records, name) })).filter(({ all }) => all.length > 1);
    /** @type {Map<string, { box: HTMLInputElement, count: HTMLElement, item: HTMLElement }>} */
    this.boxes = new Map();
    this.choices = el("div", { class: "facets", id: "facets", hidden: true }, ...this.words.map(({ name, all }) => this.facet(name, all)));
    this.opener = el("button", { class: "step", "aria-expanded": "false", "aria-controls": "facets", onclick: () => this.toggle(Boolean(this.choices.hidden)) }, t("Filters"));
    this.found = el("span", { class: "found", role: "status" });
    this.clear = el("button", { class: "inline clear", hidden: true, onclick: () => this.forget() }, t("Clear all filters"));
    this.tables = el("button", { class: "step", "aria-pressed": "false", onclick: onTable }, t("Table"));
    this.node = el(
      "div",
      { class: "asking", role: "search", "aria-label": t("Records") },
      el("div", { class: "search" }, this.input, this.words.length ? this.opener : null, this.tables),
      this.choices,
      el("p", { class: "count" }, this.found, " ", this.clear),
    );
  }

  /** @param {boolean} open */
  toggle(open) {
    this.choices.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
  }

  /** @param {string} name @param {[value: string, count: number][]} all */
  facet(name, all) {
    const line = (/** @type {[string, number]} */ [value]) => {
      const count = el("span", { class: "count" });
      const box = el("input", { type: "checkbox" });
      box.addEventListener("change", () => this.choose(name, value, box.checked));
      const item = el("li", {}, el("label", {}, box, el("span", {}, valueText(name, value)), " ", count));
      this.boxes.set(`${name}\n${value}`, { box, count, item });
      return item;
    };
    const rest = all.slice(MANY);
    return el(
      "fieldset",
      {},
      el("legend", {}, t(HEADINGS[name])),
      el("ul", {}, ...all.slice(0, MANY).map(line)),
      rest.length ? el("details", {}, el("summary", {}, t("{n} more", { n: rest.length })), el("ul", {}, ...rest.map(line))) : null,
    );
  }

  /** @param {string} name @param {string} value @param {boolean} on */
  choose(name, value, on) {
    const chosen = new Set(this.query.facets[name]);
    if (on) chosen.add(value);
    else chosen.delete(value);
    this.ask({ facets: { ...this.query.facets, [name]: chosen } });
  }

  /** @param {Partial<Query>} change */
  ask(change) {
    this.onAsk({ ...this.query, ...change });
  }

  forget() {
    this.input.focus();
    this.onAsk(blank());
  }

  /** Shows what is asked for and how much of it there is. @param {Query} query @param {Answer} answer */
  show(query, { shown, counts }) {
    this.query = query;
    if (this.input.value !== query.words) this.input.value = query.words;
    const chosen = FACETS.reduce((sum, name) => sum + query.facets[name].size, 0);
    this.opener.textContent = chosen ? t("Filters ({n})", { n: chosen }) : t("Filters");
    for (const { name, all } of this.words) {
      for (const [value] of all) {
        const line = this.boxes.get(`${name}\n${value}`);
        if (!line) continue;
        const { box, count, item } = line;
        const here = counts[name].get(value) ?? 0;
        box.checked = query.facets[name].has(value);
        count.textContent = figure(here);
        item.classList.toggle("none", here === 0 && !box.checked);
      }
    }
    const total = this.records.length;
    this.found.textContent = asks(query) ? t("{n} of {m} shown", { n: figure(shown.length), m: figure(total) }) : t("All {m} shown", { m: figure(total) });
    this.clear.hidden = !asks(query);
  }
}
