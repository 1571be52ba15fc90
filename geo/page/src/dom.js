// Builds elements. Text only ever becomes a text node: what a report says is never parsed as HTML.

/** An element with properties (`class`, `data-*` and `aria-*` as attributes), listeners (`onclick`) and children. */
export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === null || value === undefined || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return node;
}

/** A link to a source; anything that is not a web address stays text. */
export function link(address, text) {
  if (!/^https?:\/\//i.test(address)) return el("span", {}, text);
  return el("a", { href: address, rel: "noopener noreferrer nofollow", target: "_blank" }, text);
}

export const reducedMotion = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
