import type { Row } from "./row.ts";
import { row as f01 } from "./rows/f01-kill-api.ts";
import { row as f02 } from "./rows/f02-kill-mariadb.ts";
import { row as f03 } from "./rows/f03-freeze-mariadb.ts";
import { row as f11 } from "./rows/f11-races.ts";
import { row as f12 } from "./rows/f12-every-await.ts";

/** Every row of the programme, in the order in which they run. */
export const rows: readonly Row[] = [f01, f02, f03, f11, f12];
