// A field one types into to choose from a list (ARIA's combobox): selects of every kind are made of it.

import { h, icon, newId } from "./dom.js";
import { placeBeside } from "./floating.js";
import { t } from "./i18n.js";

// `find(query)` gives, perhaps later, [{label, options: [{text, hint, value}]}] or {message}; `choose(option)` takes one or null.
export function combobox({ find, choose, shown, at, placeholder, clearable = false, delay = 0 }) {
  const listId = newId("list");
  let options = [];
  let active = -1;
  let asked = 0;
  let waiting = 0;
  const list = h("ul", { role: "listbox", id: listId, class: "menu options", "aria-label": placeholder ?? t("choices") });
  const input = h("input", {
    id: at.id, type: "text", class: "text combo", role: "combobox", autocomplete: "off", spellcheck: "false",
    value: shown ?? "", placeholder: placeholder ?? "",
    "aria-autocomplete": "list", "aria-expanded": "false",
    "aria-label": at.labelledBy ? null : placeholder, "aria-describedby": at.describedBy,
    "aria-required": at.required ? "true" : null, "aria-invalid": at.invalid ? "true" : null, "data-focus": at.focus,
    "data-action": at.action,
  });
  const box = h("div", { class: "combobox" }, input, icon("down"));
  const isOpen = () => list.isConnected;

  async function look(query) {
    const mine = (asked += 1);
    const found = await find(query);
    if (mine !== asked || document.activeElement !== input) return;
    show(found);
  }

  function show(found) {
    options = [];
    active = -1;
    const groups = Array.isArray(found) ? found : [];
    const rows = groups.flatMap((group) => [
      group.label ? h("li", { role: "presentation", class: "separator" }, group.label) : null,
      ...group.options.map((option) => {
        const row = h("li", {
          role: "option", id: newId("option"), "aria-selected": "false",
          onpointerdown: (event) => {
            event.preventDefault();
            take(option);
          },
        }, h("span", {}, option.text, option.hint ? h("span", { class: "hint" }, option.hint) : null));
        options.push({ row, option });
        return row;
      }),
    ]);
    const note = options.length ? null : h("li", { class: "note", role: "presentation" }, found?.message ?? t("nothingFound"));
    list.replaceChildren(...rows.filter(Boolean), ...(note ? [note] : []));
    if (!isOpen()) (input.closest("dialog") ?? document.body).append(list);
    placeBeside(list, input, { sameWidth: true });
    input.setAttribute("aria-expanded", "true");
    input.setAttribute("aria-controls", listId);
    if (options.length) light(Math.max(0, options.findIndex(({ option }) => option.text === input.value)));
  }

  function light(index) {
    options[active]?.row.setAttribute("aria-selected", "false");
    active = (index + options.length) % options.length;
    const { row } = options[active];
    row.setAttribute("aria-selected", "true");
    row.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", row.id);
  }

  function close() {
    asked += 1;
    clearTimeout(waiting);
    list.remove();
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    input.removeAttribute("aria-controls");
  }

  function take(option) {
    close();
    shown = choose(option) ?? option?.text ?? "";
    input.value = shown;
  }

  const open = () => look("");
  input.addEventListener("click", () => (isOpen() ? close() : open()));
  input.addEventListener("focus", () => input.select());
  input.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => look(input.value.trim()), delay);
  });
  input.addEventListener("blur", () => {
    close();
    if (clearable && input.value.trim() === "" && shown) take(null);
    else input.value = shown ?? "";
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (!isOpen()) open();
      else if (options.length) light(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && isOpen() && options[active]) take(options[active].option);
    else if (event.key === "Escape" && isOpen()) {
      event.stopPropagation();
      close();
    } else return;
    event.preventDefault();
  });
  return box;
}
