import { asAnswered, type Cells, integer, text, units } from "../../database/store.ts";
import { amountText, unitsOf } from "../decimal.ts";
import type { Check, Evidence, Finding } from "../finding.ts";
import { placesOf, type Table, tables } from "../table.ts";
import { carriesKey, described, type Write, writesOf } from "../writes.ts";

/** V1: each acknowledged write is in the database exactly once. */
export const acknowledged: Check = async (evidence) => {
  const writes = writesOf(evidence.journal);
  const findings: Finding[] = [];
  for (const table of tables) {
    const mine = writes.filter((write) => write.table === table);
    if (mine.length === 0) continue;
    findings.push(...checkTable(table, mine, await rowsOf(evidence, table)));
  }
  return findings;
};

async function rowsOf({ stores }: Evidence, { name }: Table): Promise<readonly Cells[]> {
  return stores[0].rows(`SELECT * FROM ${name}`);
}

function checkTable(table: Table, writes: readonly Write[], rows: readonly Cells[]): readonly Finding[] {
  const findings: Finding[] = [];
  const say = (words: string, harm: "lost" | "twice" = "lost") => findings.push({ invariant: "V1", harm, words });
  const byId = new Map(rows.map((row) => [integer(row.id), row]));
  const births = Map.groupBy(rows, (row) => text(row[table.createKey]));
  const deletes = Map.groupBy(
    writes.filter(({ action, outcome }) => action === "delete" && outcome.kind !== "refused"),
    ({ id }) => id,
  );
  for (const write of writes) {
    if (write.outcome.kind !== "acknowledged") continue;
    const row = write.id === null ? undefined : byId.get(write.id);
    const isDeleted = deletes.has(write.id);
    if (write.action === "delete") {
      if (row !== undefined) say(`${described(write)} was acknowledged, and the row is still there.`);
      continue;
    }
    if (row === undefined && !isDeleted) say(`${described(write)} was acknowledged, and row ${write.id} is lost.`);
    if (write.action === "create" && carriesKey(write) && (births.get(write.key) ?? []).length > 1)
      say(`${described(write)} was acknowledged once and is there ${births.get(write.key)?.length} times.`, "twice");
    if (row !== undefined && write.version !== null) {
      const version = integer(row.version);
      if (version < write.version)
        say(`${described(write)} was acknowledged as version ${write.version}, and the row is at ${version}: lost.`);
      if (version === write.version) for (const words of differences(write, row)) say(words);
    }
  }
  return findings;
}

/** Where the row differs from what its last write sent. */
function differences(write: Write, row: Cells): readonly string[] {
  const found: string[] = [];
  for (const [field, sent] of write.body) {
    if (!(field in row) || typeof sent === "object") continue;
    const places = placesOf(field);
    const stored = places === null ? asAnswered(row[field]) : amountText(units(row[field]), places);
    const wanted = places === null ? asAnswered(sent) : amountText(unitsOf(sent, places) ?? 0n, places);
    if (stored !== wanted) found.push(`${described(write)} wrote ${field} ${wanted}, and the row holds ${stored}.`);
  }
  return found;
}
