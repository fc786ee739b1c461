import { ApiError } from "./answer.ts";

// Every time limit of a request in one place: each is shorter than the one above it (decision 0040).

/** A request is answered within this time. Shorter than the server's idle timeout, which cuts without an answer. */
export const deadlineMs = 4500;

/** A database server that is silent for so long after a statement's own time limit is given up. */
export const silenceMs = 1000;

/** So many requests may wait for the database when nothing else is configured. */
export const defaultMaxInFlight = 1024;

/** The error of a request that missed its deadline. */
export function late(): ApiError {
  const message =
    "The answer took too long: try again. A write may still be carried out: repeat it with the same Idempotency-Key, and it is done once.";
  return new ApiError("timeout", message, { headers: { "retry-after": "1" } });
}
