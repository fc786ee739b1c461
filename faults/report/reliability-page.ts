// What a run leaves behind: the lines of docs/reliability.md (here) and the wording of figures (figures.ts).
// A line is replaced only by a newer run of the same row on the same engine.
import type { Engine, Result, Row } from "../row.ts";

/** One line of docs/reliability.md: the result of a row on an engine. */
export interface Report {
  readonly row: Row;
  readonly engine: Engine;
  readonly result: Result;
  readonly seed: number;
  readonly command: string;
}

const head = "| row | fault | on | trials | broken | lost | twice | partial | rate below | measured | seed | command |";
const rule = head.replaceAll(/[^|]+/g, " --- ").replace("| --- |", "| --- |");
const begin = "<!-- measured: begin -->";
const end = "<!-- measured: end -->";
const zeros = ["lost", "twice", "partial"] as const;

/** The page with the lines of these reports; every other line stays the same. */
export function updatedPage(page: string, reports: readonly Report[], rows: readonly Row[]): string {
  const from = page.indexOf(begin);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`The page has lost its markers: ${begin} and ${end}.`);
  const lines = new Map<string, string>();
  for (const line of page.slice(from, to).split("\n")) {
    const [, id = "", , engine = ""] = line.split("|").map((cell) => cell.trim());
    if (rows.some((row) => row.id === id)) lines.set(`${id} ${engine}`, line);
  }
  for (const report of reports) lines.set(`${report.row.id} ${report.engine}`, lineOf(report));
  const order = rows.flatMap(({ id, engines }) => engines.map((engine) => `${id} ${engine}`));
  const table = order.flatMap((name) => lines.get(name) ?? []);
  return `${page.slice(0, from)}${begin}\n${[head, rule, ...table].join("\n")}\n${page.slice(to)}`;
}

function lineOf({ row, engine, result, seed, command }: Report): string {
  const { trials, broken, figures } = result;
  const others = Object.entries(figures).filter(([name]) => !zeros.some((zero) => zero === name));
  const cells = [
    ...[row.id, row.title, engine, String(trials), String(broken.length)],
    ...zeros.map((zero) => figures[zero] ?? "-"),
    broken.length === 0 ? bound(trials) : "-",
    others.map(([name, figure]) => `${name} ${figure}`).join("; "),
    String(seed),
    `\`${command}\``,
  ];
  return `| ${cells.map((cell) => cell.replaceAll("|", "/")).join(" | ")} |`;
}

/** The rule of three: n trials without a failure bound its rate at 3/n, with 95 % confidence. */
export function bound(trials: number): string {
  if (trials <= 3) return "-";
  const perThousand = Math.ceil(3000 / trials);
  return perThousand >= 10 ? `${Math.ceil(perThousand / 10)} %` : `0.${perThousand} %`;
}
