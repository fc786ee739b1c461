import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { isDeepStrictEqual } from "node:util";
import type { MigrationStep } from "../migrations/files.ts";
import { type Engines, engineName, onEngines } from "../runtime/engines.ts";
import { sqlMode } from "../runtime/mariadb/session.ts";
import type { Proof } from "../runtime/proof.ts";
import type { Engine } from "../runtime/types.ts";
import type { Config } from "./config.ts";

/** Incremented when the format or meaning of proofs changes, so that old ones become stale. */
const proofFormat = 2;

/** What the proofs were made against. Any difference makes all proofs stale. */
export interface Manifest {
  readonly format: number;
  readonly sqlMode: string;
  readonly migrations: Engines<string>;
  /** Major and minor versions of the engines that made the proofs, for information only. */
  readonly engines: Engines<string>;
  /** What comparing the rows that the migrations change has found; it takes seconds, and depends on nothing else. */
  readonly migratedRows?: MigratedRows;
}

/** The differences of migrated rows, all of them accepted, and how they were looked for. */
interface MigratedRows {
  readonly comparison: number;
  readonly accepted: readonly string[];
}

/** Incremented when rows are compared that were not before. */
const rowComparison = 1;

/** The manifest with what was found in migrated rows. */
export function withMigratedRows(manifest: Manifest, accepted: readonly string[]): Manifest {
  return { ...manifest, migratedRows: { comparison: rowComparison, accepted } };
}

/** What was found in the rows that the very same migrations change on these engines; null when nobody has looked. */
export function knownMigratedRows(store: ProofStore, current: Manifest): readonly string[] | null {
  const committed = store.readManifest();
  if (typeof committed === "string" || committed.migratedRows?.comparison !== rowComparison) return null;
  const { migratedRows, ...others } = committed;
  return isDeepStrictEqual(others, current) ? migratedRows.accepted : null;
}

export function makeManifest(migrations: Engines<readonly MigrationStep[]>, engines: Manifest["engines"]): Manifest {
  return {
    format: proofFormat,
    sqlMode,
    migrations: onEngines(migrations, migrationsHash, migrationsHash),
    engines,
  };
}

/** Changes when any step changes. */
function migrationsHash(steps: readonly MigrationStep[]): string {
  const hash = createHash("sha256");
  for (const { name, checksum } of steps) hash.update(`${name} ${checksum}\n`);
  return hash.digest("hex");
}

/** Why the committed proofs do not fit the project as it is now; empty when they do. */
export function staleReasons(store: ProofStore, current: Manifest): string[] {
  const committed = store.readManifest();
  if (typeof committed === "string") return [committed];
  const reasons: string[] = [];
  if (committed.format !== current.format || committed.sqlMode !== current.sqlMode)
    reasons.push("the proofs were made by another version of sqlproof");
  for (const engine of ["mariadb", "sqlite"] as const)
    if (committed.migrations[engine] !== current.migrations[engine])
      reasons.push(staleReason(engine, committed, current));
  return reasons;
}

function staleReason(engine: Engine, committed: Manifest, current: Manifest): string {
  const name = engineName(engine);
  if (committed.migrations[engine] === null) return `the proofs were made without ${name}, which sqlproof.json names`;
  if (current.migrations[engine] === null)
    return `the proofs were made with ${name}, which sqlproof.json does not name`;
  return `the migrations for ${name} changed since the proofs were made`;
}

/** The content of a proof file: the text and what the engines reported about it. */
export interface StoredProof {
  readonly text: string;
  readonly proof: Proof;
  /** The checksum of the proof, which reveals a manual edit without a database. */
  readonly checksum: string;
}

/** The committed proofs of a project: one file per query, so that branches rarely touch the same file. */
export class ProofStore {
  readonly #root: string;
  readonly #folder: string;
  readonly #manifestFile: string;
  constructor(config: Pick<Config, "root" | "proofs">) {
    this.#root = config.root;
    this.#folder = join(config.proofs, "queries");
    this.#manifestFile = join(config.proofs, "manifest.json");
  }

  /** Every proof by its text. `damaged` lists the files that were edited or damaged. */
  read(): { proofs: Map<string, Proof>; damaged: string[] } {
    const proofs = new Map<string, Proof>();
    const damaged: string[] = [];
    for (const name of this.#names()) {
      const file = join(this.#folder, name);
      const stored = parseJson(readFileSync(file, "utf8"));
      if (isStoredProof(stored) && fileName(stored.text) === name && checksumOf(stored.proof) === stored.checksum)
        proofs.set(stored.text, stored.proof);
      else damaged.push(this.#shown(file));
    }
    return { proofs, damaged };
  }

  /** The manifest, or why there is none to rely on. */
  readManifest(): Manifest | string {
    const file = this.#shown(this.#manifestFile);
    if (!existsSync(this.#manifestFile))
      return this.#names().length === 0
        ? "nothing is proven yet"
        : `${file} is missing: commit it with ${this.#shown(this.#folder)}`;
    const manifest = parseJson(readFileSync(this.#manifestFile, "utf8"));
    return isManifest(manifest) ? manifest : `${file} was edited or damaged`;
  }

  /** The files that are proofs by their name. Others in the folder are somebody else's. */
  #names(): string[] {
    if (!existsSync(this.#folder)) return [];
    return readdirSync(this.#folder)
      .filter((name) => /^[0-9a-f]{64}\.json$/.test(name))
      .sort();
  }

  #shown(file: string): string {
    return relative(this.#root, file).replaceAll("\\", "/");
  }

  /** Makes the folder hold exactly these proofs. */
  write(proofs: ReadonlyMap<string, Proof>, manifest: Manifest): void {
    this.add(proofs);
    const wanted = new Set([...proofs.keys()].map(fileName));
    for (const name of this.#names()) if (!wanted.has(name)) rmSync(join(this.#folder, name));
    writeChanged(this.#manifestFile, encode(manifest));
  }

  /** Writes these proofs beside the others. */
  add(proofs: ReadonlyMap<string, Proof>): void {
    mkdirSync(this.#folder, { recursive: true });
    for (const [text, proof] of proofs)
      writeChanged(join(this.#folder, fileName(text)), encode({ text, proof, checksum: checksumOf(proof) }));
  }
}

/** Leaves an unchanged file alone, so that its timestamp triggers no rebuild. */
function writeChanged(file: string, content: string): void {
  if (!existsSync(file) || readFileSync(file, "utf8") !== content) writeFileSync(file, content);
}

function checksumOf(proof: Proof): string {
  return createHash("sha256").update(JSON.stringify(proof)).digest("hex").slice(0, 16);
}

function fileName(text: string): string {
  return `${createHash("sha256").update(text).digest("hex")}.json`;
}

function encode(content: unknown): string {
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** True when both proofs are equal. */
export function sameProof(a: Proof, b: Proof): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

function isManifest(value: unknown): value is Manifest {
  return (
    isObject(value) &&
    typeof value.format === "number" &&
    typeof value.sqlMode === "string" &&
    isObject(value.migrations) &&
    isObject(value.engines) &&
    (value.migratedRows === undefined || isMigratedRows(value.migratedRows))
  );
}

function isMigratedRows(value: unknown): boolean {
  return (
    isObject(value) &&
    typeof value.comparison === "number" &&
    Array.isArray(value.accepted) &&
    value.accepted.every((one) => typeof one === "string")
  );
}

function isStoredProof(value: unknown): value is StoredProof {
  if (
    !isObject(value) ||
    typeof value.text !== "string" ||
    typeof value.checksum !== "string" ||
    !isObject(value.proof)
  )
    return false;
  const { kind, parameters, columns, statements } = value.proof;
  return (
    typeof kind === "string" &&
    Array.isArray(parameters) &&
    parameters.every((item) => isObject(item) && typeof item.name === "string" && typeof item.type === "string") &&
    Array.isArray(columns) &&
    columns.every((item) => isObject(item) && typeof item.name === "string" && typeof item.type === "string") &&
    isObject(statements) &&
    [statements.mariadb, statements.sqlite].some(isObject) &&
    [statements.mariadb, statements.sqlite].every(
      (item) => item === null || (isObject(item) && Array.isArray(item.parts) && Array.isArray(item.binds)),
    )
  );
}
