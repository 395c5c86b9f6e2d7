// The bot's Home, as this person sees it.

import { blocks } from "./blocks/index.js";
import { h, put } from "./dom.js";
import { t } from "./i18n.js";
import { act, myself, store } from "./store.js";
import { forget, surface } from "./surface.js";

let opened = null; // for whom, since the tab was turned to

export const leaveHome = () => {
  opened = null;
};

export function showHome() {
  const place = document.querySelector("#home");
  const home = store.state.homes.find((each) => each.user === myself()?.id)?.view;
  if (opened !== `${store.me} ${store.state.age}`) {
    opened = `${store.me} ${store.state.age}`;
    act("home");
  }
  const signature = home ? home.hash : "none";
  if (place.signature === signature) return;
  place.signature = signature;
  const focused = place.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const top = place.scrollTop;
  forget({ home: true }); // a Home that is published anew begins with its own values
  put(place, home
    ? h("div", { class: "home-view" }, blocks(home.blocks, surface({ home: true }, { values: home.state?.values })))
    : h("p", { class: "nothing" }, t("homeEmpty")));
  place.scrollTop = top;
  if (focused) [...place.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === focused)?.focus();
}
