import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { findMariadb, type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { must } from "../../backup/command.ts";
import { mariadbTarget, sqliteTarget, type Target } from "../../backup/target.ts";
import { checkAll, findingsOf, sentences } from "../../checker/check.ts";
import type { Finding } from "../../checker/finding.ts";
import { resourceOf, tables } from "../../checker/table.ts";
import { nameOf } from "../../checker/writes.ts";
import { integer, openStores } from "../../database/store.ts";
import { cutJournal } from "../../load/cut-journal.ts";
import { Journal, readJournal } from "../../load/journal.ts";
import { Random } from "../../load/random.ts";
import { reconcile } from "../../load/reconcile.ts";
import { formatCount, formatDuration, median } from "../../report/figures.ts";
import type { Row, RowContext } from "../../row.ts";
import { type LoadedSystem, type Observed, runUnderLoad } from "../../run-under-load.ts";
import { urlOf } from "../../system/another-process.ts";
import { ApiProcess } from "../../system/api-process.ts";
import type { System } from "../../system/system.ts";

export const row: Row = {
  id: "F23",
  title: "a backup under load, restored to either engine and compared with the journal up to its moment",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 1, night: 15, release: 50 },
  async run(context) {
    const other = context.engine === "sqlite" && findMariadb() !== null ? await startPrivateMariadb() : null;
    try {
      return await runUnderLoad(context, {}, (running) => underLoad(context, running, other));
    } finally {
      await other?.stop();
    }
  },
};

/** `other` is the server to restore to if the system has none. */
async function underLoad(context: RowContext, running: LoadedSystem, other: PrivateMariadb | null): Promise<Observed> {
  const random = new Random(context.seed);
  const moments: Moment[] = [];
  for (let trial = 1; trial <= context.trials; trial += 1) {
    await Bun.sleep(random.integer(500, 2500));
    const folder = join(context.folder, `trial-${trial}`);
    mkdirSync(folder);
    const moment = await backUp(running, folder);
    const server = running.system.server ?? other;
    const targets = [sqliteTarget(folder), ...(server === null ? [] : [mariadbTarget(server, `restored_${trial}`)])];
    const findings: Finding[] = [];
    for (const target of targets) {
      await must(["restore", "--from", moment.backups, "--database", target.url]);
      findings.push(...(await compared(running.system, target, moment)));
    }
    findings.push(...(await servedAgain(context, running.system, pickOwn(targets, context.engine), moment)));
    for (const target of targets) await target.drop();
    moments.push({ ...moment, findings, restored: targets.length });
    context.say(
      `backup ${trial}: ${moment.before} writes before it, ${moment.during} during it, in ${formatDuration(moment.tookMs)}`,
    );
  }
  const figures = {
    "restored to": formatCount(moments.reduce((sum, { restored }) => sum + restored, 0)),
    "acknowledged before": formatCount(moments.reduce((sum, { before }) => sum + before, 0)),
    "in flight or sent meanwhile": formatCount(moments.reduce((sum, { during }) => sum + during, 0)),
    "a backup takes": formatDuration(median(moments.map(({ tookMs }) => tookMs))),
  };
  return { broken: verdict(moments, `seed ${context.seed}`), figures };
}

interface Backup {
  /** The folder of the backup. */
  readonly backups: string;
  /** The journal up to its moment. */
  readonly journal: string;
  readonly tookMs: number;
  /** Writes that were acknowledged before the command began, and others that may be in the backup. */
  readonly before: number;
  readonly during: number;
}

export interface Moment extends Pick<Backup, "before" | "during" | "tookMs"> {
  readonly findings: readonly Finding[];
  readonly restored: number;
}

/** Takes a backup. Answers from before the command are facts for whoever restores it; later ones are not. */
async function backUp({ system, journal }: LoadedSystem, folder: string): Promise<Backup> {
  const backups = join(folder, "backups");
  const began = performance.now();
  const { tookMs } = await must(["backup", "--to", backups, "--database", urlOf(system.store)]);
  const path = join(folder, "journal.jsonl");
  writeFileSync(path, cutJournal(readFileSync(journal.path, "utf8"), began, performance.now()));
  const writes = readJournal(path).filter(({ method }) => method !== "GET");
  const count = (kind: string) => writes.filter(({ outcome }) => outcome.kind === kind).length;
  return { backups, journal: path, tookMs, before: count("acknowledged"), during: count("unknown") };
}

/** Holds every invariant against the rows as they were restored, before any program has touched them. */
async function compared({ stockAtStart }: System, { store }: Target, { journal }: Backup): Promise<readonly Finding[]> {
  const stores = await openStores(store);
  try {
    return await findingsOf({ stores, journal: readJournal(journal), log: "", stockAtStart, secrets: [] });
  } finally {
    for (const one of stores) await one.close();
  }
}

function pickOwn(targets: readonly Target[], engine: string): Target {
  const own = targets.find(({ store }) => store.kind === engine);
  if (own === undefined) throw new Error("Nothing was restored.");
  return own;
}

/**
 * Serves the restored database. The clients resend what is unknown to them, and some of what they know, with the keys
 * that they had: nothing may happen twice, and the answers are those that they already have.
 */
async function servedAgain(
  { folder, seed }: RowContext,
  system: System,
  { url, store }: Target,
  { journal: path }: Backup,
): Promise<readonly Finding[]> {
  const logPath = join(folder, "restored.log");
  writeFileSync(logPath, "");
  const api = new ApiProcess({ databaseUrl: url, logPath, settings: ["--no-sample"], wrapper: [], environment: {} });
  const journal = new Journal(path);
  const stored = await storedIds(store);
  try {
    await api.start();
    await reconcile({ url: api.url, journal, seed, isResent: ({ path }) => isOfStored(path, stored) });
    return await checkAll({ ...system, store, logPath }, journal);
  } finally {
    await api.kill();
    journal.close();
  }
}

async function storedIds(store: Target["store"]): Promise<ReadonlySet<string>> {
  const [opened, ...others] = await openStores(store);
  const ids = new Set<string>();
  for (const { name } of tables)
    for (const { id } of await opened.rows(`SELECT id FROM ${name}`)) ids.add(`${name}/${integer(id)}`);
  for (const one of [opened, ...others]) await one.close();
  return ids;
}

/** What was made after the backup gets other numbers when it is made again: a later change of it would hit another row. */
function isOfStored(path: string, stored: ReadonlySet<string>): boolean {
  const resource = resourceOf(path);
  return resource === null || resource.id === null || stored.has(nameOf(resource));
}

export function verdict(moments: readonly Moment[], where: string): readonly string[] {
  return [
    ...moments.flatMap(({ findings }, index) => sentences(findings, `backup ${index + 1}, ${where}`)),
    ...(moments.every(({ before, during }) => before > 0 && during > 0)
      ? []
      : ["A backup was not taken in the middle of writes: the run has shown nothing."]),
  ];
}
