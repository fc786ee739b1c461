import { listOf, members, numberOr, parsed, textOr } from "../load/json.ts";

const mostTries = 10;
export const password = "correct horse battery";

/** A user of the API under test, with what signs it in. */
export interface Person {
  readonly id: number;
  readonly emailAddress: string;
  /** The secret of a session. */
  readonly session: string;
  readonly token: string;
  /** The number of the token. */
  readonly tokenId: number;
}

/** The answer to a request of the set-up. */
export interface Reply {
  readonly status: number;
  readonly code: string;
  readonly data: ReadonlyMap<string, unknown>;
  /** Where the data is a list. */
  readonly list: readonly unknown[];
  readonly session: string;
}

/** Sends one request with a session, a token, or nothing. */
export async function send(
  url: string,
  method: string,
  path: string,
  { session, token, body }: { readonly session?: string; readonly token?: string; readonly body?: object } = {},
): Promise<Reply> {
  const headers = new Headers(body === undefined ? {} : { "content-type": "application/json" });
  if (session !== undefined) headers.set("cookie", `northwind=${session}`);
  if (token !== undefined) headers.set("authorization", `Bearer ${token}`);
  // A connection of its own: one that was idle may be closed just now.
  headers.set("connection", "close");
  const init = { method, headers, keepalive: false, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
  const reply = await fetch(url + path, init);
  const set = /northwind=([^;]+)/.exec(reply.headers.getSetCookie()[0] ?? "")?.[1] ?? "";
  const answer = members(parsed(await reply.text()));
  const data = answer.get("data");
  const code = textOr(answer.get("code"), "");
  return { status: reply.status, code, data: members(data), list: listOf(data), session: set };
}

/** As `send`, for what must succeed: as any good client, it sends again what the server was too busy for. */
export async function must(...request: Parameters<typeof send>): Promise<Reply> {
  for (let tries = 1; ; tries += 1) {
    const reply = await send(...request);
    if (reply.status < 300) return reply;
    const [, method, path] = request;
    if (reply.status !== 503 || tries === mostTries)
      throw new Error(`${method} ${path}: ${reply.status} ${reply.code}`);
    await Bun.sleep(100 * tries);
  }
}

/** Begins a session and returns its secret. */
export async function signIn(url: string, emailAddress: string): Promise<string> {
  const body = { email_address: emailAddress, password };
  return (await must(url, "POST", "/api/session", { body })).session;
}

/** Creates a user with a session and a token. The first one must be an admin, and closes the door behind it. */
export async function addPerson(url: string, role: string, name: string, admin?: Person): Promise<Person> {
  const emailAddress = `${name}@example.com`;
  const body = { email_address: emailAddress, name, roles: [role], password };
  const by = admin === undefined ? {} : { session: admin.session };
  const { data } = await must(url, "POST", "/api/users", { ...by, body });
  const session = await signIn(url, emailAddress);
  const { data: made } = await must(url, "POST", "/api/tokens", { session, body: { name: "first" } });
  return {
    ...{ id: numberOr(data.get("id"), 0), emailAddress, session },
    ...{ token: textOr(made.get("token"), ""), tokenId: numberOr(made.get("id"), 0) },
  };
}
