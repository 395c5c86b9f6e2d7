// The guided tour beside the page: its texts are the demo's, its ticks come from what happened.

import { wireAfter } from "./client.js";
import { h, icon, swap } from "./dom.js";
import { language, t } from "./i18n.js";
import { happened, markOf } from "./judge.js";
import { mrkdwn } from "./mrkdwn.js";
import { announce } from "./notices.js";
import { go } from "./route.js";
import { changed, store } from "./store.js";

const OPEN = "page.tour";
const KEPT = "page.tour.done";
const NARROW = 700;

const tours = () => store.about.guide?.tours ?? {};
const tour = () => tours()[language()] ?? Object.values(tours())[0];

let open = null;

export function isTourOpen() {
  open ??= (localStorage.getItem(OPEN) ?? (innerWidth > NARROW ? "open" : "closed")) === "open";
  return open && Boolean(tour());
}

export function toggleTour() {
  open = !isTourOpen();
  localStorage.setItem(OPEN, open ? "open" : "closed");
  changed();
  requestAnimationFrame(() => document.querySelector(open ? "#tour" : "[data-focus=tour]")?.focus());
}

// What was seen and what is done by the people of this tour, since the demo's beginning.
function memory() {
  let casts = {};
  try {
    const kept = JSON.parse(localStorage.getItem(KEPT));
    if (kept.age === store.whole.age) casts = kept.casts;
  } catch {
    // nothing kept, or nothing that can be read
  }
  return { casts, done: [], seen: [], ...casts[tour().cast] };
}

// A window that opens in the middle learns from the wire which buttons were pressed before it came.
let asked = null;
let pressed = [];

async function lookBack() {
  if (asked === store.whole.age) return;
  asked = store.whole.age;
  pressed = [];
  const handles = new Map(store.whole.users.map((user) => [user.id, user.handle]));
  const lines = await wireAfter(0);
  pressed = (Array.isArray(lines) ? lines : []).filter((line) => line.kind === "interactive")
    .map((line) => markOf(handles.get(line.body?.user?.id ?? line.body?.payload?.user?.id), line.method));
  changed();
}

// Steps are done in their order; a later one is only looked at when those before it have happened.
function judged() {
  const { casts, done, seen } = memory();
  const marks = new Set([...seen, ...pressed]);
  const before = done.length;
  tour().steps.forEach((step, index) => {
    const now = happened(store.whole, step.done, marks);
    if (now && done.length === index) done.push(step.id);
  });
  casts[tour().cast] = { done, seen: [...marks] };
  localStorage.setItem(KEPT, JSON.stringify({ age: store.whole.age, casts }));
  return { done, fresh: done.length > before };
}

export function showTour() {
  const old = document.querySelector("#tour");
  document.body.classList.toggle("shows-tour", isTourOpen());
  if (tour()) lookBack();
  const { done, fresh } = tour() ? judged() : { done: [], fresh: false };
  const signature = isTourOpen() ? JSON.stringify([done, language(), store.me, store.about]) : "closed";
  if (old.signature === signature) return;
  const node = isTourOpen() ? build(done) : h("aside", { id: "tour", hidden: true });
  node.signature = signature;
  swap(old, node);
  if (!isTourOpen()) return;
  node.querySelector(".current")?.scrollIntoView({ block: "nearest" });
  if (fresh) announce(t("stepDone", { n: done.length, of: tour().steps.length }));
}

function build(done) {
  const { title, intro, end, steps } = tour();
  const current = steps.find((step) => !done.includes(step.id));
  return h("aside", { id: "tour", "aria-label": title, tabindex: "-1" },
    h("header", { class: "heading" }, h("h2", {}, title), h("span", { class: "small" }, `${done.length}/${steps.length}`),
      h("button", { type: "button", class: "bare end", "aria-label": t("closeTour"), "data-focus": "tour-close", onclick: toggleTour }, icon("close"))),
    h("div", { class: "tour-body" }, h("p", { class: "intro" }, intro),
      h("ol", {}, steps.map((step) => stepRow(step, done.includes(step.id), step === current))),
      current ? null : h("p", { class: "end" }, end)));
}

function stepRow(step, isDone, isCurrent) {
  const state = isDone ? t("stepIsDone") : isCurrent ? t("stepIsNext") : t("stepIsLater");
  const person = store.whole.users.find((user) => user.handle === step.as);
  return h("li", { class: isDone ? "done" : isCurrent ? "current" : "later", "data-step": step.id, "aria-current": isCurrent ? "step" : null },
    h("span", { class: "tick", role: "img", "aria-label": state }, isDone ? icon("check") : null),
    h("div", {}, mrkdwn(step.text), isCurrent ? h("div", { class: "step-tools" },
      h("button", { type: "button", class: "button", "data-focus": `step ${step.id}`, onclick: () => lead(step) },
        step.as === store.me ? t("showMe") : t("becomePerson", { name: person?.real_name ?? step.as })),
      step.say ? h("button", { type: "button", class: "button", "data-focus": `say ${step.id}`, onclick: () => write(step) }, t("writeForMe")) : null) : null));
}

// Become the person of the step and go where it happens.
function lead(step) {
  const channel = store.whole.channels.find((each) => each.name === step.open)?.id;
  const place = channel ? { channel, tab: null } : { channel: "bot", tab: step.open === "home" ? "home" : null };
  go({ as: step.as, thread: null, ts: null, view: null, ...place });
}

function write(step) {
  lead(step);
  const fill = (tries) => {
    const box = document.querySelector("#conversation .writes");
    if (!box || store.me !== step.as || !store.state) return tries && setTimeout(() => fill(tries - 1), 50);
    box.value = step.say;
    box.dispatchEvent(new Event("input"));
    box.focus();
    return null;
  };
  fill(40);
}
