// Looks at the page as it stands and names what keeps somebody out: WCAG 2.2, levels A and AA, as far as a program can see it.
// Gives a list of sentences; an empty one means nothing was found. Written for this project.
() => {
  const found = [];
  const shown = (each) => {
    if (!each.isConnected || each.closest("[hidden]")) return false;
    const style = getComputedStyle(each);
    const box = each.getBoundingClientRect();
    return style.visibility !== "hidden" && style.display !== "none" && box.width > 0 && box.height > 0;
  };
  const modal = [...document.querySelectorAll("dialog[open]")].at(-1);
  const scope = modal ?? document.body;
  const all = [...scope.querySelectorAll("*")].filter(shown);
  const call = (each) => {
    const id = each.id ? `#${each.id}` : "";
    return `<${each.tagName.toLowerCase()}${id} class="${each.getAttribute("class") ?? ""}"> ${(each.textContent ?? "").trim().slice(0, 40)}`;
  };
  const report = (rule, each, more = "") => found.push(`${rule}: ${call(each)} ${more}`.trim());

  // -- names ---------------------------------------------------------------------------------------------------
  const textOf = (each) => {
    if (each.nodeType === Node.TEXT_NODE) return each.data;
    if (each.nodeType !== Node.ELEMENT_NODE || each.getAttribute("aria-hidden") === "true") return "";
    if (each.getAttribute("aria-label")) return each.getAttribute("aria-label");
    return [...each.childNodes].map(textOf).join(" ");
  };
  const byIds = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)).filter(Boolean).map(textOf).join(" ");
  const nameOf = (each) => {
    const labelledBy = each.getAttribute("aria-labelledby");
    if (labelledBy) return byIds(labelledBy).trim();
    if (each.getAttribute("aria-label")) return each.getAttribute("aria-label").trim();
    if (each.labels?.length) return [...each.labels].map(textOf).join(" ").trim();
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(each.tagName)) return (each.getAttribute("title") ?? "").trim();
    return (textOf(each) || each.getAttribute("title") || "").trim();
  };
  const FIELDS = "input, textarea, select";
  const USED = "button, a[href], summary, [role=button], [role=option], [role=menuitem], [role=menuitemradio], [role=tab]";
  for (const each of all.filter((node) => node.matches(`${FIELDS}, ${USED}`))) {
    if (!nameOf(each)) report("a control without a name (4.1.2)", each);
  }
  for (const each of all.filter((node) => node.matches("[role=dialog], dialog, aside, nav, [role=listbox], [role=menu], [role=group], [role=radiogroup], [role=img], section[aria-label]"))) {
    if (!nameOf(each)) report("a region, list or picture without a name (1.3.1)", each);
  }
  for (const each of all.filter((node) => node.matches("button[aria-label]"))) {
    const words = [...each.childNodes].filter((node) => node.nodeType === Node.TEXT_NODE).map((node) => node.data).join("").trim();
    if (words && !nameOf(each).toLowerCase().includes(words.toLowerCase())) report("the name lacks what is written on it (2.5.3)", each);
  }

  // -- references and ids ----------------------------------------------------------------------------------------
  const ids = [...document.querySelectorAll("[id]")].map((each) => each.id);
  for (const id of new Set(ids.filter((id, index) => ids.indexOf(id) !== index))) found.push(`an id given twice (4.1.1): ${id}`);
  for (const attribute of ["aria-labelledby", "aria-describedby", "aria-controls", "aria-activedescendant", "for"]) {
    for (const each of document.querySelectorAll(`[${attribute}]`)) {
      for (const id of each.getAttribute(attribute).split(/\s+/)) if (!document.getElementById(id)) report(`${attribute} leads nowhere (1.3.1)`, each, id);
    }
  }
  const PARENTS = { option: "listbox", menuitem: "menu", menuitemradio: "menu", tab: "tablist" };
  for (const [role, parent] of Object.entries(PARENTS)) {
    for (const each of document.querySelectorAll(`[role=${role}]`)) if (!each.closest(`[role=${parent}]`)) report(`a ${role} outside a ${parent} (1.3.1)`, each);
  }
  for (const each of document.querySelectorAll("[aria-hidden=true]")) {
    if (each.querySelector("a[href], button, input, textarea, select, [tabindex='0']")) report("hidden from screen readers but reached by keyboard (4.1.2)", each);
  }
  for (const each of document.querySelectorAll("button button, button a, a a, a button, label button")) report("a control inside a control (4.1.2)", each);
  for (const each of document.querySelectorAll("ul > *, ol > *")) if (!/^(LI|TEMPLATE|SCRIPT)$/.test(each.tagName)) report("a list with something else in it (1.3.1)", each);

  // -- the page --------------------------------------------------------------------------------------------------
  if (!document.documentElement.lang) found.push("the page has no language (3.1.1)");
  if (!document.title.trim()) found.push("the page has no title (2.4.2)");
  if (document.querySelectorAll("main").length !== 1) found.push("not exactly one main landmark (1.3.1)");
  if (!document.querySelector("body > header")) found.push("no banner landmark (1.3.1)");
  const navigation = document.querySelector("nav");
  if (!navigation) found.push("no navigation landmark (1.3.1)");
  if (!/user-scalable=no|maximum-scale=1/.test(document.querySelector("meta[name=viewport]")?.content ?? "")) void 0;
  else found.push("the page cannot be enlarged (1.4.4)");
  const headings = [...document.querySelectorAll("h1, h2, h3, h4, [role=heading]")].filter(shown);
  if (headings.filter((each) => each.tagName === "H1").length !== 1) found.push("not exactly one first heading (1.3.1)");
  let level = 0;
  for (const each of headings) {
    const own = Number(each.getAttribute("aria-level") ?? each.tagName.slice(1));
    if (level && own > level + 1) report(`a heading leaps from ${level} to ${own} (1.3.1)`, each);
    level = own;
  }
  for (const each of all.filter((node) => node.matches(`${FIELDS}, button, a[href]`))) {
    if (!each.closest("main, nav, aside, header, section[aria-label], dialog, [role=menu], [role=listbox], .skip, [role=alert]")) report("a control outside every landmark (1.3.1)", each);
  }

  // -- keyboard --------------------------------------------------------------------------------------------------
  for (const each of document.querySelectorAll("[tabindex]")) if (Number(each.getAttribute("tabindex")) > 0) report("an order of its own for Tab (2.4.3)", each);
  for (const each of all) {
    const style = getComputedStyle(each);
    const scrolls = /auto|scroll/.test(style.overflowY) && each.scrollHeight > each.clientHeight + 2;
    if (scrolls && each.tabIndex < 0 && !each.matches("textarea, [role=menu], [role=listbox]") && !each.querySelector("button, a[href], input, textarea, [tabindex='0']")) {
      report("something that scrolls and cannot be reached by keyboard (2.1.1)", each);
    }
  }

  // -- size of what is tapped --------------------------------------------------------------------------------------
  for (const each of all.filter((node) => node.matches("button, input, select, [role=tab]"))) {
    const box = each.getBoundingClientRect();
    const line = getComputedStyle(each).display === "inline";
    if (!line && (box.width < 24 || box.height < 24) && !(each.type === "checkbox" || each.type === "radio")) report("smaller than 24 by 24 (2.5.8)", each, `${Math.round(box.width)}×${Math.round(box.height)}`);
  }

  // -- contrast --------------------------------------------------------------------------------------------------
  const parse = (text) => {
    const parts = /rgba?\(([^)]+)\)/.exec(text)?.[1].split(/[ ,/]+/).map(Number) ?? [0, 0, 0, 0];
    return [parts[0], parts[1], parts[2], parts[3] ?? 1];
  };
  const over = ([r, g, b, a], [R, G, B]) => [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const behind = (each) => {
    const layers = [];
    for (let at = each; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour[3] > 0) layers.push(colour);
      if (colour[3] === 1) break;
    }
    return layers.reverse().reduce((ground, layer) => over(layer, ground), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((value) => value / 255).map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (a, b) => {
    const [high, low] = [light(a), light(b)].sort((x, y) => y - x);
    return (high + 0.05) / (low + 0.05);
  };
  const judge = (each, colour, what) => {
    const style = getComputedStyle(each);
    const size = parseFloat(style.fontSize);
    const big = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700);
    const ground = behind(each);
    const got = ratio(over(parse(colour), ground), ground);
    if (got < (big ? 3 : 4.5)) report(`too little contrast, ${got.toFixed(2)} (1.4.3)`, each, what);
  };
  for (const each of all) {
    if (each.closest("[aria-hidden=true]:not(.avatar)") || each.disabled || Number(getComputedStyle(each).opacity) < 0.05) continue;
    const own = [...each.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (own && !each.closest(".unseen")) judge(each, getComputedStyle(each).color, "");
    if (each.matches("input, textarea") && each.value) judge(each, getComputedStyle(each).color, "what is typed");
    if (each.matches("input[placeholder], textarea[placeholder]") && !each.value) judge(each, getComputedStyle(each, "::placeholder").color, "its placeholder");
    if (each.matches("input:not([type=checkbox], [type=radio]), select, textarea:not(.writes), .composer-box")) {
      const style = getComputedStyle(each);
      const got = ratio(parse(style.borderTopColor).slice(0, 3), behind(each.parentElement));
      if (got < 3) report(`the edge of a field is too faint, ${got.toFixed(2)} (1.4.11)`, each);
    }
  }
  return found;
}
