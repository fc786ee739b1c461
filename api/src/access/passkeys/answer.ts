// Whether an answer was signed by a passkey that is known here, for this site, for a challenge that nobody has answered.
import type { RowOf, Transaction } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError } from "../../contract/answer.ts";
import { utcAt } from "../../contract/text.ts";
import { hashOf } from "../secrets.ts";
import { challengeIn, newChallenge, takeChallenge } from "./challenges.ts";
import type { PasskeyAnswer } from "./fields.ts";
import { passkeyByHash, usePasskey } from "./queries.ts";

interface Site {
  readonly name: string;
  readonly origins: readonly string[];
}

/** The site that passkeys belong to. Throws 409 `state` where there is none. */
export function siteOf({ passkeySite: { name, origins } }: Api): Site {
  if (name !== null) return { name, origins };
  const next = "Start the program with --public-url and a name, like https://orders.example.";
  throw new ApiError("state", `Passkeys belong to a name, and an address leads here. ${next}`);
}

/** What a browser is called with to sign in: any passkey of this site, which asks for a finger or a PIN. */
export async function requestOptions(api: Api): Promise<object> {
  const { name: rpID } = siteOf(api);
  const challenge = Buffer.from(await newChallenge(api, { user_id: null, user_handle: null }), "base64url");
  const { generateAuthenticationOptions } = await import("@simplewebauthn/server");
  return generateAuthenticationOptions({ rpID, challenge: new Uint8Array(challenge), userVerification: "required" });
}

/** A passkey that has answered, and what stores that it has. */
export interface Answered {
  readonly userId: number;
  /** False if another answer with the same number was faster. */
  readonly use: (tx: Transaction) => Promise<boolean>;
}

type Stored = RowOf<typeof passkeyByHash>;

/** The passkey that has given this answer; null if the answer is not to be believed. Its challenge is used up. */
export async function answeredBy(api: Api, answer: PasskeyAnswer): Promise<Answered | null> {
  const { name, origins } = siteOf(api);
  const challenge = challengeIn(answer.response.clientDataJSON);
  const taken = await takeChallenge(api, challenge);
  // One that was made for a new passkey of somebody signs nobody in.
  if (taken === null || taken.user_id !== null) return null;
  const hash = hashOf(answer.id);
  const stored = await api.database.maybe(passkeyByHash, { hash });
  if (stored === null || !isOf(stored, answer)) return null;
  const checked = await signed(answer, stored, { challenge, name, origins });
  if (checked === null) return null;
  const { newCounter: next_count, credentialBackedUp: backed_up } = checked;
  const { user_id: userId, sign_count } = stored;
  const now = utcAt(api.access.now());
  const use = async (tx: Transaction) =>
    (await tx.run(usePasskey, { hash, sign_count, next_count, backed_up, now })).rowsAffected === 1;
  return { userId, use };
}

function isOf(
  { credential_id, user_handle }: Stored,
  { id, type, response: { userHandle = null } }: PasskeyAnswer,
): boolean {
  return type === "public-key" && credential_id === id && (userHandle === null || userHandle === user_handle);
}

interface Expected extends Site {
  readonly challenge: string;
}

/** The library throws whatever is wrong: the origin, the name, the signature, a missing finger, a number that went back. */
async function signed({ id, rawId, response }: PasskeyAnswer, stored: Stored, { challenge, name, origins }: Expected) {
  const { verifyAuthenticationResponse } = await import("@simplewebauthn/server");
  const { clientDataJSON, authenticatorData, signature } = response;
  const publicKey = new Uint8Array(Buffer.from(stored.public_key, "base64url"));
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: {
        ...{ id, rawId, type: "public-key", clientExtensionResults: {} },
        response: { clientDataJSON, authenticatorData, signature },
      },
      ...{ expectedChallenge: challenge, expectedOrigin: [...origins], expectedRPID: name },
      requireUserVerification: true,
      credential: { id: stored.credential_id, publicKey, counter: stored.sign_count },
    });
    return verified ? authenticationInfo : null;
  } catch {
    return null;
  }
}
