// A person's mark: initials on a colour of her own; the bot has a link.

import { h } from "./dom.js";

const COLOURS = 8;

export function avatar(user, size = "") {
  const name = user?.real_name ?? "?";
  const bare = name.replace(/\(.*?\)/g, "").trim();
  const words = bare.split(/\s+/);
  const letters = user?.is_bot ? "∞" : ((words[0]?.[0] ?? "?") + (words.length > 1 ? words.at(-1)[0] : "")).toUpperCase();
  let sum = 0;
  for (const each of user?.id ?? name) sum = (sum * 31 + each.codePointAt(0)) % 9973;
  return h("span", { class: `avatar ${size} ${user?.is_bot ? "bot" : `colour-${sum % COLOURS}`}`, "aria-hidden": "true" }, letters);
}
