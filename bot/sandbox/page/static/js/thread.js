// The thread beside the channel.

import { composer } from "./composer.js";
import { h, icon, swap } from "./dom.js";
import { language, t } from "./i18n.js";
import { atBottom, messageList, showMessages } from "./messages.js";
import { go } from "./route.js";
import { channelOf, messageAt, myself, repliesTo, store } from "./store.js";
import { markRead } from "./unread.js";

export function showThread() {
  const old = document.querySelector("#thread");
  const { channel, thread } = store.place;
  const root = thread && messageAt(channel, thread);
  document.body.classList.toggle("shows-thread", Boolean(root));
  const signature = root ? JSON.stringify([store.me, channel, thread, language()]) : "";
  if ((old.signature ?? "") !== signature) {
    const fresh = root ? build(channel, thread) : h("aside", { id: "thread", hidden: true });
    fresh.signature = signature;
    swap(old, fresh);
  }
  if (!root) return;
  const list = document.querySelector("#thread-list");
  const stay = atBottom(list);
  const replies = repliesTo(channel, thread);
  showMessages(list, [root, ...replies], { thread: true, first: root.ts, target: store.place.ts, place: `${channel}:${thread}` });
  if (stay && document.hasFocus()) markRead(`${channel}:${thread}`, replies.at(-1)?.ts ?? "0");
}

function build(channel, thread) {
  const place = channelOf(channel);
  const name = place.is_im ? "" : `#${place.name}`;
  const close = () => {
    go({ thread: null, ts: null });
    document.querySelector("#conversation")?.focus();
  };
  return h("aside", { id: "thread", "aria-label": t("thread"), tabindex: "-1", onkeydown: (event) => event.key === "Escape" && close() },
    h("header", { class: "heading" }, h("h2", {}, t("thread")), h("span", { class: "small" }, name),
      h("button", { type: "button", class: "bare end", "aria-label": t("closeThread"), onclick: close }, icon("close"))),
    messageList("thread-list", t("thread")),
    place.members.includes(myself().id) && !place.is_archived
      ? composer({ channel, thread, label: t("replyPlaceholder") }) : null);
}
