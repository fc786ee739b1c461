// Requests that arrive in the same turn of the event loop are handled together at its end: equal reads once, reads by
// id in one statement, and writes of one route in one transaction.
let isEnding = false;

/**
 * Runs `work` at the end of this turn of the event loop, when all requests that have arrived are known. If `work` calls
 * this function again, the additional work follows at once instead of a turn later.
 */
export function atEndOfTurn(work: () => void): void {
  if (isEnding) queueMicrotask(work);
  else
    setImmediate(() => {
      isEnding = true;
      try {
        work();
      } finally {
        isEnding = false;
      }
    });
}
