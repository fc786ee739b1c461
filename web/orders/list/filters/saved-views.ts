import { ownKey } from "../../../api/session/own-key.ts";

/** A list that was saved under a name: which orders, and what is shown of them. */
export interface SavedView {
  readonly name: string;
  /** The address of the list, like /orders?status_id=0. */
  readonly path: string;
}

const storageKey = "northwind.order-views";
const mostViews = 30;
const changeEvent = "northwind-order-views";
const none: readonly SavedView[] = [];

let known: { readonly text: string | null; readonly views: readonly SavedView[] } = { text: null, views: none };

/** The saved views of this user in this browser, oldest first. The same array until something changes. */
export function savedViews(): readonly SavedView[] {
  const text = storedText();
  if (text !== known.text) known = { text, views: readViews(text) };
  return known.views;
}

/** On the server, and where the browser forbids storage. */
export function noViews(): readonly SavedView[] {
  return none;
}

/** Saves a view; one of the same name is replaced. False when this browser stores nothing. */
export function saveView(view: SavedView): boolean {
  const others = savedViews().filter(({ name }) => name !== view.name);
  return store([...others, view].slice(-mostViews));
}

export function deleteView(name: string): boolean {
  return store(savedViews().filter((view) => view.name !== name));
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

function storedText(): string | null {
  try {
    return localStorage.getItem(ownKey(storageKey));
  } catch {
    // A browser may forbid storage: then there are no views.
    return null;
  }
}

function store(views: readonly SavedView[]): boolean {
  try {
    localStorage.setItem(ownKey(storageKey), JSON.stringify(views));
  } catch {
    // Forbidden or full: the caller says so.
    return false;
  }
  window.dispatchEvent(new Event(changeEvent));
  return true;
}

/** What was stored, if valid: it may be from another version, or edited by hand. */
export function readViews(text: string | null): readonly SavedView[] {
  try {
    const stored: unknown = JSON.parse(text ?? "[]");
    return Array.isArray(stored) ? stored.filter(isView) : none;
  } catch {
    return none;
  }
}

function isView(value: unknown): value is SavedView {
  if (typeof value !== "object" || value === null || !("name" in value) || !("path" in value)) return false;
  const { name, path } = value;
  return typeof name === "string" && typeof path === "string" && /^\/orders(\?|$)/.test(path);
}
