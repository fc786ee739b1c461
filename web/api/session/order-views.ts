import { isOfUser, ownKey } from "./own-key.ts";
import type { OrderView } from "./preferences.ts";

/*
 * The saved lists of orders. Those of a user are stored by the API; this browser holds a copy, so that the menu opens
 * at once. While nobody has to sign in there is only the browser.
 */

export const viewsKey = "northwind.order-views";
const mostViews = 30;
const changeEvent = "northwind-order-views";
const none: readonly OrderView[] = [];

let known: { readonly text: string | null; readonly views: readonly OrderView[] } = { text: null, views: none };

/** The saved views, oldest first. The same array until something changes. */
export function savedViews(): readonly OrderView[] {
  const text = storedText(ownKey(viewsKey));
  if (text !== known.text) known = { text, views: readViews(text) };
  return known.views;
}

/** On the server, and where the browser forbids storage. */
export function noViews(): readonly OrderView[] {
  return none;
}

/** Saves a view; one of the same name is replaced. False when it could not be stored. */
export function saveView(view: OrderView): Promise<boolean> {
  return change((views) => [...views.filter(({ name }) => name !== view.name), view].slice(-mostViews));
}

export function deleteView(name: string): Promise<boolean> {
  return change((views) => views.filter((view) => view.name !== name));
}

async function change(next: (views: readonly OrderView[]) => readonly OrderView[]): Promise<boolean> {
  if (!isOfUser()) return holdViews(next(savedViews()));
  // Loaded when a view is saved: few visits do.
  const { changePreferences } = await import("./preferences.ts");
  const stored = await changePreferences(({ order_views }) => ({ order_views: next(order_views ?? none) }));
  return stored !== null && holdViews(stored.order_views ?? none);
}

/** Holds the views in this browser. False when it stores nothing. */
export function holdViews(views: readonly OrderView[]): boolean {
  try {
    localStorage.setItem(ownKey(viewsKey), JSON.stringify(views));
  } catch {
    // Forbidden or full: the caller says so.
    return false;
  }
  window.dispatchEvent(new Event(changeEvent));
  return true;
}

/** Reports changes, including those made in other windows. */
export function watchViews(changed: () => void): () => void {
  window.addEventListener("storage", changed);
  window.addEventListener(changeEvent, changed);
  return () => {
    window.removeEventListener("storage", changed);
    window.removeEventListener(changeEvent, changed);
  };
}

export function storedText(key: string): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    // A browser may forbid storage: then there are no views.
    return null;
  }
}

/** What was stored, if valid: it may be from another version, or edited by hand. */
export function readViews(text: string | null): readonly OrderView[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(stored) ? stored.filter(isView) : none;
  } catch {
    return none;
  }
}

function isView(value: unknown): value is OrderView {
  if (typeof value !== "object" || value === null || !("name" in value) || !("path" in value)) return false;
  const { name, path } = value;
  return typeof name === "string" && typeof path === "string" && /^\/orders(\?|$)/.test(path);
}
