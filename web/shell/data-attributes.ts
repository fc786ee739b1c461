/*
 * The server alone renders the shell around every page, and the message in place of a page that could not be read. What
 * their controls do is loaded later, with interactive-shell.tsx; these are the names that the two agree on.
 */

export const menuId = "menu";

/** What a control does: its `data-shell-action`. */
export type ShellAction = "find" | "theme" | "language" | "refresh" | "keep-company" | "stay-open" | "sign-out";

export const shellAction = (action: ShellAction) => ({ "data-shell-action": action });

/** Marks an answer that is incomplete for now: while it is shown, the page is refreshed. */
export const retrying = { "data-retrying": true };
export const retryingSelector = "[data-retrying]";

/** Elements that the server renders empty: a live region must exist before anything is announced in it. */
export type ShellSlot = "health" | "connection" | "toasts";

/** Marks a link whose page is prefetched in full. */
export const prefetched = { "data-prefetch": true };
export const prefetchedLinks = "a[data-prefetch]";

/** Tells the page, by an event of the window, to read again what it reads by itself. */
export const readAgainEvent = "read-again";
