// What this page cannot show is shown as what it is: an error for whoever wrote the block.

import { h } from "../dom.js";
import { t } from "../i18n.js";

export const unknown = (thing) =>
  h("div", { class: "unknown-block", role: "note" },
    h("strong", {}, t("unknownBlock", { type: thing?.type ?? "?" })),
    h("details", {}, h("summary", {}, "JSON"), h("pre", { tabindex: "0" }, JSON.stringify(thing, null, 2))));
