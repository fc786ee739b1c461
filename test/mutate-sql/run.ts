import { Database as SqliteDatabase } from "bun:sqlite";
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Config } from "../../sqlproof/src/check/config.ts";
import { readProject } from "../../sqlproof/src/check/project.ts";
import { migrateSqlite } from "../../sqlproof/src/migrations/index.ts";
import type { RecordedMutants } from "./in-tests/record.ts";
import { type RecordedFile, recordFile } from "./in-tests/run-tests.ts";
import { type Candidate, candidatesOf } from "./judges/candidates.ts";
import { checkMutants, type Wanted } from "./judges/check.ts";
import { judgeByDifference } from "./judges/differential.ts";
import { judgeByTests } from "./judges/tests.ts";
import { judgeByTypes } from "./judges/types.ts";
import { type CheckedMutant, type Judged, Lines, type Tried, type Verdict } from "./results.ts";
import { needsMariadb, testFiles } from "./test-files.ts";

const recordingMs = 400_000;

/** A recording, and of what: it holds for the same file and the same mutants. */
interface StoredRecording extends RecordedFile {
  readonly of: string;
}

/** One run over all queries. What it found is stored at once, so that the next run goes on where it ended. */
export class MutationRun {
  readonly #checked: Lines<CheckedMutant>;
  readonly #recorded: Lines<StoredRecording>;
  readonly #tried: Lines<Tried>;
  readonly #verdicts: Lines<Verdict>;

  constructor(
    private readonly config: Config,
    private readonly folder: string,
    private readonly wanted: Wanted,
  ) {
    this.#checked = new Lines(join(folder, "checked.jsonl"));
    this.#recorded = new Lines(join(folder, "recorded.jsonl"));
    this.#tried = new Lines(join(folder, "tried.jsonl"));
    this.#verdicts = new Lines(join(folder, "verdicts.jsonl"));
  }

  forget(): void {
    for (const { path } of [this.#checked, this.#recorded, this.#tried, this.#verdicts]) rmSync(path, { force: true });
  }

  /** Every mutant with what stopped it. */
  async judge(atOnce: number): Promise<Judged[]> {
    const mutants = await this.#mutants();
    const before = this.#known();
    const proven = mutants.filter(({ proof }) => proof !== null);
    await this.#judgeWithoutTests(proven.filter(({ id }) => !before.has(id)));
    const known = this.#known();
    const open = proven.filter(({ id }) => (known.get(id)?.by ?? "nothing") === "nothing");
    if (open.length > 0) {
      const template = await this.#template();
      // All are recorded, also those that are stopped: the recordings of a run that goes on are of the same mutants.
      const files = await this.#record(proven, template, atOnce);
      await this.#judgeWithTests(open, files, template, atOnce);
    }
    const verdicts = this.#known();
    return mutants.map((mutant) => ({ mutant, verdict: verdicts.get(mutant.id) ?? null }));
  }

  #testFiles(): string[] {
    return testFiles(this.config.root, this.wanted.tests);
  }

  async #mutants(): Promise<CheckedMutant[]> {
    const known = new Map(this.#checked.read().map((mutant) => [mutant.id, mutant]));
    const ids = await checkMutants(this.config, this.wanted, known, (mutant) => {
      this.#checked.add(mutant);
      known.set(mutant.id, mutant);
    });
    return ids.flatMap((id) => known.get(id) ?? []);
  }

  /** The last verdict on each mutant. That nothing stops it holds until a test changes. */
  #known(): Map<string, Verdict> {
    return new Map(this.#verdicts.read().map((one) => [one.id, one]));
  }

  async #judgeWithoutTests(mutants: readonly CheckedMutant[]): Promise<void> {
    const typed = mutants.flatMap(({ id, query, proof }) => (proof === null ? [] : [{ id, query, proof }]));
    const refused = await judgeByTypes(this.config, typed);
    for (const [id, detail] of refused) this.#verdicts.add({ id, by: "types", detail });
    const rest = mutants.filter(({ id }) => !refused.has(id));
    const oneSided = rest.filter(({ on }) => on !== "both");
    if (oneSided.length === 0) return;
    for (const [id, detail] of await judgeByDifference(this.config, oneSided, this.wanted.seed))
      this.#verdicts.add({ id, by: "differential", detail });
  }

  async #template(): Promise<string> {
    const path = join(this.folder, "template.db");
    for (const file of [path, `${path}-wal`, `${path}-shm`]) rmSync(file, { force: true });
    const folder = this.config.migrations.sqlite;
    if (folder === null) throw new Error("the tests of the mutants run on SQLite");
    await migrateSqlite({ folder, database: path });
    const database = new SqliteDatabase(path);
    // One file, so that it can be copied.
    database.run("PRAGMA journal_mode = DELETE");
    database.close();
    return path;
  }

  async #record(mutants: readonly CheckedMutant[], template: string, atOnce: number): Promise<RecordedFile[]> {
    const path = join(this.folder, "mutants.json");
    const text = JSON.stringify(forSqlite(mutants));
    writeFileSync(path, text);
    const stored = new Map(this.#recorded.read().map((one) => [one.of, one]));
    const found: RecordedFile[] = [];
    const files = this.#testFiles();
    const work = async () => {
      for (let file = files.shift(); file !== undefined; file = files.shift()) {
        const of = hashOf([file, readFileSync(join(this.config.root, file), "utf8"), text]);
        const recording = stored.get(of) ?? {
          ...(await recordFile(
            { file, mutants: path, template, sqliteOnly: !needsMariadb(this.config.root, file) },
            recordingMs,
          )),
          of,
        };
        if (!stored.has(of)) this.#recorded.add(recording);
        found.push(recording);
      }
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return found;
  }

  async #judgeWithTests(
    mutants: readonly CheckedMutant[],
    files: readonly RecordedFile[],
    template: string,
    atOnce: number,
  ): Promise<void> {
    const places = readProject(this.config).places;
    const texts = new Map(
      files.map(({ file }) => [file, hashOf([readFileSync(join(this.config.root, file), "utf8")])]),
    );
    const nameOf = (id: string, { file, test }: Candidate, of: string) => `${id} ${file} ${of} ${test}`;
    const tried = new Set(this.#tried.read().map((one) => nameOf(one.id, one, one.of)));
    const withCandidates = mutants.map((mutant) => ({
      mutant,
      candidates: candidatesOf(
        mutant,
        files,
        (places.get(mutant.query) ?? []).map(({ file }) => file),
      ).filter((one) => !tried.has(nameOf(mutant.id, one, texts.get(one.file) ?? ""))),
    }));
    await judgeByTests(withCandidates, {
      ...{ template, atOnce },
      spare: ({ id }, { file, test }) => this.#tried.add({ id, file, test, of: texts.get(file) ?? "" }),
      needsMariadb: (file) => needsMariadb(this.config.root, file),
      take: ({ id, query }, by) => {
        const differs = files.filter((file) => file.differs[id] ?? file.differsBefore[id]).length;
        const reached = files.filter((file) => file.reached[query]).length;
        if (by !== null) this.#verdicts.add({ id, by: "test", file: by.file, test: by.test });
        else this.#verdicts.add({ id, by: "nothing", differs, reached });
      },
    });
  }
}

function hashOf(texts: readonly string[]): string {
  return Bun.hash(texts.join("\n")).toString(16);
}

/** What SQLite needs of the mutants, those with the same types together. */
function forSqlite(mutants: readonly CheckedMutant[]): RecordedMutants[] {
  const groups = new Map<
    string,
    { query: string; proof: RecordedMutants["proof"]; mutants: RecordedMutants["mutants"][number][] }
  >();
  for (const { id, query, proof } of mutants) {
    if (proof === null) continue;
    const { statements, ...types } = proof;
    const name = `${query}\n${JSON.stringify(types)}`;
    const group = groups.get(name) ?? { query, proof: types, mutants: [] };
    if (statements.sqlite !== null) group.mutants.push({ id, sqlite: statements.sqlite });
    groups.set(name, group);
  }
  return [...groups.values()];
}
