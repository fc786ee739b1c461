import type { Route } from "./client/requests.ts";
import type { Contestant } from "./contestant.ts";
import type { RaceDatabases } from "./databases.ts";
import type { Figure, Samples } from "./report/sample.ts";

/** How much to measure. */
export interface Effort {
  readonly seconds: number;
  readonly warmUpSeconds: number;
  readonly connections: readonly number[];
  readonly routes: readonly Route[];
  readonly starts: number;
  readonly idle: readonly number[];
  readonly poolSize: number;
}

/** One contestant in one round. */
export interface Trial {
  readonly contestant: Contestant;
  readonly round: number;
  readonly databases: RaceDatabases;
  readonly samples: Samples;
  readonly effort: Effort;
  readonly requestFile: (route: Route) => string;
  /** Requests per second that every contestant can serve; null when there are no peers. */
  readonly sameRate: number | null;
  readonly log: (line: string) => void;
}

/** Adds one figure of this trial to the samples. */
export function record({ samples, contestant, round }: Trial, subject: string, figure: Figure, value: number): void {
  samples.add({ contestant: contestant.name, subject, figure, round, value: Number(value.toPrecision(5)) });
}
