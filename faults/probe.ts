import { HttpConnection, NoAnswer } from "./http.ts";

/** Asks again and again, without waiting for anything, until one read or write succeeds; gives the time it took. */
export async function untilServed(url: string, limitMs = 30_000): Promise<number> {
  const begin = performance.now();
  for (;;) {
    const status = await statusOf(url, "/api/orders?limit=1", 1000);
    const tookMs = performance.now() - begin;
    if (status === 200) return tookMs;
    if (tookMs > limitMs) return Number.POSITIVE_INFINITY;
    await Bun.sleep(5);
  }
}

/** The status of one answer; 0 when none came. */
export async function statusOf(url: string, path: string, timeoutMs: number): Promise<number> {
  const connection = new HttpConnection(url);
  try {
    const headers = { Connection: "close" };
    return (await connection.request({ method: "GET", path, headers, body: null }, timeoutMs)).status;
  } catch (error) {
    if (error instanceof NoAnswer) return 0;
    throw error;
  } finally {
    connection.close();
  }
}
