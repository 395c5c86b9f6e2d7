// Slack's mrkdwn as elements. Every piece of text becomes a text node, so that no text can become mark-up of the page.

import { h } from "./dom.js";
import { glyph } from "./emoji.js";
import { broadcast, channelLink, link, mention, special } from "./mentions.js";

const ENTITY = { "&amp;": "&", "&lt;": "<", "&gt;": ">" };
const unescaped = (text) => text.replace(/&(?:amp|lt|gt);/g, (each) => ENTITY[each]);
const STYLES = { "*": "strong", _: "em", "~": "s" };
const WORD = /[\p{L}\p{N}]/u;

// A whole text: fences, quotes, lists and lines.
export function mrkdwn(text) {
  const nodes = [];
  text.split("```").forEach((part, index, all) => {
    const open = index % 2 === 1;
    if (open && index === all.length - 1) nodes.push(...lines(`\`\`\`${part}`)); // a fence nobody closed
    else if (open) nodes.push(h("pre", {}, unescaped(part.replace(/^\n/, ""))));
    else nodes.push(...lines(part));
  });
  return nodes;
}

function lines(text) {
  const nodes = [];
  let kind = "";
  let held = [];
  const finish = () => {
    if (held.length > 0) nodes.push(...GROUPS[kind](held));
    held = [];
  };
  for (const line of text.split("\n")) {
    const [next, rest] = /^(?:&gt;|>) ?/.test(line) ? ["quote", line.replace(/^(?:&gt;|>) ?/, "")]
      : /^[•◦] ?/.test(line) ? ["bullets", line.replace(/^[•◦] ?/, "")]
      : ["plain", line];
    if (next !== kind) finish();
    kind = next;
    held.push(rest);
  }
  finish();
  return nodes;
}

const broken = (held) => held.flatMap((line, index) => (index ? [h("br"), ...inline(line)] : inline(line)));

const GROUPS = {
  quote: (held) => [h("blockquote", {}, broken(held))],
  bullets: (held) => [h("ul", { class: "bullets" }, held.map((line) => h("li", {}, inline(line))))],
  plain: (held) => (held.length === 1 && held[0] === "" ? [] : [h("span", { class: "line", dir: "auto" }, broken(held))]),
};

// One line: links, mentions, code, bold, italic, strike, emoji.
export function inline(text) {
  const nodes = [];
  let plain = "";
  const say = () => {
    if (plain) nodes.push(unescaped(plain));
    plain = "";
  };
  for (let at = 0; at < text.length; ) {
    const found = pieceAt(text, at);
    if (found) {
      say();
      nodes.push(found.node);
      at += found.length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  say();
  return nodes;
}

function pieceAt(text, at) {
  switch (text[at]) {
    case "<":
      return bracketed(text, at);
    case "`": {
      const end = text.indexOf("`", at + 1);
      return end > at + 1 ? { node: h("code", {}, unescaped(text.slice(at + 1, end))), length: end + 1 - at } : null;
    }
    case "*":
    case "_":
    case "~":
      return styled(text, at);
    case ":": {
      const found = /^:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/.exec(text.slice(at, at + 80));
      const sign = found && glyph(found[1]);
      return sign ? { node: h("span", { class: "emoji", role: "img", "aria-label": found[1] }, sign), length: found[0].length } : null;
    }
    default:
      return null;
  }
}

function styled(text, at) {
  const mark = text[at];
  if (at > 0 && (WORD.test(text[at - 1]) || text[at - 1] === mark)) return null;
  if (!text[at + 1] || /\s/.test(text[at + 1]) || text[at + 1] === mark) return null;
  for (let end = text.indexOf(mark, at + 2); end > 0; end = text.indexOf(mark, end + 1)) {
    const before = text[end - 1];
    const after = text[end + 1];
    if (!/\s/.test(before) && (!after || (!WORD.test(after) && after !== mark))) {
      return { node: h(STYLES[mark], {}, inline(text.slice(at + 1, end))), length: end + 1 - at };
    }
  }
  return null;
}

function bracketed(text, at) {
  const end = text.indexOf(">", at);
  if (end < 0) return null;
  const [target, ...rest] = text.slice(at + 1, end).split("|");
  const label = rest.length > 0 ? unescaped(rest.join("|")) : null;
  const length = end + 1 - at;
  if (target.startsWith("@")) return { node: mention(target.slice(1), label), length };
  if (target.startsWith("#")) return { node: channelLink(target.slice(1), label), length };
  if (target.startsWith("!")) return { node: special(target.slice(1), label) ?? broadcast(target.slice(1), label), length };
  return { node: link(unescaped(target), label), length };
}

// What a text says, without its marks: for screen readers and for one-line previews.
export const plainly = (text) =>
  unescaped(text.replace(/<[^<>|]*\|([^<>]*)>/g, "$1").replace(/<(?:mailto:|tel:)?([^<>]*)>/g, "$1").replace(/[*_~`]/g, ""));
