// Passwords are hashed by Argon2id, with the parameters in the hash, in threads of the run-time.

/** The second choice of OWASP's Password Storage Cheat Sheet: 19 MiB, two passes. */
const parameters = { algorithm: "argon2id", memoryCost: 19_456, timeCost: 2 } as const;
const current = `$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=1$`;

export const shortestPassword = 12;
export const longestPassword = 200;

/** At most two at once: each takes memory and a whole core. */
const mostAtOnce = 2;
let running = 0;
const waiting: (() => void)[] = [];

async function inTurn<T>(work: () => Promise<T>): Promise<T> {
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
