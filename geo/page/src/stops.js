// One stop for the keyboard among the records that are counted together on the map: arrows move between them, Enter opens.

import { el } from "./dom.js";
import { figure, t } from "./words.js";

/** @import { Chart } from "./map.js" */

const MOST = 40; // the largest ones: who wants more zooms in
const SETTLED = 120; // milliseconds after the last move

export class Stops {
  /** @param {Chart} chart */
  constructor(chart) {
    this.chart = chart;
    this.timer = 0;
    /** @type {HTMLElement[]} */
    this.buttons = [];
    this.node = el("div", { class: "stops", role: "group", hidden: true, "aria-label": t("Records counted together. Arrow keys move between them."), onkeydown: (/** @type {KeyboardEvent} */ event) => this.key(event) });
    chart.drawn = () => {
      clearTimeout(this.timer);
      this.timer = window.setTimeout(() => this.show(), SETTLED);
    };
  }

  /** Puts a button over every stack in view. */
  show() {
    const had = this.node.contains(document.activeElement);
    const stacks = this.chart.stacks().sort((a, b) => b.stack.count - a.stack.count).slice(0, MOST);
    this.buttons = stacks.map(({ stack, x, y }, i) => {
      const button = el("button", { tabindex: i ? "-1" : "0", "aria-label": t("{n} records here", { n: figure(stack.count) }), onclick: () => this.chart.split(stack) });
      button.style.left = `${x}px`;
      button.style.top = `${y}px`;
      return button;
    });
    this.node.replaceChildren(...this.buttons);
    this.node.hidden = !this.buttons.length;
    if (had) (this.buttons[0] ?? this.chart.container).focus();
  }

  /** @param {KeyboardEvent} event */
  key(event) {
    const at = this.buttons.indexOf(/** @type {HTMLElement} */ (document.activeElement));
    const step = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 }[event.key];
    if (at < 0 || !step) return;
    event.preventDefault();
    this.buttons[at].setAttribute("tabindex", "-1");
    const next = this.buttons[(at + step + this.buttons.length) % this.buttons.length];
    next.setAttribute("tabindex", "0");
    next.focus();
  }
}
