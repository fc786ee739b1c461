import { readdirSync, rmSync, statSync } from "node:fs";
import { join } from "node:path";
import { type PrivateMariadb, startPrivateMariadb } from "sqlproof/private-mariadb";
import { type Ended, lastWords, must, run, tryStart } from "../../backup/command.ts";
import { backupNames } from "../../backup/folder.ts";
import { mariadbTarget, sqliteTarget, type Target } from "../../backup/target.ts";
import { readLog } from "../../checker/check.ts";
import { isAlive } from "../../load/probe.ts";
import { Random } from "../../load/random.ts";
import { formatCount } from "../../report/figures.ts";
import type { Result, Row, RowContext } from "../../row.ts";
import { type Observed, runUnderLoad } from "../../run-under-load.ts";
import { urlOf } from "../../system/another-process.ts";
import { failures } from "../../system/node-watch.ts";
import { noDisk, type SmallDisk, withSmallDisk } from "../../system/small-disk.ts";

const sizes = { sqlite: "64m", mariadb: "400m", cluster: "0" } as const;

export const row: Row = {
  id: "F22",
  title: "the disk of the backups, and the one that is restored to, is full",
  engines: ["sqlite", "mariadb"],
  trials: { pr: 2, night: 30, release: 100 },
  async run(context) {
    const result = await withSmallDisk(context.folder, sizes[context.engine], (disk) => onDisk(context, disk));
    return result ?? { trials: 0, broken: [], figures: {}, skipped: noDisk };
  },
};

/** The database that is served is on another disk, so that only the commands can notice. */
async function onDisk(context: RowContext, disk: SmallDisk): Promise<Result> {
  const server = context.engine === "mariadb" ? await startPrivateMariadb({ directory: disk.path }) : null;
  try {
    // The first backup by schedule already meets a full disk.
    disk.fill();
    const settings = ["--backup-to", join(disk.path, "scheduled"), "--backup-every", "1h"];
    const surroundings = { system: { settings }, load: { clients: 2 } };
    return await runUnderLoad(context, surroundings, async ({ system, journal }) => {
      const url = urlOf(system.store);
      const isScheduledSaid = await untilSaid(system.logPath);
      const { tries, healed } = await fillAgain(context, { disk, server, url });
      const seen = { tries, healed, isScheduledSaid, failures: failures(journal) };
      const figures = {
        "backups, restores and verifications refused": formatCount(tries.length),
        "answers of 5xx": formatCount(seen.failures.length),
      };
      return { broken: verdict(seen), figures } satisfies Observed;
    });
  } finally {
    await server?.stop();
  }
}

/** Waits until the log has the failure of the backup by schedule, with its reason. */
async function untilSaid(logPath: string): Promise<boolean> {
  const isSaid = (line: string) => line.includes('"code":"backup-failed"') && line.includes("is full");
  for (const deadline = performance.now() + 30_000; performance.now() < deadline; await Bun.sleep(50))
    if (readLog(logPath).split("\n").some(isSaid)) return true;
  return false;
}

interface Place {
  readonly disk: SmallDisk;
  /** The server that is restored to, with its data on the disk. */
  readonly server: PrivateMariadb | null;
  /** The database that is served. */
  readonly url: string;
}

async function fillAgain({ trials, folder, seed, say }: RowContext, { disk, server, url }: Place) {
  const random = new Random(seed);
  disk.free();
  const elsewhere = join(folder, "backups");
  await must(["backup", "--to", elsewhere, "--database", url]);
  const [name = ""] = backupNames(elsewhere).backups;
  const size = statSync(join(elsewhere, name)).size;
  const target = server === null ? sqliteTarget(disk.path) : mariadbTarget(server, "restored");
  const to = join(disk.path, "backups");
  const commands = {
    backup: () => run(["backup", "--to", to, "--database", url]),
    restore: () => run(["restore", "--from", elsewhere, "--database", target.url]),
    verify: () => run(["verify", "--backup", elsewhere], { TMPDIR: disk.path }),
  };
  const healed: string[] = [];
  const whole = await commands.restore();
  if (whole.code !== 0) healed.push(`The first restore failed: ${lastWords(whole)}`);
  const needed = sizeOf(target, disk);
  await dropped(target, disk);
  const tries: Try[] = [];
  for (let trial = 1; trial <= trials; trial += 1) {
    for (const command of ["backup", "restore", "verify"] as const) {
      const most = command === "backup" ? size - 4096 : command === "verify" ? size * 4 : needed * 0.7;
      const leaving = Math.floor(random.fraction() * most);
      disk.fill(leaving);
      const ended = await commands[command]();
      const left = await leftBy(command, target, disk);
      disk.free();
      if (server !== null && !isAlive(server.pid)) await (await server.crash()).restart();
      const refusal = command === "restore" && (await target.isThere()) ? await refusalOf(target) : null;
      tries.push({ command, leaving, ended, left, refusal });
      say(`${command} with ${leaving} bytes: ${lastWords(ended).slice(0, 150)}`);
      await dropped(target, disk);
    }
  }
  for (const [command, again] of Object.entries(commands)) {
    const ended = await again();
    if (ended.code !== 0) healed.push(`With room again, ${command} failed: ${lastWords(ended)}`);
  }
  return { tries, healed };
}

/** The size of the restored database. A server has shared files as well, which were enlarged by the first restore. */
function sizeOf({ store }: Target, { path }: SmallDisk): number {
  if (store.kind === "sqlite") return statSync(store.path).size;
  const [server = ""] = readdirSync(path).filter((name) => name.startsWith("private-mariadb-"));
  const folder = join(path, server, "data", "restored");
  return readdirSync(folder).reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
}

/** As an operator cleans up, so that the next trial begins with an empty place. */
async function dropped(target: Target, { path }: SmallDisk): Promise<void> {
  await target.drop();
  for (const end of ["", "-wal", "-shm", ".unfinished"]) rmSync(join(path, `restored.db${end}`), { force: true });
  rmSync(join(path, "backups"), { recursive: true, force: true });
}

/** Files that a command that failed has left. A MariaDB database is judged by its refusal. */
async function leftBy(command: string, target: Target, { path }: SmallDisk): Promise<readonly string[]> {
  const backups = backupNames(join(path, "backups"));
  const names = readdirSync(path).filter((name) => !["ballast", "backups"].includes(name));
  const files = names.filter((name) => !name.startsWith("private-mariadb-") && name !== "scheduled");
  const isThere = command === "restore" && target.store.kind === "sqlite" && (await target.isThere());
  return [...files, ...backups.partial, ...backups.backups, ...(isThere ? ["a database"] : [])];
}

/** How a start refuses what a restore has left; the words are empty if it does not. */
async function refusalOf(target: Target): Promise<string> {
  const { isServed, said } = await tryStart(target.url);
  return isServed ? "" : said.trim();
}

export interface Try {
  readonly command: "backup" | "restore" | "verify";
  /** The room that was left, in bytes. */
  readonly leaving: number;
  readonly ended: Ended;
  readonly left: readonly string[];
  /** What a start says to a MariaDB database that is there; null if none is. */
  readonly refusal: string | null;
}

interface Seen {
  readonly tries: readonly Try[];
  /** What failed with enough room. */
  readonly healed: readonly string[];
  readonly isScheduledSaid: boolean;
  readonly failures: readonly string[];
}

export function verdict({ tries, healed, isScheduledSaid, failures }: Seen): readonly string[] {
  return [
    ...tries.flatMap(({ command, leaving, ended, left, refusal }) => {
      const what = `${command} with room for ${leaving} bytes`;
      return [
        ...(ended.code === 1 ? [] : [`${what} ended with ${ended.code}.`]),
        ...(/\bfull\b|no space/i.test(ended.output) ? [] : [`${what} did not say why: ${lastWords(ended)}`]),
        ...(/^\s+at /m.test(ended.output) ? [`${what} printed a stack.`] : []),
        ...left.map((name) => `${what} left ${name}.`),
        ...(refusal === null || refusal.includes("not complete") ? [] : [`${what}: a start said "${refusal}".`]),
      ];
    }),
    ...healed,
    ...(isScheduledSaid ? [] : ["The log does not say that the backup by schedule failed for want of room."]),
    ...(failures.length === 0 ? [] : [`${failures.length} answers of the API failed: ${failures[0]}.`]),
  ];
}
