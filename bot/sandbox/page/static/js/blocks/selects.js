// Select menus: from a fixed list, from the app, of people, of conversations; one choice or several.

import { add, h, icon } from "../dom.js";
import { combobox } from "../combobox.js";
import { confirmed } from "../confirm.js";
import { withEmoji } from "../emoji.js";
import { t } from "../i18n.js";
import { person, store } from "../store.js";

const LEAST_QUERY = 3; // Slack's own where the app names none
const DELAY_MS = 150;

const asChoice = (option) => ({ text: withEmoji(option.text.text), hint: option.description?.text, value: option.value });
const fits = (query) => {
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  return (option) => words.every((word) => `${option.text} ${option.hint ?? ""}`.toLowerCase().includes(word));
};
const among = (groups, query) =>
  groups.map((group) => ({ ...group, options: group.options.filter(fits(query)) })).filter((group) => group.options.length);
const groupsOf = (holder) =>
  holder.option_groups
    ? holder.option_groups.map((group) => ({ label: group.label.text, options: group.options.map(asChoice) }))
    : [{ options: (holder.options ?? []).map(asChoice) }];

export function staticSelect(each, at) {
  const groups = groupsOf(each);
  return menu(each, at, { find: (query) => among(groups, query), known: groups.flatMap((group) => group.options) });
}

export function external(each, at) {
  const least = each.min_query_length ?? LEAST_QUERY;
  const known = [each.initial_option ?? [], each.initial_options ?? [], at.surface.chosenOptions(at.block, each)].flat().map(asChoice);
  const find = async (query) => {
    if (query.length < least) return { message: t("typeMore", { n: least }) };
    const answer = await at.surface.options(at.block, each, query);
    if (!answer.ok) return { message: t("optionsFailed", { why: answer.error }) };
    const found = groupsOf(answer.ack ?? {});
    known.push(...found.flatMap((group) => group.options));
    return found.some((group) => group.options.length) ? found : { message: t("nothingFound") };
  };
  return menu(each, at, { find, known, delay: DELAY_MS });
}

export function people(each, at) {
  const known = store.state.users.filter((user) => !user.deleted).map((user) => ({ text: user.real_name, hint: user.title, value: user.id }));
  return menu(each, at, { find: (query) => among([{ options: known }], query), known });
}

export function conversations(each, at) {
  const open = store.state.channels.filter((channel) => !channel.is_archived && (!each.type.includes("channels_") || !(channel.is_private || channel.is_im)));
  const named = (channel) => (channel.is_im ? channel.members.map((id) => person(id)?.real_name).join(", ") : `#${channel.name}`);
  const known = open.map((channel) => ({ text: named(channel), value: channel.id }));
  return menu(each, at, { find: (query) => among([{ options: known }], query), known });
}

function menu(each, at, { find, known, delay = 0 }) {
  const many = each.type.startsWith("multi_");
  const held = at.surface.held(at.block, each);
  const textOf = (value) => known.find((option) => option.value === value)?.text ?? String(value);
  const placeholder = each.placeholder?.text ?? t("choose");
  const place = { ...at, action: each.action_id };
  const use = async (value) => (await confirmed(each.confirm)) && at.surface.use(at.block, each, value);
  if (!many) {
    return combobox({
      find, delay, placeholder, at: place, clearable: at.required === false, shown: held ? textOf(held) : "",
      choose: (option) => void use(option ? option.value : null),
    });
  }
  const chosen = [...(held ?? [])];
  const chips = h("ul", { class: "chips", "aria-label": t("chosen") });
  const draw = () => add(chips, (chips.replaceChildren(), chosen.map((value) =>
    h("li", {}, textOf(value), h("button", {
      type: "button", class: "bare", "aria-label": t("removeChoice", { name: textOf(value) }),
      onclick: () => {
        chosen.splice(chosen.indexOf(value), 1);
        draw();
        use([...chosen]);
      },
    }, icon("close"))))));
  draw();
  const rest = (found) => (Array.isArray(found)
    ? found.map((group) => ({ ...group, options: group.options.filter((option) => !chosen.includes(option.value)) })) : found);
  const field = combobox({
    delay, placeholder, at: place, shown: "", find: async (query) => rest(await find(query)),
    choose: (option) => {
      if (option && !(each.max_selected_items <= chosen.length)) {
        chosen.push(option.value);
        draw();
        use([...chosen]);
      }
      return "";
    },
  });
  return h("div", { class: "many" }, chips, field);
}
