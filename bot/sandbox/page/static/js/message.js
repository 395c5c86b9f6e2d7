// One message: who, when, what; only for me; edited; reactions; the thread below it; what I can do with it.

import { avatar } from "./avatar.js";
import { blocks } from "./blocks/index.js";
import { h, icon, newId } from "./dom.js";
import { t } from "./i18n.js";
import { mrkdwn } from "./mrkdwn.js";
import { messageTools } from "./message_tools.js";
import { reactions } from "./reactions.js";
import { openThread } from "./route.js";
import { myself, person } from "./store.js";
import { surface } from "./surface.js";
import { clockTime, dayName, fullTime, moment } from "./time.js";
import { lastRead } from "./unread.js";

const LONG = 700; // pixels after which a text is folded

export const dismissed = new Set(); // ephemeral messages a person put away

export function message(each, { follows, thread, replies }) {
  const who = person(each.user);
  const id = newId("who");
  const mine = each.user === myself()?.id;
  const kinds = ["message", follows ? "follows" : "", each.ephemeral_to ? "ephemeral" : "", each.subtype ?? ""];
  if (each.ephemeral_to && dismissed.has(each.ts)) return h("li", { hidden: true });
  const node = h("li", { class: kinds.filter(Boolean).join(" "), tabindex: "-1", "aria-labelledby": id, "data-ts": each.ts },
    follows ? h("span", { class: "gutter" }, time(each)) : avatar(who),
    h("div", { class: "body" },
      h("div", { class: follows ? "who unseen" : "who", id },
        h("bdi", { class: "name" }, each.subtype === "tombstone" ? t("deletedWriter") : who?.real_name ?? each.user),
        who?.is_bot ? h("span", { class: "app" }, t("app")) : null, " ", follows ? null : time(each)),
      each.ephemeral_to ? ephemeral(each) : null,
      content(each),
      each.edited_ts ? h("span", { class: "edited" }, t("edited")) : null,
      reactions(each),
      replies.length ? threadBar(each, replies) : null),
    each.subtype === "tombstone" ? null : messageTools(each, { mine, thread }));
  return node;
}

const time = (each) => h("time", { datetime: moment(each.ts).toISOString(), title: fullTime(moment(each.ts)) }, clockTime(moment(each.ts)));

function ephemeral(each) {
  return h("div", { class: "only-you" }, icon("eye"), t("onlyYou"), " · ",
    h("button", { type: "button", class: "bare link", onclick: (event) => {
      dismissed.add(each.ts);
      event.currentTarget.closest(".message").remove();
    } }, t("dismiss")));
}

function content(each) {
  if (each.subtype === "tombstone") return h("p", { class: "gone" }, t("deleted"));
  const where = surface({ channel: each.channel, ts: each.ts });
  const attached = (each.attachments ?? []).map((part) =>
    h("div", { class: "attachment" }, part.blocks ? blocks(part.blocks, where) : mrkdwn(part.text ?? part.fallback ?? "")));
  const files = (each.files ?? []).map((file) => h("div", { class: "file" }, `▤ ${file.title || file.name}`));
  const shown = each.blocks.length ? blocks(each.blocks, where) : h("div", { class: "text" }, mrkdwn(each.text));
  return folded(h("div", { class: "content" }, shown, attached, files));
}

// A very long text is folded to some lines until somebody wants all of it.
function folded(box) {
  requestAnimationFrame(() => {
    if (box.scrollHeight < LONG * 1.3 || box.querySelector("[data-action]")) return;
    box.classList.add("folded");
    box.after(h("button", { type: "button", class: "bare link", "aria-expanded": "false", onclick: (event) => {
      const open = box.classList.toggle("folded");
      event.currentTarget.setAttribute("aria-expanded", String(!open));
      event.currentTarget.textContent = open ? t("showMore") : t("showLess");
    } }, t("showMore")));
  });
  return box;
}

function threadBar(root, replies) {
  const writers = [...new Set(replies.map((each) => each.user))].slice(0, 4);
  const last = moment(replies.at(-1).ts);
  const fresh = replies.some((each) => each.ts > lastRead(`${root.channel}:${root.ts}`) && each.user !== myself()?.id);
  return h("button", {
    type: "button", class: fresh ? "thread-bar fresh" : "thread-bar", "data-focus": `thread ${root.ts}`, onclick: () => openThread(root.channel, root.ts),
  }, writers.map((id) => avatar(person(id), "tiny")), h("strong", {}, t("replies", { n: replies.length })),
    fresh ? h("span", { class: "badge" }, t("fresh")) : null,
    h("span", { class: "small" }, t("lastReply", { when: `${dayName(last)} ${clockTime(last)}` })));
}
