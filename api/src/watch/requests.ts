import { Histogram, timeBounds } from "./histogram.ts";

/** A client may send any method, but only these get a line of their own. */
const methods = ["GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "other"] as const;
/** Of `Math.trunc(status / 100)`. */
const classes = ["0xx", "1xx", "2xx", "3xx", "4xx", "5xx"] as const;

/** The requests to one path, as its route spells it, by method and class of status. */
export class PathRequests {
  /** Created when a method and a class first occur, because most never do. */
  readonly #times: (Histogram | undefined)[] = new Array(methods.length * classes.length);

  constructor(readonly path: string) {}

  /** Counts an answered request. */
  add(method: string, status: number, seconds: number): void {
    const place = placeOf(method) * classes.length + Math.trunc(status / 100);
    const times = this.#times[place] ?? this.#first(place);
    times.add(seconds);
  }

  #first(place: number): Histogram {
    const times = new Histogram(timeBounds);
    this.#times[place] = times;
    return times;
  }

  /** What has occurred. */
  read(): readonly { readonly method: string; readonly status: string; readonly times: Histogram }[] {
    return [...this.#times.entries()].flatMap(([place, times]) => {
      const method = methods[Math.trunc(place / classes.length)];
      const status = classes[place % classes.length];
      return times === undefined || method === undefined || status === undefined ? [] : [{ method, status, times }];
    });
  }
}

function placeOf(method: string): number {
  switch (method) {
    case "GET":
      return 0;
    case "HEAD":
      return 1;
    case "POST":
      return 2;
    case "PUT":
      return 3;
    case "DELETE":
      return 4;
    case "OPTIONS":
      return 5;
    default:
      return 6;
  }
}

/** The requests of a server by path. Paths are those of routes, so there are never more than that. */
export class Requests {
  readonly #paths = new Map<string, PathRequests>();

  of(path: string): PathRequests {
    const known = this.#paths.get(path) ?? new PathRequests(path);
    this.#paths.set(path, known);
    return known;
  }

  get paths(): Iterable<PathRequests> {
    return this.#paths.values();
  }
}
