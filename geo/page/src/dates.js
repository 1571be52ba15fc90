// Dates as whole days since 1970, never finer than they are known: a month is a month long.

const DAY = 86_400_000;
const MONTH = 4; // UCDP date precision: 4 a month, 5 a year
const YEAR = 5;

/** The language that dates are written in. */
export const region = (/** @type {string} */ language) => (language === "en" ? "en-GB" : language);

/** @type {Map<string, Intl.DateTimeFormat>} */
const formatters = new Map();

/** A writer of dates; making one is slow, so each is made once. @param {string} language @param {Intl.DateTimeFormatOptions} options */
export function formatter(language, options) {
  const name = `${language} ${JSON.stringify(options)}`;
  if (!formatters.has(name)) formatters.set(name, new Intl.DateTimeFormat(region(language), { ...options, timeZone: "UTC" }));
  return /** @type {Intl.DateTimeFormat} */ (formatters.get(name));
}

/** @param {string} iso @returns {number} */
export const dayOf = (iso) => Math.floor(Date.parse(`${iso.slice(0, 10)}T00:00:00Z`) / DAY);

/** @param {number} day @returns {string} */
export const isoOf = (day) => new Date(day * DAY).toISOString().slice(0, 10);

/**
 * First and last day that a record may be of; null without a date. What began and has no end named runs to `now`.
 * @param {[string | null, string | null, number | null]} dates start, end, UCDP precision
 * @param {number} now
 * @returns {{ first: number, last: number, coarse: boolean } | null}
 */
export function widen([start, end, precision], now) {
  if (!start && !end) return null;
  let first = dayOf(start ?? end ?? "");
  let last = end ? dayOf(end) : Math.max(first, now);
  if (Number.isNaN(first) || Number.isNaN(last)) return null;
  if (precision === MONTH || precision === YEAR) {
    first = edge(first, precision, 0);
    // A report of the middle of a month cannot tell of its end.
    if (end) last = last <= now ? Math.min(now, edge(last, precision, 1) - 1) : edge(last, precision, 1) - 1;
  }
  return { first, last: Math.max(first, last), coarse: last > first };
}

/** The first day of the month or year of a day, or of the next one. @param {number} day @param {number} precision @param {0 | 1} next */
function edge(day, precision, next) {
  const date = new Date(day * DAY);
  const [year, month] = [date.getUTCFullYear(), date.getUTCMonth()];
  return Math.floor((precision === YEAR ? Date.UTC(year + next, 0) : Date.UTC(year, month + next)) / DAY);
}

/**
 * Bars in as few lanes as hold them apart; null when they need more than `most`.
 * @param {{ first: number, last: number }[]} spans @param {number} gap days to leave between two bars @param {number} most lanes
 * @returns {number[] | null} the lane of each
 */
export function lanes(spans, gap, most) {
  /** @type {number[]} the last day in each lane */
  const ends = [];
  const order = spans.map((_, i) => i).sort((a, b) => spans[a].first - spans[b].first || spans[a].last - spans[b].last);
  const found = new Array(spans.length);
  for (const i of order) {
    let lane = ends.findIndex((end) => end + gap < spans[i].first);
    if (lane < 0) lane = ends.length;
    if (lane >= most) return null;
    ends[lane] = spans[i].last;
    found[i] = lane;
  }
  return found;
}

/**
 * How many records fall into each of `count` stretches of time: those known to the stretch, and the shares of those known less well.
 * @param {{ first: number, last: number }[]} spans @param {number} from first day @param {number} to last day @param {number} count
 */
export function bins(spans, from, to, count) {
  const width = (to - from + 1) / count;
  const [fine, coarse] = [new Float64Array(count), new Float64Array(count)];
  for (const { first, last } of spans) {
    const [low, high] = [Math.floor((first - from) / width), Math.floor((last - from) / width)];
    if (low === high) fine[low]++;
    else for (let i = Math.max(low, 0); i <= Math.min(high, count - 1); i++) coarse[i] += 1 / (high - low + 1);
  }
  return { fine, coarse };
}

/** Years, months or days to write below a stretch of time, some `most` of them. @param {number} from @param {number} to @param {number} most @param {string} language @returns {[number, string][]} */
export function ticks(from, to, most, language) {
  const span = to - from + 1;
  const write = (/** @type {Intl.DateTimeFormatOptions} */ options) => {
    const format = formatter(language, options);
    return (/** @type {number} */ day) => format.format(day * DAY);
  };
  const [start, end] = [new Date(from * DAY), new Date(to * DAY)];
  const months = (end.getUTCFullYear() - start.getUTCFullYear()) * 12 + end.getUTCMonth() - start.getUTCMonth();
  if (months < 3 || span / 30 < 2) {
    const step = [1, 2, 5, 7, 10, 14, 30].find((days) => span / days <= most) ?? 30;
    const text = write({ day: "numeric", month: "short" });
    return Array.from({ length: Math.floor((span - 1) / step) + 1 }, (_, i) => [from + i * step, text(from + i * step)]);
  }
  const step = [1, 2, 3, 6, 12, 24, 60, 120, 240, 600].find((count) => months / count <= most) ?? 1200;
  /** @type {[number, string][]} */
  const found = [];
  for (let at = Math.ceil((start.getUTCFullYear() * 12 + start.getUTCMonth()) / step) * step; ; at += step) {
    const day = Date.UTC(Math.floor(at / 12), at % 12) / DAY;
    if (day > to) return found;
    if (day >= from) found.push([day, write(step >= 12 ? { year: "numeric" } : { month: "short", year: "numeric" })(day)]);
  }
}
