// The demo's clock, moved forward to the next morning at eight.

import { moveClock } from "./client.js";
import { t } from "./i18n.js";
import { tell } from "./notices.js";
import { refresh, now } from "./store.js";
import { clockTime, longDay, tomorrowAt } from "./time.js";

const MORNING = 8;

export async function tomorrow() {
  const answer = await moveClock({ to: tomorrowAt(MORNING).toISOString() });
  await refresh();
  if (answer.ok) tell(t("clockMoved", { when: `${longDay(now())} ${clockTime(now())}` }));
  else tell(t("errorOther", { why: answer.error }), { wrong: true });
}
