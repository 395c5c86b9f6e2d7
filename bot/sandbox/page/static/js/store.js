// What this window knows: who is looking, where, and what the stand-in last said.

import * as client from "./client.js";

const listeners = new Set();

export const store = {
  about: { clock: false, start_over: false, guide: {} },
  me: null, // handle
  place: { channel: null, thread: null, tab: "messages" },
  state: null, // as I may see it
  whole: null, // everything, for the tour and for the marks beside other people's names
  fetchedAt: 0,
  alive: true,
  busy: new Set(),
};

export const onChange = (listener) => listeners.add(listener);

let asked = false;
export function changed() {
  if (asked) return;
  asked = true;
  queueMicrotask(() => {
    asked = false;
    for (const listener of listeners) listener(store);
  });
}

// -- fetching ------------------------------------------------------------------------------------------------

const REST_MS = 80; // where much happens at once it is looked at together

let stale = false; // something happened since the last question was asked
let fetching = null;

export function refresh() {
  stale = true;
  fetching ??= fetchAll();
  return fetching;
}

async function fetchAll() {
  for (;;) {
    stale = false;
    const me = store.me;
    const [mine, whole] = await Promise.all([client.stateOf(me), client.stateOf()]);
    if (me !== store.me) continue;
    if (mine.ok && whole.ok) {
      store.state = mine;
      store.whole = whole;
      store.fetchedAt = performance.now();
      changed();
    }
    if (!stale) {
      fetching = null; // at once: whoever asks from now on is fetched for anew
      return;
    }
    await new Promise((resolve) => setTimeout(resolve, REST_MS));
  }
}

// -- acting --------------------------------------------------------------------------------------------------

export async function act(type, what = {}, who = store.me) {
  const answer = await client.act(who, type, what);
  await refresh();
  return answer;
}

// -- looking things up ---------------------------------------------------------------------------------------

const find = (list, test) => list?.find(test) ?? null;
export const myself = () => find(store.state?.users, (user) => user.handle === store.me);
export const person = (id) =>
  find(store.state?.users, (user) => user.id === id) ?? find(store.whole?.users, (user) => user.id === id);
export const channelOf = (id) => find(store.state?.channels, (channel) => channel.id === id);
export const botUser = () => person(store.state?.bot.user_id);
export const botDirect = () =>
  find(store.state?.channels, (each) => each.is_im && each.members.includes(myself()?.id));
export const isInside = () => {
  const home = find(store.state?.teams, (team) => team.bot);
  return myself()?.team_id === home?.id;
};
export const zone = () => myself()?.tz ?? "Europe/Copenhagen";

const byTime = (a, b) => (a.ts < b.ts ? -1 : a.ts > b.ts ? 1 : 0);

export const isReply = (message) => Boolean(message.thread_ts) && message.thread_ts !== message.ts;

export const rootsIn = (channel, state = store.state) =>
  state.messages.filter((each) => each.channel === channel && !isReply(each)).sort(byTime);

export const repliesTo = (channel, ts, state = store.state) =>
  state.messages.filter((each) => each.channel === channel && isReply(each) && each.thread_ts === ts).sort(byTime);

export const messageAt = (channel, ts) =>
  find(store.state?.messages, (each) => each.channel === channel && each.ts === ts);

export const now = () => new Date(Date.parse(store.state.now) + (performance.now() - store.fetchedAt));
