/*
 * The frame around every page is drawn by the server alone, and so is what stands where a page could not be read. What
 * its controls do, and the words that change in it, come with desk.tsx when the page is at rest or used; this is what the
 * two know of each other.
 */

export const menuId = "menu";

/** What a control does: its `data-frame`. */
export type FrameAct = "find" | "theme" | "language" | "refresh";

export const does = (act: FrameAct) => ({ "data-frame": act });

/** What stands there only until the server can do better: the page is drawn again and again while it is shown. */
export const comesBack = { "data-comes-back": true };
export const comingBack = "[data-comes-back]";

/** Places that the server draws empty: live regions must stand there before anything is said in them. */
export type FramePlace = "health" | "connection" | "toasts";

/** A link to a place that people go to all day: its page is loaded ahead. */
export const often = { "data-often": true };
export const goneToOften = "a[data-often]";
