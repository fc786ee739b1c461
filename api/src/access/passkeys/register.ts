// A new passkey: what the browser is called with, and whether its answer is to be believed.
import type { RowOf } from "sqlproof";
import type { Api } from "../../api.ts";
import { ApiError, refusalOf } from "../../contract/answer.ts";
import { utcAt } from "../../contract/text.ts";
import { runWithRetry } from "../../writes/retry.ts";
import { type Doer, recordAccess } from "../audit/record-access.ts";
import { raiseAccessVersion, userById } from "../queries.ts";
import { hashOf, newSecret } from "../secrets.ts";
import { siteOf } from "./answer.ts";
import { challengeIn, newChallenge, takeChallenge } from "./challenges.ts";
import type { PasskeyCreation } from "./fields.ts";
import { insertPasskey, passkeysOfUser } from "./queries.ts";

/** Ed25519, ECDSA with P-256 and RSA, which are all that authenticators have. */
const algorithms = [-8, -7, -257];

/** More than anybody has devices. */
const mostPasskeys = 20;

/** What a browser is called with to make a passkey that needs no name to be typed, and asks for a finger or a PIN. */
export async function creationOptions(api: Api, user_id: number): Promise<object> {
  const { name: rpID } = siteOf(api);
  const { email_address, name } = await api.database.one(userById, { id: user_id });
  const own = await api.database.all(passkeysOfUser, { user_id });
  if (own.length >= mostPasskeys)
    throw new ApiError("state", `You have ${mostPasskeys} passkeys: remove one that you no longer use.`);
  // With the same one an authenticator replaces what it has of this user.
  const user_handle = own[0]?.user_handle ?? newSecret();
  const challenge = await newChallenge(api, { user_id, user_handle });
  const { generateRegistrationOptions } = await import("@simplewebauthn/server");
  return generateRegistrationOptions({
    ...{ rpName: "Northwind Orders", rpID, userName: email_address, userDisplayName: name },
    ...{ userID: bytesOf(user_handle), challenge: bytesOf(challenge) },
    attestationType: "none",
    excludeCredentials: own.map(({ credential_id, transports }) => ({
      id: credential_id,
      transports: transports.split(" ").filter((one) => one !== ""),
    })),
    authenticatorSelection: { residentKey: "required", userVerification: "required" },
    supportedAlgorithmIDs: algorithms,
  });
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new Uint8Array(Buffer.from(text, "base64url"));
}

interface NewPasskey {
  readonly name: string;
  readonly response: PasskeyCreation;
}

/** Stores a new passkey. Throws 422 `rule` if its answer is not to be believed. */
export async function addPasskey(
  api: Api,
  user_id: number,
  { name, response }: NewPasskey,
  doer: Doer,
): Promise<RowOf<typeof insertPasskey>> {
  const { origins, name: rpID } = siteOf(api);
  const challenge = challengeIn(response.response.clientDataJSON);
  const taken = await takeChallenge(api, challenge);
  if (taken === null || taken.user_id !== user_id || taken.user_handle === null) throw invalid();
  const { user_handle } = taken;
  const made = await verified(response, { challenge, origins, rpID });
  if (made === null) throw invalid();
  const { id: credential_id, publicKey, counter: sign_count } = made.credential;
  const row = {
    ...{ user_id, name, user_handle, sign_count, credential_id, hash: hashOf(credential_id) },
    public_key: Buffer.from(publicKey).toString("base64url"),
    backed_up: made.credentialBackedUp,
    transports: (response.response.transports ?? [])
      .filter((one) => /^[a-z-]{1,12}$/.test(one))
      .join(" ")
      .slice(0, 100),
    now: utcAt(api.access.now()),
  };
  const added = await runWithRetry(api.database, performance.now(), async (tx) => {
    const stored = await tx.one(insertPasskey, row);
    await recordAccess(tx, { userId: user_id, event: "passkey", about: { change: "added", passkey: stored.id } }, doer);
    await tx.run(raiseAccessVersion);
    return stored;
  });
  await api.access.read();
  return added;
}

function invalid() {
  const message = "Is not a valid answer, or was made more than five minutes ago. Add the passkey once more.";
  return refusalOf([{ pointer: "#/response", code: "rule", message }]);
}

interface Expected {
  readonly challenge: string;
  readonly origins: readonly string[];
  readonly rpID: string;
}

/** The library throws whatever is wrong. */
async function verified({ id, rawId, type, response }: PasskeyCreation, { challenge, origins, rpID }: Expected) {
  if (type !== "public-key") return null;
  const { verifyRegistrationResponse } = await import("@simplewebauthn/server");
  const { clientDataJSON, attestationObject } = response;
  try {
    const { registrationInfo = null } = await verifyRegistrationResponse({
      response: { id, rawId, type, clientExtensionResults: {}, response: { clientDataJSON, attestationObject } },
      ...{ expectedChallenge: challenge, expectedOrigin: [...origins], expectedRPID: rpID },
      requireUserVerification: true,
      supportedAlgorithmIDs: algorithms,
    });
    return registrationInfo;
  } catch {
    return null;
  }
}
