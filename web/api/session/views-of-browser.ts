import { readViews, savedViews, storedText, viewsKey } from "./order-views.ts";
import { isOfUser, ownKey } from "./own-key.ts";
import type { OrderView } from "./preferences.ts";

/** What this browser has saved for somebody who has nothing stored yet: before, or while nobody had to sign in. */
export function viewsToTakeOver(): readonly OrderView[] {
  const own = savedViews();
  if (own.length > 0) return own;
  const open = readViews(storedText(viewsKey));
  // They belong to whoever comes first.
  if (open.length > 0) localStorage.removeItem(viewsKey);
  return open;
}

/** Leaves nothing of a user who signs out. */
export function forgetViews(): void {
  try {
    if (isOfUser()) localStorage.removeItem(ownKey(viewsKey));
  } catch {
    // Nothing is stored where storage is forbidden.
  }
}
