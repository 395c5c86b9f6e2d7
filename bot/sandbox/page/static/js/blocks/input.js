// A field of a form: its label, what is filled in, a hint, and what is wrong with it.

import { h, newId } from "../dom.js";
import { t } from "../i18n.js";
import { element, isGroup } from "./elements.js";
import { said } from "./layout.js";

// Slack's own words for a field left empty; Slack shows them in the reader's language, so this page does, too.
const REQUIRED = "Please complete this required field.";

export function input(block, surface) {
  const id = newId("field");
  const error = surface.errors?.[block.block_id];
  const hint = block.hint ? h("p", { class: "hint", id: `${id}-hint` }, said(block.hint)) : null;
  const wrong = error
    ? h("p", { class: "wrong", id: `${id}-wrong` }, h("span", { "aria-hidden": "true" }, "⚠ "), error === REQUIRED ? t("required") : error)
    : null;
  const describedBy = [wrong?.id, hint?.id].filter(Boolean).join(" ") || null;
  const label = [said(block.label), block.optional ? h("span", { class: "optional" }, ` (${t("optional")})`) : null];
  const filled = element(block.element, {
    surface, block, id, labelledBy: `${id}-label`, describedBy, required: !block.optional, invalid: Boolean(error),
  });
  const name = isGroup(block.element)
    ? h("div", { class: "label", id: `${id}-label` }, label)
    : h("label", { class: "label", id: `${id}-label`, for: id }, label);
  // What is being changed is not blamed any more; the next submit says again what is wrong.
  const forgive = (event) => {
    wrong?.remove();
    event.currentTarget.classList.remove("invalid");
    for (const each of event.currentTarget.querySelectorAll("[aria-invalid]")) each.removeAttribute("aria-invalid");
  };
  return h("div", { oninput: forgive, onchange: forgive, class: error ? "block field invalid" : "block field", "data-block": block.block_id }, name, filled, hint, wrong);
}
