// The part of the address after #: who I am and where I look. Two windows can be two people.

import { botDirect, changed, isInside, refresh, store } from "./store.js";

const read = () => new URLSearchParams(location.hash.slice(1));

export function go(changes) {
  const next = read();
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === "") next.delete(name);
    else next.set(name, value);
  }
  const hash = `#${next}`;
  if (hash === location.hash) follow();
  else location.hash = hash;
}

export const goTo = (channel, tab = null) => go({ channel, tab, thread: null, ts: null, view: null });
export const openThread = (channel, ts) => go({ channel, thread: ts, tab: null, view: null, ts: null });
export const become = (handle) => go({ as: handle, channel: "bot", thread: null, tab: null, ts: null, view: null });

// A link to a message of this workspace, or null.
export function messageLink(url) {
  const found = /^\/archives\/([A-Z0-9]+)\/p(\d+)(\d{6})$/.exec(url.pathname);
  if (!found || url.host !== location.host) return null;
  return { channel: found[1], ts: `${found[2]}.${found[3]}`, thread: url.searchParams.get("thread_ts") };
}

export function follow() {
  const wish = read();
  const before = store.me;
  store.me = wish.get("as") || store.me;
  store.place = {
    channel: wish.get("channel") || "bot",
    thread: wish.get("thread") || null,
    ts: wish.get("ts") || null,
    tab: wish.get("tab") || "messages",
    view: wish.get("view") || null,
  };
  if (store.me !== before) {
    store.state = null;
    refresh();
  } else changed();
}

// "bot" in the address is the direct conversation with the bot, whether or not it was opened already.
export function shownChannel() {
  const { channel } = store.place;
  if (channel !== "bot") return channel;
  const direct = botDirect();
  if (direct) return direct.id;
  return isInside() ? "bot" : store.state.channels[0]?.id ?? "bot";
}

addEventListener("hashchange", follow);
