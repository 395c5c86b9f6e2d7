// A button, with the question Slack asks first where the app wants it asked.

import { h } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { confirmed } from "../confirm.js";

export function button(each, at) {
  const words = withEmoji(each.text.text);
  const label = each.accessibility_label;
  const node = h("button", {
    type: "button",
    class: `button ${each.style ?? ""}`,
    "aria-label": label ? (label.startsWith(words) ? label : `${words}: ${label}`) : null,
    "data-focus": at.focus,
    "data-action": each.action_id,
    onclick: async () => {
      if (node.getAttribute("aria-busy") || !(await confirmed(each.confirm))) return;
      node.setAttribute("aria-busy", "true");
      if (each.url) window.open(each.url, "_blank", "noopener,noreferrer");
      await at.surface.use(at.block, each, each.value ?? null);
      node.removeAttribute("aria-busy");
    },
  }, words);
  return node;
}
