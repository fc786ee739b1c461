// A backup is a stream of lines of JSON, compressed with Zstandard: the header, the rows of each table followed by its
// checksum, and the end. `zstd -dc FILE` shows it.
import type { CopiedTable } from "sqlproof/copy";
import { BackupError } from "./error.ts";

/** The first line: what the backup is of, and how its rows are to be read. */
export interface Header {
  readonly format: typeof format;
  /** The version of the program that took it. */
  readonly program: string;
  readonly engine: "sqlite" | "mariadb";
  /** UTC. Everything that was acknowledged before is in the backup. */
  readonly taken_at: string;
  /** The steps of the schema, in their order. */
  readonly steps: readonly { readonly version: number; readonly name: string }[];
  readonly tables: readonly CopiedTable[];
  /** The last number that was given to a row of each numbered table. */
  readonly numbers: Readonly<Record<string, number>>;
}

/** The line after the rows of a table. The checksum is of its lines, each with its line end. */
export interface TableEnd {
  readonly table: string;
  readonly rows: number;
  readonly sha256: string;
}

/** The last line. The checksum is of all lines before it. */
export interface End {
  readonly end: true;
  readonly rows: number;
  /** The last entry of the audit log: its number and its hash. Null if there is none. */
  readonly audit: { readonly entry: number; readonly hash: string } | null;
  readonly sha256: string;
}

export const format = "northwind-backup 1";

export function isHeader(line: unknown): line is Header {
  return typeof line === "object" && line !== null && "format" in line && line.format === format;
}

export function isTableEnd(line: unknown): line is TableEnd {
  return typeof line === "object" && line !== null && "table" in line && "sha256" in line;
}

export function isEnd(line: unknown): line is End {
  return typeof line === "object" && line !== null && "end" in line && line.end === true;
}

/** The parsed line. Throws `BackupError` if it is not JSON. */
export function parsedLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    throw new BackupError("The backup is damaged: a line is not what it was when it was written.");
  }
}
