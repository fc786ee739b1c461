/*
 * What is typed is kept in the browser until it is saved, so that neither a reload nor a crash loses it. Each opened
 * form has a slot of its own: a new one never overwrites the draft that was left behind.
 */

/** A draft that was left behind; what stands in it is the business of its form. */
export interface StoredDraft {
  /** The opened form that wrote it. */
  readonly session: string;
  /** Which form it is: `orders/new`, `customers/4`. */
  readonly form: string;
  readonly savedAt: number;
}

const prefix = "draft ";
const keptMs = 30 * 24 * 3_600_000;
/** Of older versions of this program nothing is read. */
const version = 2;

/** Keeps a draft. A browser without room or without permission keeps none: typing goes on. */
export function keepDraft(stored: StoredDraft): void {
  try {
    localStorage.setItem(prefix + stored.session, JSON.stringify({ version, ...stored }));
  } catch (error) {
    console.warn("The draft is not kept:", error);
  }
}

export function forgetDraft(session: string): void {
  try {
    localStorage.removeItem(prefix + session);
  } catch (error) {
    console.warn("The draft is not removed:", error);
  }
}

/** The newest draft of this form that another opening of it left behind. */
export function newestDraft<D extends StoredDraft>(
  form: string,
  session: string,
  isMine: (stored: StoredDraft) => stored is D,
): D | null {
  const found: D[] = [];
  try {
    for (const key of Object.keys(localStorage)) {
      if (!key.startsWith(prefix)) continue;
      const stored = readStored(localStorage.getItem(key));
      if (stored === null || stored.savedAt < Date.now() - keptMs) localStorage.removeItem(key);
      else if (stored.form === form && stored.session !== session && isMine(stored)) found.push(stored);
    }
  } catch (error) {
    console.warn("Drafts cannot be read:", error);
  }
  return found.sort((a, b) => b.savedAt - a.savedAt)[0] ?? null;
}

function readStored(text: string | null): StoredDraft | null {
  if (text === null) return null;
  try {
    const stored: unknown = JSON.parse(text);
    return isStored(stored) ? stored : null;
  } catch {
    // Not ours, or cut off while it was written.
    return null;
  }
}

/** This program wrote it, in this form. */
function isStored(value: unknown): value is StoredDraft {
  return typeof value === "object" && value !== null && "version" in value && value.version === version;
}
