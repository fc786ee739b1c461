import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { MigrationStep } from "../migrations/files.ts";
import { sqlMode } from "../runtime/mariadb/session.ts";
import type { Proof } from "../runtime/proof.ts";
import type { Config } from "./config.ts";

/** Raised when the shape or the meaning of proofs changes, so that old ones are made anew. */
const proofFormat = 1;

/** What the proofs were made against. A difference makes every proof stale. */
export interface Manifest {
  readonly format: number;
  readonly sqlMode: string;
  readonly migrations: { readonly mariadb: string; readonly sqlite: string };
  /** Major and minor version of the engines that proved; told, not compared. */
  readonly engines: { readonly mariadb: string; readonly sqlite: string };
}

export function makeManifest(
  migrations: { readonly mariadb: readonly MigrationStep[]; readonly sqlite: readonly MigrationStep[] },
  engines: Manifest["engines"],
): Manifest {
  return {
    format: proofFormat,
    sqlMode,
    migrations: { mariadb: migrationsHash(migrations.mariadb), sqlite: migrationsHash(migrations.sqlite) },
    engines,
  };
}

/** Changes when any step changes. */
function migrationsHash(steps: readonly MigrationStep[]): string {
  const hash = createHash("sha256");
  for (const { name, checksum } of steps) hash.update(`${name} ${checksum}\n`);
  return hash.digest("hex");
}

/** Why committed proofs do not fit the project as it stands; empty when they do. */
export function staleReasons(committed: Manifest | null, current: Manifest): string[] {
  if (committed === null) return ["nothing is proven yet"];
  const reasons: string[] = [];
  if (committed.format !== current.format || committed.sqlMode !== current.sqlMode)
    reasons.push("the proofs were made by another version of sqlproof");
  for (const engine of ["mariadb", "sqlite"] as const)
    if (committed.migrations[engine] !== current.migrations[engine])
      reasons.push(
        `the migrations for ${engine === "mariadb" ? "MariaDB" : "SQLite"} changed since the proofs were made`,
      );
  return reasons;
}

/** A proof file: the text it proves and what the engines said. */
export interface StoredProof {
  readonly text: string;
  readonly proof: Proof;
  /** Of the proof, so that one edited by hand is told without a database. */
  readonly checksum: string;
}

/** The committed proofs of a project: one file per query, so that no two branches touch the same one. */
export class ProofStore {
  readonly #folder: string;
  readonly #manifestFile: string;
  constructor(config: Config) {
    this.#folder = join(config.proofs, "queries");
    this.#manifestFile = join(config.proofs, "manifest.json");
  }

  /** Every proof file by its text. A file that was edited or damaged is told in `damaged`. */
  read(): { proofs: Map<string, Proof>; damaged: string[] } {
    const proofs = new Map<string, Proof>();
    const damaged: string[] = [];
    for (const name of existsSync(this.#folder) ? readdirSync(this.#folder).sort() : []) {
      const file = join(this.#folder, name);
      const stored = parseJson(readFileSync(file, "utf8"));
      if (isStoredProof(stored) && fileName(stored.text) === name && checksumOf(stored.proof) === stored.checksum)
        proofs.set(stored.text, stored.proof);
      else damaged.push(file);
    }
    return { proofs, damaged };
  }

  readManifest(): Manifest | null {
    if (!existsSync(this.#manifestFile)) return null;
    const manifest = parseJson(readFileSync(this.#manifestFile, "utf8"));
    return isManifest(manifest) ? manifest : null;
  }

  /** Makes the folder hold exactly these proofs. */
  write(proofs: ReadonlyMap<string, Proof>, manifest: Manifest): void {
    mkdirSync(this.#folder, { recursive: true });
    const wanted = new Map(
      [...proofs].map(([text, proof]) => [fileName(text), encode({ text, proof, checksum: checksumOf(proof) })]),
    );
    for (const name of readdirSync(this.#folder)) if (!wanted.has(name)) rmSync(join(this.#folder, name));
    for (const [name, content] of wanted) writeChanged(join(this.#folder, name), content);
    writeChanged(this.#manifestFile, encode(manifest));
  }
}

/** A file that says the same keeps its time, so that nothing which depends on it is made again. */
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

/** True when both say the same of a query. */
export function sameProof(a: Proof | undefined, b: Proof | undefined): boolean {
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
    isObject(value.engines)
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
    [statements.mariadb, statements.sqlite].every(
      (item) => isObject(item) && Array.isArray(item.parts) && Array.isArray(item.binds),
    )
  );
}
