// Where people write: Enter sends, Shift+Enter breaks the line, / offers commands, @ people, # channels.

import { completion } from "./completion.js";
import { h, icon, newId } from "./dom.js";
import { t } from "./i18n.js";
import { openMenu } from "./menu.js";
import { explain, tell } from "./notices.js";
import { act, isInside, store } from "./store.js";

const drafts = new Map();

export function composer({ channel, thread = null, label }) {
  const key = `${store.me} ${channel} ${thread ?? ""}`;
  const id = newId("composer");
  const wrong = h("p", { class: "composer-wrong", role: "alert", hidden: true });
  const box = h("textarea", {
    id, rows: 1, class: "writes", dir: "auto", placeholder: label, "aria-label": label, "data-focus": `composer ${key}`, value: drafts.get(key) ?? "",
  });
  const say = (text) => {
    wrong.hidden = !text;
    wrong.textContent = text;
  };
  const grow = () => {
    box.style.height = "auto";
    box.style.height = `${Math.min(box.scrollHeight, 240)}px`;
  };
  const offers = completion(box);

  async function send() {
    const text = box.value;
    if (!text.trim()) return;
    box.value = "";
    drafts.delete(key);
    grow();
    say("");
    const command = /^\/(\S+)\s*([\s\S]*)$/.exec(text);
    const answer = command
      ? await act("command", { channel, command: `/${command[1]}`, text: command[2].trim(), ...(thread ? { thread_ts: thread } : {}) })
      : await act("message", { channel, text, ...(thread ? { thread_ts: thread } : {}) });
    if (answer.ok || answer.ts) return;
    say(explain(answer.error));
    if (!box.value) box.value = text; // what somebody wrote is not lost
    grow();
  }

  box.addEventListener("input", () => {
    drafts.set(key, box.value);
    grow();
  });
  box.addEventListener("keydown", (event) => {
    if (offers.handles(event)) return;
    if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
      event.preventDefault();
      send();
    }
  });
  requestAnimationFrame(grow);
  return h("form", { class: "composer", onsubmit: (event) => {
    event.preventDefault();
    send();
  } }, wrong, h("div", { class: "composer-box" },
    thread || !isInside() ? null : shortcutButton(box, channel),
    box, h("button", { type: "submit", class: "bare send", "aria-label": t("send"), title: t("send") }, icon("send"))));
}

// Commands and global shortcuts, for whoever does not know them by heart.
function shortcutButton(box, channel) {
  const type = (text) => {
    box.value = text;
    box.focus();
    box.dispatchEvent(new Event("input"));
  };
  const items = () => [
    ...store.state.shortcuts.filter((each) => each.type === "global").map((each) => ({
      label: each.name,
      run: async () => {
        const answer = await act("shortcut", { callback_id: each.callback_id });
        if (!answer.ok) tell(explain(answer.error), { wrong: true });
      },
    })),
    ...store.state.commands.map((each) => ({ label: each.command, hint: each.description, run: () => type(`${each.command} `) })),
  ];
  return h("button", {
    type: "button", class: "bare", "aria-label": t("shortcuts"), title: t("shortcuts"), "aria-haspopup": "menu", "aria-expanded": "false",
    "data-channel": channel, onclick: (event) => items().length && openMenu(event.currentTarget, items()),
  }, icon("bolt"));
}
