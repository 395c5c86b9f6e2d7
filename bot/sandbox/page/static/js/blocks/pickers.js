// Day, time of day, and both: the browser's own pickers, which every keyboard and screen reader knows.

import { h } from "../dom.js";
import { t } from "../i18n.js";
import { fromLocal, toLocal } from "../time.js";

const SETTLE_MS = 600; // typing a year passes through years nobody means

function field(type, value, at, more = {}) {
  return h("input", {
    type, value: value ?? "", class: "text picker",
    "aria-invalid": at.invalid ? "true" : null,
    "aria-required": at.required ? "true" : null,
    ...more,
  });
}

const label = (each, at) =>
  at.labelledBy ? {} : { "aria-label": each.placeholder?.text ?? each.action_id };

function settled(node, emit) {
  let waiting = 0;
  const now = () => {
    clearTimeout(waiting);
    if (node.validity.valid && !/^0/.test(node.value)) emit(node.value || null);
  };
  node.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(now, SETTLE_MS);
  });
  node.addEventListener("blur", () => waiting && now());
  return node;
}

const single = (type) => (each, at) => {
  const node = field(type, at.surface.held(at.block, each), at, {
    id: at.id, "aria-describedby": at.describedBy, "data-focus": at.focus, ...label(each, at),
  });
  node.addEventListener("input", () => at.surface.keep(at.block, each, node.value || null));
  const emit = (value) => at.surface.use(at.block, each, value);
  return type === "date" ? settled(node, emit) : settledTime(node, emit);
};

function settledTime(node, emit) {
  let waiting = 0;
  node.addEventListener("change", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => node.value && emit(node.value), SETTLE_MS);
  });
  return node;
}

export const datePicker = single("date");
export const timePicker = single("time");

export function momentPicker(each, at) {
  const held = at.surface.held(at.block, each);
  const local = held ? toLocal(new Date(held * 1000)) : { day: "", time: "" };
  const day = field("date", local.day, at, { id: at.id, "aria-label": t("day"), "aria-describedby": at.describedBy, "data-focus": `${at.focus}|day` });
  const time = field("time", local.time, at, { "aria-label": t("time"), "data-focus": `${at.focus}|time` });
  const value = () => (day.value && time.value && !/^0/.test(day.value) ? Math.floor(fromLocal(day.value, time.value) / 1000) : null);
  let waiting = 0;
  for (const node of [day, time]) {
    node.addEventListener("input", () => at.surface.keep(at.block, each, value()));
    node.addEventListener("change", () => {
      clearTimeout(waiting);
      waiting = setTimeout(() => value() !== null && at.surface.use(at.block, each, value()), SETTLE_MS);
    });
  }
  return h("div", {
    class: "moment", role: "group", "aria-labelledby": at.labelledBy, "aria-describedby": at.describedBy,
    "aria-label": at.labelledBy ? null : each.action_id,
  }, day, time);
}
