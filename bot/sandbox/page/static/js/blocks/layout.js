// Blocks that say something: section, header, context, divider, image.

import { h, newId } from "../dom.js";
import { withEmoji } from "../emoji.js";
import { mrkdwn } from "../mrkdwn.js";
import { element } from "./elements.js";
import { unknown } from "./unknown.js";

export function said(text) {
  if (text.type === "plain_text") return text.emoji === false ? text.text : withEmoji(text.text);
  return mrkdwn(text.text);
}

export const header = (block) => h("div", { class: "block header", role: "heading", "aria-level": "3", dir: "auto" }, said(block.text));

export const divider = () => h("hr", { class: "block" });

export function section(block, surface) {
  const id = newId("section");
  const words = h("div", { class: "words", id },
    block.text ? h("div", {}, said(block.text)) : null,
    block.fields ? h("div", { class: "fields" }, block.fields.map((each) => h("div", {}, said(each)))) : null);
  const beside = block.accessory
    ? h("div", { class: "accessory" }, element(block.accessory, { surface, block, describedBy: id }))
    : null;
  return h("div", { class: "block section" }, words, beside);
}

export const context = (block) =>
  h("div", { class: "block context" }, block.elements.map((each) => {
    if (each.type === "image") return picture(each);
    return each.type === "mrkdwn" || each.type === "plain_text" ? h("div", {}, said(each)) : unknown(each);
  }));

// Pictures lie elsewhere, and this page loads nothing from elsewhere: their words stand in their place.
export const picture = (each) => h("span", { class: "picture", role: "img", "aria-label": each.alt_text }, `▢ ${each.alt_text}`);

export const image = (block) =>
  h("div", { class: "block" }, block.title ? h("div", { class: "small" }, said(block.title)) : null, picture(block));
