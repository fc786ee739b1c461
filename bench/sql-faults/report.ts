import type { SqlFault, Tool, Verdict } from "./corpus/fault.ts";

/** The verdict of every tool on every fault. */
export interface Score {
  readonly seed: number;
  /** Only seeded faults, of a seed that the checker was not improved with. */
  readonly second: boolean;
  readonly commit: string;
  readonly faults: readonly SqlFault[];
  readonly verdicts: readonly { readonly tool: Tool; readonly of: ReadonlyMap<string, Verdict> }[];
  /** The tools that were not run, each with the reason. */
  readonly skipped: readonly string[];
  /** Further facts of this run, a sentence each. */
  readonly notes: readonly string[];
}

/** The counts of one tool in one class. */
interface Cell {
  caught: number;
  rightLine: number;
  rightStatement: number;
  unwritable: number;
  refuses: number;
  total: number;
}

/** The report as Markdown: the table by class, totals, and what each tool of ours missed by name. */
export function markdown(score: Score): string {
  const { seed, second, commit, faults, verdicts, skipped, notes } = score;
  const classes = [...new Set(faults.map((fault) => fault.class))];
  const row = (name: string, of: readonly SqlFault[]) =>
    `| ${name} | ${of.length} | ${verdicts.map((verdict) => written(count(of, verdict.of))).join(" | ")} |`;
  const head = verdicts.map(({ tool }) => tool.name).join(" | ");
  const places = verdicts.map(({ tool, of }) => {
    const { caught, rightLine, rightStatement } = count(faults, of);
    return `| ${tool.name} | ${percent(caught, faults.length)} | ${percent(rightLine, caught)} | ${percent(rightStatement, caught)} |`;
  });
  return [
    second ? "# Score: SQL faults of another seed" : "# Score: SQL faults",
    "",
    `Made by \`npm run bench:sql-faults -- --seed ${seed}${second ? " --second" : ""}\` at ${commit}: ${faults.length} faults.`,
    ...(second ? ["Only the seeded faults: nothing was changed after their first run."] : []),
    "",
    "Faults that failed the build. `+n` could not be written with the tool at all; `(n)` are in programs that the tool",
    "refuses even without the fault, so its errors mean nothing.",
    "",
    `| class | faults | ${head} |`,
    `|---|---|${verdicts.map(() => "---|").join("")}`,
    ...classes.map((name) =>
      row(
        name,
        faults.filter((fault) => fault.class === name),
      ),
    ),
    row("**all**", faults),
    "",
    "| tool | caught of all | of these at the changed line | at the changed statement |",
    "|---|---|---|---|",
    ...places,
    "",
    ...verdicts.map(({ tool }) => `- ${tool.name}: ${tool.about}.`),
    ...[...skipped, ...notes].map((words) => `- ${words}`),
    "",
    ...verdicts.filter(({ tool }) => tool.name === "sqlproof").flatMap(({ of }) => missed(faults, of)),
    "",
  ].join("\n");
}

function count(faults: readonly SqlFault[], of: ReadonlyMap<string, Verdict>): Cell {
  const cell: Cell = { caught: 0, rightLine: 0, rightStatement: 0, unwritable: 0, refuses: 0, total: faults.length };
  for (const { id } of faults) {
    const verdict = of.get(id);
    if (verdict?.outcome === "caught") cell.caught += 1;
    if (verdict?.outcome === "unwritable") cell.unwritable += 1;
    if (verdict?.outcome === "refuses") cell.refuses += 1;
    if (verdict?.outcome === "caught" && verdict.rightLine) cell.rightLine += 1;
    if (verdict?.outcome === "caught" && verdict.rightStatement) cell.rightStatement += 1;
  }
  return cell;
}

function written({ caught, unwritable, refuses }: Cell): string {
  return `${caught}${unwritable > 0 ? ` +${unwritable}` : ""}${refuses > 0 ? ` (${refuses})` : ""}`;
}

function percent(part: number, total: number): string {
  return total === 0 ? "-" : `${part} (${Math.floor((part * 1000) / total) / 10} %)`;
}

/** The faults that this tool let through, by name. */
export function missed(faults: readonly SqlFault[], of: ReadonlyMap<string, Verdict>): string[] {
  const names = faults.filter(({ id }) => of.get(id)?.outcome !== "caught");
  if (names.length === 0) return ["sqlproof missed none."];
  return [
    `sqlproof missed ${names.length}:`,
    "",
    ...names.map(
      ({ id, class: name, subject, changed }) => `- ${id} (${name}, ${subject.file}:${subject.line}): ${changed}`,
    ),
  ];
}

/** One line of JSON per fault and tool, for other evaluations. */
export function jsonLines({ faults, verdicts }: Score): string {
  const lines = faults.flatMap((fault) =>
    verdicts.map(({ tool, of }) => {
      const { id, class: name, kind, changed, subject } = fault;
      return JSON.stringify({
        id,
        class: name,
        kind,
        changed,
        file: subject.file,
        line: subject.line,
        tool: tool.name,
        ...of.get(id),
      });
    }),
  );
  return `${lines.join("\n")}\n`;
}
