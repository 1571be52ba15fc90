// The page's own words. English stands in the code; another language comes with the data, as one table from English.

let table = {};

/** @param {Record<string, string>} words English to the language of the page */
export function speak(words) {
  table = words ?? {};
}

/**
 * A text of the page in its language, with `{name}` filled in.
 * @param {string} text @param {Record<string, string | number>} [values]
 */
export function t(text, values = {}) {
  return (table[text] ?? text).replace(/\{(\w+)\}/g, (whole, name) => (name in values ? String(values[name]) : whole));
}

/** A code of ours as words: "strike_on_vessel" is "Strike on vessel". @param {string} code */
export function plain(code) {
  const text = code.replaceAll("_", " ");
  return t(text.charAt(0).toUpperCase() + text.slice(1));
}
