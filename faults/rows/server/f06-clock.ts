import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { openStores, text } from "../../database/store.ts";
import type { Entry } from "../../load/journal.ts";
import { untilServed } from "../../load/probe.ts";
import { writeStatisticsOf } from "../../load/write-statistics.ts";
import { formatCount, formatDuration } from "../../report/figures.ts";
import type { Row, RowContext } from "../../row.ts";
import { type LoadedSystem, runUnderLoad } from "../../run-under-load.ts";
import { installFaketime } from "../../system/install-faketime.ts";

interface Jump {
  readonly name: string;
  readonly clock: string;
  /** Restart the API: at its start it deletes by the (wrong) clock. */
  readonly restart?: boolean;
}

/** In the notation of libfaketime: an offset to the true time, or a time from which the clock runs on. */
const jumps: readonly Jump[] = [
  { name: "one hour ahead", clock: "+3600s" },
  { name: "one day back", clock: "-86400s" },
  { name: "five years ahead", clock: "+157766400s", restart: true },
  // Midnight in Copenhagen, by whose clock the sample company trades: it is that of Berlin.
  { name: "the leap day begins", clock: "@2028-02-28 23:59:59" },
  { name: "the night when summer time begins", clock: "@2026-03-29 01:59:59" },
  { name: "the night when summer time ends", clock: "@2026-10-25 02:59:59" },
];

const eachForMs = 1500;
const answeredWithinMs = 5000;

export const row: Row = {
  id: "F6",
  title: "the clock jumps: 1 h, -1 day, 5 years, leap day, summer time",
  engines: ["sqlite", "mariadb"],
  trials: { pr: jumps.length, night: 24, release: 60 },
  async run(context) {
    const library = installFaketime(context.say);
    if (library !== null) return withClock(context, library);
    return { trials: 0, broken: [], figures: {}, skipped: "libfaketime is not installed (Debian: libfaketime)" };
  },
};

function withClock(context: RowContext, library: string) {
  const clock = join(context.folder, "clock");
  writeFileSync(clock, "+0s\n");
  const environment = {
    LD_PRELOAD: library,
    FAKETIME_TIMESTAMP_FILE: clock,
    FAKETIME_NO_CACHE: "1",
    // As on a real machine, the monotonic clock does not jump.
    FAKETIME_DONT_FAKE_MONOTONIC: "1",
    TZ: "Europe/Berlin",
  };
  return runUnderLoad(context, { system: { environment } }, async (running) => {
    const seen: string[] = [];
    const restarts: Span[] = [];
    for (let trial = 0; trial < context.trials; trial += 1) {
      const jump = jumps[trial % jumps.length];
      if (jump === undefined) continue;
      writeFileSync(clock, `${jump.clock}\n`);
      if (jump.restart === true) restarts.push(await restarted(running));
      await Bun.sleep(eachForMs);
      const at = await latestAudit(running);
      seen.push(at);
      context.say(`${jump.name}: the audit log says ${at}`);
    }
    writeFileSync(clock, "+0s\n");
    await Bun.sleep(eachForMs);
    const entries = running.journal.read();
    const { slowestAnswerMs } = writeStatisticsOf(entries);
    const years = [...new Set(seen.map((time) => time.slice(0, 4)))].sort();
    const broken = verdict({ entries, restarts, slowestAnswerMs, years });
    return { broken, figures: { "slowest answer": formatDuration(slowestAnswerMs), "years seen": years.join(" ") } };
  });
}

interface Span {
  readonly from: number;
  readonly to: number;
}

async function restarted({ system }: LoadedSystem): Promise<Span> {
  const from = performance.now();
  await system.api.kill();
  await system.api.start();
  await untilServed(system.url);
  return { from, to: performance.now() };
}

interface Seen {
  readonly entries: readonly Entry[];
  /** When the API was down because the row restarted it. */
  readonly restarts: readonly Span[];
  readonly slowestAnswerMs: number;
  readonly years: readonly string[];
}

export function verdict({ entries, restarts, slowestAnswerMs, years }: Seen): readonly string[] {
  const broken = [...failures(entries, restarts)];
  if (slowestAnswerMs > answeredWithinMs) broken.push(`One answer took ${formatDuration(slowestAnswerMs)}.`);
  if (years.length < 2) broken.push("The API's clock did not jump: nothing was shown.");
  return broken;
}

/** This row injects no other fault: every failure comes from the clock. */
function failures(entries: readonly Entry[], restarts: readonly Span[]): readonly string[] {
  const failed = entries
    .flatMap((entry) => entry.attempts)
    .filter(
      ({ startedAt, endedAt }) =>
        endedAt !== null && !restarts.some(({ from, to }) => startedAt < to && endedAt > from),
    )
    .filter(({ outcome }) => outcome.kind === "unknown" || (outcome.kind === "refused" && outcome.status >= 500));
  const [first] = failed;
  return first === undefined
    ? []
    : [`${formatCount(failed.length)} attempts failed: ${JSON.stringify(first.outcome).slice(0, 200)}`];
}

/** The time of the latest change in the audit log. The latest is the one written last, whatever its time. */
async function latestAudit({ system, journal }: LoadedSystem): Promise<string> {
  const last = journal.read().findLast(({ method, outcome }) => method === "PUT" && outcome.kind === "acknowledged");
  const requests = (last?.attempts ?? []).map(({ requestId }) => `'${requestId}'`).join(", ");
  const stores = await openStores(system.store);
  const rows = await stores[0].rows(
    `SELECT happened_at FROM audit_log WHERE client_request_id IN (${requests || "''"})`,
  );
  for (const store of stores) await store.close();
  return text(rows[0]?.happened_at);
}
