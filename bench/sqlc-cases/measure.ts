import type { Server } from "../../sqlproof/src/check/check.ts";
import type { Case } from "./cases.ts";
import { judge } from "./judge.ts";
import { translated } from "./parameters.ts";
import type { Judged } from "./report.ts";
import { closeCase, openCase } from "./stage.ts";

/** Judges every query of the cases, each on the schema of its case. */
export async function measure(server: Server, cases: readonly Case[]): Promise<readonly Judged[]> {
  const judged: Judged[] = [];
  for (const one of cases) {
    const provers = await openCase(server, one);
    try {
      for (const query of one.queries) {
        const outcome = await judge(translated(query.text), provers);
        judged.push({ ...query, place: `${one.name} ${query.name}`, dialect: one.dialect, outcome });
      }
    } finally {
      await closeCase(provers);
    }
  }
  return judged;
}
