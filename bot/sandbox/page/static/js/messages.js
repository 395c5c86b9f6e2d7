// A list of messages: days, groups by writer, what is new, and a way through it by arrow keys.

import { h, keepList } from "./dom.js";
import { language, t } from "./i18n.js";
import { message } from "./message.js";
import { myself, repliesTo, store } from "./store.js";
import { dayKey, dayName, moment } from "./time.js";
import { lastRead } from "./unread.js";

const TOGETHER_SECONDS = 300;
const NEAR_PIXELS = 80;

export const messageList = (id, label) =>
  h("ol", { class: "messages", id, role: "list", "aria-label": label, tabindex: "0", onkeydown: walk });

export const atBottom = (list) => list.children.length === 0 || list.scrollHeight - list.scrollTop - list.clientHeight < NEAR_PIXELS;

export function showMessages(list, messages, { thread, target = null, first = null, place = "" }) {
  list.seenUntil ??= lastRead(place); // as it was when the list was opened
  const stay = atBottom(list);
  const newest = list.newest ?? "0";
  const last = messages.at(-1)?.ts ?? "0";
  keepList(list, rows(messages, { thread, first, seenUntil: list.seenUntil }), (row) => row.key, (row) => row.signature, (row) => row.make());
  list.newest = last;
  const wanted = target && list.querySelector(`[data-key="${CSS.escape(target)}"]`);
  if (wanted && list.target !== target) {
    list.target = target;
    wanted.scrollIntoView({ block: "center" });
    wanted.classList.add("pointed-at");
    wanted.focus({ preventScroll: true });
  } else if (stay || (last > newest && messages.at(-1)?.user === myself()?.id)) list.scrollTop = list.scrollHeight;
}

function rows(messages, { thread, first, seenUntil }) {
  const found = [];
  let day = "";
  let before = null;
  const fresh = seenUntil > "0" && messages.find((each) => each.ts > seenUntil && each.user !== myself()?.id && each.ts !== first)?.ts;
  for (const each of messages) {
    const at = moment(each.ts);
    if (dayKey(at) !== day && !thread) {
      day = dayKey(at);
      const name = dayName(at);
      found.push({ key: `day ${day}`, signature: name, make: () => h("li", { class: "day" }, h("span", {}, name)) });
      before = null;
    }
    if (each.ts === fresh) {
      found.push({ key: "fresh", signature: language(), make: () => h("li", { class: "day new" }, h("span", {}, t("newMessages"))) });
      before = null;
    }
    const follows = before && !before.subtype && before.user === each.user && !before.ephemeral_to === !each.ephemeral_to
      && Number(each.ts) - Number(before.ts) < TOGETHER_SECONDS;
    const replies = thread ? [] : repliesTo(each.channel, each.ts);
    const look = { follows: Boolean(follows), thread, replies };
    found.push({ key: each.ts, signature: JSON.stringify([each, look, store.me, language()]), make: () => message(each, look) });
    if (first === each.ts && messages.length > 1) {
      const n = messages.length - 1;
      found.push({ key: "count", signature: `${n} ${language()}`, make: () => h("li", { class: "day" }, h("span", {}, t("replies", { n }))) });
      before = null;
    } else before = each;
  }
  return found;
}

// Up and down go from message to message; what can be used in one is reached with Tab from there.
function walk(event) {
  if (!["ArrowUp", "ArrowDown", "Home", "End"].includes(event.key) || event.target.closest("input,textarea,[role=menu],[role=radiogroup]")) return;
  const list = event.currentTarget;
  const all = [...list.querySelectorAll(":scope > .message")];
  const at = all.indexOf(event.target.closest(".message"));
  const next = { ArrowUp: at < 0 ? all.length - 1 : at - 1, ArrowDown: at < 0 ? 0 : at + 1, Home: 0, End: all.length - 1 }[event.key];
  if (!all[next]) return;
  event.preventDefault();
  all[next].focus();
  all[next].scrollIntoView({ block: "nearest" });
}
