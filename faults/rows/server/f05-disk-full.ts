import type { Attempt } from "../../load/journal.ts";
import { isAlive, statusOf, untilWritten } from "../../load/probe.ts";
import { formatDuration, median } from "../../report/figures.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { type LoadedSystem, type Observed, runUnderLoad } from "../../run-under-load.ts";
import { noDisk, type SmallDisk, withSmallDisk } from "../../system/small-disk.ts";
import type { System } from "../../system/system.ts";

const sizes = { sqlite: "64m", mariadb: "400m", cluster: "0" } as const;
const fullForMs = 3000;
const fillTimeoutMs = 25_000;
const refusedWithinMs = 1000;
const healedWithinMs = 5000;
/** No answer of the API may take longer. A dying database leaves its clients without an answer for that long. */
const answeredWithinMs = 5000;

export const row: Row = {
  id: "F5",
  title: "the disk of the database is full, then there is room again",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 1, night: 5, release: 20 },
  async run(context) {
    const size = sizes[context.engine];
    const result = await withSmallDisk(context.folder, size, (disk) => onDisk(context, disk));
    return result ?? { trials: 0, broken: [], figures: {}, skipped: noDisk };
  },
};

function onDisk(context: RowContext, disk: SmallDisk): Promise<Result> {
  // A 507 asks the client to retry after a minute: here no request is retried.
  const surroundings = { system: { dataFolder: disk.path }, load: { retryForMs: 0 } };
  return runUnderLoad(context, surroundings, async (running) => {
    const broken: string[] = [];
    let figures = {};
    let aborts = 0;
    for (let trial = 1; trial <= context.trials; trial += 1) {
      const observed = await fill(running, disk, trial);
      broken.push(...observed.broken);
      ({ figures } = observed);
      aborts += observed.aborted ? 1 : 0;
      context.say(`full ${trial}: ${JSON.stringify(figures)}`);
    }
    return { broken, figures: aborts === 0 ? figures : { ...figures, "MariaDB aborted itself": String(aborts) } };
  });
}

interface Filled extends Observed {
  readonly aborted: boolean;
}

async function fill({ system, journal }: LoadedSystem, disk: SmallDisk, trial: number): Promise<Filled> {
  await Bun.sleep(1000);
  disk.fill();
  const filledAt = performance.now();
  const reads: number[] = [];
  let refusals: readonly Attempt[] = [];
  let fullAt = Number.POSITIVE_INFINITY;
  // The engine first uses up its reserved space: the disk counts as full once the engine refuses.
  while (performance.now() < Math.min(fullAt + fullForMs, filledAt + fillTimeoutMs)) {
    reads.push(await statusOf(system.url, "/api/orders?limit=5&include=details", 2000));
    await Bun.sleep(100);
    refusals = journal
      .read()
      .flatMap(({ attempts }) => attempts.filter((attempt) => attempt.startedAt > filledAt && isRefused(attempt)));
    if (refusals.length > 0) fullAt = Math.min(fullAt, performance.now());
  }
  disk.free();
  const aborted = await startedAgain(system);
  const healedMs = await untilWritten(system.url, journal, `5.${trial}-0`);
  const broken = verdict({ refusals, reads, healedMs, aborted });
  const times = refusals.filter(isStorageFull).map(took);
  const figures = {
    "refused with 507": String(times.length),
    "each within": `${formatDuration(Math.max(0, ...times))} (typically ${formatDuration(median(times))})`,
    "reads meanwhile": String(reads.length),
    "healed after": formatDuration(healedMs),
  };
  return { broken, figures, aborted };
}

/**
 * Restarts MariaDB if it aborted, as its supervisor would, and returns whether it did. InnoDB ends the process when
 * there is no space for a rollback ("Out of disk space in rollback").
 */
async function startedAgain({ server }: System): Promise<boolean> {
  if (server === null || isAlive(server.pid)) return false;
  await (await server.crash()).restart();
  return true;
}

interface Seen {
  /** What the API refused while the disk was full. */
  readonly refusals: readonly Attempt[];
  /** The status of each read meanwhile. */
  readonly reads: readonly number[];
  readonly healedMs: number;
  /** The database process ended on its own: until its restart nothing can be read either. */
  readonly aborted: boolean;
}

export function verdict({ refusals, reads, healedMs, aborted }: Seen): readonly string[] {
  const broken: string[] = [];
  const full = refusals.filter(isStorageFull);
  const others = [...new Set(refusals.filter((attempt) => !isStorageFull(attempt)).map(described))].filter(
    (each) => !(aborted && each.startsWith("503 ")),
  );
  const slowest = Math.max(0, ...full.map(took));
  const failed = reads.filter((status) => status !== 200 && !(aborted && status === 503));
  if (full.length === 0) broken.push(`No write was refused with 507; refused were: ${others.join(", ") || "none"}.`);
  else if (others.length > 0) broken.push(`A full disk was also answered as ${others.join(", ")}.`);
  if (slowest > (aborted ? answeredWithinMs : refusedWithinMs)) broken.push(`A 507 took ${formatDuration(slowest)}.`);
  if (failed.length > 0) broken.push(`${failed.length} of ${reads.length} reads failed meanwhile: ${failed[0]}.`);
  if (healedMs > healedWithinMs) broken.push(`Writes resumed ${formatDuration(healedMs)} after there was space.`);
  return broken;
}

function isStorageFull({ outcome }: Attempt): boolean {
  return outcome.kind === "refused" && outcome.status === 507;
}

function took({ startedAt, endedAt }: Attempt): number {
  return (endedAt ?? Number.POSITIVE_INFINITY) - startedAt;
}

/** Refused because of the server's state, not because of the request. */
function isRefused({ outcome, endedAt }: Attempt): boolean {
  if (endedAt === null) return false;
  return outcome.kind === "refused" ? outcome.status >= 500 : outcome.kind === "unknown";
}

function described({ outcome }: Attempt): string {
  return outcome.kind === "refused" ? `${outcome.status} ${outcome.code}` : "no answer";
}
