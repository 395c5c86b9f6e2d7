// Reactions below a message; a tap gives or takes back one's own.

import { h } from "./dom.js";
import { glyph } from "./emoji.js";
import { t } from "./i18n.js";
import { doIt } from "./message_tools.js";
import { myself, person } from "./store.js";

export function reactions(each) {
  if (!each.reactions?.length) return null;
  return h("div", { class: "reactions" }, each.reactions.map((given) => {
    const own = given.users.includes(myself()?.id);
    const names = given.users.map((id) => person(id)?.real_name ?? id).join(", ");
    return h("button", {
      type: "button", class: "reaction", "aria-pressed": String(own), "aria-label": t("reactedBy", { name: given.name, names }), title: names, "data-focus": `reaction ${each.ts} ${given.name}`,
      onclick: () => doIt("reaction", { channel: each.channel, ts: each.ts, name: given.name, remove: own }),
    }, h("span", { "aria-hidden": "true" }, glyph(given.name) ?? `:${given.name}:`), " ", String(given.users.length));
  }));
}
