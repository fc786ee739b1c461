import type { EngineForm } from "../engine-form.ts";
import { noValues, type ObservedStatement, type StatementObserver } from "../observed.ts";
import { SqliteConnection, type SqliteOptions } from "./connection.ts";

/** A connection whose statements are observed. Without an observer a plain one is used, so that nothing costs more. */
export class ObservedSqliteConnection extends SqliteConnection {
  constructor(
    options: SqliteOptions,
    private readonly observe: StatementObserver,
  ) {
    super(options);
  }

  override rows(form: EngineForm, params: unknown): unknown[] {
    return this.#observed(
      () => ({ text: form.textFor(params), values: () => form.values(params) }),
      () => super.rows(form, params),
    );
  }

  override run(form: EngineForm, params: unknown): number {
    return this.#observed(
      () => ({ text: form.textFor(params), values: () => form.values(params) }),
      () => super.run(form, params),
    );
  }

  override commit(): void {
    this.#observed(
      () => ({ text: "COMMIT", values: noValues }),
      () => super.commit(),
    );
  }

  #observed<T>(about: () => Pick<ObservedStatement, "text" | "values">, work: () => T): T {
    const startedAt = performance.now();
    let failed = true;
    try {
      const result = work();
      failed = false;
      return result;
    } finally {
      this.observe({ ...about(), startedAt, endedAt: performance.now(), failed });
    }
  }
}
