// The corpus: faults by seeded changes of correct queries, their use and the migrations, and faults written by hand.
// It always starts from the current queries and migrations, so it grows with the project.
import { join } from "node:path";
import { Random } from "../../../schema/sample/random.ts";
import { MariadbProver } from "../../../sqlproof/src/check/provers/mariadb.ts";
import { SqliteProver } from "../../../sqlproof/src/check/provers/sqlite.ts";
import type { Catalog } from "../../../sqlproof/src/check/types/catalog.ts";
import { readMigrations } from "../../../sqlproof/src/migrations/files.ts";
import type { PrivateMariadb } from "../../../sqlproof/src/test-server/private-mariadb.ts";
import { readSubjects, root } from "../subjects.ts";
import type { SqlFault, Subject } from "./fault.ts";
import { queryFaults } from "./mutate-query.ts";
import { schemaFaults } from "./mutate-schema.ts";
import { expressionFaults, named, staleFaults, useFaults } from "./mutate-use.ts";
import { Trial } from "./trial.ts";
import { type WrittenFault, writtenDivergences } from "./written-divergences.ts";
import { writtenEngines } from "./written-engines.ts";

/** The corpus of this repository: the project's current queries and migrations, proven and then changed. */
export async function readCorpus(server: PrivateMariadb, seed: number): Promise<readonly SqlFault[]> {
  const mariadb = await MariadbProver.open(server, readMigrations(join(root, "schema/mariadb")));
  const sqlite = new SqliteProver(readMigrations(join(root, "schema/sqlite")));
  const trial = await Trial.open(server, mariadb.database);
  try {
    return await makeCorpus(await readSubjects({ mariadb, sqlite }), { catalog: mariadb.catalog, trial }, seed);
  } finally {
    await trial.close();
    await mariadb.close();
    sqlite.close();
  }
}

/** Every fault of the corpus, the same for the same seed and sources. */
async function makeCorpus(
  subjects: readonly Subject[],
  { catalog, trial }: { readonly catalog: Catalog; readonly trial: Trial },
  seed: number,
): Promise<readonly SqlFault[]> {
  return [
    ...queryFaults(subjects, catalog, new Random(seed)),
    ...[...writtenEngines, ...writtenDivergences].map((written, index) => writtenFault(written, index, subjects)),
    ...expressionFaults(subjects),
    ...useFaults(subjects, new Random(seed + 1)),
    ...(await schemaFaults(subjects, catalog, new Random(seed + 2), trial)),
    ...staleFaults(subjects),
  ];
}

function writtenFault(
  [name, subjectName, from, to]: WrittenFault,
  index: number,
  subjects: readonly Subject[],
): SqlFault {
  const subject = named(subjects, subjectName);
  if (!subject.sql.includes(from)) throw new Error(`${subjectName} has no '${from}'`);
  return {
    kind: "query",
    id: `written-${String(index + 1).padStart(3, "0")}`,
    class: name,
    changed: to.trim() === "" ? `without ${from.trim()}` : to.trim().replaceAll(/\s+/g, " "),
    subject,
    sql: subject.sql.replace(from, to),
    use: null,
  };
}
