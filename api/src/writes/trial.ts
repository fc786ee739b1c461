import { DatabaseError, type Query, type Transaction } from "sqlproof";

/** A trial ends as if the engine had refused a reference, so that the references of the request are looked up as well. */
const atFirstWrite = () => new DatabaseError("foreign-key", "a trial ended at its first write");

/**
 * The transaction of a request that is refused already and only tried for what else is wrong with it. It ends before
 * the first write, which on MariaDB would use up ids although it is rolled back.
 */
export function upToFirstWrite(tx: Transaction): Transaction {
  const reading = <T>({ text }: Query<unknown, unknown>, run: () => Promise<T>): Promise<T> =>
    /^\s*(INSERT|UPDATE|DELETE|REPLACE)\b/i.test(text) ? Promise.reject(atFirstWrite()) : run();
  return {
    engine: tx.engine,
    transaction: true,
    one: (query, ...params) => reading(query, () => tx.one(query, ...params)),
    maybe: (query, ...params) => reading(query, () => tx.maybe(query, ...params)),
    all: (query, ...params) => reading(query, () => tx.all(query, ...params)),
    run: (query, ...params) => reading(query, () => tx.run(query, ...params)),
    runMany: (query, params) => reading(query, () => tx.runMany(query, params)),
    oneEach: (query, params) => reading(query, () => tx.oneEach(query, params)),
  };
}
