import type { Database, RunResult } from "sqlproof";
import { type Contestant, feeOf, idOf, newOrder } from "./contestant.ts";
import type { Queries } from "./databases.ts";

/** sqlproof on either engine: the measured program is the same. */
export function sqlproofContestant(name: string, against: string, database: Database, queries: Queries): Contestant {
  const { point, hundred, insert, fee, setFee } = queries;
  return {
    name,
    against,
    work: {
      "point read": (index) => database.one(point, { id: idOf(index) }),
      "100 rows": (index) => database.all(hundred, { first: idOf(index), last: idOf(index) + 99 }),
      insert: () => database.run(insert, newOrder),
      transaction: (index) =>
        database.transaction(async (tx): Promise<RunResult> => {
          const { id } = await tx.one(fee, { id: idOf(index) });
          return tx.run(setFee, { id, shipping_fee: feeOf(index) });
        }),
    },
    close: () => database.close(),
  };
}
