// Codes of an authenticator app (RFC 6238), in the form that every app takes: SHA-1, six digits, 30 seconds.

const stepMs = 30_000;
/** So many steps a phone's clock may be wrong. */
const drift = 1;
const secretBytes = 20;

/** A new secret in base 32. */
export async function newTotpSecret(): Promise<string> {
  const { Secret } = await import("otpauth");
  return new Secret({ size: secretBytes }).base32;
}

/** What an authenticator app reads from a QR code. */
export async function totpUri(secret: string, emailAddress: string): Promise<string> {
  return (await totpOf(secret, emailAddress)).toString();
}

/** The step that this is the code of, if it is of about now; else null. */
export async function stepOfCode(secret: string, code: string, now: number): Promise<number | null> {
  const totp = await totpOf(secret);
  const delta = totp.validate({ token: code, timestamp: now, window: drift });
  return delta === null ? null : Math.floor(now / stepMs) + delta;
}

/** The library is loaded when the first user needs it. */
async function totpOf(secret: string, label = "") {
  const { Secret, TOTP } = await import("otpauth");
  return new TOTP({ issuer: "Northwind Orders", label, secret: Secret.fromBase32(secret) });
}
