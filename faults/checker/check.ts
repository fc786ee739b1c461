// The checker: holds the journal of the clients and the rows of the database against nineteen invariants, V1 to V19.
// It imports nothing of the product, so that a bug of the product cannot hide itself.
import { readFileSync } from "node:fs";
import { openStores } from "../database/store.ts";
import type { Journal } from "../load/journal.ts";
import type { System } from "../system/system.ts";
import { reads } from "./answers/v11-reads.ts";
import { oneAnswer } from "./answers/v12-answers.ts";
import { noSecrets } from "./answers/v13-secrets.ts";
import type { Check, Evidence, Finding, Invariant } from "./finding.ts";
import { audited } from "./history/v07-audit.ts";
import { versions } from "./history/v08-versions.ts";
import { states } from "./history/v10-states.ts";
import { acknowledged } from "./outcomes/v01-acknowledged.ts";
import { refused } from "./outcomes/v02-refused.ts";
import { unknown } from "./outcomes/v03-unknown.ts";
import { completeOrders } from "./stored/v05-complete-orders.ts";
import { stockAddsUp } from "./stored/v06-stock.ts";
import { equalNodes } from "./stored/v09-equal.ts";
import { quantities } from "./trade/v14-quantities.ts";
import { derivedStatuses } from "./trade/v15-statuses.ts";
import { levels } from "./trade/v16-levels.ts";
import { documents } from "./trade/v17-documents.ts";
import { invoices } from "./trade/v18-invoices.ts";
import { purchases } from "./trade/v19-purchases.ts";
import { amounts } from "./v04-amounts.ts";

export const checks: Readonly<Record<Invariant, Check>> = {
  V1: acknowledged,
  V2: refused,
  V3: unknown,
  V4: amounts,
  V5: completeOrders,
  V6: stockAddsUp,
  V7: audited,
  V8: versions,
  V9: equalNodes,
  V10: states,
  V11: reads,
  V12: oneAnswer,
  V13: noSecrets,
  V14: quantities,
  V15: derivedStatuses,
  V16: levels,
  V17: documents,
  V18: invoices,
  V19: purchases,
};

/** Checks every invariant. The data must be at rest: no load, and no write whose outcome can still be resolved. */
export async function checkAll(system: System, journal: Journal): Promise<readonly Finding[]> {
  const stores = await openStores(system.store);
  try {
    return await findingsOf({
      stores,
      journal: journal.read(),
      log: readLog(system.logPath),
      stockAtStart: system.stockAtStart,
      secrets: system.store.kind === "mariadb" ? system.store.nodes.map(({ password }) => password) : [],
    });
  } finally {
    for (const store of stores) await store.close();
  }
}

/** The log without the NULs that Bun.write puts into a file opened for appending. */
export function readLog(path: string): string {
  return readFileSync(path, "utf8").replaceAll("\0", "");
}

export async function findingsOf(evidence: Evidence): Promise<readonly Finding[]> {
  const findings: Finding[] = [];
  for (const check of Object.values(checks)) findings.push(...(await check(evidence)));
  return findings;
}

const shown = 4;

/** One sentence per finding, at most the first few of each invariant, and where to look. */
export function sentences(findings: readonly Finding[], where: string): readonly string[] {
  return [...Map.groupBy(findings, ({ invariant }) => invariant)].flatMap(([invariant, same]) => {
    const more = same.length > shown ? [`${invariant}: ${same.length - shown} more (${where})`] : [];
    return [...same.slice(0, shown).map(({ words }) => `${invariant}: ${words} (${where})`), ...more];
  });
}
