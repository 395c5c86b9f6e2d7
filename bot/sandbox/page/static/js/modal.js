// The app's forms: one on top of another, errors under their fields, answers that push, update or close.

import { blocks } from "./blocks/index.js";
import { h, icon, newId } from "./dom.js";
import { t } from "./i18n.js";
import { said } from "./blocks/layout.js";
import { explain } from "./notices.js";
import { act, myself, store } from "./store.js";
import { forget, surface } from "./surface.js";

let dialog = null;
let opener = null;
let known = new Set();

export function showModal() {
  const stack = store.state.views.filter((view) => view.user === myself()?.id);
  const top = stack.at(-1);
  for (const id of known) if (!stack.some((view) => view.id === id)) forget({ view_id: id });
  known = new Set(stack.map((view) => view.id));
  if (!top) return takeAway();
  const signature = JSON.stringify([top.id, top.hash, top.errors, stack.length, store.me]);
  if (dialog?.signature === signature) return;
  const focused = dialog?.contains(document.activeElement) ? document.activeElement.dataset.focus : null;
  const scrolled = dialog?.viewId === top.id ? dialog.querySelector(".fields-of-form").scrollTop : 0;
  if (!dialog) {
    opener = document.activeElement;
    dialog = h("dialog", { class: "modal" });
    dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      close(dialog.viewId);
    });
    dialog.addEventListener("close", closedByBrowser);
    dialog.addEventListener("keydown", trap);
    document.body.append(dialog);
  }
  build(top, stack.length);
  dialog.signature = signature;
  if (!dialog.open) dialog.showModal();
  dialog.querySelector(".fields-of-form").scrollTop = scrolled;
  focus(top, focused);
  dialog.viewId = top.id;
}

// A browser closes a dialog by itself when Escape is pressed twice in a row: then the app's form is closed, too.
function closedByBrowser() {
  if (!dialog) return;
  dialog.signature = null;
  close(dialog.viewId);
}

function takeAway() {
  if (!dialog) return;
  dialog.removeEventListener("close", closedByBrowser);
  dialog.close();
  dialog.remove();
  dialog = null;
  if (opener?.isConnected) opener.focus();
  else document.querySelector("#conversation")?.focus();
}

const close = (view_id, clear = false) => act("close", { view_id, ...(clear ? { clear: true } : {}) });

function build(view, depth) {
  const id = newId("modal");
  const where = surface({ view_id: view.id }, { values: view.state.values, errors: view.errors });
  const wrong = h("p", { class: "form-wrong", role: "alert", hidden: true });
  const submit = view.submit ? h("button", { type: "submit", class: "button primary" }, said(view.submit)) : null;
  const form = h("form", { novalidate: true },
    h("header", { class: "heading" },
      depth > 1 ? h("button", { type: "button", class: "bare", "aria-label": t("back"), onclick: () => close(view.id) }, icon("back")) : null,
      h("h2", { id }, said(view.title)),
      h("button", { type: "button", class: "bare end", "aria-label": t("close"), onclick: () => close(view.id, true) }, icon("close"))),
    h("div", { class: "fields-of-form" }, blocks(view.blocks, where)),
    wrong,
    h("div", { class: "foot" },
      h("button", { type: "button", class: "button", onclick: () => close(view.id) }, view.close ? said(view.close) : t("cancel")), submit));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (!submit || submit.getAttribute("aria-busy")) return;
    submit.setAttribute("aria-busy", "true");
    const answer = await act("submit", { view_id: view.id, values: where.filledIn(view.blocks) });
    submit.removeAttribute("aria-busy");
    const own = store.state.views.find((each) => each.id === view.id)?.errors ?? {};
    if (!answer.ok && Object.keys(own).length === 0 && wrong.isConnected) {
      wrong.hidden = false;
      wrong.textContent = explain(answer.error);
    }
  });
  dialog.setAttribute("aria-labelledby", id);
  dialog.replaceChildren(form);
}

// First what is wrong, else where the focus was, else the first field.
function focus(view, name) {
  const wrong = Object.keys(view.errors)[0];
  const field = wrong && dialog.querySelector(`[data-block="${CSS.escape(wrong)}"] :is(input, textarea, button)`);
  const again = name && [...dialog.querySelectorAll("[data-focus]")].find((each) => each.dataset.focus === name);
  const first = dialog.querySelector("[autofocus], .fields-of-form :is(input, textarea, button, select)") ?? dialog.querySelector(".foot button:last-child");
  if (dialog.viewId === view.id && !wrong && !again && dialog.contains(document.activeElement)) return;
  (field || again || first)?.focus();
}

// Tab stays in the form.
function trap(event) {
  if (event.key !== "Tab") return;
  const all = [...dialog.querySelectorAll("button, input, textarea, select, a[href], summary, [tabindex='0']")].filter((each) => !each.disabled && each.offsetParent !== null);
  const at = all.indexOf(document.activeElement);
  if (event.shiftKey && at <= 0) all.at(-1)?.focus();
  else if (!event.shiftKey && at === all.length - 1) all[0]?.focus();
  else return;
  event.preventDefault();
}
