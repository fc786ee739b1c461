import type { Base, UnansweredWrite } from "./save.ts";

/*
 * What is typed is stored in the browser until it is saved, so that neither a reload nor a crash loses it. Each opened
 * form has its own slot: a new one never overwrites the draft that an earlier one left behind.
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
const maxAgeMs = 30 * 24 * 3_600_000;
/** Drafts of older versions of this program are not read. */
const version = 3;

/** Stores a draft. A browser without room or permission stores none, and typing goes on. */
export function storeDraft(stored: StoredDraft<unknown, unknown>): void {
  try {
    localStorage.setItem(prefix + stored.session, JSON.stringify({ version, ...stored }));
  } catch (error) {
    console.warn("The draft is not stored:", error);
  }
}

export function removeDraft(session: string): void {
  try {
    localStorage.removeItem(prefix + session);
  } catch (error) {
    console.warn("The draft is not removed:", error);
  }
}

/** The newest draft of this form that another opening of it left behind. */
export function newestDraft<Row, Draft>(form: string, session: string): StoredDraft<Row, Draft> | null {
  const found: StoredDraft<Row, Draft>[] = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue;
      const stored = readStored<Row, Draft>(localStorage.getItem(key));
      if (stored === null || stored.savedAt < Date.now() - maxAgeMs) localStorage.removeItem(key);
      else if (stored.form === form && stored.session !== session) found.push(stored);
    }
  } catch (error) {
    console.warn("Drafts cannot be read:", error);
  }
  return found.sort((a, b) => b.savedAt - a.savedAt)[0] ?? null;
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
