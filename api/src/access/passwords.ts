// Passwords are hashed by Argon2id, with the parameters in the hash, in threads of the run-time.

import type { Queryable } from "sqlproof";
import { ApiError, refuseAll } from "../contract/answer.ts";
import { companyName } from "./queries.ts";

/** The second choice of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes. */
const parameters = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;
const current = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=1$`;

export const shortestPassword = 12;
export const longestPassword = 200;

/** At most two at once: each takes memory and a whole core. */
const mostAtOnce = 2;
/** How many more may wait: a flood of sign-ins must not hold up everybody else's requests. */
const mostWaiting = 20;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (waiting.length >= mostWaiting)
    throw new ApiError("overloaded", "Too many are signing in at the moment. Try again in a few seconds.", {
      headers: { "retry-after": "3" },
    });
  while (running >= mostAtOnce) await new Promise<void>((resolve) => waiting.push(resolve));
  running += 1;
  try {
    return await work();
  } finally {
    running -= 1;
    waiting.shift()?.();
  }
}

/** The hash of a password, as it is stored. */
export function passwordHash(password: string): Promise<string> {
  return inTurn(() => Bun.password.hash(password.normalize("NFC"), parameters));
}

/** The hash of no password, so that an account that does not exist takes as long as one that does. */
let nobody: Promise<string> | undefined;

/** Whether it is the password of this hash; without a hash, false after the same time. */
export async function isPassword(password: string, hash: string | null): Promise<boolean> {
  nobody ??= passwordHash(crypto.randomUUID());
  const stored = hash ?? (await nobody);
  const isRight = await inTurn(() => Bun.password.verify(password.normalize("NFC"), stored));
  return isRight && hash !== null;
}

/** Whether a hash was made with weaker parameters than today's, and is to be made again. */
export function isOutdated(hash: string): boolean {
  return !hash.startsWith(current);
}

/** A password that a user chooses, and where it stands in the request. */
interface Chosen {
  readonly password: string;
  readonly pointer: "#/password" | "#/new_password";
  readonly user: { readonly name: string; readonly email_address: string };
}

/** The hash of a password that a user chooses. Throws 422 `rule` if it is little more than words that anybody would guess. */
export async function chosenPasswordHash(db: Queryable, { password, pointer, user }: Chosen): Promise<string> {
  const company = (await db.maybe(companyName))?.name ?? "";
  if (isGuessable(password, `${user.name} ${user.email_address} ${company}`)) {
    const message = "Is little more than your name, your e-mail address or the company's name. Add other words.";
    refuseAll([{ pointer, code: "rule", message }]);
  }
  return passwordHash(password);
}

/** Words of this program, which everybody would try. */
const ownWords = ["northwind", "orders", "password", "welcome"];
/** Shorter words are in too many others. */
const shortestWord = 4;
/** So many letters and digits must be left when the guessable words are taken away. */
const fewestOthers = 8;

/** Whether a password is little more than words that its user, the company or this program is known by. */
export function isGuessable(password: string, known: string): boolean {
  const words = plain(known).split(/[^\p{L}\p{N}]+/u);
  let rest = plain(password);
  for (const word of [...words, ...ownWords]) if (word.length >= shortestWord) rest = rest.replaceAll(word, "");
  return rest.length < plain(password).length && rest.replace(/[^\p{L}\p{N}]/gu, "").length < fewestOthers;
}

/** Without capitals and accents. */
function plain(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}
