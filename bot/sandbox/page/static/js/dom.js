// Building and exchanging elements. Text only ever becomes text: there is no innerHTML anywhere in this page.

const PROPERTIES = new Set(["value", "checked", "disabled", "selected", "hidden", "open", "multiple", "indeterminate"]);

export function h(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (PROPERTIES.has(name)) node[name] = value;
    else node.setAttribute(name, value === true ? "" : String(value));
  }
  add(node, children);
  return node;
}

export function add(node, children) {
  for (const child of children.flat(Infinity)) {
    if (child === null || child === undefined || child === false || child === "") continue;
    node.append(child instanceof Node ? child : String(child));
  }
  return node;
}

export function put(node, ...children) {
  node.replaceChildren();
  return add(node, children);
}

const SVG = "http://www.w3.org/2000/svg";

// A line drawing of our own; `paths` in a box of 20 by 20.
export function icon(name) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 20 20");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  for (const d of ICONS[name] ?? []) {
    const path = document.createElementNS(SVG, "path");
    path.setAttribute("d", d);
    svg.append(path);
  }
  return svg;
}

const ICONS = {
  close: ["M5 5l10 10M15 5L5 15"],
  back: ["M12 4l-6 6 6 6"],
  down: ["M5 8l5 5 5-5"],
  more: ["M4 10h1M9.5 10h1M15 10h1"],
  smile: ["M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z", "M7 12c1.6 2 4.4 2 6 0M7.3 8h.01M12.7 8h.01"],
  reply: ["M3 5h14v8h-7l-4 4v-4H3z"],
  send: ["M3 10l14-6-5 13-3-6z"],
  bolt: ["M11 2L4 12h5l-1 6 7-10h-5z"],
  lock: ["M5 9h10v8H5zM7 9V6.5a3 3 0 0 1 6 0V9"],
  shared: ["M7 7a3 3 0 1 0 0 6c3 0 3-6 6-6a3 3 0 1 1 0 6c-3 0-3-6-6-6z"],
  eye: ["M2 10c3.5-6 12.5-6 16 0-3.5 6-12.5 6-16 0z", "M10 8a2 2 0 1 0 0 4 2 2 0 0 0 0-4z"],
  clock: ["M10 2.5a7.5 7.5 0 1 0 0 15 7.5 7.5 0 0 0 0-15z", "M10 6v4l3 2"],
  again: ["M4 10a6 6 0 1 0 2-4.5M4 3v4h4"],
  map: ["M3 5l5-2 4 2 5-2v12l-5 2-4-2-5 2zM8 3v12M12 5v12"],
  wire: ["M3 7h14M13 3l4 4-4 4M17 14H3M7 18l-4-4 4-4"],
  check: ["M4 10l4 4 8-9"],
  home: ["M3 10l7-6 7 6M5 9v8h10V9"],
  menu: ["M3 5h14M3 10h14M3 15h14"],
};

// Exchange one element for another; whoever had the focus inside keeps it, by `data-focus`.
export function swap(old, fresh) {
  const focused = old.contains(document.activeElement) ? document.activeElement : null;
  const name = focused?.dataset?.focus;
  const range = focused && "selectionStart" in focused && focused.type !== "email" && focused.type !== "number"
    ? [focused.selectionStart, focused.selectionEnd]
    : null;
  old.replaceWith(fresh);
  if (!focused) return;
  const next = name && [...fresh.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === name);
  if (next) {
    next.focus({ preventScroll: true });
    if (range && range[0] !== null && next.setSelectionRange) next.setSelectionRange(...range);
  } else {
    const home = fresh.matches("[tabindex]") ? fresh : fresh.querySelector("[tabindex]");
    home?.focus({ preventScroll: true });
  }
}

// Keep the children of `list` in step with `items`: only what changed is made anew.
export function keepList(list, items, key, sign, make) {
  const known = new Map([...list.children].map((node) => [node.dataset.key, node]));
  let before = null;
  for (const item of items) {
    const name = key(item);
    const signature = sign(item);
    let node = known.get(name);
    known.delete(name);
    if (!node || node.signature !== signature) {
      const fresh = make(item);
      fresh.dataset.key = name;
      fresh.signature = signature;
      if (node) swap(node, fresh);
      node = fresh;
    }
    const place = before ? before.nextSibling : list.firstChild;
    if (node !== place) list.insertBefore(node, place);
    before = node;
  }
  for (const gone of known.values()) gone.remove();
}

let lastId = 0;
export const newId = (word) => `${word}-${(lastId += 1)}`;
