// The demo's clock, moved forward to the next morning at eight, hour by hour: what falls due on the way comes at its time.

import { moveClock } from "./client.js";
import { t } from "./i18n.js";
import { tell } from "./notices.js";
import { refresh, now } from "./store.js";
import { clockTime, longDay, tomorrowAt } from "./time.js";

const MORNING = 8;
const HOUR_MS = 3600e3;

export async function tomorrow() {
  const goal = tomorrowAt(MORNING);
  let answer = { ok: true, now: now().toISOString() };
  while (answer.ok && Date.parse(answer.now) < goal.getTime()) {
    const next = Math.min(goal.getTime(), (Math.floor(Date.parse(answer.now) / HOUR_MS) + 1) * HOUR_MS);
    answer = await moveClock({ to: new Date(next).toISOString() });
    if (answer.error === "not_forward") answer = { ok: true, now: answer.now }; // somebody else was faster
  }
  await refresh();
  if (answer.ok) tell(t("clockMoved", { when: `${longDay(now())} ${clockTime(now())}` }));
  else tell(t("errorOther", { why: answer.error }), { wrong: true });
}
