// The three dots with further choices.

import { h, icon } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { t } from "../i18n.js";
import { confirmed } from "../confirm.js";
import { openMenu } from "../menu.js";

export function overflow(each, at) {
  const node = h("button", {
    type: "button", class: "button icon-only", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": t("more"),
    "aria-describedby": at.describedBy, "data-focus": at.focus, "data-action": each.action_id,
    onclick: () => openMenu(node, each.options.map((option) => ({
      label: withEmoji(option.text.text),
      hint: option.description?.text,
      run: async () => {
        if (option.url) window.open(option.url, "_blank", "noopener,noreferrer");
        if (await confirmed(each.confirm)) at.surface.use(at.block, each, option.value);
      },
    }))),
  }, icon("more"));
  return node;
}
