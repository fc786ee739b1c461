import type { Engines } from "../../runtime/engines.ts";
import type { MariadbProver } from "./mariadb.ts";
import type { SqliteProver } from "./sqlite.ts";

/** Both engines with the project's schema. */
export interface Provers {
  readonly mariadb: MariadbProver;
  readonly sqlite: SqliteProver;
}

/** The engines that the project names, with its schema. */
export type OpenProvers = Engines<MariadbProver, SqliteProver>;
