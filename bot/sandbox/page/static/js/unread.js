// What each person has not seen yet; kept by this browser, and forgotten when the demo starts over.

import { changed, isReply, store } from "./store.js";

const KEY = "page.read";

function load() {
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}");
    return kept.age === store.whole?.age ? kept : { age: store.whole?.age, read: {} };
  } catch {
    return { age: store.whole?.age, read: {} };
  }
}

const placeOf = (message) => (isReply(message) ? `${message.channel}:${message.thread_ts}` : message.channel);
const isForeign = (message, id) => message.user !== id && message.user !== "USLACKBOT";

export const lastRead = (place, handle = store.me) => load().read[handle]?.[place] ?? "0";

export function markRead(place, ts) {
  const kept = load();
  const mine = (kept.read[store.me] ??= {});
  if ((mine[place] ?? "0") >= ts) return;
  mine[place] = ts;
  localStorage.setItem(KEY, JSON.stringify(kept));
  changed();
}

// {channel id: number}, and {channel:thread_ts: number} for threads in which the person takes part.
export function unreadOf(state, user) {
  const read = load().read[user.handle] ?? {};
  const mine = threadsOf(state, user);
  const counts = {};
  for (const message of state.messages) {
    const place = placeOf(message);
    if (!isForeign(message, user.id) || message.ts <= (read[place] ?? "0")) continue;
    if (isReply(message) && !mine.has(place)) continue;
    counts[place] = (counts[place] ?? 0) + 1;
  }
  return counts;
}

// The threads a person wrote in, began, or is named in.
export function threadsOf(state, user) {
  const mine = new Set();
  for (const message of state.messages) {
    if (message.user === user.id || mentions(message, user.id)) mine.add(`${message.channel}:${message.thread_ts ?? message.ts}`);
  }
  return mine;
}

const mentions = (message, id) => message.text.includes(`<@${id}>`) || JSON.stringify(message.blocks).includes(id);

// How much waits for somebody else in her conversation with the bot: shown beside her name.
export function waitingFor(user) {
  const { whole } = store;
  const direct = whole.channels.find((each) => each.is_im && each.members.includes(user.id));
  if (!direct) return 0;
  const read = load().read[user.handle]?.[direct.id] ?? "0";
  return whole.messages.filter((each) => each.channel === direct.id && isForeign(each, user.id) && each.ts > read &&
    (!each.ephemeral_to || each.ephemeral_to === user.id)).length;
}
