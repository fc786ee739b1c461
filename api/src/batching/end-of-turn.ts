// Requests that arrive in the same turn of the event loop are answered together: equal reads once, reads by id in one
// statement, writes of one route in one transaction. Everything in this folder begins its work at the end of a turn.
let isEnding = false;

/**
 * Does something at the end of this turn of the event loop, when everything that has arrived is taken in. Work that asks
 * for more work while it begins is followed by it at once, not a turn later.
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
