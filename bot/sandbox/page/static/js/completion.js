// What a person may mean while she types: commands after /, people after @, channels after #.

import { avatar } from "./avatar.js";
import { h, newId } from "./dom.js";
import { placeBeside } from "./floating.js";
import { t } from "./i18n.js";
import { isInside, store } from "./store.js";

const MOST = 8;

function offersFor(before) {
  const command = /^\/(\S*)$/.exec(before);
  if (command && isInside()) {
    return { from: 0, list: store.state.commands.filter((each) => each.command.startsWith(`/${command[1]}`))
      .map((each) => ({ put: `${each.command} `, name: each.command, hint: `${each.usage_hint} ${each.description}`.trim() })) };
  }
  const found = /(?:^|\s)([@#])([\p{L}\p{N}.\-_]*)$/u.exec(before);
  if (!found) return null;
  const from = before.length - found[2].length - 1;
  const word = found[2].toLowerCase();
  const fits = (...texts) => texts.some((text) => text.toLowerCase().split(/[\s\-_]+/).some((part) => part.startsWith(word)) || text.toLowerCase().startsWith(word));
  if (found[1] === "#") {
    return { from, list: store.state.channels.filter((each) => each.name && !each.is_im && fits(each.name)).map((each) => ({ put: `#${each.name} `, name: `#${each.name}` })) };
  }
  return { from, list: store.state.users.filter((user) => !user.deleted && fits(user.real_name, user.handle))
    .map((user) => ({ put: `@${user.handle} `, name: user.real_name, hint: user.title || `@${user.handle}`, mark: avatar(user, "tiny") })) };
}

export function completion(box) {
  const id = newId("offers");
  const list = h("ul", { role: "listbox", id, class: "menu options", "aria-label": t("suggestions") });
  let offers = null;
  let active = 0;
  box.setAttribute("aria-autocomplete", "list");

  function close() {
    list.remove();
    offers = null;
    box.removeAttribute("aria-activedescendant");
    box.removeAttribute("aria-controls");
  }

  function show() {
    offers = box.selectionStart === box.selectionEnd ? offersFor(box.value.slice(0, box.selectionStart)) : null;
    if (!offers || offers.list.length === 0) return close();
    offers.list = offers.list.slice(0, MOST);
    active = 0;
    list.replaceChildren(...offers.list.map((offer, index) => h("li", {
      role: "option", id: `${id}-${index}`, onpointerdown: (event) => {
        event.preventDefault();
        take(index);
      },
    }, offer.mark ?? null, h("span", {}, offer.name, offer.hint ? h("span", { class: "hint" }, offer.hint) : null))));
    document.body.append(list);
    box.setAttribute("aria-controls", id);
    light(0);
    placeBeside(list, box);
  }

  function light(index) {
    active = (index + offers.list.length) % offers.list.length;
    [...list.children].forEach((row, each) => row.setAttribute("aria-selected", String(each === active)));
    box.setAttribute("aria-activedescendant", `${id}-${active}`);
  }

  function take(index) {
    const { put } = offers.list[index];
    const end = box.selectionStart;
    box.setRangeText(put, offers.from, end, "end");
    close();
    box.dispatchEvent(new Event("input"));
    close();
  }

  box.addEventListener("input", show);
  box.addEventListener("blur", close);
  return {
    // Whether the key was meant for the list.
    handles(event) {
      if (!offers) return false;
      if (event.key === "ArrowDown") light(active + 1);
      else if (event.key === "ArrowUp") light(active - 1);
      else if (event.key === "Escape") close();
      else if ((event.key === "Enter" && !exact(box, offers, active)) || event.key === "Tab") take(active);
      else return false;
      event.preventDefault();
      event.stopPropagation();
      return true;
    },
  };
}

// A command that is typed out needs no completing: Enter sends it.
const exact = (box, offers, active) => box.value.trim() === offers.list[active].put.trim();
