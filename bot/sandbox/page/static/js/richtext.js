// The rich_text block: what people type, as Slack keeps it.

import { h } from "./dom.js";
import { glyph } from "./emoji.js";
import { unknown } from "./blocks/unknown.js";
import { broadcast, channelLink, dated, link, mention } from "./mentions.js";

const STYLES = [["bold", "strong"], ["italic", "em"], ["strike", "s"], ["underline", "u"], ["code", "code"]];

export const richText = (block) => h("div", { class: "rich" }, block.elements.map(part));

function part(each) {
  switch (each.type) {
    case "rich_text_section":
      return h("div", { class: "line", dir: "auto" }, pieces(each.elements));
    case "rich_text_quote":
      return h("blockquote", {}, pieces(each.elements));
    case "rich_text_preformatted":
      return h("pre", {}, pieces(each.elements));
    case "rich_text_list":
      return h(each.style === "ordered" ? "ol" : "ul", { class: `indent-${each.indent ?? 0}`, start: each.offset ? each.offset + 1 : null },
        each.elements.map((item) => h("li", {}, pieces(item.elements))));
    default:
      return unknown(each);
  }
}

const pieces = (elements) => elements.map((each) => {
  const node = piece(each);
  return STYLES.reduce((inner, [name, tag]) => (each.style?.[name] ? h(tag, {}, inner) : inner), node);
});

function piece(each) {
  switch (each.type) {
    case "text":
      return each.text.split("\n").map((line, index) => [index ? h("br") : null, line]);
    case "link":
      return link(each.url, each.text || null);
    case "emoji":
      return h("span", { class: "emoji", role: "img", "aria-label": each.name }, glyph(each.name) ?? `:${each.name}:`);
    case "user":
      return mention(each.user_id);
    case "channel":
      return channelLink(each.channel_id);
    case "broadcast":
      return broadcast(each.range);
    case "date":
      return dated([each.timestamp, each.format, each.url], each.fallback);
    default:
      return h("span", { class: "unknown-inline" }, `?${each.type}`);
  }
}
