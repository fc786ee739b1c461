import { join } from "node:path";
import { readConfig } from "../../sqlproof/src/check/config.ts";
import type { Literal } from "../../sqlproof/src/check/parse/extract.ts";
import { readProject } from "../../sqlproof/src/check/project.ts";
import { prove } from "../../sqlproof/src/check/prove.ts";
import type { Provers } from "../../sqlproof/src/check/provers/open.ts";
import type { Subject } from "./corpus/fault.ts";
import { writtenQueries } from "./queries.ts";

/** The repository's root. */
export const root = join(import.meta.dir, "../..");

/** Every query of the project and of `queries.ts`, with its proof. A refused query is an error of this corpus. */
export async function readSubjects(provers: Provers): Promise<readonly Subject[]> {
  const subjects: Subject[] = [];
  for (const { name, literal } of literals()) {
    const verdict = await prove(literal, provers);
    if (!("proof" in verdict))
      throw new Error(`${name} is not correct: ${verdict.findings.map((finding) => finding.message).join("; ")}`);
    const { file, line } = literal.location;
    subjects.push({ name, sql: literal.mariadb, file, line, proof: verdict.proof });
  }
  return subjects;
}

function literals(): { name: string; literal: Literal }[] {
  const config = readConfig(root);
  const project = [...readProject(config).literals.values()]
    .filter((literal) => literal.mariadb === literal.sqlite)
    .sort((a, b) => (place(a) < place(b) ? -1 : 1))
    .map((literal, index) => ({ name: `query${String(index + 1).padStart(3, "0")}`, literal }));
  const file = "bench/sql-faults/queries.ts";
  const written = Object.entries(writtenQueries).map(([name, sql]) => ({
    name,
    literal: { key: sql, mariadb: sql, sqlite: sql, location: { file, line: 1, column: 1 } },
  }));
  return [...project, ...written];
}

function place({ location }: Literal): string {
  return `${location.file}:${String(location.line).padStart(5, "0")}:${location.column}`;
}
