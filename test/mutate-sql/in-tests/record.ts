import { afterAll, afterEach, beforeEach } from "bun:test";
import { readFileSync, writeFileSync } from "node:fs";
import { EngineForm } from "../../../sqlproof/src/runtime/engine-form.ts";
import type { EngineStatement, Proof } from "../../../sqlproof/src/runtime/proof.ts";
import { ProvenQuery } from "../../../sqlproof/src/runtime/query.ts";
import { SqliteConnection } from "../../../sqlproof/src/runtime/sqlite/connection.ts";
import { effect } from "./effect.ts";

/** Mutants of one query that have the same types, as SQLite gets them: many thousands are read for each test file. */
export interface RecordedMutants {
  readonly query: string;
  readonly proof: Omit<Proof, "statements">;
  readonly mutants: readonly { readonly id: string; readonly sqlite: EngineStatement }[];
}

/** What one test file showed: tests are counted from 0 in the order in which they ran. */
export interface Recording {
  /** The tests in which the mutant would have answered or written something else. */
  readonly differs: Readonly<Record<string, readonly number[]>>;
  /** The same, of what ran before the test, which the test may not look at. */
  readonly differsBefore: Readonly<Record<string, readonly number[]>>;
  /** The tests that ran the query, at most some of them. */
  readonly reached: Readonly<Record<string, readonly number[]>>;
}

/** A mutant that differs in so many tests is not tried again. */
const enoughTests = 30;
const reachedTests = 12;
/** How often a mutant is tried in one test: a write costs more, because tables are compared. */
const triesOfRead = 300;
const triesOfWrite = 4;

/** How long all mutants of one query may be tried in one test. */
const budgetMs = 2000;

/** A mutant without its join may take minutes: it is tried once. */
const slowMs = 300;

interface Candidate {
  readonly id: string;
  readonly form: EngineForm;
  readonly tests: Set<number>;
  readonly before: Set<number>;
  tries: number;
  isSlow: boolean;
  triedIn: number;
}

/** Runs the mutants of each query beside it, on the same connection and state, and notes where they differ. */
export function record(mutantsFile: string, to: string): void {
  const recorder = new Recorder(JSON.parse(readFileSync(mutantsFile, "utf8")));
  beforeEach(() => recorder.begin());
  const write = () => writeFileSync(to, JSON.stringify(recorder.recording()));
  let writtenAt = performance.now();
  afterEach(() => {
    recorder.end();
    // A file that is ended at its time limit has told something by then.
    if (performance.now() < writtenAt + 5000) return;
    write();
    writtenAt = performance.now();
  });
  afterAll(write);
  recorder.attach();
}

function untried() {
  return { tests: new Set<number>(), before: new Set<number>(), tries: 0, isSlow: false, triedIn: -1 };
}

class Recorder {
  readonly #loaded = new Map<string, RecordedMutants[]>();
  readonly #candidates = new Map<EngineForm, Candidate[]>();
  readonly #texts = new Map<EngineForm, string>();
  readonly #reached = new Map<string, Set<number>>();
  #test = 0;
  #isInside = false;
  #isTrying = false;
  /** How long the mutants of each query were tried in this test. */
  #spent = new Map<string, number>();

  constructor(mutants: readonly RecordedMutants[]) {
    for (const mutant of mutants) this.#loaded.set(mutant.query, [...(this.#loaded.get(mutant.query) ?? []), mutant]);
  }

  /** What runs before the first test belongs to it, and what runs between two to the second. */
  begin(): void {
    this.#isInside = true;
  }

  end(): void {
    this.#isInside = false;
    this.#test += 1;
    this.#spent = new Map();
  }

  recording(): Recording {
    const all = [...this.#candidates.values()].flat();
    const listed = (set: "tests" | "before") =>
      Object.fromEntries(all.filter((one) => one[set].size > 0).map((one) => [one.id, [...one[set]]]));
    return {
      differs: listed("tests"),
      differsBefore: listed("before"),
      reached: Object.fromEntries([...this.#reached].map(([query, tests]) => [query, [...tests]])),
    };
  }

  attach(): void {
    const recorder = this;
    const compiled = Object.getOwnPropertyDescriptor(ProvenQuery.prototype, "sqlite");
    Object.defineProperty(ProvenQuery.prototype, "sqlite", {
      get(this: ProvenQuery) {
        const form: unknown = compiled?.get?.call(this);
        if (form instanceof EngineForm) recorder.#texts.set(form, this.text);
        return form;
      },
    });
    const onMariadb = Object.getOwnPropertyDescriptor(ProvenQuery.prototype, "mariadb");
    Object.defineProperty(ProvenQuery.prototype, "mariadb", {
      get(this: ProvenQuery): unknown {
        recorder.#reach(this.text);
        return onMariadb?.get?.call(this);
      },
    });
    const { rows, run } = SqliteConnection.prototype;
    SqliteConnection.prototype.rows = function (this: SqliteConnection, form, params) {
      if (form.writes) recorder.#tryWrites(this, form, (one) => rows.call(this, one, params));
      const found = rows.call(this, form, params);
      if (!form.writes) recorder.#tryReads(form, found, (one) => rows.call(this, one, params));
      return found;
    };
    SqliteConnection.prototype.run = function (this: SqliteConnection, form, params) {
      recorder.#tryWrites(this, form, (one) => run.call(this, one, params));
      return run.call(this, form, params);
    };
  }

  #tryReads(form: EngineForm, found: readonly unknown[], read: (form: EngineForm) => unknown): void {
    const candidates = this.#due(form, triesOfRead);
    if (candidates.length === 0) return;
    const expected = JSON.stringify(found);
    this.#trying(form, () => {
      for (const candidate of candidates) {
        const startedAt = performance.now();
        if (effect(() => JSON.stringify(read(candidate.form))) !== expected) this.#note(candidate);
        if (performance.now() > startedAt + slowMs) candidate.isSlow = true;
      }
    });
  }

  #tryWrites(connection: SqliteConnection, form: EngineForm, write: (form: EngineForm) => unknown): void {
    const candidates = this.#due(form, triesOfWrite);
    if (candidates.length === 0) return;
    const target = /(?:INTO|UPDATE|FROM)\s+["`]?(\w+)/i.exec(this.#texts.get(form) ?? "")?.[1] ?? "";
    this.#trying(form, () => {
      const { database } = connection;
      const outcome = (one: EngineForm) => {
        database.run("SAVEPOINT mutant");
        try {
          const answer = effect(() => JSON.stringify(write(one)));
          const stored = database.query(`SELECT * FROM ${target}`).values();
          return `${answer} ${Bun.hash(JSON.stringify(stored))}`;
        } finally {
          database.run("ROLLBACK TO mutant");
          database.run("RELEASE mutant");
        }
      };
      const expected = outcome(form);
      for (const candidate of candidates) if (outcome(candidate.form) !== expected) this.#note(candidate);
    });
  }

  /** The mutants of a query that are worth another try in this test. */
  #due(form: EngineForm, tries: number): Candidate[] {
    const text = this.#texts.get(form);
    if (this.#isTrying || text === undefined) return [];
    this.#reach(text);
    if ((this.#spent.get(text) ?? 0) > budgetMs) return [];
    return this.#of(form, text).filter((candidate) => {
      if (candidate.isSlow || candidate.tests.has(this.#test) || candidate.tests.size >= enoughTests) return false;
      if (candidate.triedIn !== this.#test) [candidate.triedIn, candidate.tries] = [this.#test, 0];
      candidate.tries += 1;
      return candidate.tries <= tries;
    });
  }

  #reach(text: string): void {
    const reached = this.#reached.get(text) ?? new Set();
    this.#reached.set(text, reached);
    if (reached.size < reachedTests) reached.add(this.#test);
  }

  #of(form: EngineForm, text: string): Candidate[] {
    const known = this.#candidates.get(form);
    if (known !== undefined) return known;
    const made = (this.#loaded.get(text) ?? []).flatMap(({ proof, mutants }) =>
      mutants.map(({ id, sqlite }) => {
        const statements = { mariadb: sqlite, sqlite };
        return { id, form: new EngineForm({ ...proof, statements }, "sqlite", text), ...untried() };
      }),
    );
    this.#candidates.set(form, made);
    return made;
  }

  #note(candidate: Candidate): void {
    (this.#isInside ? candidate.tests : candidate.before).add(this.#test);
  }

  #trying(form: EngineForm, work: () => void): void {
    const [text, startedAt] = [this.#texts.get(form) ?? "", performance.now()];
    this.#isTrying = true;
    try {
      work();
    } finally {
      this.#isTrying = false;
      this.#spent.set(text, (this.#spent.get(text) ?? 0) + performance.now() - startedAt);
    }
  }
}
