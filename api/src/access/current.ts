// Who may use the API: open to everyone on this machine until there is a user, and from then on to users who are signed
// in and to their tokens. `current.ts` finds the principal of each request, `routes.ts` signs in and out.
import { type Database, type DateTime, dateTime, type RowOf } from "sqlproof";
import { utcNow } from "../contract/text.ts";
import { local, type Principal, userName } from "../rights/principal.ts";
import { type Right, rightsOf, rolesIn } from "../rights/rights.ts";
import { viewOf } from "../rights/view.ts";
import { sessionCookie } from "./cookie.ts";
import { isWithin } from "./networks.ts";
import {
  accessNow,
  deleteOldFailures,
  deleteOldLinks,
  deleteOldSessions,
  sessionByHash,
  tokenByHash,
  useSession,
  useToken,
} from "./queries.ts";
import { hashOf, isToken } from "./secrets.ts";

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;
/** A session ends when nobody has used it for so long, */
const idleMs = 12 * hourMs;
/** and in any case after so long. */
const longestMs = 30 * 24 * hourMs;
/** The last use is stored at most so often. */
const notedMs = minuteMs;
/** How often another process is found to have changed somebody's rights; a request may be that late. */
const rereadMs = 500;

/** A principal that was found, and how long it may be used without asking the database. */
interface Known {
  readonly principal: Principal;
  readonly endsAt: number;
  /** The networks from which it may be used; null for any. */
  readonly networks: readonly string[] | null;
  readonly note: (now: DateTime) => Promise<unknown>;
  /** Sessions end when they are idle. */
  readonly idleMs: number;
  usedAt: number;
  notedAt: number;
}

/** The address that a request came from, looked up only when it is needed. */
type AddressOf = () => string | null;

export interface AccessOptions {
  /** While there is no user, whoever reaches the server may do everything: only this machine does, or it is meant so. */
  readonly isOpenWithoutUsers: boolean;
  /** The clock, in milliseconds since 1970. Default: that of the machine. */
  readonly now?: () => number;
}

/**
 * The principal of each request. What the database has said of a session or a token is used until somebody's rights
 * change: at once in the process that changes them, and within a second in every other.
 */
export class CurrentAccess {
  #version = -1;
  #users: number | null = null;
  #known = new Map<string, Known>();
  readonly #now: () => number;
  readonly #timer: ReturnType<typeof setInterval>;
  readonly #hourly: ReturnType<typeof setInterval>;

  constructor(
    private readonly database: Database,
    private readonly options: AccessOptions,
  ) {
    this.#now = options.now ?? Date.now;
    this.#timer = setInterval(() => void this.reread(), rereadMs);
    this.#timer.unref();
    this.#hourly = setInterval(() => void this.forgetEnded().catch(() => undefined), hourMs);
    this.#hourly.unref();
  }

  /** Reads who there is before the first request. */
  static async open(database: Database, options: AccessOptions): Promise<CurrentAccess> {
    const access = new CurrentAccess(database, options);
    await access.read();
    return access;
  }

  /** Everyone who reaches the server may do everything, because there is no user yet. */
  get isOpen(): boolean {
    return this.#users === 0 && this.options.isOpenWithoutUsers;
  }

  /** Whether there is no user at all. */
  get isEmpty(): boolean {
    return this.#users === 0;
  }

  /** The principal of a request; null if nobody is signed in, or no longer. */
  principalOf(request: Request, addressOf: AddressOf): Principal | null | Promise<Principal | null> {
    if (this.isOpen) return local;
    if (this.#users === null) return this.read().then(() => this.principalOf(request, addressOf));
    const { headers } = request;
    const authorization = headers.get("authorization");
    const secret = authorization === null ? sessionCookie(headers.get("cookie")) : bearerIn(authorization);
    if (secret === null) return null;
    const known = this.#known.get(secret);
    if (known === undefined) return this.#find(secret, authorization !== null, addressOf);
    return this.#used(secret, known, addressOf);
  }

  async #find(secret: string, isBearer: boolean, addressOf: AddressOf): Promise<Principal | null> {
    const version = this.#version;
    const known = isBearer ? await this.#token(secret) : await this.#session(secret);
    if (known === null) return null;
    // What was read before a change may be wrong after it.
    if (version === this.#version) this.#known.set(secret, known);
    return this.#used(secret, known, addressOf);
  }

  #used(secret: string, known: Known, addressOf: AddressOf): Principal | null {
    if (known.networks !== null && !isWithin(addressOf() ?? "", known.networks)) return null;
    const now = this.#now();
    if (now >= known.endsAt || now - known.usedAt >= known.idleMs) {
      this.#known.delete(secret);
      return null;
    }
    known.usedAt = now;
    if (now - known.notedAt >= notedMs) {
      known.notedAt = now;
      // Without it the session only seems to have been idle for longer.
      known.note(utcNow()).catch(() => undefined);
    }
    return known.principal;
  }

  async #session(secret: string): Promise<Known | null> {
    const row = await this.database.maybe(sessionByHash, { hash: hashOf(secret) });
    if (row === null || row.disabled) return null;
    const usedAt = millisecondsOf(row.used_at);
    return {
      principal: userPrincipal(row),
      endsAt: millisecondsOf(row.began_at) + longestMs,
      note: (now) => this.database.run(useSession, { now, hash: row.hash }),
      ...{ networks: null, idleMs, usedAt, notedAt: usedAt },
    };
  }

  async #token(secret: string): Promise<Known | null> {
    if (!isToken(secret)) return null;
    const row = await this.database.maybe(tokenByHash, { hash: hashOf(secret) });
    if (row === null || row.disabled || row.user_disabled) return null;
    const notedAt = row.used_at === null ? 0 : millisecondsOf(row.used_at);
    return {
      principal: tokenPrincipal(row),
      endsAt: row.expires_at === null ? Number.POSITIVE_INFINITY : millisecondsOf(row.expires_at),
      note: (now) => this.database.run(useToken, { now, hash: hashOf(secret) }),
      networks: row.networks?.split(" ") ?? null,
      ...{ idleMs: Number.POSITIVE_INFINITY, usedAt: this.#now(), notedAt },
    };
  }

  /** Takes over what is stored now. */
  async read(): Promise<void> {
    const { version, users } = await this.database.one(accessNow);
    if (version === this.#version) return;
    this.#version = version;
    this.#users = users ?? 0;
    this.#known = new Map();
  }

  /** Forgets what has ended: sessions, links, and failures that no longer count. */
  async forgetEnded(): Promise<void> {
    const now = this.#now();
    const used_before = timeOf(now - idleMs);
    await this.database.run(deleteOldSessions, { used_before, began_before: timeOf(now - longestMs) });
    await this.database.run(deleteOldLinks, { now: timeOf(now) });
    await this.database.run(deleteOldFailures, { before: timeOf(now - 24 * hourMs) });
  }

  /** Takes over what is stored now, but never rejects: without a database, what was read last stays. */
  async reread(): Promise<void> {
    try {
      await this.read();
    } catch {
      // Requests report that the database cannot be used.
    }
  }

  close(): void {
    clearInterval(this.#timer);
    clearInterval(this.#hourly);
  }
}

function bearerIn(authorization: string): string {
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
}

function timeOf(milliseconds: number): DateTime {
  return dateTime(new Date(milliseconds).toISOString().slice(0, 19));
}

function millisecondsOf(time: DateTime): number {
  return Date.parse(`${time}Z`);
}

function allowed(rights: ReadonlySet<Right>): Pick<Principal, "rights" | "view"> {
  return { rights, view: viewOf(rights) };
}

/** The principal of a user in a session. */
export function userPrincipal({
  user_id,
  name,
  roles: text,
  hash,
}: Pick<RowOf<typeof sessionByHash>, "user_id" | "name" | "roles" | "hash">): Principal {
  return {
    ...{ name: userName(user_id, name), key: `user ${user_id}`, userId: user_id, session: hash },
    ...allowed(rightsOf(rolesIn(text))),
  };
}

/** A token never has more rights than its owner has now. */
function tokenPrincipal({ id, user_id, user_name, name, roles: text, rights }: RowOf<typeof tokenByHash>): Principal {
  const own = rightsOf(rolesIn(text));
  const given = rights === null ? own : new Set(rights.split(" "));
  return {
    ...{
      name: `${user_id} ${user_name}, token ${name}`.slice(0, 100),
      key: `token ${id}`,
      userId: user_id,
      session: null,
    },
    ...allowed(new Set([...own].filter((right: Right) => given.has(right)))),
  };
}
