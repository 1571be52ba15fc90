// The bar above the list: words to search for, values to choose, how many are shown, and one button that forgets it all.

import { el } from "./dom.js";
import { FACETS, NONE, asks, blank, vocabulary } from "./query.js";
import { figure, plain, t } from "./words.js";

const HEADINGS = { kind: "Kind", actor: "Actor", standing: "Standing", mode: "Happened or not", source: "Source", zone: "Waters", review: "Checked by a person" };
const CODES = new Set(["kind", "standing", "mode", "review"]);
const MODES = { actual: "Happened or is there", historical: "Past, as background", future: "Planned", hypothetical: "Possible", negation: "Said not to be so" };
const MANY = 12; // values under a heading before the rest are folded away

/** The words for a value under a heading. */
export function valueText(name, value) {
  if (value === NONE) return t("Not stated");
  if (name === "mode") return t(MODES[value] ?? value);
  return CODES.has(name) ? plain(value) : value;
}

export class Asking {
  /** @param {object[]} records @param {(query: import("./query.js").Query) => void} onAsk */
  constructor(records, onAsk, onTable) {
    Object.assign(this, { records, onAsk, query: blank() });
    this.input = el("input", { type: "search", placeholder: t("Search"), "aria-label": t("Search the records"), oninput: () => this.ask({ words: this.input.value }) });
    // Headings under which all are the same tell nothing apart.
    this.words = FACETS.map((name) => [name, vocabulary(records, name)]).filter(([, all]) => all.length > 1);
    this.boxes = new Map();
    this.choices = el("div", { class: "facets", id: "facets", hidden: true }, ...this.words.map(([name, all]) => this.facet(name, all)));
    this.opener = el("button", { class: "step", "aria-expanded": "false", "aria-controls": "facets", onclick: () => this.toggle(this.choices.hidden) }, t("Filters"));
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

  toggle(open) {
    this.choices.hidden = !open;
    this.opener.setAttribute("aria-expanded", String(open));
  }

  facet(name, all) {
    const item = ([value]) => {
      const count = el("span", { class: "count" });
      const box = el("input", { type: "checkbox", onchange: () => this.choose(name, value, box.checked) });
      this.boxes.set(`${name}\n${value}`, { box, count });
      return el("li", {}, el("label", {}, box, el("span", {}, valueText(name, value)), " ", count));
    };
    const rest = all.slice(MANY);
    return el(
      "fieldset",
      {},
      el("legend", {}, t(HEADINGS[name])),
      el("ul", {}, ...all.slice(0, MANY).map(item)),
      rest.length ? el("details", {}, el("summary", {}, t("{n} more", { n: rest.length })), el("ul", {}, ...rest.map(item))) : null,
    );
  }

  choose(name, value, on) {
    const chosen = new Set(this.query.facets[name]);
    if (on) chosen.add(value);
    else chosen.delete(value);
    this.ask({ facets: { ...this.query.facets, [name]: chosen } });
  }

  ask(change) {
    this.onAsk({ ...this.query, ...change });
  }

  forget() {
    this.input.focus();
    this.onAsk(blank());
  }

  /** Shows what is asked for and how much of it there is. */
  show(query, { shown, counts }) {
    this.query = query;
    if (this.input.value !== query.words) this.input.value = query.words;
    const chosen = FACETS.reduce((sum, name) => sum + query.facets[name].size, 0);
    this.opener.textContent = chosen ? t("Filters ({n})", { n: chosen }) : t("Filters");
    for (const [name, all] of this.words) {
      for (const [value] of all) {
        const { box, count } = this.boxes.get(`${name}\n${value}`);
        const here = counts[name].get(value) ?? 0;
        box.checked = query.facets[name].has(value);
        count.textContent = figure(here);
        box.closest("li").classList.toggle("none", here === 0 && !box.checked);
      }
    }
    const total = this.records.length;
    this.found.textContent = asks(query) ? t("{n} of {m} shown", { n: figure(shown.length), m: figure(total) }) : t("All {m} shown", { m: figure(total) });
    this.clear.hidden = !asks(query);
  }
}
