// Fields to type in.

import { h } from "../dom.js";

const TYPES = { plain_text_input: "text", email_text_input: "email", url_text_input: "url", number_input: "text" };

export function textInput(each, at) {
  const dispatching = at.block.dispatch_action === true;
  const when = each.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  const keep = () => at.surface.keep(at.block, each, node.value);
  let waiting = 0;
  const node = h(each.multiline ? "textarea" : "input", {
    id: at.id,
    type: each.multiline ? null : TYPES[each.type],
    inputmode: each.type === "number_input" ? "decimal" : null,
    rows: each.multiline ? 4 : null,
    class: "text",
    dir: "auto",
    value: at.surface.held(at.block, each) ?? "",
    placeholder: each.placeholder?.text,
    maxlength: each.max_length ?? null,
    "aria-describedby": at.describedBy,
    "aria-required": at.required ? "true" : null,
    "aria-invalid": at.invalid ? "true" : null,
    "data-focus": at.focus,
    autofocus: each.focus_on_load,
    autocomplete: "off",
    oninput: () => {
      keep();
      if (!dispatching || !when.includes("on_character_entered")) return;
      clearTimeout(waiting);
      waiting = setTimeout(() => at.surface.use(at.block, each, node.value), 300);
    },
    onchange: () => {
      keep();
      if (!dispatching) at.surface.note(at.block, each, node.value);
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || each.multiline || !dispatching || !when.includes("on_enter_pressed")) return;
      event.preventDefault();
      at.surface.use(at.block, each, node.value);
    },
  });
  return node;
}
