// Elements from names, attributes and children; text only ever becomes text nodes, never markup.
const SVG = "http://www.w3.org/2000/svg";

export const h = (name, attributes, ...children) => filled(document.createElement(name), attributes, children);
export const svg = (name, attributes, ...children) => filled(document.createElementNS(SVG, name), attributes, children);

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === false || value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "style") for (const [key, one] of Object.entries(value)) element.style.setProperty(key, one);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ""));
  return element;
}

export const outside = (href, attributes, ...children) =>
  h("a", { href, rel: "noopener noreferrer", target: "_blank", ...attributes }, children);

export const hidden = (...text) => h("span", { class: "unseen" }, text);

// Text of a rule, where `code` stands between backticks.
export const coded = (text) => text.split(/`([^`]+)`/).map((piece, n) => (n % 2 ? h("code", null, piece) : piece));

export const count = (n, one, many = `${one}s`) => `${n} ${n === 1 ? one : many}`;
