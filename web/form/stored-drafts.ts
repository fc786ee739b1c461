import { ownKey } from "../api/session/own-key.ts";
import type { Base, UnansweredWrite } from "./save.ts";

/*
 * What is typed is stored in the browser until it is saved, so that neither a reload nor a crash loses it. Each opened
 * form has its own slot: a new one never overwrites the draft that an earlier one left behind. A tab remembers which
 * form it has open: loaded again at the same address, it gets its own draft back without a question.
 */

export interface StoredDraft<Row, Draft> {
  /** The opened form that wrote it. */
  readonly session: string;
  /** Which form it is: `orders/new`, `customers/4`. */
  readonly form: string;
  readonly savedAt: number;
  readonly draft: Draft;
  readonly base: Base<Row, Draft> | null;
  /** Resolved before anything else is sent. */
  readonly unanswered: UnansweredWrite | null;
}

const prefix = "draft ";
/** Where the draft of an opened form is stored. Users who take turns at a browser have their own. */
const keyOf = (session: string) => ownKey(prefix + session);
const maxAgeMs = 30 * 24 * 3_600_000;
/** Drafts of older versions of this program are not read. */
const version = 4;

/** Stores a draft. A browser without room or permission stores none, and typing goes on. */
export function storeDraft(stored: StoredDraft<unknown, unknown>): void {
  try {
    localStorage.setItem(keyOf(stored.session), JSON.stringify({ version, ...stored }));
  } catch (error) {
    console.warn("The draft is not stored:", error);
  }
}

export function removeDraft(session: string): void {
  try {
    localStorage.removeItem(keyOf(session));
  } catch (error) {
    console.warn("The draft is not removed:", error);
  }
}

/** Removes every draft of the user who signs out: others use this browser, too. */
export function removeOwnDrafts(): void {
  try {
    for (const key of Object.keys(localStorage)) if (key.startsWith(ownKey(prefix))) localStorage.removeItem(key);
  } catch (error) {
    console.warn("The drafts are not removed:", error);
  }
}

/** The newest draft of this form that another opening of it left behind; `held` are those that are still typed. */
export function newestDraft<Row, Draft>(form: string, held: ReadonlySet<string>): StoredDraft<Row, Draft> | null {
  const found: StoredDraft<Row, Draft>[] = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(ownKey(prefix))) continue;
      const stored = readStored<Row, Draft>(localStorage.getItem(key));
      if (stored === null || stored.savedAt < Date.now() - maxAgeMs) localStorage.removeItem(key);
      else if (stored.form === form && !held.has(stored.session)) found.push(stored);
    }
  } catch (error) {
    console.warn("Drafts cannot be read:", error);
  }
  return found.sort((a, b) => b.savedAt - a.savedAt)[0] ?? null;
}

/** The form that this tab has open. */
interface OpenForm {
  readonly session: string;
  /** Another address is another order: one for a certain customer, or a copy. */
  readonly address: string;
}

const openKey = "open form";

/** Remembers the form that this tab has open, until the returned function is called: by a reload it is not. */
export function rememberOpenForm(session: string): () => void {
  const address = location.pathname + location.search;
  try {
    sessionStorage.setItem(openKey, JSON.stringify({ session, address } satisfies OpenForm));
  } catch (error) {
    console.warn("The open form is not remembered:", error);
  }
  return () => sessionStorage.removeItem(openKey);
}

/** The draft that this tab had open at this address when the page was loaded again. */
export function ownDraft<Row, Draft>(form: string): StoredDraft<Row, Draft> | null {
  try {
    const open: unknown = JSON.parse(sessionStorage.getItem(openKey) ?? "null");
    if (typeof open !== "object" || open === null || !("session" in open && "address" in open)) return null;
    if (open.address !== location.pathname + location.search) return null;
    const stored = readStored<Row, Draft>(localStorage.getItem(keyOf(String(open.session))));
    return stored?.form === form ? stored : null;
  } catch (error) {
    console.warn("The draft of this tab cannot be read:", error);
    return null;
  }
}

/**
 * Marks a draft as being typed now, until the returned function is called or the page is gone: no other tab offers it.
 * Where the browser has no locks (without https), every draft is offered.
 */
export function holdDraft(session: string): () => void {
  const { promise, resolve } = Promise.withResolvers<void>();
  if ("locks" in navigator) void navigator.locks.request(prefix + session, () => promise);
  return resolve;
}

/** The drafts that are being typed now, in any tab. */
export async function heldDrafts(): Promise<ReadonlySet<string>> {
  if (!("locks" in navigator)) return new Set();
  const { held = [] } = await navigator.locks.query();
  return new Set(held.flatMap(({ name = "" }) => (name.startsWith(prefix) ? [name.slice(prefix.length)] : [])));
}

function readStored<Row, Draft>(text: string | null): StoredDraft<Row, Draft> | null {
  if (text === null) return null;
  try {
    const stored: unknown = JSON.parse(text);
    return isStored<Row, Draft>(stored) ? stored : null;
  } catch {
    // Written by something else, or cut off while it was written.
    return null;
  }
}

/** This version of the program wrote it; the name of its form says what it holds. */
function isStored<Row, Draft>(value: unknown): value is StoredDraft<Row, Draft> {
  return typeof value === "object" && value !== null && "version" in value && value.version === version;
}
