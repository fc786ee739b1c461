import type { Dialect, Written } from "./cases.ts";
import type { Outcome } from "./judge.ts";

/** One query of sqlc's cases and what became of it. */
export interface Judged extends Written {
  /** Case and name. */
  readonly place: string;
  readonly dialect: Dialect;
  readonly outcome: Outcome;
}

const dialects: readonly Dialect[] = ["mysql", "sqlite", "postgresql"];

/** The results as Markdown. */
export function markdown(judged: readonly Judged[]): string {
  const row = (name: string, of: readonly Judged[]): string => {
    const count = (kind: Outcome["kind"]): number => of.filter(({ outcome }) => outcome.kind === kind).length;
    const [accepted, refused] = [count("accepted"), count("refused")];
    const both = accepted + refused;
    const share = both === 0 ? "-" : `${Math.floor((accepted * 1000) / both) / 10} %`;
    const rewritten = of.filter(({ outcome }) => outcome.kind === "not on both" && outcome.accepted).length;
    return `| ${name} | ${of.length} | ${count("another statement")} | ${both} | ${accepted} | **${share}** | ${rewritten} |`;
  };
  return [
    "# Score: the queries of sqlc's own test cases",
    "",
    "Made by `npm run bench:sqlc-cases -- --repository DIR`, where DIR is a clone of sqlc. Each query of its end-to-end",
    "cases is taken once per schema, its parameters written as `:name`. MariaDB carries out the schema with the nearest",
    "types it has, and SQLite gets STRICT tables that refuse the same values. A query counts if both engines prepare it",
    "as it is written. A parameter whose type the checker asks for is given the first type that fits. Cases in which",
    "sqlc itself reports errors are left out.",
    "",
    "| written for | queries | other statements | both engines can run | accepted | share | accepted, run in other words |",
    "|---|---|---|---|---|---|---|",
    ...dialects.map((dialect) =>
      row(
        dialect,
        judged.filter((one) => one.dialect === dialect),
      ),
    ),
    row("**all**", judged),
    "",
    "Why the others are refused (a query may have several reasons):",
    "",
    "| message | queries |",
    "|---|---|",
    ...grouped(judged).map(([message, of]) => `| ${message.replaceAll("|", "\\|")} | ${of.length} |`),
    "",
  ].join("\n");
}

/** Every refused query by message, for whoever widens the rules. */
export function refusedList(judged: readonly Judged[]): string {
  const sections = grouped(judged).map(([message, of]) =>
    [
      `## ${of.length} x ${message}`,
      ...of.map(({ place, outcome }) =>
        outcome.kind === "refused"
          ? `- ${place}: \`${outcome.text.replaceAll(/\s+/g, " ")}\` -> ${outcome.messages.join(" / ")}`
          : "",
      ),
      "",
    ].join("\n"),
  );
  return `${markdown(judged)}\n${sections.join("\n")}`;
}

/** Refused queries by their first message, without the names in it, the most frequent first. */
function grouped(judged: readonly Judged[]): [string, Judged[]][] {
  const groups = new Map<string, Judged[]>();
  for (const one of judged) {
    if (one.outcome.kind !== "refused") continue;
    const message = general(one.outcome.messages[0] ?? "");
    groups.set(message, [...(groups.get(message) ?? []), one]);
  }
  return [...groups].sort(([, a], [, b]) => b.length - a.length);
}

function general(message: string): string {
  return message
    .replaceAll(/:\w+/g, ":..")
    .replaceAll(/"[^"]*"/g, '".."')
    .replaceAll(/'[^']*'/g, "'..'");
}
