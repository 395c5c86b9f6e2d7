// Where blocks stand: a message, a modal, a Home. Knows what is filled in there and brings what is done to the stand-in.

import { act, store } from "./store.js";
import { explain, tell } from "./notices.js";

const HELD = {
  plain_text_input: ["value", "initial_value"],
  email_text_input: ["value", "initial_value"],
  url_text_input: ["value", "initial_value"],
  number_input: ["value", "initial_value"],
  static_select: ["selected_option", "initial_option"],
  external_select: ["selected_option", "initial_option"],
  radio_buttons: ["selected_option", "initial_option"],
  users_select: ["selected_user", "initial_user"],
  conversations_select: ["selected_conversation", "initial_conversation"],
  channels_select: ["selected_channel", "initial_channel"],
  datepicker: ["selected_date", "initial_date"],
  timepicker: ["selected_time", "initial_time"],
  datetimepicker: ["selected_date_time", "initial_date_time"],
  checkboxes: ["selected_options", "initial_options"],
  multi_static_select: ["selected_options", "initial_options"],
  multi_external_select: ["selected_options", "initial_options"],
  multi_users_select: ["selected_users", "initial_users"],
  multi_conversations_select: ["selected_conversations", "initial_conversations"],
  multi_channels_select: ["selected_channels", "initial_channels"],
};

const drafts = new Map(); // person and surface → block → action → value
const nameOf = (where) => `${store.me} ${where.view_id ?? (where.home ? "home" : `${where.channel}:${where.ts}`)}`;
const bare = (value) => (Array.isArray(value) ? value.map(bare) : value && typeof value === "object" ? value.value : value);

// `where` is {channel, ts}, {view_id} or {home: true}; `values` what the stand-in holds, `errors` what is wrong, by block.
export function surface(where, { values = {}, errors = {} } = {}) {
  const name = nameOf(where);
  const mine = () => {
    if (!drafts.has(name)) drafts.set(name, {});
    return drafts.get(name);
  };
  const keep = (block, element, value) => {
    (mine()[block.block_id] ??= {})[element.action_id] = value;
  };
  const target = (block, element) => ({ ...where, block_id: block.block_id, action_id: element.action_id });

  return {
    errors,
    keep,
    held(block, element) {
      const draft = drafts.get(name)?.[block.block_id];
      if (draft && element.action_id in draft) return draft[element.action_id];
      const [key, initial] = HELD[element.type] ?? [];
      const kept = values[block.block_id]?.[element.action_id];
      return bare(kept ? kept[key] : element[initial]) ?? null;
    },
    chosenOptions(block, element) {
      const [key] = HELD[element.type];
      return values[block.block_id]?.[element.action_id]?.[key] ?? [];
    },
    // Use an element: in a form only what asks for it is told to the app at once; the stand-in knows which.
    async use(block, element, value) {
      const inForm = block.type === "input" && block.dispatch_action !== true;
      if (element.type !== "button" && element.type !== "overflow") keep(block, element, value);
      const answer = await act("click", { ...target(block, element), ...(value === null && element.type === "button" ? {} : { value }) });
      if (!answer.ok && !inForm) tell(explain(answer.error), { wrong: true });
      return answer;
    },
    note: (block, element, value) => act("click", { ...target(block, element), value }),
    options: (block, element, query) => act("options", { ...target(block, element), query }),
    // What was filled in, of the fields that are still there: an app may have taken some away meanwhile.
    filledIn(list) {
      const fields = list.map((block) => [block.block_id, block.element ?? block.accessory, block.elements ?? []]);
      return Object.fromEntries(fields.map(([id, element, elements]) => {
        const ids = [element, ...elements].map((each) => each?.action_id);
        return [id, Object.fromEntries(Object.entries(mine()[id] ?? {}).filter(([action]) => ids.includes(action)))];
      }));
    },
  };
}

export const forget = (where) => drafts.delete(nameOf(where));
