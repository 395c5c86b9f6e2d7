// What can be done with a message: react, answer in a thread, and in the menu edit, delete, and the app's own shortcuts.

import { sure } from "./confirm.js";
import { h, icon, swap } from "./dom.js";
import { QUICK, glyph } from "./emoji.js";
import { t } from "./i18n.js";
import { openMenu } from "./menu.js";
import { explain, tell } from "./notices.js";
import { openThread } from "./route.js";
import { act, isInside, isReply, store } from "./store.js";

export async function doIt(type, what) {
  const answer = await act(type, what);
  if (!answer.ok) tell(explain(answer.error), { wrong: true });
  return answer;
}

export function messageTools(each, { mine, thread }) {
  if (each.ephemeral_to) return null;
  const at = { channel: each.channel, ts: each.ts };
  const tool = (name, sign, label, run, menu = false) =>
    h("button", { type: "button", class: "bare", "aria-label": label, title: label, "data-focus": `${name} ${each.ts}`, "aria-haspopup": menu ? "menu" : null, "aria-expanded": menu ? "false" : null, onclick: run }, icon(sign));
  const answer = () => openThread(each.channel, each.thread_ts ?? each.ts);
  const react = (button) => openMenu(button, QUICK.map((name) => ({
    label: `${glyph(name)} ${name.replaceAll("_", " ")}`, run: () => doIt("reaction", { ...at, name }),
  })), { label: t("react") });
  return h("div", { class: "tools", role: "group", "aria-label": t("messageTools") },
    tool("react", "smile", t("react"), (event) => react(event.currentTarget), true),
    thread || isReply(each) ? null : tool("reply", "reply", t("replyInThread"), answer),
    tool("more", "more", t("moreActions"), (event) => openMenu(event.currentTarget, [
      { label: t("react"), run: () => react(event.target.closest("button")) },
      ...(thread ? [] : [{ label: t("replyInThread"), run: answer }]),
      ...(mine && !each.subtype ? [
        { label: t("edit"), run: () => edit(each) },
        { label: t("delete"), danger: true, run: async () => (await sure(t("delete"), t("deleteText"), t("delete"))) && doIt("delete", at) },
      ] : []),
      { label: t("copyLink"), run: () => navigator.clipboard?.writeText(`${location.origin}/archives/${each.channel}/p${each.ts.replace(".", "")}`) },
      ...shortcuts().flatMap((shortcut, index) => [
        ...(index === 0 ? [{ separator: t("shortcuts") }] : []),
        { label: shortcut.name, run: () => doIt("shortcut", { ...at, callback_id: shortcut.callback_id }) },
      ]),
    ]), true));
}

const shortcuts = () => (isInside() ? store.state.shortcuts.filter((each) => each.type === "message") : []);

// The text as the person once typed it, mentions as @handle.
function typed(each) {
  const said = (piece) => {
    if (piece.type === "user") return `@${store.whole.users.find((user) => user.id === piece.user_id)?.handle ?? piece.user_id}`;
    if (piece.type === "channel") return `#${store.whole.channels.find((channel) => channel.id === piece.channel_id)?.name ?? piece.channel_id}`;
    return piece.type === "broadcast" ? `@${piece.range}` : piece.text ?? piece.url ?? "";
  };
  return each.blocks.flatMap((block) => block.elements ?? []).flatMap((part) => part.elements ?? []).map(said).join("");
}

function edit(each) {
  const content = document.querySelector(`.message[data-ts="${each.ts}"] .content`);
  const box = h("textarea", { class: "text", rows: 3, value: typed(each), "aria-label": t("edit"), "data-focus": `edit ${each.ts}` });
  const form = h("form", { class: "edit" }, box, h("div", { class: "foot" },
    h("button", { type: "button", class: "button", onclick: () => swap(form, content) }, t("cancel")),
    h("button", { type: "submit", class: "button primary" }, t("save"))));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    const answer = await doIt("edit", { channel: each.channel, ts: each.ts, text: box.value });
    if (answer.ok && form.isConnected) form.replaceWith(content);
  });
  form.addEventListener("keydown", (event) => {
    if (event.key === "Escape") form.replaceWith(content);
    else if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      form.requestSubmit();
    } else return;
    event.stopPropagation();
  });
  content.replaceWith(form);
  box.focus();
}
