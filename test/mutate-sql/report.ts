import type { Wanted } from "./judges/check.ts";
import { operators } from "./mutation.ts";
import type { Judged } from "./results.ts";
import { equivalenceOf } from "./survivors.ts";

export interface MutationReport {
  readonly text: string;
  /** Of the mutants that are faults, how many something stopped. */
  readonly share: number;
}

const stops = ["check", "types", "differential", "test", "equivalent", "nothing"] as const;
type Stop = (typeof stops)[number];

/** A table of what stopped how many of each operator, and every survivor with its reason. */
export function reportOf(judged: readonly Judged[], { seed, each }: Wanted): MutationReport {
  const counts = new Map<string, Map<Stop, number>>();
  for (const one of judged) {
    const [row, stop] = [counts.get(one.mutant.operator) ?? new Map<Stop, number>(), stopOf(one)];
    counts.set(one.mutant.operator, row.set(stop, (row.get(stop) ?? 0) + 1));
  }
  const count = (stop: Stop) => judged.filter((one) => stopOf(one) === stop).length;
  const faults = judged.length - count("equivalent");
  const share = faults === 0 ? 1 : (faults - count("nothing")) / faults;
  const lines = operators.flatMap((operator) => {
    const row = counts.get(operator);
    if (row === undefined) return [];
    const cells = stops.map((stop) => row.get(stop) ?? 0);
    return [`| ${[operator, cells.reduce((sum, cell) => sum + cell, 0), ...cells].join(" | ")} |`];
  });
  const text = [
    `# Mutants of the queries: ${percent(share)} stopped`,
    "",
    `Made by \`npm run mutate:sql -- --seed ${seed} --each ${each}\`.`,
    "",
    "| operator | made | check | types | differential run | tests | equivalent | survive |",
    "|---|---:|---:|---:|---:|---:|---:|---:|",
    ...lines,
    `| **all** | ${[judged.length, ...stops.map(count)].join(" | ")} |`,
    ...survivorsIn(judged),
    "",
  ].join("\n");
  return { text, share };
}

export function stopOf({ mutant, verdict }: Judged): Stop {
  if (mutant.proof === null) return "check";
  if (verdict !== null && verdict.by !== "nothing") return verdict.by;
  return equivalenceOf(mutant) === null ? "nothing" : "equivalent";
}

function survivorsIn(judged: readonly Judged[]): string[] {
  const surviving = judged.filter((one) => stopOf(one) === "nothing" || stopOf(one) === "equivalent");
  const byQuery = Map.groupBy(surviving, ({ mutant }) => mutant.query);
  return [...byQuery].flatMap(([query, ones]) => [
    "",
    `\`${shortened(query, 110)}\``,
    ...ones.map(({ mutant, verdict }) => {
      const seen = verdict?.by === "nothing" && verdict.differs > 0 ? "differs where no test looks" : "never differed";
      const reason =
        equivalenceOf(mutant) ?? (verdict?.by === "nothing" && verdict.reached === 0 ? "no test runs it" : seen);
      return `- ${mutant.operator}: \`${shortened(mutant.what, 80)}\`: ${reason}`;
    }),
  ]);
}

function shortened(text: string, length: number): string {
  const line = text.replace(/\s+/g, " ").replaceAll("`", "'").trim();
  return line.length > length ? `${line.slice(0, length - 2)}..` : line;
}

function percent(share: number): string {
  return `${Math.floor(share * 1000) / 10} %`;
}
