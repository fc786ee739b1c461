import { createSql } from "sqlproof";
import { type Failures, proofs, type Queries } from "../.sqlproof/generated/queries.ts";

/** Turns a verified SQL literal into a typed query. Text that is not verified does not compile: run `npm run check`. */
export const sql = createSql<Queries, Failures>(proofs);
