// Checkboxes and radio buttons.

import { h, newId } from "../dom.js";
import { confirmed } from "../confirm.js";
import { said } from "./layout.js";

export const checkboxes = (each, at) => group(each, at, "checkbox");
export const radioButtons = (each, at) => group(each, at, "radio");

function group(each, at, kind) {
  const name = newId("choice");
  const held = [at.surface.held(at.block, each) ?? []].flat();
  const box = h("div", {
    class: "choices",
    role: kind === "radio" ? "radiogroup" : "group",
    "aria-labelledby": at.labelledBy ?? at.describedBy,
    "aria-label": at.labelledBy || at.describedBy ? null : each.action_id,
    "aria-describedby": at.labelledBy ? at.describedBy : null,
    "aria-required": kind === "radio" && at.required ? "true" : null,
    "aria-invalid": at.invalid && kind === "radio" ? "true" : null,
  }, each.options.map((option, index) => {
    const id = `${name}-${index}`;
    return h("div", { class: "choice" },
      h("input", {
        type: kind, id, name, value: option.value, checked: held.includes(option.value),
        "aria-describedby": option.description ? `${id}-more` : null,
        "data-focus": `${at.focus}|${option.value}`,
        onchange: async () => {
          const now = [...box.querySelectorAll("input:checked")].map((input) => input.value);
          if (await confirmed(each.confirm)) at.surface.use(at.block, each, kind === "radio" ? now[0] : now);
        },
      }),
      h("div", {},
        h("label", { for: id }, said(option.text)),
        option.description ? h("div", { class: "hint", id: `${id}-more` }, said(option.description)) : null));
  }));
  return box;
}
