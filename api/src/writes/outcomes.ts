// The outcomes of several writes in one transaction. Each write is planned first, and then either stored or refused;
// outcomes are in the order of the requests.
import { ApiError } from "../contract/answer.ts";
import type { CompletedWrite } from "./run-write.ts";

/** The refusal of one of several writes. It has written nothing, so the others continue. */
export class Refused {
  constructor(readonly error: ApiError) {}
}

/** Returns the plan or its refusal. A database error concerns all writes of the transaction, so it is thrown. */
export async function unlessRefused<T>(plan: Promise<T>): Promise<T | Refused> {
  try {
    return await plan;
  } catch (error) {
    if (error instanceof ApiError) return new Refused(error);
    throw error;
  }
}

/** Stores all plans that were not refused with one call of `store`. Returns the results in the order of the plans. */
export async function storeAccepted<P, S>(
  planned: readonly (P | Refused)[],
  store: (accepted: readonly P[]) => Promise<readonly S[]>,
): Promise<readonly (S | Refused)[]> {
  const accepted = planned.filter((one): one is P => !(one instanceof Refused));
  const results = (accepted.length === 0 ? [] : await store(accepted)).values();
  return planned.map((one) => {
    if (one instanceof Refused) return one;
    const { value, done } = results.next();
    if (done === true) throw new Error("fewer writes were stored than planned");
    return value;
  });
}

/** Completes the stored writes with their answers and changes. */
export function completeStored<Q, S, D>(
  requests: readonly Q[],
  outcomes: readonly (S | Refused)[],
  complete: (stored: S, request: Q) => Promise<CompletedWrite<D>>,
): Promise<(CompletedWrite<D> | Refused)[]> {
  return Promise.all(
    requests.map(async (request, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) throw new Error("a write has no result");
      return outcome instanceof Refused ? outcome : complete(outcome, request);
    }),
  );
}
