// The page's own words. What the bot says comes in the bot's language and is not touched.

import { da } from "./texts/da.js";
import { en } from "./texts/en.js";
import { nb } from "./texts/nb.js";
import { changed } from "./store.js";

export const LANGUAGES = { da, nb, en };
const KEPT = "page.language";

function first() {
  const kept = localStorage.getItem(KEPT);
  if (kept in LANGUAGES) return kept;
  for (const each of navigator.languages ?? []) {
    const short = each.slice(0, 2).toLowerCase();
    if (short === "no" || short === "nn") return "nb";
    if (short in LANGUAGES) return short;
  }
  return "en";
}

let code = first();

export const language = () => code;
export const chosen = () => LANGUAGES[code];

export function choose(next) {
  code = next;
  localStorage.setItem(KEPT, next);
  document.documentElement.lang = next;
  changed();
}

document.documentElement.lang = code;

// `{name}` in a text is filled from `values`; a text of two forms is [one, many], chosen by `values.n`.
export function t(key, values = {}) {
  let text = chosen().texts[key];
  if (text === undefined) throw new Error(`no text ${key} in ${code}`);
  if (Array.isArray(text)) text = text[values.n === 1 ? 0 : 1];
  return text.replace(/\{(\w+)\}/g, (_whole, name) => String(values[name] ?? ""));
}
