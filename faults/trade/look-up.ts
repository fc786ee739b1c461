// What a run reads from the API besides the answers of its commands.
import { numberOr } from "../load/json.ts";
import type { Command } from "./commands.ts";
import type { Made } from "./model/orders.ts";
import { type Answer, detailsIn, madeIn, type Session } from "./session.ts";

/** The ids of the rows that a command made. The answer to one that buys for an order does not show the purchase order. */
export async function madeBy(session: Session, { deed, isDryRun }: Command, answer: Answer): Promise<Made> {
  if (deed.do !== "buy" || isDryRun || answer.status !== 200) return madeIn(answer);
  const newest = Math.max(...detailsIn(answer).map((detail) => numberOr(detail.get("purchase_order_id"), 0)));
  const data = await session.read(`/api/purchase_orders/${newest}`);
  return { id: newest, details: detailsIn({ data }).map((detail) => numberOr(detail.get("id"), 0)) };
}

const patienceMs = 300_000;

/** What the proof of the stock finds, or null. On a busy machine it takes longer than a request may: it is asked again. */
export async function unproven(session: Session): Promise<string | null> {
  for (const giveUpAt = performance.now() + patienceMs; ; await Bun.sleep(500)) {
    const { status, data, text } = await session.send({ method: "GET", path: "/api/stock/proof", body: null });
    const isLate = performance.now() > giveUpAt;
    if (status !== 200) {
      if (status !== 503 || isLate) return `the proof was answered ${status} ${text}`;
      continue;
    }
    if (numberOr(data.get("total"), -1) !== 0) return `the proof finds ${JSON.stringify(Object.fromEntries(data))}`;
    // A report may be some seconds old.
    if (numberOr(data.get("age_seconds"), 0) === 0) return null;
    if (isLate) return "the proof was never new";
  }
}
