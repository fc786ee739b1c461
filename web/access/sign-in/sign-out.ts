import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { ApiError } from "../../api/reply.ts";
import { forgetViews } from "../../api/session/views-of-browser.ts";
import { removeOwnDrafts } from "../../form/stored-drafts.ts";
import { endFollowing } from "../../shell/preferences/follow-preferences.ts";
import { remember } from "../../shell/preferences/theme.ts";
import { flushAll } from "../../undo/hold-writes.ts";

/**
 * Ends the session and leaves nothing of the user in this browser. What still waits for Undo is sent first, in the name
 * of the user who did it. Gives the error if the session could not be ended.
 */
export async function signOut(): Promise<ApiError | null> {
  await flushAll();
  const reply = await write({ method: "DELETE", path: "/api/session", key: newKey() });
  if (!reply.ok && reply.status !== 401) return reply;
  removeOwnDrafts();
  forgetViews();
  endFollowing();
  await remember("employee", "");
  location.assign("/sign-in");
  return null;
}
