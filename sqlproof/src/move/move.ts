import { type DatabasePlace, openSnapshot } from "../copy/index.ts";
import { movedStep } from "../migrations/plan.ts";
import { type KnownPages, type PassOutcome, runPass } from "./pass.ts";
import { MoveError, placeName, type Source, type Target, type TargetOptions } from "./places.ts";

export type MoveEvent =
  | { readonly event: "reading"; readonly pass: number; readonly table: string; readonly rows: number }
  | {
      readonly event: "pass";
      readonly pass: number;
      readonly rows: number;
      readonly copied: number;
      readonly ms: number;
    }
  /** The target is ready to be filled; writes to the source are refused; all is in the target; the source is marked. */
  | { readonly event: "begun" | "frozen" | "complete" | "moved" };

export interface MoveOptions {
  readonly source: DatabasePlace;
  readonly target: DatabasePlace;
  /** The folder of numbered steps of the target's engine. */
  readonly folder: string;
  readonly onEvent: (event: MoveEvent) => void;
}

export interface MoveOutcome {
  readonly rows: number;
  readonly tables: number;
  /** How long writes were refused before the target could be used. */
  readonly frozenMs: number;
}

/** The next pass is the last when one copies no more than this share of the rows, */
const fewChanges = 0.02;
/** or takes more than this share of the time of the one before: the writers keep up with it. */
const hardlyFaster = 0.7;

/**
 * Copies a database into a new one while programs go on writing it, then refuses writes, copies the rest, and marks the
 * source as moved. Every page of every table is compared by checksum. If it is interrupted, the next call goes on. Null
 * if the move was done before.
 */
export async function moveDatabase({ source, target, folder, onEvent }: MoveOptions): Promise<MoveOutcome | null> {
  const to = placeName(target);
  if (placeName(source) === to) throw new MoveError("the source and the target are the same database");
  const from = await openSource(source);
  try {
    const state = await from.movingTo();
    if (state !== null && state.to !== to)
      throw new MoveError(`this database ${state.isDone ? "was" : "is being"} moved to ${state.to}`);
    if (state?.isDone === true) {
      await openMoved(target);
      return null;
    }
    const lastVersion = await lastStepOf(source);
    const filled = await openTarget(target, { from: placeName(source), folder, lastVersion });
    try {
      return await moveInto({ source, target, folder, onEvent }, from, filled);
    } finally {
      await filled.close();
    }
  } finally {
    await from.close();
  }
}

async function moveInto({ source, target, onEvent }: MoveOptions, from: Source, filled: Target): Promise<MoveOutcome> {
  let known: KnownPages = new Map();
  let pass = 0;
  const nextPass = async () => {
    pass += 1;
    const begin = performance.now();
    const snapshot = await openSnapshot(source);
    try {
      const outcome: PassOutcome = await runPass(snapshot, filled, known, (table, rows) =>
        onEvent({ event: "reading", pass, table, rows }),
      );
      known = outcome.known;
      const { rows, copied } = outcome;
      const ms = performance.now() - begin;
      onEvent({ event: "pass", pass, rows, copied, ms });
      return { rows, copied, ms, tables: snapshot.tables.length, numbers: snapshot.numbers };
    } finally {
      await snapshot.close();
    }
  };
  onEvent({ event: "begun" });
  let last = await nextPass();
  for (let before = Number.POSITIVE_INFINITY; last.copied > last.rows * fewChanges; ) {
    if (last.ms > before * hardlyFaster) break;
    before = last.ms;
    last = await nextPass();
  }
  const frozenAt = performance.now();
  await from.freeze(placeName(target));
  onEvent({ event: "frozen" });
  last = await nextPass();
  await filled.complete(last.numbers);
  onEvent({ event: "complete" });
  await from.moved(placeName(target));
  onEvent({ event: "moved" });
  await filled.open();
  return { rows: last.rows, tables: last.tables, frozenMs: performance.now() - frozenAt };
}

/** Lets programs write to the source again. False if it was not moved. */
export async function giveUpMove(source: DatabasePlace): Promise<boolean> {
  const from = await openSource(source);
  try {
    if ((await from.movingTo()) === null) return false;
    await from.thaw();
    return true;
  } finally {
    await from.close();
  }
}

async function lastStepOf(source: DatabasePlace): Promise<number> {
  const snapshot = await openSnapshot(source, new Set());
  try {
    const steps = snapshot.steps.filter(({ version, finished }) => finished && version < movedStep);
    const last = steps.at(-1)?.version;
    if (last === undefined)
      throw new MoveError("the source has no schema of this program: start the program on it first");
    return last;
  } finally {
    await snapshot.close();
  }
}

async function openSource(place: DatabasePlace): Promise<Source> {
  if (place.engine === "sqlite") return (await import("./sqlite-source.ts")).openSqliteSource(place.path);
  return (await import("./mariadb-source.ts")).openMariadbSource(place.server);
}

async function openTarget(place: DatabasePlace, options: TargetOptions): Promise<Target> {
  if (place.engine === "sqlite") return (await import("./sqlite-target.ts")).openSqliteTarget(place.path, options);
  return (await import("./mariadb-target.ts")).openMariadbTarget(place.server, options);
}

/** Opens a complete target, in case a kill has prevented it. */
async function openMoved(place: DatabasePlace): Promise<void> {
  if (place.engine === "sqlite") return (await import("./sqlite-target.ts")).openMovedFile(place.path);
  return (await import("./mariadb-target.ts")).openMovedDatabase(place.server);
}
