// What went over the wire between the bot and Slack: every call, event and answer, for developers.

import { wireAfter } from "./client.js";
import { h, icon } from "./dom.js";
import { language, t } from "./i18n.js";
import { changed, store } from "./store.js";
import { exactTime } from "./time.js";

const MOST = 400;
const KINDS = ["api", "event", "command", "interactive", "ack", "response_url", "socket"];

let open = false;
let last = 0;
let age = null;
let asking = false;
let shown = "";

export const isWireOpen = () => open;

export function toggleWire() {
  open = !open;
  changed();
  if (open) requestAnimationFrame(() => document.querySelector("#wire")?.focus());
}

export function showWire() {
  const place = document.querySelector("#wire");
  place.hidden = !open;
  if (!open) return;
  if (place.signature !== language()) {
    place.signature = language();
    last = 0;
    build(place);
  }
  if (age !== store.state.age) {
    age = store.state.age;
    last = 0;
    place.querySelector("ol").replaceChildren();
  }
  if (store.state.seq > last) more(place.querySelector("ol"));
}

function build(place) {
  const close = h("button", { type: "button", class: "bare end", "aria-label": t("closeWire"), onclick: toggleWire }, icon("close"));
  const filter = h("select", { class: "text", id: "wire-kind", onchange: (event) => {
    shown = event.target.value;
    for (const row of place.querySelectorAll("li")) row.hidden = shown !== "" && row.dataset.kind !== shown;
  } }, h("option", { value: "" }, t("everything")), KINDS.map((kind) => h("option", { value: kind, selected: kind === shown }, kind)));
  place.setAttribute("aria-label", t("wire"));
  place.setAttribute("tabindex", "-1");
  place.onkeydown = (event) => event.key === "Escape" && toggleWire();
  place.replaceChildren(
    h("header", { class: "heading" }, h("h2", {}, t("wire")), h("label", { for: "wire-kind", class: "small" }, t("show")), filter, close),
    h("ol", { tabindex: "0", "aria-label": t("wire") }));
}

async function more(list) {
  if (asking) return;
  asking = true;
  const lines = await wireAfter(last);
  asking = false;
  if (!Array.isArray(lines)) return;
  const stay = list.scrollHeight - list.scrollTop - list.clientHeight < 60;
  for (const line of lines) {
    last = Math.max(last, line.seq);
    list.append(row(line));
  }
  last = Math.max(last, lines.at(-1)?.seq ?? 0);
  while (list.children.length > MOST) list.firstChild.remove();
  if (stay) list.scrollTop = list.scrollHeight;
}

function row(line) {
  const failed = (line.status ?? 200) >= 400 || line.answer?.ok === false;
  const box = h("details", { ontoggle: () => {
    if (box.open && box.children.length === 1) box.append(h("pre", { tabindex: "0" }, JSON.stringify({ body: line.body, answer: line.answer ?? undefined }, null, 2)));
  } }, h("summary", {},
    h("span", { class: "seq" }, String(line.seq)), h("time", { datetime: line.at }, exactTime(new Date(line.at))),
    h("span", { class: `dir ${line.dir}` }, line.dir === "in" ? t("fromBot") : t("toBot")),
    h("span", { class: "kind" }, line.kind), h("strong", {}, line.method),
    line.status || failed ? h("span", { class: failed ? "status failed" : "status" }, failed ? line.answer?.error ?? line.status : line.status) : null));
  return h("li", { "data-kind": line.kind, hidden: shown !== "" && shown !== line.kind }, box);
}
