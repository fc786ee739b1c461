import { ApiError } from "./answer.ts";

// Time limits of a request. Each limit must be shorter than the one that encloses it (decision 0040).

/** Every request is answered within this time, before the idle timeout cuts the connection without an answer. */
export const deadlineMs = 4500;

/** How long to wait for a silent database server after a statement's own time limit. */
export const silenceMs = 1000;

/** The default number of requests that may wait for the database at the same time. */
export const defaultLoadLimit = 1024;

/** The error of a request that missed its deadline. */
export function late(): ApiError {
  const message =
    "The answer took too long; try again. A write may still be carried out: " +
    "repeat it with the same Idempotency-Key, so that it takes effect only once.";
  return new ApiError("timeout", message, { headers: { "retry-after": "1" } });
}
