import { formatCount } from "../../report/figures.ts";
import type { Row } from "../../row.ts";
import { startAnother } from "../../system/another-process.ts";
import { type System, withSystem } from "../../system/system.ts";
import { claimants, claimLastUnit, sessionsOf, shipInParts, verdict } from "../../trade/last-unit.ts";

export const row: Row = {
  id: "F26",
  title: "50 claims on the last unit at once, through three processes; orders that are shipped in parts",
  engines: ["sqlite", "mariadb", "cluster"],
  trials: { pr: 5, night: 100, release: 1000 },
  run({ engine, trials, seed, folder, say }) {
    return withSystem({ engine, folder, seed, settings: ["--log-level", "warn"] }, async (system) => {
      const others = [await startAnother(system, folder), await startAnother(system, folder)];
      try {
        const broken: string[] = [];
        for (let trial = 1; trial <= trials && broken.length === 0; trial += 1) {
          broken.push(...(await tried(system, others, `26.${seed}.${trial}`)));
          if (trial % 10 === 0) say(`${trial} times`);
        }
        return { trials, broken, figures: { "claims at once": formatCount(claimants * trials) } };
      } finally {
        for (const other of others) await other.kill();
      }
    });
  },
};

async function tried(
  { url }: System,
  others: readonly { readonly url: string }[],
  name: string,
): Promise<readonly string[]> {
  const sessions = sessionsOf([url, ...others.map((other) => other.url)]);
  try {
    const claims = verdict(await claimLastUnit(sessions, name));
    const [session] = sessions;
    const shipped = session === undefined ? [] : await shipInParts(session);
    return [...claims, ...shipped].map((words) => `${name}: ${words}`);
  } finally {
    for (const session of sessions) session.close();
  }
}
