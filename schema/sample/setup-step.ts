import type { Database } from "sqlproof";
import { setupStep } from "./queries.ts";

/** The name under which it is recorded that the sample company was loaded, or is not wanted. */
export const sampleStep = "sample company";

/** Whether nothing is left to decide: every start but the first asks this, and need not load the company itself. */
export async function isSampleSettled(database: Database): Promise<boolean> {
  return (await database.maybe(setupStep, { step: sampleStep })) !== null;
}
