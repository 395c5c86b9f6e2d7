// Times as the person whose window this is reads them, in her zone.

import { chosen, t } from "./i18n.js";
import { now, zone } from "./store.js";

const format = (moment, options) => new Intl.DateTimeFormat(chosen().locale, { timeZone: zone(), ...options }).format(moment);
export const moment = (ts) => new Date(Number(ts) * 1000);
export const dayKey = (at) =>
  new Intl.DateTimeFormat("en-CA", { timeZone: zone(), year: "numeric", month: "2-digit", day: "2-digit" }).format(at);

export const clockTime = (at) => format(at, { hour: "2-digit", minute: "2-digit", hour12: false });
export const longDay = (at) => format(at, { weekday: "long", day: "numeric", month: "long" });
export const fullTime = (at) =>
  format(at, { weekday: "long", day: "numeric", month: "long", year: "numeric", hour: "2-digit", minute: "2-digit" });
export const exactTime = (at) =>
  format(at, { hour: "2-digit", minute: "2-digit", second: "2-digit", fractionalSecondDigits: 3, hour12: false });

export function dayName(at) {
  const key = dayKey(at);
  if (key === dayKey(now())) return t("today");
  if (key === dayKey(new Date(now().getTime() - 86400e3))) return t("yesterday");
  return longDay(at);
}

// Local date and time of a zone ↔ a moment. The zone's offset is asked for twice, as it may change in between.
function offset(at, tz) {
  const parts = new Intl.DateTimeFormat("en-US", {
    timeZone: tz, hourCycle: "h23", year: "numeric", month: "numeric", day: "numeric", hour: "numeric", minute: "numeric",
    second: "numeric",
  }).formatToParts(at);
  const part = Object.fromEntries(parts.map((each) => [each.type, Number(each.value)]));
  return Date.UTC(part.year, part.month - 1, part.day, part.hour, part.minute, part.second) - Math.floor(at / 1000) * 1000;
}

export function fromLocal(day, time, tz = zone()) {
  const asUtc = Date.parse(`${day}T${time}:00Z`);
  const first = asUtc - offset(new Date(asUtc), tz);
  return new Date(asUtc - offset(new Date(first), tz));
}

export function toLocal(at, tz = zone()) {
  const local = new Date(at.getTime() + offset(at, tz)).toISOString();
  return { day: local.slice(0, 10), time: local.slice(11, 16) };
}

export function tomorrowAt(hour) {
  const tomorrow = toLocal(new Date(now().getTime() + 86400e3)).day;
  return fromLocal(tomorrow, `${String(hour).padStart(2, "0")}:00`);
}

// Slack's <!date^…>: https://docs.slack.dev/messaging/formatting-message-text#date-formatting
const DATE = {
  date_num: (at) => format(at, { year: "numeric", month: "2-digit", day: "2-digit" }),
  date: (at) => format(at, { year: "numeric", month: "long", day: "numeric" }),
  date_short: (at) => format(at, { year: "numeric", month: "short", day: "numeric" }),
  date_long: (at) => format(at, { weekday: "long", year: "numeric", month: "long", day: "numeric" }),
  time: clockTime,
  time_secs: (at) => format(at, { hour: "2-digit", minute: "2-digit", second: "2-digit", hour12: false }),
};

function near(at, otherwise) {
  const days = Math.round((Date.parse(dayKey(at)) - Date.parse(dayKey(now()))) / 86400e3);
  return { "-1": t("yesterday"), 0: t("today"), 1: t("tomorrow") }[days] ?? otherwise;
}

function ago(at) {
  const seconds = (at.getTime() - now().getTime()) / 1000;
  const words = new Intl.RelativeTimeFormat(chosen().locale, { numeric: "auto" });
  const [unit, size] = [["day", 86400], ["hour", 3600], ["minute", 60]].find(([, each]) => Math.abs(seconds) >= each) ?? ["second", 1];
  return words.format(Math.round(seconds / size), unit);
}

export function slackDate(epoch, pattern) {
  const at = new Date(Number(epoch) * 1000);
  return pattern.replace(/\{([a-z_]+)\}/g, (whole, name) => {
    if (name === "ago") return ago(at);
    if (name.endsWith("_pretty")) {
      const plain = DATE[name.slice(0, -"_pretty".length)];
      return plain ? near(at, plain(at)) : whole;
    }
    return DATE[name] ? DATE[name](at) : whole;
  });
}
