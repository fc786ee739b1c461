import { type Right, type Role, rightsOf, roles } from "./rights.ts";
import { everything, type View, viewOf } from "./view.ts";

/** So long after a proof of who one is nothing asks for another. */
export const provedMs = 15 * 60 * 1000;

/** Clocks of several machines differ a little; a proof that is later than this by more is of a wrong clock. */
const aheadMs = 60 * 1000;

/** Whether a principal must prove again who it is. Whoever has no session is never asked. */
export function lacksProof({ provedAt }: Pick<Principal, "provedAt">, now: number): boolean {
  return provedAt !== null && (now >= provedAt + provedMs || now < provedAt - aheadMs);
}

/** On whose behalf a request acts, and what it may do. */
export interface Principal {
  /** Who it is, as the audit log names it: 1 to 100 characters. */
  readonly name: string;
  /** Never changes, and is unique among all principals: the Idempotency-Keys of one are no concern of another. */
  readonly key: string;
  readonly rights: ReadonlySet<Right>;
  /** What it does not see of what it may read. */
  readonly view: View;
  /** Null for the principal of a program that is open to everyone on this machine. */
  readonly userId: number | null;
  /** The hash of its session, where it has signed in with a browser. */
  readonly session: string | null;
  /** When the user of the session last proved who it is, in milliseconds since 1970; null without a session. */
  readonly provedAt: number | null;
  /** It has no rights before its user has set up a second factor. */
  readonly needsSecondFactor: boolean;
}

/** Somebody who is not signed in, at a route that is public. */
export const nobody: Principal = {
  name: "nobody",
  key: "nobody",
  rights: new Set(),
  view: viewOf(new Set()),
  userId: null,
  session: null,
  provedAt: null,
  needsSecondFactor: false,
};

/** Everyone on this machine, while there is no user: any client that reaches the API may do everything. */
export const local: Principal = {
  name: "local",
  key: "local",
  rights: rightsOf(roles),
  view: everything,
  userId: null,
  session: null,
  provedAt: null,
  needsSecondFactor: false,
};

/** Whoever asks without signing in from a network where that is meant. */
export function anonymous(role: Role): Principal {
  const rights = rightsOf([role]);
  return { ...nobody, name: "anonymous", key: "anonymous", rights, view: viewOf(rights) };
}

/** A user as the audit log names it. */
export function userName(id: number, name: string): string {
  return shortened(`${id} ${name}`);
}

/** As much of a name as the audit log holds. A character of two UTF-16 units is not cut in half. */
export function shortened(name: string): string {
  return Array.from(name).slice(0, 100).join("");
}
