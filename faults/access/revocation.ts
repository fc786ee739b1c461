import { members, parsed, textOr } from "../load/json.ts";
import type { Random } from "../load/random.ts";
import { HttpConnection, NoAnswer } from "../network/http-connection.ts";
import { addPerson, must, type Person, password, signIn } from "./people.ts";

interface Change {
  readonly name:
    | "sign-out"
    | "session ended by its user elsewhere"
    | "password changed"
    | "user disabled"
    | "token switched off"
    | "role taken";
  readonly of: "session" | "token";
}

/** The ways to lose a right, each with what it takes it from. */
export const changes: readonly [Change, ...Change[]] = [
  { name: "sign-out", of: "session" },
  { name: "session ended by its user elsewhere", of: "session" },
  { name: "password changed", of: "session" },
  { name: "user disabled", of: "session" },
  { name: "user disabled", of: "token" },
  { name: "token switched off", of: "token" },
  { name: "role taken", of: "session" },
  { name: "role taken", of: "token" },
];

/** What lets a request in. */
export type Credential = { readonly session: string } | { readonly token: string };

/** One right that was lost, and the latest requests that were still answered with it. */
export interface Lost {
  readonly change: string;
  readonly credential: Credential;
  /** After the change was acknowledged: when the last request was sent that was let in, per process; negative if before. */
  readonly changerMs: number;
  readonly otherMs: number;
  /** Answers that are neither an entry nor a refusal of access. */
  readonly odd: readonly string[];
}

const watchedMs = 1500;
const timeoutMs = 6000;

/** Gives somebody a right on two processes, takes it away on one of them, and watches both. */
export async function loseRight(
  urls: readonly [string, string],
  admin: Person,
  random: Random,
  name: string,
): Promise<Lost> {
  const change = random.pick(changes);
  const at = random.integer(0, 1) === 0 ? urls : ([urls[1], urls[0]] as const);
  const person = await addPerson(at[random.integer(0, 1)] ?? at[0], "order-clerk", name, admin);
  const credential = change.of === "session" ? { session: person.session } : { token: person.token };
  // The rights of before are known to both processes.
  for (const url of at) if ((await attempt(url, credential)) !== "let in") throw new Error(`${name} has no right.`);
  const take = await preparation(change, at[0], admin, person);
  const odd: string[] = [];
  const sent: [number, number] = [Number.NEGATIVE_INFINITY, Number.NEGATIVE_INFINITY];
  let over = false;
  const watch = async (which: 0 | 1): Promise<void> => {
    const connection = new HttpConnection(at[which]);
    while (!over) {
      const sentAt = performance.now();
      const result = await attempt(at[which], credential, connection);
      if (result === "let in") sent[which] = sentAt;
      else if (result !== "refused") odd.push(`${change.name}: ${result}`);
      await Bun.sleep(5);
    }
    connection.close();
  };
  const watching = [watch(0), watch(1)];
  await take();
  const changedAt = performance.now();
  await Bun.sleep(watchedMs);
  over = true;
  await Promise.all(watching);
  return { change: change.name, credential, changerMs: sent[0] - changedAt, otherMs: sent[1] - changedAt, odd };
}

/** Asks for something that an order clerk may do and a viewer may not. */
export async function attempt(
  url: string,
  credential: Credential,
  connection = new HttpConnection(url),
): Promise<string> {
  const access: Record<string, string> =
    "session" in credential
      ? { Cookie: `northwind=${credential.session}` }
      : { Authorization: `Bearer ${credential.token}` };
  const headers = { "Content-Type": "application/json", ...access };
  try {
    const sent = { method: "POST", path: "/api/orders?dry_run=1", headers, body: "{}" };
    const { status, body } = await connection.request(sent, timeoutMs);
    if (status < 300) return "let in";
    const code = textOr(members(parsed(body)).get("code"), "");
    return code === "unauthenticated" || code === "forbidden" ? "refused" : `${status} ${code}`;
  } catch (error) {
    if (error instanceof NoAnswer) return error.message;
    throw error;
  }
}

/** Everything that the change needs beforehand; the result makes it. */
async function preparation(
  change: Change,
  url: string,
  admin: Person,
  person: Person,
): Promise<() => Promise<unknown>> {
  const { id, session, tokenId, emailAddress } = person;
  switch (change.name) {
    case "sign-out":
      return () => must(url, "DELETE", "/api/session", { session });
    case "session ended by its user elsewhere": {
      const elsewhere = await signIn(url, emailAddress);
      const { list } = await must(url, "GET", "/api/account/sessions", { session: elsewhere });
      const other = list.map(members).find((one) => one.get("current") === false);
      return () => must(url, "DELETE", `/api/account/sessions/${String(other?.get("id"))}`, { session: elsewhere });
    }
    case "password changed": {
      const elsewhere = await signIn(url, emailAddress);
      const body = { current_password: password, new_password: `another ${password}` };
      return () => must(url, "PUT", "/api/account/password", { session: elsewhere, body });
    }
    case "token switched off":
      return () => must(url, "PUT", `/api/tokens/${tokenId}`, { session, body: { disabled: true } });
    case "user disabled":
      return () => must(url, "PUT", `/api/users/${id}`, { session: admin.session, body: { disabled: true } });
    case "role taken":
      return () => must(url, "PUT", `/api/users/${id}`, { session: admin.session, body: { roles: ["viewer"] } });
  }
}

/** The secret itself, which no log may hold. */
export function secretOf(credential: Credential): string {
  return "session" in credential ? credential.session : credential.token;
}
