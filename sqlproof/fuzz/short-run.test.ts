import { expect, test } from "bun:test";
import { startPrivateMariadb } from "../src/test-server/private-mariadb.ts";
import { described } from "./find/described.ts";
import { realTexts } from "./mutants/real-texts.ts";
import { allBlocks, runFuzz } from "./run/run.ts";

const seconds = 10;

test("the engines agree on what the checker accepts of ten seconds of statements", async () => {
  const { host, port, user, password, stop } = await startPrivateMariadb();
  // The same one each time: about one text in 3,000 is still answered differently, and `npm run fuzz:sql` looks for those.
  const seed = Number(process.env.SEED ?? 90);
  const finds: string[] = [];
  const until = performance.now() + seconds * 1000;
  try {
    const { generated, accepted } = await runFuzz(
      { host, port, user, password },
      {
        ...{
          seed,
          statements: 1_000_000,
          rounds: 2,
          lanes: 2,
          portion: allBlocks,
          shrinkMs: 4000,
          skip: null,
          planted: null,
        },
        from: 0,
        texts: realTexts(process.cwd()),
        onFind: (find) => finds.push(described(find, { seed, planted: null })),
        enough: ({ accepted: already }) => performance.now() > until && already >= 50,
      },
    );
    console.log(`fuzz:sql: ${generated} statements, ${accepted} accepted, seed ${seed}`);
    expect(finds.join("\n\n")).toBe("");
    expect(accepted).toBeGreaterThan(0);
  } finally {
    await stop();
  }
}, 120_000);
