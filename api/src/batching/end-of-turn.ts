let isEnding = false;

/**
 * Does something when everything that has arrived is taken in: at the end of this turn of the event loop. What is asked for
 * while such work begins follows it at once, not a turn later.
 */
export function atTurnEnd(work: () => void): void {
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
