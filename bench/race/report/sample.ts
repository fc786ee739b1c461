import { appendFileSync, mkdirSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What can be measured of a subject, with the unit last, and whether more or less is better. */
export const figures = {
  per_second: "more",
  p50_ms: "less",
  p99_ms: "less",
  p999_ms: "less",
  server_cpu_us: "less",
  database_cpu_us: "less",
  start_ms: "less",
  resident_mb: "less",
  per_thousand_mb: "less",
  build_s: "less",
} as const;
export type Figure = keyof typeof figures;

/** One measurement in one round. */
export interface Sample {
  readonly contestant: string;
  readonly subject: string;
  readonly figure: Figure;
  readonly round: number;
  readonly value: number;
}

/** The median of some values, and their range. */
export interface Spread {
  readonly median: number;
  readonly least: number;
  readonly most: number;
}

/** All measurements. Each is written to the file at once, so that an aborted run loses nothing. */
export class Samples {
  readonly #all: Sample[] = [];

  constructor(
    private readonly path: string,
    head: object,
  ) {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, `${JSON.stringify(head)}\n`);
  }

  add(sample: Sample): void {
    this.#all.push(sample);
    this.note(sample);
  }

  /** Adds a line that is no measurement. */
  note(line: object): void {
    appendFileSync(this.path, `${JSON.stringify(line)}\n`);
  }

  /** Null when it was not measured. */
  spread(contestant: string, subject: string, figure: Figure): Spread | null {
    return spreadOf(this.#values(contestant, subject, figure).map(({ value }) => value));
  }

  /**
   * How many times better the first is than the second, compared within rounds, because other work of the machine slows
   * both. Null when they share no round.
   */
  ratio(first: string, second: string, subject: string, figure: Figure, secondSubject = subject): Spread | null {
    const others = new Map(this.#values(second, secondSubject, figure).map(({ round, value }) => [round, value]));
    const ratios = this.#values(first, subject, figure).flatMap(({ round, value }) => {
      const other = others.get(round);
      if (other === undefined) return [];
      return [figures[figure] === "more" ? value / other : other / value];
    });
    return spreadOf(ratios.filter(Number.isFinite));
  }

  /** One value per round: the median where a round has several. */
  #values(contestant: string, subject: string, figure: Figure): readonly Sample[] {
    const found = this.#all.filter(
      (sample) => sample.contestant === contestant && sample.subject === subject && sample.figure === figure,
    );
    return [...Map.groupBy(found, ({ round }) => round)].flatMap(([round, samples]) => {
      const spread = spreadOf(samples.map(({ value }) => value));
      return spread === null ? [] : [{ contestant, subject, figure, round, value: spread.median }];
    });
  }
}

function spreadOf(values: readonly number[]): Spread | null {
  const sorted = values.toSorted((a, b) => a - b);
  const least = sorted[0];
  const most = sorted.at(-1);
  const low = sorted[(sorted.length - 1) >> 1];
  const high = sorted[sorted.length >> 1];
  if (least === undefined || most === undefined || low === undefined || high === undefined) return null;
  return { median: (low + high) / 2, least, most };
}
