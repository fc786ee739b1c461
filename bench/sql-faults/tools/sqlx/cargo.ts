import { copyFileSync, existsSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { findProgram } from "../../../../sqlproof/src/test-server/private-mariadb.ts";
import { write } from "../../scratch.ts";
import type { Message } from "../../verdict.ts";
import { prelude } from "./rust-function.ts";

/** One crate: its functions, and the database that the macros ask. */
export interface Crate {
  readonly name: string;
  readonly url: string;
  readonly functions: readonly { readonly key: string; readonly text: string }[];
}

/** The compiler's errors of one function, at lines of its text that count from 1. */
export type Errors = ReadonlyMap<string, readonly Message[]>;

const manifest = (name: string): string => `[package]
name = "${name}"
version = "0.0.0"
edition = "2024"

[dependencies]
sqlx = { version = "=0.8.6", default-features = false, features = [${features}] }
rust_decimal = "=1.37.2"
chrono = "=0.4.41"
`;

const features = ["macros", "mysql", "sqlite", "runtime-tokio", "chrono", "rust_decimal"]
  .map((one) => `"${one}"`)
  .join(", ");

/** The program, or null when this machine has none. */
export function findCargo(): string | null {
  return findProgram("cargo");
}

/**
 * Checks all crates in one run. The compiler checks no types while a macro reports an error, so functions with errors
 * are emptied and the rest is checked again, until nothing new is found.
 */
export async function cargoCheck(cargo: string, folder: string, crates: readonly Crate[]): Promise<Errors> {
  const members = crates.map(({ name }) => `"${name}"`).join(", ");
  write(folder, "Cargo.toml", `[workspace]\nresolver = "3"\nmembers = [${members}]\n\n[profile.dev]\ndebug = 0\n`);
  const lock = join(import.meta.dir, "Cargo.lock");
  if (existsSync(lock)) copyFileSync(lock, join(folder, "Cargo.lock"));
  for (const crate of crates) {
    write(folder, `${crate.name}/Cargo.toml`, manifest(crate.name));
    write(folder, `${crate.name}/.env`, `DATABASE_URL=${crate.url}\n`);
  }
  const found = new Map<string, Message[]>();
  for (let size = -1; size < found.size; ) {
    size = found.size;
    const places = writeSources(folder, crates, found);
    for (const { crate, line, words } of await errorsOf(cargo, folder)) {
      const place = places.findLast((one) => one.crate === crate && one.line <= line);
      if (place === undefined) throw new Error(`${crate}:${line}: ${words}`);
      found.set(place.key, [...(found.get(place.key) ?? []), { line: line - place.line + 1, words }]);
    }
  }
  return found;
}

interface Place {
  readonly crate: string;
  readonly key: string;
  /** Where the function begins. */
  readonly line: number;
}

function writeSources(folder: string, crates: readonly Crate[], without: Errors): Place[] {
  return crates.flatMap(({ name, functions }) => {
    const kept = functions.filter(({ key }) => !without.has(key));
    let line = prelude.split("\n").length;
    const places = kept.map(({ key, text }): Place => {
      const place = { crate: name, key, line };
      line += text.split("\n").length - 1;
      return place;
    });
    write(folder, `${name}/src/lib.rs`, prelude + kept.map(({ text }) => text).join(""));
    return places;
  });
}

interface Found {
  readonly crate: string;
  readonly line: number;
  readonly words: string;
}

async function errorsOf(cargo: string, folder: string): Promise<Found[]> {
  const target = join(tmpdir(), "sql-faults-cargo");
  const run = Bun.spawn([cargo, "check", "--workspace", "--keep-going", "-j1", "--message-format=json"], {
    cwd: folder,
    env: { ...process.env, CARGO_TARGET_DIR: target, CARGO_INCREMENTAL: "0", DATABASE_URL: undefined },
    stdout: "pipe",
    stderr: "pipe",
  });
  const [stdout, stderr] = await Promise.all([new Response(run.stdout).text(), new Response(run.stderr).text()]);
  await run.exited;
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  if (lines.length === 0) throw new Error(`cargo: ${stderr.slice(-2000)}`);
  return lines.flatMap((line) => found(JSON.parse(line)));
}

function found(value: unknown): Found[] {
  const { reason, message, target } = record(value);
  const { level, spans, message: words } = record(message);
  const path = record(target).src_path;
  if (reason !== "compiler-message" || level !== "error" || !Array.isArray(spans)) return [];
  const crate = typeof path === "string" ? /([^/]+)\/src\/lib\.rs$/.exec(path)?.[1] : undefined;
  const primary = spans.map(record).find((span) => span.is_primary === true);
  const line = primary === undefined ? null : lineOf(primary);
  if (crate === undefined || line === null) return [];
  const label = typeof primary?.label === "string" ? `: ${primary.label}` : "";
  return [{ crate, line, words: `${String(words)}${label}` }];
}

/** The line in the crate's own file, also of an error inside a macro. */
function lineOf(span: Record<string, unknown>): number | null {
  let at: Record<string, unknown> | null = span;
  while (at !== null) {
    const file = at.file_name;
    const line = at.line_start;
    if (typeof file === "string" && file.endsWith("src/lib.rs") && typeof line === "number") return line;
    const expansion: unknown = at.expansion;
    at = typeof expansion === "object" && expansion !== null ? record(record(expansion).span) : null;
  }
  return null;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === "object" && value !== null ? { ...value } : {};
}
