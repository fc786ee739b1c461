import { listOf, members, parsed } from "../../load/json.ts";
import { type RawCase, rawCases } from "../../network/raw-cases.ts";
import { type Exchange, exchange, type RawAnswer } from "../../network/raw-socket.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { withSystem } from "../../system/system.ts";

export const row: Row = {
  id: "I6",
  title: "raw sockets: malformed HTTP, smuggled or doubled requests, and too large ones",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 1, night: 20, release: 100 },
  run,
};

const atOnce = 12;

function run({ engine, trials, seed, folder, say }: RowContext): Promise<Result> {
  const options = { engine, folder, seed, sample: true, settings: ["--log-level", "off"] };
  return withSystem(options, async (system) => {
    const broken: string[] = [];
    let cut = 0;
    for (let trial = 1; trial <= trials; trial += 1) {
      const outcome = await tryAll(system.url, rawCases);
      broken.push(...outcome.broken);
      cut += outcome.cut;
      say(`trial ${trial}: ${rawCases.length} cases`);
    }
    const figures = { cases: `${rawCases.length}`, "cut without an answer, where allowed": `${cut}` };
    return { trials: trials * rawCases.length, broken, figures };
  });
}

export interface RawOutcome {
  readonly broken: readonly string[];
  /** Connections that ended without the answer, where that is allowed. */
  readonly cut: number;
}

/** Runs every case on a server, several at a time. */
export async function tryAll(url: string, cases: readonly RawCase[]): Promise<RawOutcome> {
  const broken: string[] = [];
  const waiting = [...cases];
  let cut = 0;
  const before = await companies(url);
  const acknowledged = new Map<string, number>();
  const worker = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      const seen = await exchange(url, next.pieces, { wanted: next.requests });
      broken.push(...faultsOf(next, seen).map((words) => `${next.name}: ${words}`));
      if (seen.answers.length < next.requests) cut += 1;
      const created = seen.answers.filter(({ status }) => status === 201).length;
      if (next.company !== undefined) acknowledged.set(next.company, created);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  const after = await companies(url);
  for (const next of cases) {
    if (next.company === undefined) continue;
    const made = (after.get(next.company) ?? 0) - (before.get(next.company) ?? 0);
    const said = acknowledged.get(next.company) ?? 0;
    // A cut connection leaves open what was done; a refusal does not.
    const mayBeUnknown = next.allowed.some((outcome) => outcome.includes("cut")) && said === 0 && made <= 1;
    const refusal = next.allowed.some((outcome) => outcome.includes(400));
    if (made !== said && (refusal || !mayBeUnknown)) broken.push(`${next.name}: created ${made}, acknowledged ${said}`);
  }
  return { broken, cut };
}

function faultsOf({ requests, allowed, problem }: RawCase, { answers, rest, closed }: Exchange): string[] {
  const faults: string[] = [];
  const statuses = answers.map(({ status }) => status);
  const isAllowed = allowed.some((outcome) => {
    const cutAt = outcome.indexOf("cut");
    const wanted = cutAt < 0 ? outcome : outcome.slice(0, cutAt);
    return wanted.join() === statuses.join() && (cutAt < 0 || closed);
  });
  const seen = `${statuses.join(", ") || "no answer"}${closed ? ", closed" : ""}`;
  if (!isAllowed) faults.push(`${seen} instead of ${allowed.map((outcome) => outcome.join(", ")).join(" or ")}`);
  if (answers.length > requests) faults.push(`${answers.length} answers to ${requests} requests`);
  if (rest !== "") faults.push(`${rest.length} bytes that belong to no answer`);
  for (const [index, { requestId }] of answers.entries())
    if (requestId !== null && /^r\d$/.test(requestId) && requestId !== `r${index + 1}`)
      faults.push(`answer ${index + 1} is that of request ${requestId}`);
  if (problem === true && !answers.every(isProblem)) faults.push("the refusal is no problem document");
  return faults;
}

function isProblem({ contentType, body }: RawAnswer): boolean {
  return contentType === "application/problem+json" && body.includes('"success":false');
}

/** How many customers have each company name. */
async function companies(url: string): Promise<ReadonlyMap<string, number>> {
  const found = new Map<string, number>();
  const answer = members(parsed(await (await fetch(`${url}/api/customers?limit=1000`)).text()));
  for (const customer of listOf(answer.get("data"))) {
    const company = String(members(customer).get("company"));
    found.set(company, (found.get(company) ?? 0) + 1);
  }
  return found;
}
