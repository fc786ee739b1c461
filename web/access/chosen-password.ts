import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import type { Reply } from "../api/reply.ts";
import type { Session } from "../api/session/session.ts";

/** Chooses a password with a one-time link, and signs in. */
export function choosePassword(link: string, password: string): Promise<Reply<Session>> {
  const body = { link, password };
  return write<Session>({ method: "POST", path: "/api/session/password", body, key: newKey() });
}

/** Creates the first user, who may do everything. */
export function createFirstUser(user: { readonly name: string; readonly email: string; readonly password: string }) {
  const body = { name: user.name, email_address: user.email, password: user.password, roles: ["admin"] };
  return write({ method: "POST", path: "/api/users", body, key: newKey() });
}
