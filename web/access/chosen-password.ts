import { write } from "../api/browser.ts";
import { newKey } from "../api/key.ts";
import type { Reply } from "../api/reply.ts";
import type { Session } from "../api/session/session.ts";

/** Chooses a password with a one-time link, and signs in; with the code of the second factor, if there is one. */
export function choosePassword(link: string, password: string, code: string): Promise<Reply<Session>> {
  const body = { link, password, ...(code === "" ? {} : { code }) };
  return write<Session>({ method: "POST", path: "/api/session/password", body, key: newKey() });
}

/** What the first user has typed. */
interface FirstUser {
  readonly name: string;
  readonly email_address: string;
  readonly password: string;
}

/** Creates the first user, who may do everything, and signs in. From other machines it takes the link of the program. */
export function createFirstUser(typed: FirstUser, link: string): Promise<Reply<Session>> {
  const body = link === "" ? typed : { ...typed, link };
  return write<Session>({ method: "POST", path: "/api/session/first-user", body, key: newKey() });
}
