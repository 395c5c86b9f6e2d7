// A menu beside the button that opened it: arrow keys, first letters, Escape; the focus goes back where it came from.

import { h } from "./dom.js";
import { placeBeside } from "./floating.js";

export function openMenu(button, items, { label = null } = {}) {
  document.querySelector(".menu")?.closeMenu?.();
  const entries = items.map((item) =>
    item.separator
      ? h("li", { role: "separator", class: "separator" }, item.separator)
      : h("li", {
          role: item.checked === undefined ? "menuitem" : "menuitemradio",
          "aria-checked": item.checked === undefined ? null : String(item.checked),
          tabindex: "-1", class: item.danger ? "danger" : "",
          onclick: () => {
            close();
            item.run();
          },
        }, item.mark ?? null, h("span", {}, item.label, item.hint ? h("span", { class: "hint" }, item.hint) : null), item.badge ?? null));
  const menu = h("ul", { role: "menu", class: "menu", "aria-label": label ?? button.getAttribute("aria-label") ?? button.textContent }, entries);
  const usable = entries.filter((entry) => entry.getAttribute("role") !== "separator");

  function close({ back = true } = {}) {
    removeEventListener("pointerdown", outside, true);
    removeEventListener("resize", close);
    menu.remove();
    button.setAttribute("aria-expanded", "false");
    if (back && button.isConnected) button.focus();
  }
  const outside = (event) => {
    if (!menu.contains(event.target) && !button.contains(event.target)) close({ back: false });
  };
  menu.closeMenu = close;
  menu.addEventListener("keydown", (event) => {
    const at = usable.indexOf(document.activeElement);
    const go = (to) => usable[(to + usable.length) % usable.length].focus();
    if (event.key === "ArrowDown") go(at + 1);
    else if (event.key === "ArrowUp") go(at - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(-1);
    else if (event.key === "Enter" || event.key === " ") document.activeElement.click();
    else if (event.key === "Escape") close();
    else if (event.key === "Tab") return close();
    else if (event.key.length === 1) {
      const key = event.key.toLowerCase();
      const found = [...usable.slice(at + 1), ...usable].find((each) => each.textContent.trim().toLowerCase().startsWith(key));
      found?.focus();
    } else return;
    event.preventDefault();
    event.stopPropagation();
  });
  (button.closest("dialog") ?? document.body).append(menu);
  placeBeside(menu, button);
  button.setAttribute("aria-expanded", "true");
  addEventListener("pointerdown", outside, true);
  addEventListener("resize", close);
  (usable.find((each) => each.getAttribute("aria-checked") === "true") ?? usable[0])?.focus();
}
