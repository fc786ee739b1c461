import type { Random } from "../../src/differential/random.ts";
import type { Model } from "../schema/model.ts";
import { condition } from "./conditions.ts";
import { expression } from "./expressions.ts";
import { query } from "./query.ts";
import { Draft, type Rules } from "./scope.ts";
import { exists, scalarSubquery, select, valuesSubquery } from "./select.ts";
import { write } from "./writes.ts";

const rules: Rules = { condition, exists, expression, scalarSubquery, select, valuesSubquery };

/** How often the places of a statement slip: half of all statements are meant to be right. */
const slips = [0, 0, 0, 0.03, 0.06, 0.12] as const;

/** One statement on the model: the same for the same numbers. */
export function statement(random: Random, model: Model): string {
  const draft = new Draft(random, model, random.pick(slips), random.chance(0.5), rules);
  return random.chance(0.27) ? write(draft) : query(draft);
}
