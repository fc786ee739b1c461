import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from "@simplewebauthn/browser";
import { write } from "../../api/browser.ts";
import { newKey } from "../../api/key.ts";
import type { ApiError, Reply } from "../../api/reply.ts";
import type { MessageKey, Values } from "../../messages/text.ts";

/*
 * What the browser does with passkeys. Its part of the library is loaded when a passkey is used.
 */

/** Why the browser has made nothing. */
export interface NoPasskey {
  readonly ok: false;
  readonly key: MessageKey;
  readonly values: Values;
}

type Made<T> = { readonly ok: true; readonly response: T } | NoPasskey | ApiError;

/** Whether this browser has passkeys at all; it has none over http, but on its own machine. */
export function hasPasskeys(): boolean {
  return "PublicKeyCredential" in globalThis;
}

/** Signs a challenge of the server with a passkey of this device. */
export async function askPasskey(): Promise<Made<AuthenticationResponseJSON>> {
  const challenge = await challengeOf<PublicKeyCredentialRequestOptionsJSON>("/api/session/passkey-challenge");
  if (!challenge.ok) return challenge;
  const { options } = challenge.data;
  return made(options.rpId, async () => {
    const { startAuthentication } = await import("@simplewebauthn/browser");
    return startAuthentication({ optionsJSON: options });
  });
}

/** Makes a passkey on this device. */
export async function makePasskey(): Promise<Made<RegistrationResponseJSON>> {
  const challenge = await challengeOf<PublicKeyCredentialCreationOptionsJSON>("/api/account/passkeys/challenge");
  if (!challenge.ok) return challenge;
  const { options } = challenge.data;
  return made(options.rp.id, async () => {
    const { startRegistration } = await import("@simplewebauthn/browser");
    return startRegistration({ optionsJSON: options });
  });
}

function challengeOf<T>(path: string): Promise<Reply<{ readonly options: T }>> {
  return write({ method: "POST", path, key: newKey() });
}

async function made<T>(host: string | undefined, make: () => Promise<T>): Promise<Made<T>> {
  if (!hasPasskeys()) return { ok: false, key: "passkey.unsupported", values: {} };
  // Passkeys belong to a name: an address like 127.0.0.1 has none.
  if (host !== undefined && !isAt(host)) return { ok: false, key: "passkey.wrongHost", values: { host } };
  try {
    return { ok: true, response: await make() };
  } catch (error) {
    return { ok: false, key: reasonOf(error), values: { host: host ?? "" } };
  }
}

function isAt(host: string): boolean {
  return location.hostname === host || location.hostname.endsWith(`.${host}`);
}

const reasons: ReadonlyMap<string, MessageKey> = new Map([
  // Browsers do not tell apart whether somebody declined or has no passkey here.
  ["NotAllowedError", "passkey.cancelled"],
  ["AbortError", "passkey.cancelled"],
  ["InvalidStateError", "passkey.already"],
  ["SecurityError", "passkey.wrongHost"],
  ["NotSupportedError", "passkey.unsupported"],
]);

function reasonOf(error: unknown): MessageKey {
  return (error instanceof Error ? reasons.get(error.name) : undefined) ?? "passkey.failed";
}
