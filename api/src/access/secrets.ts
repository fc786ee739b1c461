// Secrets that the server gives out: of each it stores only the hash.

const secretBytes = 32;
const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

/** 256 random bits as text for a cookie or an address. */
export function newSecret(): string {
  return Buffer.from(crypto.getRandomValues(new Uint8Array(secretBytes))).toString("base64url");
}

/** SHA-256 in hexadecimal. A secret of 256 random bits needs no slower hash: there is nothing to guess. */
export function hashOf(secret: string): string {
  return new Bun.CryptoHasher("sha256").update(secret).digest("hex");
}

const tokenPrefix = "nwo_";
const tokenPattern = /^nwo_[0-9A-Za-z]{43}([0-9A-Za-z]{6})$/;

/** A new token: `nwo_`, 256 random bits and a checksum, so that scanners of secrets find it and no typing error passes. */
export function newToken(): string {
  const secret = baseOf(
    BigInt(`0x${Buffer.from(crypto.getRandomValues(new Uint8Array(secretBytes))).toString("hex")}`),
    43,
  );
  return tokenPrefix + secret + checksumOf(secret);
}

/** Whether text has the form of a token, its checksum included. */
export function isToken(text: string): boolean {
  const match = tokenPattern.exec(text);
  return match !== null && checksumOf(text.slice(tokenPrefix.length, -6)) === match[1];
}

function checksumOf(secret: string): string {
  return baseOf(BigInt(Bun.hash.crc32(secret)), 6);
}

/** A number in base 62 with so many digits. */
function baseOf(number: bigint, digits: number): string {
  let text = "";
  for (let rest = number; text.length < digits; rest /= 62n) text = (letters[Number(rest % 62n)] ?? "") + text;
  return text;
}
