// Dates and headings in another language than English: written anew from what the data counts, because English ones come ready.

import { dayOf, formatter } from "./dates.js";
import { figure, plain, t } from "./words.js";

const MONTH = 4; // UCDP date precision: 4 a month, 5 a year
const YEAR = 5;
const OPTIONS = { day: { day: "numeric", month: "long", year: "numeric" }, month: { month: "long", year: "numeric" }, year: { year: "numeric" } };

/** A span of dates as finely as it is known. @param {[string | null, string | null, number | null]} dates @param {string} language */
export function period([start, end, precision], language) {
  if (!start && !end) return t("date not stated");
  const finest = precision === YEAR ? "year" : precision === MONTH ? "month" : "day";
  const format = formatter(language, OPTIONS[finest]);
  const [first, last] = [start ?? end, end ?? start].map((iso) => dayOf(iso) * 86_400_000);
  if (Number.isNaN(first) || Number.isNaN(last)) return `${start ?? ""} ${end ?? ""}`.trim();
  if (start && !end) return t("since {date}", { date: format.format(first) });
  if (end && !start) return t("until {date}", { date: format.format(last) });
  return format.formatRange(Math.min(first, last), last);
}

/** Says the page's own lines anew: title (unless somebody gave one), dates, standing, tags. */
export function respeak(data) {
  const { language, counted } = data;
  if (language === "en") return;
  for (const record of data.records) {
    if (record.type === "place") continue;
    record.when = period(record.dates, language);
    record.tags = record.tags.map((tag) => plain(tag.replaceAll(" ", "_")).toLowerCase());
  }
  const { incidents, deployments, reports, checked, records } = counted;
  if (!counted.titled) data.title = t("Incidents: {incidents}, deployments: {deployments}, read from reports: {reports}", { incidents: figure(incidents), deployments: figure(deployments), reports: figure(reports) });
  if (data.review && records) data.review = t("{n} of {m} records checked by a person; read by machine from the listed reports", { n: figure(checked), m: figure(records) });
  const spans = data.records.filter(({ mode, span, type }) => span && mode === "actual" && type !== "place").map(({ span }) => span);
  const iso = (day) => new Date(day * 86_400_000).toISOString();
  const dates = spans.length ? period([iso(spans.reduce((least, { first }) => Math.min(least, first), Infinity)), iso(spans.reduce((most, { last }) => Math.max(most, last), -Infinity)), 1], language) : "";
  data.under = [dates, data.as_of ? t("As of {date}", { date: period([data.as_of, data.as_of, 1], language) }) : ""].filter(Boolean).join(" · ");
}
