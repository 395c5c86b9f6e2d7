// The bar at the top: workspace, the demo's clock, who I am, and what a demo offers besides.

import { avatar } from "./avatar.js";
import { tomorrow } from "./clock.js";
import { startOver } from "./client.js";
import { sure } from "./confirm.js";
import { h, icon, swap } from "./dom.js";
import { choose, language, LANGUAGES, t } from "./i18n.js";
import { openMenu } from "./menu.js";
import { tell } from "./notices.js";
import { become, go } from "./route.js";
import { myself, now, refresh, store } from "./store.js";
import { clockTime, longDay } from "./time.js";
import { isTourOpen, toggleTour } from "./tour.js";
import { waitingFor } from "./unread.js";
import { isWireOpen, toggleWire } from "./wire.js";

let busy = "";

export function showTop() {
  const old = document.querySelector("#top");
  const signature = JSON.stringify([
    store.me, store.state.users, store.state.teams, store.alive, language(), busy, isTourOpen(), isWireOpen(),
    store.state.bot_connected, store.whole.users.map(waitingFor), store.about,
  ]);
  if (old.signature !== signature) {
    const fresh = h("header", { id: "top" }, workspace(), store.about.clock ? clock() : null, tools(), me());
    fresh.signature = signature;
    swap(old, fresh);
  }
  tick();
}

function workspace() {
  const home = store.state.teams.find((team) => team.id === myself()?.team_id) ?? store.state.teams[0];
  const away = !store.alive || !store.state.bot_connected;
  return h("div", { class: "workspace" },
    h("button", { type: "button", class: "bare on-dark only-narrow", "aria-label": t("channels"), onclick: () => go({ view: "list", thread: null }) }, icon("menu")),
    h("h1", {}, home.name),
    h("p", { class: "standin" }, t("notSlack")),
    away ? h("p", { class: "away-note", role: "status" }, store.alive ? t("botAway") : t("standinAway")) : null);
}

function clock() {
  return h("div", { class: "clock" },
    icon("clock"), h("time", { id: "now" }),
    h("button", {
      type: "button", class: "button on-dark", "data-focus": "tomorrow", disabled: busy === "clock", "aria-busy": busy === "clock" ? "true" : null,
      onclick: () => during("clock", tomorrow),
    }, busy === "clock" ? t("clockMoving") : t("tomorrow8")));
}

function tools() {
  const tool = (name, sign, label, pressed, run) =>
    h("button", { type: "button", class: "button on-dark tool", "data-focus": name, "aria-pressed": pressed, "aria-label": label, title: label, onclick: run },
      icon(sign), h("span", { class: "words" }, label));
  return h("div", { class: "tools" },
    hasTour() ? tool("tour", "map", t("tour"), String(isTourOpen()), toggleTour) : null,
    tool("wire", "wire", t("wire"), String(isWireOpen()), toggleWire),
    store.about.start_over ? tool("again", "again", t("startOver"), null, again) : null,
    h("button", {
      type: "button", class: "button on-dark", "data-focus": "language", "aria-haspopup": "menu", "aria-expanded": "false", "aria-label": `${t("language")}: ${LANGUAGES[language()].name}`,
      onclick: (event) => openMenu(event.currentTarget, Object.entries(LANGUAGES).map(([code, each]) => ({
        label: each.name, checked: code === language(), run: () => choose(code),
      }))),
    }, language().toUpperCase()));
}

const hasTour = () => Object.keys(store.about.guide?.tours ?? {}).length > 0;

function me() {
  const user = myself();
  return h("button", {
    type: "button", class: "me on-dark", "data-focus": "me", id: "me", "aria-haspopup": "menu", "aria-expanded": "false",
    onclick: (event) => openMenu(event.currentTarget, peopleItems(), { label: t("whoAreYou") }),
  }, avatar(user, "small"),
    h("span", {}, h("span", { class: "unseen" }, `${t("youAre")} `), h("bdi", { class: "name" }, user?.real_name ?? store.me), h("span", { class: "title" }, user?.title ?? "")), icon("down"));
}

// Everybody of the demo, by workspace, with what the stand-in knows of their work.
function peopleItems() {
  return store.whole.teams.flatMap((team) => [
    { separator: team.name },
    ...store.whole.users.filter((user) => user.team_id === team.id && !user.is_bot && !user.deleted).map((user) => {
      const n = waitingFor(user);
      return {
        label: user.real_name, hint: user.title, checked: user.handle === store.me, mark: avatar(user, "small"),
        badge: n ? h("span", { class: "badge", "aria-label": t("unread", { n }) }, String(n)) : null,
        run: () => become(user.handle),
      };
    }),
  ]);
}

async function during(what, doing) {
  busy = what;
  showTop();
  try {
    await doing();
  } finally {
    busy = "";
    await refresh();
    showTop();
  }
}

async function again() {
  if (!(await sure(t("startOver"), t("startOverText"), t("startOver")))) return;
  await during("again", async () => {
    const answer = await startOver();
    if (answer.ok) {
      become(store.me);
      tell(t("startedOver"));
    } else tell(t("errorOther", { why: answer.error }), { wrong: true });
  });
}

function tick() {
  const shown = document.querySelector("#now");
  if (!shown) return;
  const at = now();
  shown.textContent = `${longDay(at)}, ${clockTime(at)}`;
  shown.dateTime = at.toISOString();
}

setInterval(() => store.state && tick(), 5000);
