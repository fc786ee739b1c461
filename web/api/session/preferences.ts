import { read, write } from "../browser.ts";
import { newKey } from "../key.ts";

/*
 * What users have chosen for themselves is stored by the API and follows them to every browser. While nobody has to
 * sign in there is only the browser.
 */

/** Null is what the user has not chosen yet. */
export interface Preferences {
  readonly theme: "light" | "dark" | null;
  readonly locale: "en" | "es" | null;
  /** The saved lists of orders. */
  readonly order_views: readonly OrderView[] | null;
}

export interface OrderView {
  readonly name: string;
  /** The address of the list, like /orders?status_id=0. */
  readonly path: string;
}

interface Known {
  readonly chosen: Preferences;
  readonly etag: string | null;
}

const path = "/api/account/preferences";
const attempts = 3;

/** What the user has chosen; null when it cannot be read. */
export async function readPreferences(): Promise<Known | null> {
  const reply = await read<Preferences>(path);
  return reply.ok ? { chosen: reply.data, etag: reply.etag } : null;
}

/**
 * Changes what the user has chosen. `change` gets the newest, so that nothing is lost which another browser has stored
 * meanwhile. Gives what is stored now, or null when it could not be stored.
 */
export async function changePreferences(
  change: (now: Preferences) => Partial<Preferences>,
  first: Known | null = null,
): Promise<Preferences | null> {
  let known = first ?? (await readPreferences());
  for (let attempt = 0; known !== null && attempt < attempts; attempt += 1) {
    const { chosen, etag } = known;
    const reply = await write<Preferences>({ method: "PUT", path, body: change(chosen), etag, key: newKey() });
    if (reply.ok) return reply.data;
    if (reply.status !== 412) return null;
    known = await readPreferences();
  }
  return null;
}
