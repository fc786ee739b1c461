import { ApiError } from "../../contract/answer.ts";
import type { Principal } from "../../rights/principal.ts";

/** A user who has signed in with a browser. */
export interface Own {
  readonly userId: number;
  /** The hash of the session. */
  readonly session: string;
}

/** The user of a session. Throws 403: an account is none of a token's business. */
export function own({ userId, session }: Principal): Own {
  if (userId === null || session === null)
    throw new ApiError("forbidden", "Only a user who has signed in with a browser may do this.");
  return { userId, session };
}
