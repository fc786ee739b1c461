const everyMs = 50;
const retryForMs = 30_000;
const reportedFromMs = 500;

/** Writes orders as a well-behaved client does, each with a key and retried until it is known; reports every pause. */
export function startOrders(url: string, say: (what: string, words: string) => void): { stop(): Promise<void> } {
  let over = false;
  let written = 0;
  let failed = 0;
  let lastAt = performance.now();
  const acknowledged = () => {
    const pauseMs = performance.now() - lastAt;
    lastAt = performance.now();
    written += 1;
    if (pauseMs > reportedFromMs)
      say("Orders", `${written} written, ${failed} refused; nobody could write for ${(pauseMs / 1000).toFixed(1)} s`);
  };
  const pending = new Set<Promise<void>>();
  const timer = setInterval(() => {
    if (over) return;
    const one = write(url).then((done) => {
      if (done) acknowledged();
      else failed += 1;
    });
    pending.add(one);
    void one.finally(() => pending.delete(one));
  }, everyMs);
  say("Orders", `writes ${1000 / everyMs} orders a second`);
  return {
    async stop() {
      over = true;
      clearInterval(timer);
      await Promise.all(pending);
      say("Orders", `${written} written, ${failed} refused`);
    },
  };
}

async function write(url: string): Promise<boolean> {
  const headers = { "Content-Type": "application/json", "Idempotency-Key": crypto.randomUUID() };
  const body = JSON.stringify({ notes: "npm run cluster", order_details: [{ product_id: 1, quantity: "1" }] });
  for (const begin = performance.now(); performance.now() - begin < retryForMs; ) {
    try {
      const { status } = await fetch(`${url}/api/orders`, { method: "POST", headers, body });
      if (status < 500 && status !== 409 && status !== 429) return status === 201;
    } catch {
      // No answer: retried with the same key.
    }
    await Bun.sleep(100);
  }
  return false;
}
