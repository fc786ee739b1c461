import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { Reply } from "../../api/reply.ts";
import type { Session } from "../../api/session/session.ts";

interface Credentials {
  readonly email: string;
  readonly password: string;
  /** Of an authenticator app, or a recovery code; empty until it is asked for. */
  readonly code?: string;
}

/** Begins a session in this browser. */
export function signIn({ email, password, code = "" }: Credentials): Promise<Reply<Session>> {
  const body = { email_address: email, password, ...(code === "" ? {} : { code }) };
  return write<Session>({ method: "POST", path: "/api/session", body, key: newKey() });
}

/** The text that was typed into a field of a form. */
export function typed(form: HTMLFormElement, name: string): string {
  const value = new FormData(form).get(name);
  return typeof value === "string" ? value : "";
}
