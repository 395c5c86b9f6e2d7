// Channels, threads and direct messages, with what is unread.

import { avatar } from "./avatar.js";
import { h, icon, swap } from "./dom.js";
import { language, t } from "./i18n.js";
import { go, goTo, shownChannel } from "./route.js";
import { botUser, isInside, myself, person, store } from "./store.js";
import { unreadOf } from "./unread.js";

export function showSidebar() {
  const old = document.querySelector("#sidebar");
  const counts = unreadOf(store.state, myself());
  const here = store.place.view === "threads" ? "threads" : shownChannel();
  const signature = JSON.stringify([store.me, here, counts, store.state.channels, language()]);
  if (old.signature === signature) return;
  const mine = store.state.channels.filter((each) => each.members.includes(myself().id));
  const rooms = mine.filter((each) => !each.is_im && !each.name.startsWith("mpdm-"));
  const groups = mine.filter((each) => each.name.startsWith("mpdm-"));
  const others = store.state.channels.filter((each) => !mine.includes(each));
  const fresh = h("nav", { id: "sidebar", "aria-label": t("channels") },
    threads(counts, here),
    part(t("channels"), rooms.map((each) => entry(each, counts, here))),
    others.length ? part(t("otherChannels"), others.map((each) => entry(each, {}, here))) : null,
    part(t("directMessages"), [bot(counts, here), ...groups.map((each) => entry(each, counts, here))]));
  fresh.signature = signature;
  swap(old, fresh);
}

const byName = (a, b) => a.textContent.localeCompare(b.textContent);

function part(title, entries) {
  const found = entries.filter(Boolean);
  if (found.length === 0) return null;
  return h("section", {}, h("h2", {}, title), h("ul", {}, found.sort(byName).map((each) => h("li", {}, each))));
}

function row({ name, mark, n, here, focus, run, hint }) {
  return h("button", {
    type: "button", class: n ? "entry unread" : "entry", "aria-current": here ? "page" : null, "data-focus": focus, onclick: run,
  }, mark, h("bdi", { class: "name" }, name), hint ?? null,
    n ? h("span", { class: "badge" }, String(n), h("span", { class: "unseen" }, ` ${t("unreadWord")}`)) : null);
}

function entry(channel, counts, here) {
  const names = channel.members.filter((id) => id !== myself().id && !person(id)?.is_bot).map((id) => person(id)?.real_name);
  return row({
    name: channel.name.startsWith("mpdm-") ? names.join(", ") : channel.name,
    mark: channel.is_private ? icon("lock") : h("span", { class: "hash", "aria-hidden": "true" }, "#"),
    hint: channel.is_ext_shared ? h("span", { title: t("shared") }, icon("shared"), h("span", { class: "unseen" }, t("shared"))) : null,
    n: counts[channel.id], here: here === channel.id, focus: channel.id, run: () => goTo(channel.id),
  });
}

function bot(counts, here) {
  const direct = store.state.channels.find((each) => each.is_im && each.members.includes(myself().id));
  if (!direct && !isInside()) return null;
  return row({
    name: botUser().real_name, mark: avatar(botUser(), "tiny"), hint: h("span", { class: "app" }, t("app")),
    n: direct && counts[direct.id], here: here === (direct?.id ?? "bot"), focus: "bot", run: () => goTo("bot"),
  });
}

function threads(counts, here) {
  const n = Object.entries(counts).filter(([place]) => place.includes(":")).reduce((sum, [, each]) => sum + each, 0);
  return h("ul", { class: "first" }, h("li", {}, row({
    name: t("threads"), mark: icon("reply"), n, here: here === "threads", focus: "threads",
    run: () => go({ view: "threads", channel: null, thread: null, tab: null, ts: null }),
  })));
}
