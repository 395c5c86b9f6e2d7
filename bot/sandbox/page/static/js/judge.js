// Whether a step of the tour has happened, judged from what the stand-in knows, not from what was clicked.

const actionsOf = (message) =>
  message.blocks.flatMap((block) => [...(block.elements ?? []), block.accessory ?? {}]).map((each) => each.action_id).filter(Boolean);

function places(state, { to, in: room }) {
  const user = state.users.find((each) => each.handle === to);
  const meant = (channel) => (room ? channel.name === room : channel.is_im && channel.members.includes(user?.id));
  const ids = new Set(state.channels.filter(meant).map((channel) => channel.id));
  return (message) => ids.has(message.channel);
}

const stands = (state, done, action) => state.messages.filter(places(state, done)).some((message) => actionsOf(message).includes(action));

export const markOf = (handle, action) => `${handle ?? ""} ${action}`;

// `seen` keeps which buttons stood where; a step asks whether one of them has been answered since.
export function happened(state, done, seen) {
  if (done.home) return state.homes.some((home) => home.user === state.users.find((user) => user.handle === done.home)?.id);
  if (done.has) return stands(state, done, done.has) || seen.has(markOf(done.to, done.has));
  const mark = markOf(done.to, done.answered);
  if (stands(state, done, done.answered)) {
    seen.add(mark);
    return false;
  }
  return seen.has(mark);
}
