import { readFileSync } from "node:fs";
import { join } from "node:path";
import { members, parsed, textOr } from "../load/json.ts";
import { Random } from "../load/random.ts";
import { type Answer, RawConnection } from "../network/raw-connection.ts";
import { oddLines, type Secrets } from "./odd-headers.ts";

interface Route {
  readonly method: string;
  readonly path: string;
  readonly isPublic: boolean;
}

/** Every route of the published document, asked for something that does not exist. */
export function readRoutes(): readonly Route[] {
  const text = readFileSync(join(import.meta.dir, "..", "..", "api", "openapi.json"), "utf8");
  const paths = members(members(parsed(text)).get("paths"));
  return [...paths].flatMap(([path, methods]) =>
    [...members(methods)].map(([method, operation]) => ({
      method: method.toUpperCase(),
      path: path.replace(/\{\w+\}/g, "2147483000"),
      isPublic: members(operation).get("x-right") === "public",
    })),
  );
}

/** The refusals that are decided before it is known who asks, or because it is nobody. Any other answer is an entry. */
const outside: ReadonlySet<string> = new Set([
  ...["unauthenticated", "bad-request", "misdirected", "foreign-origin", "too-large", "not-acceptable"],
]);
/** The run-time itself refuses what is no HTTP, without a code. */
const withoutCode: ReadonlySet<number> = new Set([400, 431]);

export interface Fuzzed {
  readonly broken: readonly string[];
  readonly statuses: ReadonlyMap<number, number>;
  /** Connections that were closed without an answer, to bytes that are no HTTP. */
  readonly cut: number;
}

interface Options {
  readonly url: string;
  readonly secrets: Secrets;
  readonly requests: number;
  readonly seed: number;
  /** For tests: every so many requests one good secret is sent as it should be, which must be found. */
  readonly plantEvery?: number;
}

const clients = 8;
const mostBroken = 20;

/** Sends odd cookies and headers to every route. Nothing may be answered by the routes that are not public. */
export async function fuzz({ url, secrets, requests, seed, plantEvery }: Options): Promise<Fuzzed> {
  const routes = readRoutes();
  const broken: string[] = [];
  const statuses = new Map<number, number>();
  let cut = 0;
  const client = async (number: number): Promise<void> => {
    const connection = new RawConnection(url);
    for (let index = number; index < requests; index += clients) {
      // Each request depends on the seed and its own number only.
      const random = new Random(seed).branch(index);
      const route = routes[index % routes.length];
      if (route === undefined) continue;
      const isPlanted = plantEvery !== undefined && index % plantEvery === 0;
      const lines = isPlanted ? planted(random, secrets) : oddLines(random, secrets);
      const answer = await connection.send(requestText(route, lines));
      if (answer === null) cut += 1;
      else statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1);
      const fault = faultOf(route, lines, answer);
      if (fault !== null && broken.length < mostBroken)
        broken.push(`--seed ${seed}, request ${index}: ${fault}: ${route.method} ${route.path} ${shown(lines)}`);
    }
    connection.close();
  };
  await Promise.all(Array.from({ length: clients }, (_, number) => client(number)));
  return { broken, statuses, cut };
}

function planted(random: Random, { session, token }: Secrets): readonly string[] {
  return [random.pick([`Cookie: a=b; northwind=${session}`, `Authorization: Bearer ${token}`])];
}

function requestText({ method, path }: Route, lines: readonly string[]): string {
  const isHostGiven = lines.some((line) => line.startsWith("Host:"));
  const head = [`${method} ${path} HTTP/1.1`, ...(isHostGiven ? [] : ["Host: 127.0.0.1"]), ...lines];
  const body = method === "GET" ? "" : "{}";
  if (body !== "") head.push("Content-Type: application/json", `Content-Length: ${body.length}`);
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/** What is wrong with an answer, or null. */
export function faultOf(
  { isPublic }: Pick<Route, "isPublic">,
  lines: readonly string[],
  answer: Answer | null,
): string | null {
  if (answer === null) return isNoHttp(lines) ? null : "no answer";
  const { status, body } = answer;
  if (status >= 500) return `${status} ${body.slice(0, 200)}`;
  if (isPublic) return null;
  const code = textOr(members(parsed(body)).get("code"), "");
  if (code === "" ? withoutCode.has(status) : outside.has(code)) return null;
  return `an entry (${status} ${code})`;
}

/** Bytes at which the run-time may close the connection without a word. */
function isNoHttp(lines: readonly string[]): boolean {
  return lines.some((line) => /[^\t\x20-\x7e\x80-\xff]|^[^:]*[^\w-][^:]*:/.test(line)) || lines.join("").length > 8000;
}

function shown(lines: readonly string[]): string {
  return JSON.stringify(lines)
    .replace(/x{100,}/g, "xx..")
    .slice(0, 1000);
}
