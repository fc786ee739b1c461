import { ApiError } from "../contract/answer.ts";
import type { CompletedWrite } from "./run-write.ts";

// Writes of several requests in one transaction: each is planned, and then stored or refused at its place.

/** Why one of several writes is not carried out. It has written nothing, so the others go on. */
export class Refused {
  constructor(readonly error: ApiError) {}
}

/** The plan, or its refusal. An error of the database concerns all writes of the transaction, and is thrown. */
export async function unlessRefused<T>(plan: Promise<T>): Promise<T | Refused> {
  try {
    return await plan;
  } catch (error) {
    if (error instanceof ApiError) return new Refused(error);
    throw error;
  }
}

/** Stores everything that was planned and not refused at once, and gives each its result at its place. */
export async function storeAccepted<P, S>(
  planned: readonly (P | Refused)[],
  store: (accepted: readonly P[]) => Promise<readonly S[]>,
): Promise<readonly (S | Refused)[]> {
  const accepted = planned.filter((one): one is P => !(one instanceof Refused));
  const results = (accepted.length === 0 ? [] : await store(accepted)).values();
  return planned.map((one) => {
    if (one instanceof Refused) return one;
    const { value, done } = results.next();
    if (done === true) throw new Error("less was stored than was planned");
    return value;
  });
}

/** Completes the writes that were stored: with their answers and their audit entries. */
export function completeStored<Q, S, D>(
  requests: readonly Q[],
  outcomes: readonly (S | Refused)[],
  complete: (stored: S, request: Q) => Promise<CompletedWrite<D>>,
): Promise<(CompletedWrite<D> | Refused)[]> {
  return Promise.all(
    requests.map(async (request, index) => {
      const outcome = outcomes[index];
      if (outcome === undefined) throw new Error("a write without a result");
      return outcome instanceof Refused ? outcome : complete(outcome, request);
    }),
  );
}
