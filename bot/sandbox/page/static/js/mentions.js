// People, channels, links and dates inside a text.

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { go, messageLink } from "./route.js";
import { channelOf, myself, person, store } from "./store.js";
import { slackDate } from "./time.js";

const SAFE = new Set(["http:", "https:", "mailto:", "tel:"]);

export function mention(id, label = null) {
  const who = person(id);
  const name = who?.real_name ?? label ?? id;
  return h("span", { class: id === myself()?.id ? "mention me" : "mention", title: who?.title || null }, h("bdi", {}, `@${name}`));
}

export function channelLink(id, label = null) {
  const channel = channelOf(id);
  if (!channel) {
    const named = label ?? store.whole?.channels.find((each) => each.id === id && !each.is_private)?.name;
    return h("span", { class: "mention" }, icon("lock"), named ? `#${named}` : t("privateChannel"));
  }
  return h("a", { class: "mention", href: `#channel=${id}`, onclick: (event) => {
    event.preventDefault();
    go({ channel: id, thread: null, tab: null, ts: null, view: null });
  } }, `#${channel.name}`);
}

export const broadcast = (range, label = null) => h("span", { class: "mention" }, `@${(label ?? range).replace(/^@/, "")}`);

export function special(target, label) {
  const [kind, ...parts] = target.split("^");
  if (kind === "date") return dated(parts, label);
  if (kind === "subteam") return h("span", { class: "mention" }, label ?? `@${parts[0]}`);
  return null;
}

export function dated([epoch, pattern, url], fallback) {
  const said = Number.isFinite(Number(epoch)) && pattern ? slackDate(epoch, pattern) : fallback ?? "";
  const time = h("time", {}, said);
  return url ? link(url, time) : time;
}

// A link opens beside the page; a link to a message of this workspace leads there; a strange scheme is only text.
export function link(target, label = null) {
  const shown = label ?? target.replace(/^(?:mailto|tel):/, "");
  let url;
  try {
    url = new URL(target);
  } catch {
    return h("span", {}, shown);
  }
  if (!SAFE.has(url.protocol)) return h("span", {}, shown);
  const inside = messageLink(url);
  if (inside) return h("a", { href: url.href, onclick: (event) => {
    event.preventDefault();
    visit(inside);
  } }, shown);
  const beside = url.protocol.startsWith("http") ? { target: "_blank", rel: "noopener noreferrer" } : {};
  return h("a", { href: url.href, ...beside }, shown);
}

export function visit({ channel, ts, thread }) {
  const root = thread ?? ts;
  const opens = thread || store.state.messages.some((each) => each.channel === channel && each.thread_ts === ts);
  go({ channel, thread: opens ? root : null, tab: null, view: null, ts });
}
