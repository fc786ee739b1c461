import type { Database, RunResult } from "sqlproof";
import { type Contestant, feeOf, idOf, newOrder } from "./contestant.ts";
import type { Queries } from "./databases.ts";

/** sqlproof on either engine: the program that is measured is the same. */
export function sqlproofContestant(name: string, against: string, database: Database, queries: Queries): Contestant {
  const { point, hundred, insert, fee, setFee } = queries;
  return {
    name,
    against,
    work: {
      "point read": (turn) => database.one(point, { id: idOf(turn) }),
      "100 rows": (turn) => database.all(hundred, { first: idOf(turn), last: idOf(turn) + 99 }),
      insert: () => database.run(insert, newOrder),
      transaction: (turn) =>
        database.transaction(async (tx): Promise<RunResult> => {
          const { id } = await tx.one(fee, { id: idOf(turn) });
          return tx.run(setFee, { id, shipping_fee: feeOf(turn) });
        }),
    },
    close: () => database.close(),
  };
}
