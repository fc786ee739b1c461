import type { Database, ParamsArgument, Query, Queryable, RunResult, Transaction } from "sqlproof";
import type { Script } from "./script.ts";

/** A real database on whose every answer the script may strike. */
export function faultyDatabase(real: Database, script: Script): Database {
  return {
    ...faultyQueries(real, script),
    async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
      await script.pass("BEGIN", nothing);
      const result = await real.transaction(async (tx) => {
        const made = await body({ ...faultyQueries(tx, script), transaction: true });
        await script.pass("COMMIT", nothing);
        return made;
      });
      await script.committed();
      return result;
    },
    ping: () => real.ping(),
    close: () => real.close(),
  };
}

async function nothing(): Promise<void> {}

function faultyQueries(real: Queryable, script: Script): Queryable {
  const pass = <T>(text: string, work: () => Promise<T>) => script.pass(text.trim().replace(/\s+/g, " "), work);
  return {
    engine: real.engine,
    one: <P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R> =>
      pass(query.text, () => real.one(query, ...params)),
    maybe: <P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R | null> =>
      pass(query.text, () => real.maybe(query, ...params)),
    all: <P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<R[]> =>
      pass(query.text, () => real.all(query, ...params)),
    run: <P, R>(query: Query<P, R>, ...params: ParamsArgument<P>): Promise<RunResult> =>
      pass(query.text, () => real.run(query, ...params)),
    runMany: <P, R>(query: Query<P, R>, params: readonly P[]): Promise<number> =>
      pass(query.text, () => real.runMany(query, params)),
  };
}
