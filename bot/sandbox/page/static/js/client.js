// The stand-in's control address: what a person does, sees, and what went over the wire.

async function asked(path, body) {
  const wish = body === undefined ? {} : {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  };
  try {
    const response = await fetch(`/sandbox/${path}`, wish);
    return await response.json();
  } catch {
    return { ok: false, error: "away" };
  }
}

export const about = () => asked("page");
export const stateOf = (handle) => asked(handle ? `state?as=${encodeURIComponent(handle)}` : "state");
export const wireAfter = (seq) => asked(`wire?after=${seq}`);
export const act = (handle, type, what = {}) => asked("act", { as: handle, type, ...what });
export const moveClock = (wish) => asked("clock", wish);
export const startOver = () => asked("start-over", {});

// Calls `changed()` at every change and `alive(yes)` when the stand-in comes or goes. Never gives up.
export function listen(changed, alive) {
  const socket = new WebSocket(`ws://${location.host}/sandbox/push`);
  socket.onmessage = () => {
    alive(true);
    changed();
  };
  socket.onclose = () => {
    alive(false);
    setTimeout(() => listen(changed, alive), 1000);
  };
}
