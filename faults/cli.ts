import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { rows } from "./rows.ts";

for (const row of rows) {
  const folder = mkdtempSync(join(tmpdir(), "faults-"));
  console.log(folder, await row.run({ engine: "sqlite", trials: 3, seed: 1, folder, say: console.log }));
}
