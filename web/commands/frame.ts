/*
 * The frame around every page is drawn by the server alone. What its buttons do, and the words that change in it, come
 * with desk.tsx when the page is at rest or used; this is what the two know of each other.
 */

export const menuId = "menu";

/** What a control of the frame does: its `data-frame`. */
export type FrameAct = "find" | "theme" | "language";

/** Places that the server draws empty: live regions must stand there before anything is said in them. */
export type FramePlace = "health" | "connection" | "toasts";
