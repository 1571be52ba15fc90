// The form below a record in which a person confirms, rejects, moves or re-dates it, and the bar that saves what was said.

import { entry, faults, file } from "./corrections.js";
import { el } from "./dom.js";
import { give } from "./saving.js";
import { t } from "./words.js";

/** @import { Entry } from "./corrections.js" */
/** @import { Place, Properties, Row } from "./types" */
/** @typedef {"latitude" | "longitude" | "radius" | "start" | "end" | "by" | "reason"} Name of a field */
/** @typedef {{ node: HTMLFormElement, fields: Record<Name, HTMLInputElement>, states: HTMLInputElement[], wrong: HTMLElement }} Form */

/** @type {[value: string, text: string][]} */
const STATES = [["confirmed", "Confirm"], ["corrected", "Correct place or date"], ["rejected", "Reject"]];
const RADIUS_KM = "5";

export class Correcting {
  /** `pick(callback)` lets the reader click a place on the map; `ring(place)` shows one, or none. @param {{ pick: (callback: (place: { lat: number, lng: number }) => void) => void, ring: (place: Place | null) => void }} map */
  constructor({ pick, ring }) {
    this.pick = pick;
    this.ring = ring;
    /** @type {Map<string, Entry>} by record */
    this.said = new Map();
    this.by = "";
    this.count = el("span");
    this.node = el("div", { class: "pending", role: "status", hidden: true }, this.count, el("button", { class: "step", onclick: () => this.save() }, t("Save corrections")));
  }

  /** The form for one record, folded until it is asked for. @param {Row} record */
  form(record) {
    const before = this.said.get(record.id);
    const form = this.fields(before);
    const { fields, states, wrong } = form;
    const labelled = (/** @type {Name} */ name, /** @type {string} */ text) => el("label", {}, el("span", {}, t(text)), fields[name]);
    const picker = el("button", { type: "button", class: "step" }, t("Pick on the map"));
    const place = el(
      "div",
      { class: "corrected", hidden: before?.state !== "corrected" },
      labelled("latitude", "Latitude"),
      labelled("longitude", "Longitude"),
      labelled("radius", "Radius, km"),
      picker,
      labelled("start", "First day"),
      labelled("end", "Last day"),
    );
    const choices = states.map((node, i) => el("label", {}, node, t(STATES[i][1])));
    form.node.append(el("fieldset", { class: "states" }, el("legend", {}, t("What you say of it")), ...choices), place, labelled("by", "Your name"), labelled("reason", "Reason"), wrong, el("button", { class: "step" }, t("Keep this correction")));
    form.node.addEventListener("change", () => (place.hidden = chosen(form) !== "corrected"));
    form.node.addEventListener("input", () => this.show(form));
    picker.addEventListener("click", () => this.pick(({ lat, lng }) => this.put(form, lat, lng)));
    form.node.addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep(record, form);
    });
    const folded = el("details", { class: "correct", open: Boolean(before) }, el("summary", {}, t("Check or correct this record")), form.node);
    folded.addEventListener("toggle", () => folded.open || this.ring(null));
    return folded;
  }

  /** The form's fields, filled with what was said before. @param {Entry | undefined} before @returns {Form} */
  fields(before) {
    const field = (/** @type {string} */ name, /** @type {string} */ type, /** @type {string | number} */ value = "", /** @type {Properties} */ more = {}) => el("input", { name, type, value, ...more });
    const number = (/** @type {number} */ low, /** @type {number} */ high) => ({ min: low, max: high, step: "any" });
    return {
      node: el("form", { novalidate: true }),
      fields: {
        latitude: field("latitude", "number", before?.latitude, number(-90, 90)),
        longitude: field("longitude", "number", before?.longitude, number(-180, 180)),
        radius: field("radius", "number", before?.radius_m ? before.radius_m / 1000 : "", number(0, 20_000)),
        start: field("start", "date", before?.date_start),
        end: field("end", "date", before?.date_end),
        by: field("by", "text", before?.by ?? this.by),
        reason: field("reason", "text", before?.reason),
      },
      states: STATES.map(([value]) => el("input", { type: "radio", name: "state", value, checked: (before?.state ?? "confirmed") === value })),
      wrong: el("p", { class: "wrong", role: "alert" }),
    };
  }

  /** @param {Form} form @param {number} latitude @param {number} longitude */
  put(form, latitude, longitude) {
    const { fields } = form;
    fields.latitude.value = latitude.toFixed(4);
    fields.longitude.value = (longitude - 360 * Math.round(longitude / 360)).toFixed(4);
    fields.radius.value ||= RADIUS_KM;
    this.show(form);
  }

  /** @param {Form} form */
  show({ fields }) {
    const [latitude, longitude, radius] = [fields.latitude, fields.longitude, fields.radius].map(({ value }) => value);
    this.ring(latitude && longitude ? { latitude: Number(latitude), longitude: Number(longitude), metres: Number(radius) * 1000 } : null);
  }

  /** @param {Row} record @param {Form} form */
  keep(record, form) {
    const { latitude, longitude, radius, start, end, by, reason } = form.fields;
    const said = { state: chosen(form), by: by.value, reason: reason.value, latitude: latitude.value, longitude: longitude.value, radius: radius.value, start: start.value, end: end.value };
    const missing = faults(said);
    form.wrong.textContent = missing.map((text) => t(text)).join(" ");
    if (missing.length) return;
    const now = new Date();
    const today = [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((part) => String(part).padStart(2, "0")).join("-");
    this.said.set(record.id, entry(record, said, today));
    this.by = said.by;
    this.count.textContent = t("Corrections kept until you save them: {n}", { n: this.said.size });
    this.node.hidden = false;
  }

  save() {
    give("corrections.json", file([...this.said.values()]), "application/json");
  }
}

/** The state that a form says. @param {Form} form */
const chosen = ({ states }) => states.find(({ checked }) => checked)?.value ?? "";
