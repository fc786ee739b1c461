import type { Finding } from "./parse/finding.ts";
import { type Refusal, refusals } from "./typing/context.ts";

/** What the author takes responsibility for, with a reason, in a comment of the query that begins with `waive`. */
export interface Waivers {
  readonly waived: ReadonlySet<Refusal>;
  readonly findings: readonly Finding[];
}

const pattern = /\/\*\s*waive\b([^*]*)\*\//g;
const form = /^\s+([\w-]+): \S/;

/** Reads the waivers of a text. Each needs a reason, and the name of what is waived. */
export function waiversIn(sql: string): Waivers {
  const waived = new Set<Refusal>();
  const findings: Finding[] = [];
  for (const match of sql.matchAll(pattern)) {
    const name = form.exec(match[1] ?? "")?.[1];
    const refusal = refusals.find((one) => one === name);
    if (refusal !== undefined) waived.add(refusal);
    else {
      const message = `write a waiver as /* waive name: reason */, with one of ${refusals.join(", ")}`;
      findings.push({ message, offset: match.index });
    }
  }
  return { waived, findings };
}

/** True when a text has a waiver. */
export function isWaived(sql: string): boolean {
  return waiversIn(sql).waived.size > 0;
}
