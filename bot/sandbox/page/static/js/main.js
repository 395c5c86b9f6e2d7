// The page: built once, then brought up to date whenever something changes.

import { about, listen, stateOf } from "./client.js";
import { showConversation } from "./conversation.js";
import { language, t } from "./i18n.js";
import { showModal } from "./modal.js";
import { plainly } from "./mrkdwn.js";
import { announce } from "./notices.js";
import { follow } from "./route.js";
import { showSidebar } from "./sidebar.js";
import { changed, isReply, myself, onChange, person, refresh, store } from "./store.js";
import { showThread } from "./thread.js";
import { showTop } from "./top.js";
import { showTour } from "./tour.js";
import { showWire } from "./wire.js";

let told = null; // the newest message that was read out, by whom it was seen

function tellNews() {
  const id = myself()?.id;
  const newest = store.state.messages.reduce((ts, each) => (each.ts > ts ? each.ts : ts), "0");
  if (told?.me === store.me && told.age === store.state.age) {
    const fresh = store.state.messages.filter((each) => each.ts > told.ts && each.user !== id);
    const last = fresh.at(-1);
    if (last) announce(t(isReply(last) ? "saidReply" : "said", { who: person(last.user)?.real_name ?? "", text: plainly(last.text).slice(0, 300) }));
  }
  told = { me: store.me, age: store.state.age, ts: newest };
}

function show() {
  document.documentElement.lang = language();
  document.querySelector(".skip").textContent = t("skip");
  document.body.classList.toggle("away", !store.alive);
  if (!store.state) return;
  document.title = `${myself()?.real_name ?? ""} · ${store.state.teams[0].name}`;
  showTop();
  showSidebar();
  showConversation();
  showThread();
  showModal();
  showTour();
  showWire();
  tellNews();
}

function begin() {
  const first = store.whole.users.find((user) => !user.is_bot && !user.deleted);
  if (!store.me || !store.whole.users.some((user) => user.handle === store.me)) {
    store.me = first.handle;
    const where = new URLSearchParams(location.hash.slice(1)); // a link to a message says where, not who
    where.set("as", first.handle);
    history.replaceState(null, "", `#${where}`);
    return refresh();
  }
  return null;
}

// The part after # says who is looking: the skip link moves the focus and leaves the address alone.
document.querySelector(".skip").addEventListener("click", (event) => {
  event.preventDefault();
  document.querySelector("#conversation").focus();
});

async function start() {
  store.about = await about();
  store.me = new URLSearchParams(location.hash.slice(1)).get("as");
  store.whole = await stateOf();
  begin();
  onChange(show);
  follow();
  await refresh();
  listen(() => refresh(), (alive) => {
    if (alive === store.alive) return;
    store.alive = alive;
    changed();
  });
}

start();
