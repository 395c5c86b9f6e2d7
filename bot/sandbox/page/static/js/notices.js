// Short notices, read out by screen readers and gone after a while.

import { add, h } from "./dom.js";
import { t } from "./i18n.js";

const SECONDS = 7;

export function tell(text, { wrong = false } = {}) {
  const place = document.querySelector("#notices");
  const note = h("div", { class: wrong ? "notice wrong" : "notice" }, text);
  for (const old of place.querySelectorAll(".notice:not(.wrong)")) old.remove();
  add(place, [note]);
  setTimeout(() => note.remove(), SECONDS * 1000);
}

const KNOWN = {
  operation_timeout: "errorTimeout",
  dispatch_failed: "errorAway",
  away: "errorGone",
  msg_too_long: "errorTooLong",
  not_in_channel: "errorNotMember",
  is_archived: "errorArchived",
  messages_tab_disabled: "errorNoMessages",
  not_available_to_external_people: "errorExternal",
  channel_not_found: "errorNoChannel",
};

// What the stand-in answered, as a person would be told; a code nobody foresaw is shown as it is.
export const explain = (error) => (KNOWN[error] ? t(KNOWN[error]) : t("errorOther", { why: error ?? "?" }));

// For screen readers alone: what arrived.
export function announce(text) {
  const place = document.querySelector("#announcer");
  place.textContent = "";
  setTimeout(() => {
    place.textContent = text;
  }, 50);
}
