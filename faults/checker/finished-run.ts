// For tests of the checker: a run under load without a fault, and copies of it with one fault planted in each.
import { Database } from "bun:sqlite";
import { copyFileSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { openSqliteFile } from "../database/store.ts";
import { Journal, readJournal, readJournalText } from "../load/journal.ts";
import { startLoad } from "../load/load.ts";
import { reconcile } from "../load/reconcile.ts";
import { startSystem } from "../system/system.ts";
import { findingsOf, readLog } from "./check.ts";
import type { Finding } from "./finding.ts";
import { type Write, writesOf } from "./writes.ts";

/** What is changed in a copy. */
export interface Plant {
  readonly sql?: string | readonly string[];
  readonly journal?: (line: string) => string | null;
  readonly log?: string;
}

/** Rows, journal and log of a run on SQLite, at rest. */
export class FinishedRun {
  #copies = 0;

  private constructor(
    private readonly folder: string,
    readonly journalText: string,
    readonly writes: readonly Write[],
    readonly log: string,
    readonly stockAtStart: readonly string[],
  ) {}

  static async of(folder: string, entries: number): Promise<FinishedRun> {
    const system = await startSystem({ engine: "sqlite", folder, seed: 7, sample: true });
    const journal = new Journal(join(folder, "journal.jsonl"));
    const load = startLoad({ url: system.url, journal, clients: 6, seed: 7 });
    await load.ready;
    while (journal.entries < entries) await Bun.sleep(20);
    await load.stop();
    await reconcile({ url: system.url, journal, seed: 7, reads: 1000 });
    await system.api.terminate();
    await system.stop();
    journal.close();
    const writes = writesOf(readJournal(journal.path));
    const text = readFileSync(journal.path, "utf8");
    return new FinishedRun(folder, text, writes, readLog(system.logPath), system.stockAtStart);
  }

  get database(): string {
    return join(this.folder, "northwind.db");
  }

  /** The findings of all invariants in a copy of the run with one change. */
  async planted({ sql = [], journal = (line) => line, log: added = "" }: Plant): Promise<readonly Finding[]> {
    this.#copies += 1;
    const path = join(this.folder, `copy-${this.#copies}.db`);
    copyFileSync(this.database, path);
    const changed = new Database(path);
    changed.run("PRAGMA foreign_keys = OFF");
    changed.run("PRAGMA ignore_check_constraints = ON");
    for (const statement of [sql].flat()) changed.run(statement);
    changed.close();
    const lines = this.journalText.split("\n").flatMap((line) => journal(line) ?? []);
    const store = openSqliteFile(path);
    const { log, stockAtStart } = this;
    try {
      const entries = readJournalText(lines.join("\n"));
      return await findingsOf({
        ...{ stores: [store], journal: entries, log: log + added, stockAtStart },
        secrets: ["hunter2"],
      });
    } finally {
      await store.close();
    }
  }

  rows(sql: string): readonly Record<string, unknown>[] {
    const opened = new Database(this.database, { readonly: true });
    const found = opened.query<Record<string, unknown>, []>(sql).all();
    opened.close();
    return found;
  }

  /** The number that a statement finds. */
  one(sql: string): number {
    const value = Object.values(this.rows(sql)[0] ?? {})[0];
    if (typeof value !== "number") throw new Error(`The run has nothing for: ${sql}`);
    return value;
  }
}
