// A row of buttons, menus and pickers.

import { h } from "../dom.js";
import { element } from "./elements.js";

export const actions = (block, surface) =>
  h("div", { class: "block actions" }, block.elements.map((each) => element(each, { surface, block })));
