// Puts something that floats beside what it belongs to, inside the window.

const GAP = 4;

export function placeBeside(floating, anchor, { sameWidth = false } = {}) {
  const box = anchor.getBoundingClientRect();
  if (sameWidth) floating.style.minWidth = `${Math.max(box.width, 160)}px`;
  const { offsetWidth: width, offsetHeight: height } = floating;
  const below = innerHeight - box.bottom - GAP;
  const top = below >= height || below >= box.top ? box.bottom + GAP : Math.max(GAP, box.top - GAP - height);
  const room = top > box.top ? innerHeight - top - GAP : box.top - 2 * GAP;
  floating.style.maxHeight = `${Math.max(120, room)}px`;
  floating.style.top = `${top}px`;
  floating.style.left = `${Math.max(GAP, Math.min(box.left, innerWidth - width - GAP))}px`;
}
