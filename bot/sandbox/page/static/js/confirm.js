// "Are you sure?", asked by the app or by the page itself.

import { h, newId } from "./dom.js";
import { t } from "./i18n.js";
import { said } from "./blocks/layout.js";

const plain = (text) => ({ type: "plain_text", text });

// Resolves to true at once where nothing is to be asked.
export function confirmed(question) {
  if (!question) return Promise.resolve(true);
  return new Promise((resolve) => {
    const id = newId("confirm");
    const done = (answer) => {
      box.close();
      box.remove();
      resolve(answer);
    };
    const box = h("dialog", { class: "confirm", "aria-labelledby": id, "aria-describedby": `${id}-text`, role: "alertdialog" },
      h("h2", { id }, said(question.title)),
      h("div", { id: `${id}-text` }, said(question.text)),
      h("div", { class: "foot" },
        h("button", { type: "button", class: "button", onclick: () => done(false) }, said(question.deny ?? plain(t("cancel")))),
        h("button", { type: "button", class: `button ${question.style ?? "primary"}`, onclick: () => done(true) }, said(question.confirm ?? plain(t("yes"))))));
    box.addEventListener("cancel", (event) => {
      event.preventDefault();
      done(false);
    });
    document.body.append(box);
    box.showModal();
  });
}

export const sure = (title, text, confirm) =>
  confirmed({ title: plain(title), text: plain(text), confirm: plain(confirm), style: "danger" });
