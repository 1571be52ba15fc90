// The page's own words. English stands in the code; another language comes with the data, as one table from English.

/** A map and no object: a heading may be any word, "constructor" too. @type {Map<string, string>} */
let table = new Map();
let language = "en";

/** @param {Record<string, string>} words English to the language of the page @param {string} [name] its code */
export function speak(words, name) {
  table = new Map(Object.entries(words ?? {}));
  language = name ?? "en";
}

/** A whole number as the language writes it. @param {number} value */
export const figure = (value) => value.toLocaleString(language);

/**
 * A text of the page in its language, with `{name}` filled in.
 * @param {string} text @param {Record<string, string | number>} [values]
 */
export function t(text, values = {}) {
  return (table.get(text) ?? text).replace(/\{(\w+)\}/g, (whole, name) => (Object.keys(values).includes(name) ? String(values[name]) : whole));
}

/** A code of ours as words: "strike_on_vessel" is "Strike on vessel". @param {string} code */
export function plain(code) {
  const text = code.replaceAll("_", " ");
  return t(text.charAt(0).toUpperCase() + text.slice(1));
}
