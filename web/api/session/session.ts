// Who is signed in, and what this user may do: read by session-server.ts for a request, handed to the browser by
// `SessionProvider`. Nothing of it outlives the request on the server.
import type { Right } from "northwind-api/src/rights/rights.ts";

export type { Right, Role } from "northwind-api/src/rights/rights.ts";

export interface Session {
  /** `open` while there is no user: everybody may do everything. `anonymous` where one need not sign in. `unknown` while the API does not answer. */
  readonly state: "open" | "anonymous" | "signed-in" | "signed-out" | "unknown";
  readonly user: SessionUser | null;
  readonly rights: readonly string[];
  /** In UTC: until then nothing asks for a proof. */
  readonly proved_until: string | null;
  /** Nothing is allowed before a second factor is set up. */
  readonly needs_second_factor: boolean;
  readonly sign_in: SignInWays;
}

/** The ways to sign in beside a password. */
export interface SignInWays {
  readonly passkeys: boolean;
  /** The words of the button, or null. */
  readonly single_sign_on: string | null;
  /** Whether a forgotten password is reset by mail. */
  readonly mail: boolean;
  /** There is no user yet. */
  readonly no_user: boolean;
}

export interface SessionUser {
  readonly id: number;
  readonly name: string;
  readonly email_address: string;
}

/** Whether a session includes a right. */
export function mayIn({ rights: given }: Session, right: Right): boolean {
  return given.includes(right);
}
