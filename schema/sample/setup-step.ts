import type { Database } from "sqlproof";
import { setupStep } from "./queries.ts";

/** The name of the setup step that records that the sample company was loaded, or is not wanted. */
export const sampleStep = "sample company";

/** Whether that is recorded already. Every start asks this first, so that most need not load the sample's code. */
export async function isSampleDecided(database: Database): Promise<boolean> {
  return (await database.maybe(setupStep, { step: sampleStep })) !== null;
}
