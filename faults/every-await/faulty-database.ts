import type { Database, Exact, ParamsArgument, Query, Queryable, RunResult, Transaction } from "sqlproof";
import type { Script } from "./script.ts";

/** A real database in which the script may inject a fault into every answer. */
export function faultyDatabase(real: Database, script: Script): Database {
  return {
    ...faultyQueries(real, script),
    async transaction<T>(body: (tx: Transaction) => Promise<T>): Promise<T> {
      await script.pass("BEGIN", nothing);
      const result = await real.transaction(async (tx) => {
        const oneEach = <P, R, A extends P>(query: Query<P, R>, params: readonly Exact<P, A>[]): Promise<R[]> =>
          script.pass(statementText(query), () => tx.oneEach(query, params));
        const made = await body({ ...faultyQueries(tx, script), transaction: true, oneEach });
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
  return {
    engine: real.engine,
    one: <P, R, A extends P>(query: Query<P, R>, ...params: ParamsArgument<P, A>): Promise<R> =>
      script.pass(statementText(query), () => real.one(query, ...params)),
    maybe: <P, R, A extends P>(query: Query<P, R>, ...params: ParamsArgument<P, A>): Promise<R | null> =>
      script.pass(statementText(query), () => real.maybe(query, ...params)),
    all: <P, R, A extends P>(query: Query<P, R>, ...params: ParamsArgument<P, A>): Promise<R[]> =>
      script.pass(statementText(query), () => real.all(query, ...params)),
    run: <P, R, A extends P>(query: Query<P, R>, ...params: ParamsArgument<P, A>): Promise<RunResult> =>
      script.pass(statementText(query), () => real.run(query, ...params)),
    runMany: <P, R, A extends P>(query: Query<P, R>, params: readonly Exact<P, A>[]): Promise<number> =>
      script.pass(statementText(query), () => real.runMany(query, params)),
  };
}

function statementText({ text }: { readonly text: string }): string {
  return text.trim().replace(/\s+/g, " ");
}
