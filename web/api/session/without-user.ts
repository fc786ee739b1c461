// Sessions of nobody in particular. Not in session.ts: only the server needs the table of rights, and no page loads it.
import { rights } from "northwind-api/src/rights/rights.ts";
import type { Session } from "./session.ts";

const all = Object.keys(rights);
const unasked = {
  ...{ proved_until: null, needs_second_factor: false },
  sign_in: { passkeys: false, single_sign_on: null, mail: false, no_user: false },
} as const;

export const openSession: Session = { state: "open", user: null, rights: all, ...unasked };
/** The pages show everything: the API refuses what is not allowed. */
export const unknownSession: Session = { state: "unknown", user: null, rights: all, ...unasked };
