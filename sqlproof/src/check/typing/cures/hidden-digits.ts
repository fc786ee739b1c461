import type { Expression } from "../../tree/nodes.ts";
import { quoted } from "../context.ts";
import type { Hidden } from "../type.ts";
import { cureFor } from "./cures.ts";

/** What to write instead of a value of which MariaDB has more digits than it shows: ROUND, in its own SELECT. */
export function hiddenCure(hidden: Hidden, node: Expression): string {
  const item = node.kind === "subquery" ? node.query.first.items[0] : undefined;
  if (item?.kind !== "value") return cureFor(hidden, []) ?? "";
  const what = hidden === "AVG" ? "an average" : "a quotient";
  return `MariaDB keeps digits of ${what} that SQLite does not have: write ROUND in its SELECT, (SELECT ROUND(${quoted(item.value)}, 2) ..)`;
}
