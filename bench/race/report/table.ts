import { routes } from "../client/requests.ts";
// What `npm run bench` prints, and the chart of the README: how many times better our API is than each peer.
// sample.ts stores the measurements; targets.ts says what was promised.
import { bare, bareWithDatabase, databaseCeiling, noPeers, ours, oursOnSqlite } from "../contestant.ts";
import type { Figure, Samples, Spread } from "./sample.ts";
import {
  atRestSubject,
  buildSubject,
  idleSubject,
  loadSubject,
  openLoopSubject,
  sameRateSubject,
  startSubject,
  statementSubject,
  usualConnections,
} from "./subjects.ts";
import { judge, targetOf, targets } from "./targets.ts";

interface Section {
  readonly title: string;
  readonly rows: readonly (readonly [subject: string, figure: Figure])[];
}

/** The unit of each figure. */
const units: Readonly<Record<Figure, string>> = {
  per_second: "/s",
  p50_ms: "ms",
  p99_ms: "ms",
  p999_ms: "ms",
  server_cpu_us: "us",
  database_cpu_us: "us",
  start_ms: "ms",
  resident_mb: "MB",
  per_thousand_mb: "MB",
  build_s: "s",
};

const at64 = (figure: Figure) => routes.map((route) => [loadSubject(route, usualConnections), figure] as const);
const byId = "order by id";
const sections: readonly Section[] = [
  { title: `Requests per second, ${usualConnections} connections`, rows: at64("per_second") },
  {
    title: "Requests per second, one connection and 1,000",
    rows: [1, 1000].flatMap((count) => routes.map((route) => [loadSubject(route, count), "per_second"] as const)),
  },
  {
    title: "Latency at a fixed rate, from when a request was due",
    rows: [openLoopSubject(byId), sameRateSubject(byId)].flatMap((subject) =>
      (["per_second", "p50_ms", "p99_ms", "p999_ms"] as const).map((figure) => [subject, figure] as const),
    ),
  },
  { title: "CPU time of the server per request", rows: at64("server_cpu_us") },
  { title: "CPU time of MariaDB per request", rows: at64("database_cpu_us") },
  {
    title: "Start, memory, build",
    rows: [
      [startSubject, "start_ms"],
      [atRestSubject, "resident_mb"],
      [idleSubject(1000), "resident_mb"],
      [idleSubject(10_000), "resident_mb"],
      [idleSubject(1000), "per_thousand_mb"],
      [idleSubject(10_000), "per_thousand_mb"],
      [buildSubject, "build_s"],
    ],
  },
];

/** How many times better ours is than each peer, with the promised ratios, and our own figures. */
export function table(samples: Samples, peers: readonly string[]): string {
  const rivals = peers.filter((name) => !noPeers.includes(name));
  const lines: string[][] = [["how many times better ours is than", ...rivals, "ours"]];
  for (const { title, rows } of sections) {
    const found = rows.flatMap(([subject, figure]) => {
      const own = samples.spread(ours, subject, figure);
      if (own === null) return [];
      return [
        [
          `  ${label(subject, figure)}`,
          ...rivals.map((peer) => cell(samples, subject, figure, peer)),
          withRange(own, figure),
        ],
      ];
    });
    if (found.length > 0) lines.push([], [title], ...found);
  }
  return [aligned(lines), ...floorLines(samples), ...ceilingLines(samples, rivals), ...verdict(samples)].join("\n");
}

function label(subject: string, figure: Figure): string {
  const more: Partial<Record<Figure, string>> = {
    p50_ms: ": half within",
    p99_ms: ": 99% within",
    p999_ms: ": 99.9% within",
    resident_mb: ": resident memory",
    per_thousand_mb: ": more memory per 1,000",
  };
  const asked = figure === "per_second" && subject.includes("fixed rate") ? ": asked" : "";
  return `${subject.replace(`, ${usualConnections} connections`, "")}${more[figure] ?? asked}`;
}

function cell(samples: Samples, subject: string, figure: Figure, peer: string): string {
  const ratio = samples.ratio(ours, peer, subject, figure);
  if (ratio === null) return "-";
  const target = targetOf(subject, figure, ours, peer);
  const result = target === undefined ? null : judge(target, samples);
  const promise = target === undefined || result === null ? "" : ` (${target.bound} ${result.isMet ? "✓" : "✗"})`;
  return `${short(ratio.median)}${promise}`;
}

function withRange({ median, least, most }: Spread, figure: Figure): string {
  const range = least === most ? "" : ` (${short(least)} to ${short(most)})`;
  return `${short(median)} ${units[figure]}${range}`;
}

/** Our API relative to bare Bun.serve. */
function floorLines(samples: Samples): readonly string[] {
  const subject = loadSubject(byId, usualConnections);
  const lines = [oursOnSqlite, ours].flatMap((who) => {
    const ratio = samples.ratio(who, bare, subject, "per_second");
    const cpu = samples.ratio(who, bare, subject, "server_cpu_us");
    if (ratio === null || cpu === null) return [];
    return [`  ${who}: ${short(ratio.median)} of its requests per second, ${short(1 / cpu.median)} times its CPU time`];
  });
  const beside =
    lines.length === 0 ? [] : ["", "An order by id beside bare Bun.serve with a constant answer", ...lines];
  return [...beside, ...startLines(samples)];
}

/** The runtime's share of our start time and memory. */
function startLines(samples: Samples): readonly string[] {
  const lines = [ours, bareWithDatabase, bare].flatMap((who) => {
    const start = samples.spread(who, startSubject, "start_ms");
    const resident = samples.spread(who, idleSubject(1000), "resident_mb");
    if (start === null || resident === null) return [];
    return [
      `  ${who}: ${withRange(start, "start_ms")}, ${withRange(resident, "resident_mb")} with 1,000 idle connections`,
    ];
  });
  const title = "The runtime's share of start and memory: bare Bun.serve, with one connection to MariaDB and without";
  return lines.length < 2 ? [] : ["", title, ...lines];
}

/** A server that batches several reads into one statement may exceed this ceiling. */
function ceilingLines(samples: Samples, rivals: readonly string[]): readonly string[] {
  const perSecond = samples.spread(databaseCeiling, statementSubject, "per_second");
  const cpu = samples.spread(databaseCeiling, statementSubject, "database_cpu_us");
  if (perSecond === null || cpu === null) return [];
  const subject = loadSubject(byId, usualConnections);
  const lines = [ours, ...rivals].flatMap((who) => {
    const ratio = samples.ratio(who, databaseCeiling, subject, "per_second", statementSubject);
    return ratio === null ? [] : [`  ${who}: ${short(ratio.median)} of its statements in requests per second`];
  });
  const figures = `${withRange(perSecond, "per_second")}, ${withRange(cpu, "database_cpu_us")} of MariaDB's CPU time each`;
  return ["", `The database's own ceiling, one order per statement from a client in C: ${figures}`, ...lines];
}

function verdict(samples: Samples): readonly string[] {
  const judged = targets.flatMap((target) => {
    const result = judge(target, samples);
    return result === null ? [] : [{ ...target, ...result }];
  });
  if (judged.length === 0) return [];
  const missed = judged.filter(({ isMet }) => !isMet);
  const lines = missed.map(({ subject, figure, who, against, bound, value }) => {
    const whom = against === null ? `at most ${bound} ${units[figure]}` : `${bound} times ${against}`;
    return `  ✗ ${who}, ${label(subject, figure)}: ${whom} was promised, ${short(value)} was measured`;
  });
  return ["", `Targets: ${judged.length - missed.length} of ${judged.length} measured are met.`, ...lines];
}

/** Three significant digits; thousands with commas. */
export function short(value: number): string {
  if (value >= 100) return Math.round(value).toLocaleString("en");
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function aligned(rows: readonly (readonly string[])[]): string {
  // A title is alone in its row and may have any width.
  const widths = (rows[0] ?? []).map((_, column) =>
    Math.max(...rows.filter((row) => row.length > 1).map((row) => (row[column] ?? "").length)),
  );
  const line = (row: readonly string[]) =>
    row
      .map((text, column) => (column === 0 ? text.padEnd(widths[0] ?? 0) : text.padStart(widths[column] ?? 0)))
      .join("  ");
  return rows.map((row) => line(row).trimEnd()).join("\n");
}
