// Who may use the API: open to everyone on this machine until there is a user, and from then on to users who are signed
// in and to their tokens. `current.ts` finds the principal of each request, `routes.ts` signs in and out.
import type { Database, DateTime, RowOf } from "sqlproof";
import { utcAt } from "../contract/text.ts";
import { anonymous, local, type Principal, shortened, userName } from "../rights/principal.ts";
import { neededFor, type Right, type Role, rightsOf, rolesOf } from "../rights/rights.ts";
import { viewOf } from "../rights/view.ts";
import { sessionCookie } from "./cookie.ts";
import { type Clocks, Ended, idleMs, longestMs } from "./ended.ts";
import { isWithin } from "./networks.ts";
import { accessNow, sessionByHash, tokenByHash, useSession, useToken } from "./queries.ts";
import { hashOf, isToken } from "./secrets.ts";

const minuteMs = 60_000;
/** The last use is stored at most so often. */
const notedMs = minuteMs;
/** How many headers are remembered at most: a client may send its cookie along with others that keep changing. */
const mostKnown = 10_000;
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

/** What was found, and which version of everybody's rights that was. */
interface Found {
  readonly known: Known;
  readonly version: number;
}

/** The address that a request came from, looked up only when it is needed. */
type AddressOf = (request: Request) => string | null;

export interface AccessOptions extends Clocks {
  /** While there is no user, whoever reaches the server may do everything: only this machine does, or it is meant so. */
  readonly isOpenWithoutUsers: boolean;
  /** Where cookies are Secure, others are not believed. Default: false. */
  readonly hasSecureCookies?: boolean;
  /** Users have no rights before they have set up a second factor. Default: false. */
  readonly requiresSecondFactor?: boolean;
  /** Clients of these networks that have not signed in have the rights of this role. Default: none. */
  readonly anonymous?: { readonly role: Role; readonly networks: readonly string[] };
}

/**
 * The principal of each request. What the database has said of a session or a token is used until somebody's rights
 * change: at once in the process that changes them, and within a second in every other.
 */
export class CurrentAccess {
  #version = -1;
  #approvers = "";
  #users: number | null = null;
  #rereadAt = 0;
  /** By the whole header, so that nothing is parsed again. What is a session in a cookie is none as a token. */
  readonly #sessions = new Map<string, Known>();
  readonly #tokens = new Map<string, Known>();
  #last: { readonly place: Map<string, Known>; readonly header: string; readonly known: Known } | null = null;
  readonly #anonymous: Principal;
  readonly #now: () => number;
  readonly #timer: ReturnType<typeof setInterval>;

  /** Forgets from time to time what has ended. */
  readonly ended: Ended;

  constructor(
    private readonly database: Database,
    private readonly options: AccessOptions,
  ) {
    this.#now = options.now ?? Date.now;
    this.#timer = setInterval(() => void this.reread(), rereadMs);
    this.#timer.unref();
    this.#anonymous = anonymous(options.anonymous?.role ?? "viewer");
    this.ended = new Ended(database, options);
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

  get requiresSecondFactor(): boolean {
    return this.options.requiresSecondFactor ?? false;
  }

  /** The time, in milliseconds since 1970. */
  now(): number {
    return this.#now();
  }

  /** The principal of a request; null if nobody is signed in, or no longer. */
  principalOf(request: Request, addressOf: AddressOf): Principal | null | Promise<Principal | null> {
    if (this.isOpen) return local;
    if (this.#users === null) return this.read().then(() => this.principalOf(request, addressOf));
    const { headers } = request;
    const authorization = headers.get("authorization");
    if (authorization !== null) return this.#principal(this.#tokens, authorization, request, addressOf);
    const cookie = headers.get("cookie");
    const signedIn = cookie === null ? null : this.#principal(this.#sessions, cookie, request, addressOf);
    const { anonymous: allowed } = this.options;
    if (allowed === undefined) return signedIn;
    // Whoever has not signed in, or no longer. A token that is wrong is no such client.
    const here = () => (isWithin(addressOf(request) ?? "", allowed.networks) ? this.#anonymous : null);
    return signedIn instanceof Promise ? signedIn.then((found) => found ?? here()) : (signedIn ?? here());
  }

  #principal(
    place: Map<string, Known>,
    header: string,
    request: Request,
    addressOf: AddressOf,
  ): Principal | null | Promise<Principal | null> {
    // Comparing costs less than looking up, and most requests come from whoever has just asked.
    const isSame = this.#last?.header === header && this.#last.place === place;
    const known = isSame ? this.#last?.known : place.get(header);
    const now = this.#now();
    if (known === undefined || isOver(known, now)) return this.#find(place, header, request, addressOf);
    if (!isSame) this.#last = { place, header, known };
    return this.#used(known, now, request, addressOf);
  }

  async #find(
    place: Map<string, Known>,
    header: string,
    request: Request,
    addressOf: AddressOf,
  ): Promise<Principal | null> {
    const found = place === this.#tokens ? await this.#token(bearerIn(header)) : await this.#session(header);
    const now = this.#now();
    if (found === null || isOver(found.known, now)) return null;
    const { known, version } = found;
    // What was read before a change may be wrong after it: it counts for this request only.
    if (version >= this.#version) {
      if (place.size >= mostKnown) place.clear();
      this.#last = null;
      place.set(header, known);
    }
    return this.#used(known, now, request, addressOf);
  }

  #used(known: Known, now: number, request: Request, addressOf: AddressOf): Principal | null {
    if (known.networks !== null && !isWithin(addressOf(request) ?? "", known.networks)) return null;
    known.usedAt = now;
    if (Math.abs(now - known.notedAt) >= notedMs) {
      known.notedAt = now;
      // Without it the session only seems to have been idle for longer.
      known.note(utcAt(now)).catch(() => undefined);
    }
    return known.principal;
  }

  async #session(cookie: string): Promise<Found | null> {
    const secret = sessionCookie(cookie, this.options.hasSecureCookies ?? false);
    if (secret === null) return null;
    const row = await this.database.maybe(sessionByHash, { hash: hashOf(secret) });
    if (row === null || row.disabled) return null;
    // A clock that was set back ends nothing, and lets nothing live for longer: the future counts as now.
    const now = this.#now();
    const usedAt = Math.min(millisecondsOf(row.used_at), now);
    const known = {
      principal: this.principalIn(row),
      endsAt: Math.min(millisecondsOf(row.began_at), now) + longestMs,
      note: (at: DateTime) => this.database.run(useSession, { now: at, hash: row.hash }),
      ...{ networks: null, idleMs, usedAt, notedAt: usedAt },
    };
    return { known, version: row.access_version ?? 0 };
  }

  /** The principal of the user in a session. */
  principalIn({ user_id, name, hash, proved_at, ...stored }: RowOf<typeof sessionByHash>): Principal {
    const needsSecondFactor = this.requiresSecondFactor && (stored.second_factors ?? 0) === 0;
    return {
      ...{ name: userName(user_id, name), key: `user ${user_id}`, userId: user_id, needsSecondFactor },
      ...{ session: hash, provedAt: millisecondsOf(proved_at) },
      ...allowed(needsSecondFactor ? new Set() : rightsOf(rolesOf(stored))),
    };
  }

  async #token(secret: string): Promise<Found | null> {
    if (!isToken(secret)) return null;
    const row = await this.database.maybe(tokenByHash, { hash: hashOf(secret) });
    if (row === null || row.disabled || row.user_disabled) return null;
    const notedAt = row.used_at === null ? 0 : millisecondsOf(row.used_at);
    const known = {
      principal: tokenPrincipal(row),
      endsAt: row.expires_at === null ? Number.POSITIVE_INFINITY : millisecondsOf(row.expires_at),
      note: (now: DateTime) => this.database.run(useToken, { now, hash: hashOf(secret) }),
      networks: row.networks?.split(" ") ?? null,
      ...{ idleMs: Number.POSITIVE_INFINITY, usedAt: this.#now(), notedAt },
    };
    return { known, version: row.access_version ?? 0 };
  }

  /** Takes over what is stored now. */
  async read(): Promise<void> {
    const { version, users, approvals, last_approver } = await this.database.one(accessNow);
    // Programs of the original change privileges without a word.
    const approvers = `${approvals} ${last_approver}`;
    if (version === this.#version && approvers === this.#approvers) return;
    this.#approvers = approvers;
    this.#version = version;
    this.#users = users ?? 0;
    this.#forget();
  }

  #forget(): void {
    this.#last = null;
    this.#sessions.clear();
    this.#tokens.clear();
  }

  /** Takes over what is stored now, but never rejects: without a database, what was read last stays. */
  async reread(): Promise<void> {
    const now = this.#now();
    // The clock was set back: what was reckoned with the time before would live too long.
    if (now < this.#rereadAt) this.#forget();
    this.#rereadAt = now;
    try {
      await this.read();
    } catch {
      // Requests report that the database cannot be used.
    }
  }

  close(): void {
    clearInterval(this.#timer);
    this.ended.close();
  }
}

/** Another process may know a later use: only the database can tell that it is over. */
function isOver({ endsAt, usedAt, idleMs: longest }: Known, now: number): boolean {
  return now >= endsAt || now - usedAt >= longest;
}

function bearerIn(authorization: string): string {
  return /^Bearer +(\S+) *$/i.exec(authorization)?.[1] ?? "";
}

function millisecondsOf(time: DateTime): number {
  return Date.parse(`${time}Z`);
}

function allowed(rights: ReadonlySet<Right>): Pick<Principal, "rights" | "view"> {
  return { rights, view: viewOf(rights) };
}

/** A token never has more rights than its owner has now. */
function tokenPrincipal({ id, user_id, user_name, name, rights, ...stored }: RowOf<typeof tokenByHash>): Principal {
  const own = rightsOf(rolesOf(stored));
  // Whoever manages users can get every right: a token of some rights does not.
  const given = rights === null ? own : new Set(rights.split(" ").filter((right) => right !== "manage-users"));
  return {
    ...{
      name: shortened(`${user_id} ${user_name}, token ${name}`),
      key: `token ${id}`,
      userId: user_id,
      ...{ session: null, provedAt: null, needsSecondFactor: false },
    },
    ...allowed(new Set([...own].filter((right) => given.has(right) && given.has(neededFor(right) ?? right)))),
  };
}
