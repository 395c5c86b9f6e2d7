// The middle of the page: a channel, a conversation with the bot and its Home, or the list of my threads.

import { composer } from "./composer.js";
import { h, icon, swap } from "./dom.js";
import { leaveHome, showHome } from "./home.js";
import { language, t } from "./i18n.js";
import { atBottom, messageList, showMessages } from "./messages.js";
import { explain, tell } from "./notices.js";
import { go, shownChannel } from "./route.js";
import { act, botUser, channelOf, isInside, myself, person, rootsIn, store } from "./store.js";
import { myThreads } from "./threads.js";
import { markRead } from "./unread.js";

const isBotPlace = (id) => id === "bot" || Boolean(channelOf(id)?.is_im);

export function showConversation() {
  const main = document.querySelector("#conversation");
  document.body.classList.toggle("shows-list", store.place.view === "list");
  if (store.place.view === "threads") leaveHome();
  if (store.place.view === "threads") return showFrame(main, `threads ${store.me} ${store.state.seq}`, threadsFrame);
  const id = shownChannel();
  const channel = channelOf(id);
  if (!channel && id !== "bot") return showFrame(main, `none ${id}`, () => [h("p", { class: "nothing" }, t("noSuchChannel"))]);
  const tab = isBotPlace(id) && isInside() ? store.place.tab : "messages";
  const member = !channel || channel.members.includes(myself().id);
  showFrame(main, JSON.stringify([store.me, id, tab, member, channel?.is_archived, channel?.members, channel?.name]), () => [
    heading(id, channel, tab),
    tab === "home" ? h("div", { id: "home", role: "tabpanel", "aria-label": t("home"), tabindex: "0" }) : messageList("conversation-list", t("messagesIn", { name: nameOf(id, channel) })),
    tab === "home" ? null : foot(id, channel, member),
  ]);
  if (tab === "home") return showHome();
  leaveHome();
  const list = document.querySelector("#conversation-list");
  const stay = atBottom(list);
  showMessages(list, channel ? rootsIn(channel.id) : [], { thread: false, target: store.place.ts, place: id });
  if (channel && stay && document.hasFocus()) markRead(channel.id, rootsIn(channel.id).at(-1)?.ts ?? "0");
}

function showFrame(main, signature, build) {
  const whole = `${language()} ${signature}`;
  if (main.signature === whole) return;
  const fresh = h("main", { id: "conversation", tabindex: "-1" }, build());
  fresh.signature = whole;
  swap(main, fresh);
}

function threadsFrame() {
  return [h("header", { class: "heading" }, back(), h("h2", {}, t("threads"))), myThreads()];
}

const back = () =>
  h("button", { type: "button", class: "bare only-narrow", "aria-label": t("channels"), onclick: () => go({ view: "list", thread: null }) }, icon("back"));

const nameOf = (id, channel) => (isBotPlace(id) ? botUser().real_name : `#${channel.name}`);

function heading(id, channel, tab) {
  const isBot = isBotPlace(id);
  const tabs = isBot && isInside() ? h("div", { role: "tablist", class: "tabs", "aria-label": botUser().real_name, onkeydown: turn },
    tabButton("home", tab), tabButton("messages", tab)) : null;
  const people = channel && !isBot ? h("button", { type: "button", class: "bare members", "data-focus": "members", onclick: () => tell(names(channel)) }, t("members", { n: channel.members.length })) : null;
  return h("header", { class: "heading" }, back(),
    h("h2", { id: "conversation-name" }, isBot ? null : channel.is_private ? icon("lock") : null, nameOf(id, channel)),
    channel?.is_ext_shared ? h("span", { class: "tag" }, t("shared")) : null, people, tabs);
}

const names = (channel) => channel.members.map((id) => person(id)?.real_name ?? id).join(", ");

function tabButton(name, tab) {
  return h("button", {
    type: "button", role: "tab", "aria-selected": String(name === tab), tabindex: name === tab ? "0" : "-1", "data-focus": `tab-${name}`,
    onclick: () => openTab(name),
  }, name === "home" ? t("home") : t("messages"));
}

export function openTab(name) {
  go({ tab: name === "home" ? "home" : null, channel: "bot" });
}

function turn(event) {
  if (event.key !== "ArrowLeft" && event.key !== "ArrowRight") return;
  const next = store.place.tab === "home" ? "messages" : "home";
  openTab(next);
  requestAnimationFrame(() => document.querySelector(`[data-focus="tab-${next}"]`)?.focus());
}

function foot(id, channel, member) {
  if (channel?.is_archived) return h("p", { class: "no-composer" }, t("archived"));
  if (!member) {
    return h("div", { class: "no-composer" }, t("notMember"), " ",
      h("button", { type: "button", class: "button primary", onclick: async () => {
        const answer = await act("join", { channel: id });
        if (!answer.ok) tell(explain(answer.error), { wrong: true });
      } }, t("join")));
  }
  return composer({ channel: id === "bot" ? `@${botUser().handle}` : id, label: t("writeTo", { name: nameOf(id, channel) }) });
}
