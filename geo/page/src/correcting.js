// The form below a record in which a person confirms, rejects, moves or re-dates it, and the bar that saves what was said.

import { entry, faults, file } from "./corrections.js";
import { el } from "./dom.js";
import { give } from "./saving.js";
import { t } from "./words.js";

const STATES = [["confirmed", "Confirm"], ["corrected", "Correct place or date"], ["rejected", "Reject"]];
const RADIUS_KM = "5";

export class Correcting {
  /** `pick(callback)` lets the reader click a place on the map; `ring(place)` shows one, or none. */
  constructor({ pick, ring }) {
    Object.assign(this, { pick, ring, said: new Map(), by: "" });
    this.count = el("span");
    this.node = el("div", { class: "pending", role: "status", hidden: true }, this.count, el("button", { class: "step", onclick: () => this.save() }, t("Save corrections")));
  }

  /** The form for one record, folded until it is asked for. */
  form(record) {
    const before = this.said.get(record.id);
    const field = (name, text, type, value = "", more = {}) => el("label", {}, el("span", {}, t(text)), el("input", { name, type, value, ...more }));
    const states = STATES.map(([value, text]) => el("label", {}, el("input", { type: "radio", name: "state", value, checked: (before?.state ?? "confirmed") === value }), t(text)));
    const number = (low, high) => ({ min: low, max: high, step: "any" });
    const picker = el("button", { type: "button", class: "step" }, t("Pick on the map"));
    const place = el(
      "div",
      { class: "corrected", hidden: before?.state !== "corrected" },
      field("latitude", "Latitude", "number", before?.latitude, number(-90, 90)),
      field("longitude", "Longitude", "number", before?.longitude, number(-180, 180)),
      field("radius", "Radius, km", "number", before?.radius_m ? before.radius_m / 1000 : "", number(0, 20_000)),
      picker,
      field("start", "First day", "date", before?.date_start),
      field("end", "Last day", "date", before?.date_end),
    );
    const wrong = el("p", { class: "wrong", role: "alert" });
    const form = el("form", { novalidate: true }, el("fieldset", { class: "states" }, el("legend", {}, t("What you say of it")), ...states), place, field("by", "Your name", "text", before?.by ?? this.by), field("reason", "Reason", "text", before?.reason), wrong, el("button", { class: "step" }, t("Keep this correction")));
    form.addEventListener("change", () => (place.hidden = form.elements.state.value !== "corrected"));
    form.addEventListener("input", () => this.show(form));
    picker.addEventListener("click", () => this.pick(({ lat, lng }) => this.put(form, lat, lng)));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.keep(record, form, wrong);
    });
    return el("details", { class: "correct", open: Boolean(before), ontoggle: (event) => event.target.open || this.ring(null) }, el("summary", {}, t("Check or correct this record")), form);
  }

  put(form, latitude, longitude) {
    form.elements.latitude.value = latitude.toFixed(4);
    form.elements.longitude.value = (longitude - 360 * Math.round(longitude / 360)).toFixed(4);
    form.elements.radius.value ||= RADIUS_KM;
    this.show(form);
  }

  show(form) {
    const [latitude, longitude, radius] = ["latitude", "longitude", "radius"].map((name) => form.elements[name].value);
    this.ring(latitude && longitude ? { latitude: Number(latitude), longitude: Number(longitude), metres: Number(radius) * 1000 } : null);
  }

  keep(record, form, wrong) {
    const said = Object.fromEntries(["state", "by", "reason", "latitude", "longitude", "radius", "start", "end"].map((name) => [name, form.elements[name].value]));
    const missing = faults(said);
    wrong.textContent = missing.map((text) => t(text)).join(" ");
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
