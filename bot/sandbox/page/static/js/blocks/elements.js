// From an element to what a person can use. `at` says where it stands: {surface, block, id, labelledBy, describedBy, …}.

import { button } from "./button.js";
import { checkboxes, radioButtons } from "./choices.js";
import { overflow } from "./overflow.js";
import { picture } from "./layout.js";
import { datePicker, momentPicker, timePicker } from "./pickers.js";
import { conversations, external, people, staticSelect } from "./selects.js";
import { textInput } from "./textfields.js";
import { unknown } from "./unknown.js";

const KINDS = {
  button,
  overflow,
  checkboxes,
  radio_buttons: radioButtons,
  datepicker: datePicker,
  timepicker: timePicker,
  datetimepicker: momentPicker,
  static_select: staticSelect,
  multi_static_select: staticSelect,
  external_select: external,
  multi_external_select: external,
  users_select: people,
  multi_users_select: people,
  conversations_select: conversations,
  multi_conversations_select: conversations,
  channels_select: conversations,
  multi_channels_select: conversations,
  plain_text_input: textInput,
  email_text_input: textInput,
  url_text_input: textInput,
  number_input: textInput,
  image: picture,
};

const GROUPS = new Set(["checkboxes", "radio_buttons", "datetimepicker"]);
export const isGroup = (each) => GROUPS.has(each.type);

export const element = (each, at) => (KINDS[each.type] ?? unknown)(each, { ...at, focus: focusName(each, at) });

const focusName = (each, at) => `${at.block.block_id}|${each.action_id ?? ""}|${each.value ?? ""}`;
