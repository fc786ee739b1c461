import { type Config, ConfigError } from "../check/config.ts";
import type { Literal } from "../check/parse/extract.ts";
import type { Location } from "../check/parse/source-files.ts";
import { readProject } from "../check/project.ts";
import { ProofStore } from "../check/proofs.ts";
import { type MigrationStep, readMigrations } from "../migrations/files.ts";
import { engineNames } from "../runtime/engines.ts";
import type { Proof } from "../runtime/proof.ts";

/** A query to run on both engines, and its places in the sources. */
export interface ProjectQuery {
  readonly text: string;
  readonly literal: Pick<Literal, "mariadb" | "sqlite">;
  readonly proof: Proof;
  readonly places: readonly Location[];
}

/** The input of a differential run: a schema and the proven queries on it. */
export interface ProvenProject {
  readonly migrations: { readonly mariadb: readonly MigrationStep[]; readonly sqlite: readonly MigrationStep[] };
  readonly queries: readonly ProjectQuery[];
}

/** A query of the project has no proof, so the project cannot be run. */
export class UnprovenError extends Error {
  override readonly name = "UnprovenError";
}

/**
 * Every query of a project with its committed proof. Throws `UnprovenError` when one has none, and `ConfigError` for a
 * project with one engine, where there is nothing to compare.
 */
export function readProvenProject(config: Config): ProvenProject {
  const { mariadb, sqlite } = config.migrations;
  if (mariadb === null || sqlite === null)
    throw new ConfigError(
      `The differential run compares MariaDB with SQLite, and sqlproof.json names ${engineNames(config.migrations)} only.`,
    );
  const { literals, places, errors, unmatched } = readProject(config);
  if (unmatched[0] !== undefined) throw new ConfigError(unmatched[0]);
  // What is no literal would not run, and the engines would agree without it.
  for (const { location, message } of errors) throw new UnprovenError(`${location.file}:${location.line}: ${message}`);
  const { proofs } = new ProofStore(config).read();
  const queries = [...literals.values()].map((literal) => {
    const proof = proofs.get(literal.key);
    if (proof === undefined) {
      const { file, line } = literal.location;
      throw new UnprovenError(`${file}:${line}: this SQL is not verified; run: npm run check`);
    }
    return { text: literal.key, literal, proof, places: places.get(literal.key) ?? [] };
  });
  const migrations = { mariadb: readMigrations(mariadb), sqlite: readMigrations(sqlite) };
  if (queries.length === 0)
    throw new ConfigError("there is no query to run: no file that sqlproof.json includes has an sql() call");
  return { migrations, queries };
}
