import type { Random } from "../load/random.ts";

/** What the generator plays with: secrets that are good, secrets that once were, and one that is good elsewhere only. */
export interface Secrets {
  readonly session: string;
  readonly token: string;
  readonly ended: readonly [session: string, ...more: string[]];
  readonly revoked: readonly [token: string, ...more: string[]];
  /** A token that is bound to another network. */
  readonly elsewhere: string;
}

/** Header lines of one request, in Latin-1. None of them may let anybody in. */
export type Lines = readonly string[];

const names = ["northwind", "__Host-northwind", "Northwind", "northwind2", "session", "sid", "JSESSIONID", ""] as const;
const schemes = ["Bearer", "bearer", "Basic", "Digest", "Token", "Negotiate", "nwo", "Bearer Bearer", "", "B"] as const;
const hosts = [
  "evil.example",
  "localhost.evil.example",
  "127.0.0.1@evil",
  "0x7f.1",
  "[::1",
  "::1",
  "a".repeat(300),
  "",
];
const forged = [
  ...["X-Forwarded-User", "X-Remote-User", "Remote-User", "X-User-Id", "X-Forwarded-Email", "X-Auth-Request-User"],
  ...["Proxy-Authorization", "X-Authorization", "X-Api-Key", "X-Session", "Set-Cookie", "X-Original-Authorization"],
  ...["X-HTTP-Method-Override", "X-Original-URL", "X-Rewrite-URL", "X-Northwind-Path"],
] as const;
/** Ends no line, whatever a parser takes for its end. */
const control = ["\0", "\x01", "\x08", "\t", "\x0b", "\x0c", "\x1b", "\x7f"] as const;

/** One or several odd headers. */
export function oddLines(random: Random, secrets: Secrets): Lines {
  const makers = [
    authorization,
    authorization,
    cookie,
    cookie,
    dead,
    misplaced,
    address,
    origin,
    host,
    huge,
    many,
  ] as const;
  const lines = Array.from({ length: random.integer(1, 3) }, () => random.pick(makers)(random, secrets)).flat();
  return lines.map((line) => line.replace(/[\r\n]/g, " "));
}

function authorization(random: Random, secrets: Secrets): Lines {
  const value = random.pick([odd, half, flipped, madeUp])(random, secrets);
  return [`${random.pick(["Authorization", "authorization", "AUTHORIZATION"])}: ${random.pick(schemes)} ${value}`];
}

function cookie(random: Random, secrets: Secrets): Lines {
  const pairs = Array.from({ length: random.integer(1, 4) }, () => {
    const value = random.pick([odd, half, flipped, madeUp])(random, secrets);
    return `${random.pick(names)}${random.pick(["=", "", " = ", "=="])}${value}`;
  });
  return [`Cookie: ${pairs.join(random.pick(["; ", ";", ", ", ";;"]))}`];
}

/** What was good once, or is elsewhere, sent as it should be. */
function dead(random: Random, { ended, revoked, elsewhere }: Secrets): Lines {
  const own = "192.0.2.7";
  return random.pick([
    [`Cookie: northwind=${random.pick(ended)}`],
    [`Authorization: Bearer ${random.pick(revoked)}`],
    [`Authorization: Bearer ${elsewhere}`, `X-Forwarded-For: ${own}`, `X-Real-IP: ${own}`, `Forwarded: for=${own}`],
  ]);
}

/** A good secret where it does not count. */
function misplaced(random: Random, { session, token }: Secrets): Lines {
  return random.pick([
    [`Authorization: Bearer ${session}`],
    [`Authorization: Basic ${btoa(`${session}:`)}`],
    [`Authorization: Token ${token}`],
    [`Authorization: Bearer${token}`],
    [`Authorization: Bearer ${token} ${token}`],
    [`Authorization: Bearer "${token}"`],
    [`Authorization: Bearer ${token},`],
    [`Authorization: Bearer ${token}`, "Authorization: Basic YTpi"],
    [`Cookie: northwind=${token}`],
    [`Cookie: __Host-northwind=${session}`],
    [`Cookie: NORTHWIND=${session}`],
    [`Cookie: northwind="${session}"`],
    [`Cookie: northwind=${session}=`],
    [`Cookie: northwind=${session}%20`],
    [`Cookie: x=northwind=${session}`],
    [`Cookie: northwind=${session}, a=b`],
    [`Cookie2: northwind=${session}`],
    [`Authorization: `, `Cookie: northwind=${session.slice(1)}`],
    [`Authorization: x`, `Cookie: northwind=${session}`],
    [
      `${random.pick(forged)}: ${random.pick([session, token, "admin", "1", `Bearer ${token}`, `northwind=${session}`])}`,
    ],
  ]);
}

function address(random: Random, secrets: Secrets): Lines {
  const value = random.pick(["127.0.0.1", "::1", "192.0.2.7", "127.0.0.1, 192.0.2.7", "localhost", ",,,", "unknown"]);
  const name = random.pick(["X-Forwarded-For", "X-Real-IP", "Forwarded", "X-Forwarded-Host", "Via", "Client-IP"]);
  return [`${name}: ${random.integer(1, 3) === 1 ? odd(random, secrets) : value}`];
}

function origin(random: Random, secrets: Secrets): Lines {
  const site = random.pick(["same-origin", "same-site", "cross-site", "none", "x", odd(random, secrets)]);
  const from = random.pick(["null", "http://localhost", "https://evil.example", "http://127.0.0.1", "file://", "x"]);
  return random.pick([
    [`Sec-Fetch-Site: ${site}`],
    [`Origin: ${from}`],
    [`Sec-Fetch-Site: ${site}`, `Origin: ${from}`],
  ]);
}

function host(random: Random, secrets: Secrets): Lines {
  return [
    `Host: ${random.integer(1, 4) === 1 ? odd(random, secrets) : (hosts[random.integer(0, hosts.length - 1)] ?? "")}`,
  ];
}

function huge(random: Random): Lines {
  const name = random.pick(["Cookie: northwind=", "Authorization: Bearer ", "X-Forwarded-For: ", "Origin: "]);
  return [`${name}${"x".repeat(random.pick([1000, 4000, 9000, 17_000]))}`];
}

function many(random: Random, secrets: Secrets): Lines {
  const count = random.pick([2, 30, 120]);
  return Array.from({ length: count }, () =>
    (random.integer(1, 2) === 1 ? cookie : authorization)(random, secrets),
  ).flat();
}

/** Bytes that no client sends, none at all included. */
function odd(random: Random, _secrets: Secrets): string {
  return Array.from({ length: random.integer(0, 60) }, () =>
    random.pick([
      () => String.fromCharCode(random.integer(128, 255)),
      () => String.fromCharCode(random.integer(33, 126)),
      () => random.pick(control),
      () => random.pick(["=", ";", ",", '"', "%00", "\\", "'", "../", "$(x)", "' OR 1=1 --"]),
    ])(),
  ).join("");
}

/** A good secret that is cut short, or too long. */
function half(random: Random, secrets: Secrets): string {
  const secret = random.pick([secrets.session, secrets.token]);
  const at = random.integer(0, secret.length - 1);
  return random.pick([secret.slice(0, at), secret.slice(at + 1), `${secret}${secret.slice(0, 1)}`, secret + secret]);
}

/** A good secret with one bit, one letter or the case of all letters changed. */
function flipped(random: Random, secrets: Secrets): string {
  const secret = random.pick([secrets.session, secrets.token]);
  const at = random.integer(0, secret.length - 1);
  const other = random.pick([
    String.fromCharCode(secret.charCodeAt(at) ^ (1 << random.integer(0, 6))),
    random.pick(["A", "z", "0", "_", "-", "é"]),
  ]);
  const changed =
    random.integer(1, 8) === 1 ? secret.toUpperCase() : secret.slice(0, at) + other + secret.slice(at + 1);
  return changed === secret ? `${secret}x` : changed;
}

/** Of the right form, and nobody's. */
function madeUp(random: Random, _secrets: Secrets): string {
  const letters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
  const some = (count: number) =>
    Array.from({ length: count }, () => letters[random.integer(0, letters.length - 1)]).join("");
  return random.pick([some(43), `nwo_${some(49)}`]);
}
