import { HttpConnection, NoAnswer } from "../network/http-connection.ts";
import { Client } from "./client.ts";
import type { Journal } from "./journal.ts";
import { Random } from "./random.ts";

const probeSession = 5000;

/** Repeats a read until it succeeds. Returns the time it took, or Infinity. */
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

/** The status of the answer; 0 when none came. */
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

/** Creates orders without retries until one is acknowledged, all in the journal. Returns the time, or Infinity. */
export async function untilWritten(url: string, journal: Journal, name: string, limitMs = 30_000): Promise<number> {
  const options = { url, journal, session: probeSession, random: new Random(0), retryForMs: 0 };
  const client = new Client(options);
  const begin = performance.now();
  for (let write = 1; ; write += 1) {
    const key = `${name}-${write}`;
    const body = { ship_zip_postal_code: key, notes: `${key}|0` };
    const { kind } = await client.ask({ intent: "create", method: "POST", path: "/api/orders", key, body });
    const tookMs = performance.now() - begin;
    if (kind === "acknowledged" || tookMs > limitMs) {
      client.close();
      return kind === "acknowledged" ? tookMs : Number.POSITIVE_INFINITY;
    }
    await Bun.sleep(20);
  }
}

/** Whether a process exists. */
export function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
