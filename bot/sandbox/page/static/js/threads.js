// All the threads I take part in, the one with the newest word first.

import { avatar } from "./avatar.js";
import { h } from "./dom.js";
import { t } from "./i18n.js";
import { plainly } from "./mrkdwn.js";
import { openThread } from "./route.js";
import { channelOf, messageAt, myself, person, repliesTo, store } from "./store.js";
import { clockTime, dayName, moment } from "./time.js";
import { threadsOf, unreadOf } from "./unread.js";

export function myThreads() {
  const counts = unreadOf(store.state, myself());
  const found = [...threadsOf(store.state, myself())].map((place) => {
    const [channel, ts] = place.split(":");
    return { place, root: messageAt(channel, ts), replies: repliesTo(channel, ts) };
  }).filter(({ root, replies }) => root && replies.length);
  found.sort((a, b) => (a.replies.at(-1).ts < b.replies.at(-1).ts ? 1 : -1));
  if (found.length === 0) return h("p", { class: "nothing" }, t("noThreads"));
  return h("ul", { class: "thread-list" }, found.map(({ place, root, replies }) => {
    const last = replies.at(-1);
    const when = moment(last.ts);
    const name = channelOf(root.channel)?.name;
    return h("li", {}, h("button", { type: "button", class: "thread-entry", "data-focus": place, onclick: () => openThread(root.channel, root.ts) },
      h("span", { class: "small" }, name ? `#${name}` : "", counts[place] ? h("span", { class: "badge" }, String(counts[place])) : null),
      h("span", { class: "clip" }, plainly(root.text).split("\n")[0]),
      h("span", { class: "small" }, avatar(person(last.user), "tiny"), `${t("replies", { n: replies.length })} · ${t("lastReply", { when: `${dayName(when)} ${clockTime(when)}` })}`)));
  }));
}
