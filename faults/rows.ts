import type { Row } from "./row.ts";
import { row as f01 } from "./rows/f01-kill-api.ts";

/** Every row of the programme, in the order in which they run. */
export const rows: readonly Row[] = [f01];
