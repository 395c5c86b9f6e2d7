// From a list of blocks to elements; each family stands in its own file.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { actions } from "./actions.js";
import { input } from "./input.js";
import { context, divider, header, image, section } from "./layout.js";
import { richText } from "../richtext.js";
import { unknown } from "./unknown.js";

const FAMILIES = { actions, context, divider, header, image, input, section, rich_text: richText };

export function blocks(list, surface) {
  return list.map((block) => {
    const family = FAMILIES[block.type];
    if (!family) return unknown(block);
    try {
      return family(block, surface);
    } catch (error) {
      return h("div", {}, unknown(block), h("p", { class: "unknown-why" }, t("brokenBlock", { why: error.message })));
    }
  });
}
