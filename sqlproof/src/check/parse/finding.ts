import type { Engine } from "../../runtime/types.ts";

/** One reason why the checker refuses a query. */
export interface Finding {
  readonly message: string;
  /** Where in the text, or null when only the statement that MariaDB prints back shows it. */
  readonly offset: number | null;
  /** In a pair, the text that it is about. */
  readonly text?: Engine;
  /** The name by which a comment in the text accepts it. */
  readonly waiver?: string;
}
