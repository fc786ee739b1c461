// Recovery codes let in whoever has lost the phone, each once. They are short enough to type, so they are hashed like
// passwords.
import type { RowOf, Transaction } from "sqlproof";
import { isPassword, passwordHash } from "../passwords.ts";
import { deleteRecoveryCodes, insertRecoveryCode, type recoveryCodesOfUser } from "./queries.ts";

const codes = 10;
const groupLength = 5;
/** Without letters that look like digits or like each other: 32 of them. */
const letters = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/** Recovery codes with what is stored of them. */
export interface RecoveryCodes {
  readonly shown: readonly string[];
  readonly hashes: readonly string[];
}

/** Ten new codes of 50 random bits. */
export async function newRecoveryCodes(): Promise<RecoveryCodes> {
  const shown = Array.from({ length: codes }, () => `${randomGroup()}-${randomGroup()}`);
  return { shown, hashes: await Promise.all(shown.map((code) => passwordHash(plain(code)))) };
}

function randomGroup(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(groupLength));
  return Array.from(bytes, (byte) => letters[byte % letters.length]).join("");
}

/** Stores new codes in place of all earlier ones. */
export async function replaceRecoveryCodes(tx: Transaction, user_id: number, { hashes }: RecoveryCodes): Promise<void> {
  await tx.run(deleteRecoveryCodes, { user_id });
  await tx.runMany(
    insertRecoveryCode,
    hashes.map((hash) => ({ user_id, hash })),
  );
}

/** The id of the stored code that this is, or null. */
export async function recoveryCodeId(
  given: string,
  stored: readonly RowOf<typeof recoveryCodesOfUser>[],
): Promise<number | null> {
  const code = plain(given);
  if (code.length !== 2 * groupLength) return null;
  for (const { id, hash } of stored) if (await isPassword(code, hash)) return id;
  return null;
}

/** A code as it was meant: people type small letters, leave the hyphen out, and take letters for digits. */
function plain(code: string): string {
  return code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, "")
    .replace(/O/g, "0")
    .replace(/[IL]/g, "1");
}
