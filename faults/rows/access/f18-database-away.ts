import { addPerson, must, type Person, signIn } from "../../access/people.ts";
import { HttpConnection, NoAnswer } from "../../network/http-connection.ts";
import { formatCount, formatDuration } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { withSystem } from "../../system/system.ts";

const downMs = 3000;
const timeoutMs = 6000;
/** A deadline of the API. */
const answeredWithinMs = 5000;

export const row: Row = {
  id: "F18",
  title: "the database away: who is known goes on, and nobody else comes in",
  engines: ["mariadb"],
  trials: { pr: 3, night: 50, release: 200 },
  run({ engine, trials, seed, folder, say }) {
    return withSystem({ engine, folder, seed }, async ({ url, server }) => {
      if (server === null) throw new Error("There is no server to kill.");
      const admin = await addPerson(url, "admin", "ana");
      const seen: Answered[] = [];
      for (let trial = 1; trial <= trials; trial += 1) {
        const cases = await casesOf(url, admin);
        const crashed = await server.crash();
        const begin = performance.now();
        while (performance.now() - begin < downMs)
          for (const one of cases) seen.push({ ...one, when: "away", ...(await ask(url, one)) });
        await crashed.restart();
        await untilBack(url, admin);
        for (const one of cases) seen.push({ ...one, when: "back", ...(await ask(url, one)) });
        say(`crash ${trial}: ${seen.length} answers so far`);
      }
      const slowest = Math.max(...seen.map(({ tookMs }) => tookMs));
      const figures = {
        "asked while it was away": formatCount(seen.filter(({ when }) => when === "away").length),
        "slowest answer": formatDuration(slowest),
      };
      return { trials, broken: verdict(seen), figures };
    });
  },
};

interface Case {
  readonly name: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly path: string;
  /** The statuses while the database is away, and once it is back. */
  readonly away: number;
  readonly back: number;
}

interface Answered extends Omit<Case, "headers" | "path"> {
  readonly when: "away" | "back";
  readonly status: number;
  readonly tookMs: number;
}

/** A list that needs the database, and one that is refused for its words, once it is known that one may ask. */
const [list, wrongList] = ["/api/orders?limit=1", "/api/orders?limit=none"];

async function casesOf(url: string, admin: Person): Promise<readonly Case[]> {
  const unknown = { cookie: `northwind=${await signIn(url, admin.emailAddress)}` };
  const known = { cookie: `northwind=${admin.session}` };
  const token = { authorization: `Bearer ${admin.token}` };
  // A sign-in makes everybody unknown; from here on these two are known.
  await Bun.sleep(1000);
  await must(url, "GET", list, { session: admin.session });
  await must(url, "GET", list, { token: admin.token });
  return [
    { name: "a known session", headers: known, path: wrongList, away: 400, back: 400 },
    { name: "a known token", headers: token, path: wrongList, away: 400, back: 400 },
    { name: "a known session that needs data", headers: known, path: list, away: 503, back: 200 },
    { name: "a session that is not known yet", headers: unknown, path: wrongList, away: 503, back: 400 },
    {
      name: "a made-up session",
      headers: { cookie: `northwind=${"x".repeat(43)}` },
      path: wrongList,
      away: 503,
      back: 401,
    },
    {
      name: "a mistyped token",
      headers: { authorization: `Bearer ${admin.token}x` },
      path: wrongList,
      away: 401,
      back: 401,
    },
    { name: "nobody", headers: {}, path: wrongList, away: 401, back: 401 },
  ];
}

async function ask(
  url: string,
  { path, headers }: Case,
): Promise<{ readonly status: number; readonly tookMs: number }> {
  const connection = new HttpConnection(url);
  const begin = performance.now();
  const answer = await connection.request({ method: "GET", path, headers, body: null }, timeoutMs).catch((error) => {
    if (error instanceof NoAnswer) return { status: 0 };
    throw error;
  });
  connection.close();
  return { status: answer.status, tookMs: performance.now() - begin };
}

async function untilBack(url: string, { session }: Person): Promise<void> {
  const needsData = { name: "", path: list, headers: { cookie: `northwind=${session}` }, away: 503, back: 200 };
  while ((await ask(url, needsData)).status !== 200) await Bun.sleep(50);
}

export function verdict(seen: readonly Answered[]): readonly string[] {
  const broken = new Set<string>();
  for (const { name, when, status, tookMs, ...wanted } of seen) {
    if (status !== wanted[when]) broken.add(`${name}, the database ${when}: ${status} instead of ${wanted[when]}.`);
    if (tookMs > answeredWithinMs) broken.add(`${name}, the database ${when}: an answer took longer than 5 s.`);
  }
  if (!seen.some(({ when }) => when === "away")) broken.add("Nothing was asked while the database was away.");
  return [...broken];
}
