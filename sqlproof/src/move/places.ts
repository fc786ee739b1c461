import { resolve } from "node:path";
import type { CellRow, CopiedTable, DatabasePlace } from "../copy/index.ts";

/** A move cannot go on. The message may be shown as it is. */
export class MoveError extends Error {
  override readonly name = "MoveError";
}

/** The name of a place, without its password: by it a move that was interrupted knows both ends again. */
export function placeName(place: DatabasePlace): string {
  if (place.engine === "sqlite") return resolve(place.path);
  const { nodes = [], socketPath, host, port, database } = place.server;
  const [first] = nodes;
  const server = first === undefined ? (socketPath ?? `${host}:${port}`) : `${first.host}:${first.port}`;
  return `${database} on ${server}`;
}

/** The rows with keys after one and up to another one; null is the end of the table. */
export interface KeyRange {
  readonly after: CellRow | null;
  readonly through: CellRow | null;
}

/** The database that is moved. Writers are kept out by triggers, so that no program that is running can go on. */
export interface Source {
  /** Where it is being moved to, or was; null if it is not. */
  movingTo(): Promise<{ readonly to: string; readonly isDone: boolean } | null>;
  /** From here on every write is refused, and no transaction is open that has written. */
  freeze(to: string): Promise<void>;
  /** The move is done: no program starts here any more. */
  moved(to: string): Promise<void>;
  /** Takes both back. */
  thaw(): Promise<void>;
  close(): Promise<void>;
}

/** The database that is filled. No program takes it for complete before `open`. */
export interface Target {
  readonly tables: readonly CopiedTable[];
  rows(table: CopiedTable, range: KeyRange): Promise<readonly CellRow[]>;
  /** Puts these rows in the place of those in the range, at once. */
  replace(table: CopiedTable, range: KeyRange, rows: readonly CellRow[]): Promise<void>;
  /** Numbers, triggers and references. */
  complete(numbers: ReadonlyMap<string, number>): Promise<void>;
  /** From here on programs may use it. */
  open(): Promise<void>;
  close(): Promise<void>;
}

export interface TargetOptions {
  /** The name of the source, which a target that was begun has recorded. */
  readonly from: string;
  /** The folder of numbered steps of the target's engine, carried out up to the step of the source. */
  readonly folder: string;
  readonly lastVersion: number;
}

/** A name as an identifier of either engine. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The names of the triggers that keep writers out begin with this. */
export const frozenPrefix = "moved_away_";
