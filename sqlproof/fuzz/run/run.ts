// A fuzz run: draws schemas and statements, has the checker prove them, and runs what it accepts on both engines.
// `arena` makes statements, `stage` is one schema on both engines, and `../find` shrinks what differs.

import { isDeepStrictEqual } from "node:util";
import type { Refusal } from "../../src/check/typing/context.ts";
import type { RowDifference } from "../../src/differential/compare.ts";
import type { Server } from "../../src/differential/engines.ts";
import { type Content, FillError } from "../../src/differential/fill.ts";
import { Random } from "../../src/differential/random.ts";
import { isBounded, mayTakeLong } from "../find/bounds.ts";
import { type DifferenceKind, isKnownLimit, isTimeout, kindOf, outlineOf } from "../find/kind.ts";
import { type Differing, type Shrunk, shrink } from "../find/shrink.ts";
import { signatureOf } from "../find/signature.ts";
import { type Planter, planters } from "../schema/planted-schema.ts";
import { type Arena, arenaOf, type Texts } from "./arena.ts";
import { type Counts, count, noCounts } from "./counts.ts";
import { families } from "./families.ts";
import { Stage } from "./stage.ts";

export interface FuzzOptions {
  readonly seed: number;
  /** The number of the first statement. */
  readonly from: number;
  /** How many statements to make. */
  readonly statements: number;
  /** Executions of each accepted statement: at least two, because an engine may fail when it runs one again. */
  readonly rounds: number;
  /** How many blocks of statements run side by side. */
  readonly lanes: number;
  /** The part of the blocks that this process runs. */
  readonly portion: Portion;
  /** How long one find may be shrunk. */
  readonly shrinkMs: number;
  readonly texts: readonly Texts[];
  /** The protection that is taken out, to show that the run finds what it stops; null for the checker as it is. */
  readonly planted: string | null;
  /** Leaves out the statements that this matches: to look past finds that are known. */
  readonly skip: RegExp | null;
  /** Ends the run early. */
  readonly enough: (counts: Counts) => boolean;
  readonly onFind: (find: Find) => void;
}

/** Every `of`-th block, beginning with number `at`. */
export interface Portion {
  readonly at: number;
  readonly of: number;
}

/** All blocks in this process. */
export const allBlocks: Portion = { at: 0, of: 1 };

/** One kind of difference, with its smallest example. */
export interface Find extends Place, Pick<Shrunk, "text" | "params" | "rows" | "difference"> {
  readonly kind: DifferenceKind;
  readonly signature: string;
  readonly content: Content;
  /** True when the complete checker refuses the statement, so that the find shows what was taken out of it. */
  readonly isPlanted: boolean;
}

/** The statement as it was made. */
interface Place {
  readonly number: number;
  readonly arena: Arena;
  readonly original: string;
}

/** All statements of a block share a schema and its rows; a block is the unit of work. */
const blockSize = 250;
const rowsPerTable = 14;
/** Finds with the same outline are shrunk only so often: what they show is known. */
const shrunkPerOutline = 6;

const hour = 3_600_000;
const connectTimeoutMs = 60_000;

/** Runs the statements `from` to `from + statements - 1` of the seed, as far as they are in this portion. */
export async function runFuzz(server: Server, options: FuzzOptions): Promise<Counts> {
  // While SQLite computes, or a find is shrunk, a connection may be silent for long and none may be free. A join of all
  // tables may take a busy machine long. No statement runs for ever (`bounds.ts`), so nothing of this is an answer.
  const patient = { ...{ silenceTimeoutMs: hour, acquireTimeoutMs: hour, statementTimeoutMs: hour }, connectTimeoutMs };
  const run = new Run({ ...server, ...patient }, options);
  const first = Math.floor(options.from / blockSize);
  const last = Math.floor((options.from + options.statements - 1) / blockSize);
  const { at, of } = options.portion;
  let next = first + ((at - (first % of) + of) % of);
  const lane = async (): Promise<void> => {
    while (next <= last && !options.enough(run.counts)) {
      const block = next;
      next += of;
      await run.block(block);
    }
  };
  await Promise.all(Array.from({ length: options.lanes }, lane));
  return run.counts;
}

class Run {
  readonly counts: Counts = noCounts();
  readonly #outlines = new Map<string, number>();
  readonly #without: ReadonlySet<Refusal>;
  readonly #planter: Planter | null;

  constructor(
    private readonly server: Server,
    private readonly options: FuzzOptions,
  ) {
    this.#without = new Set(families.get(options.planted ?? "")?.without);
    this.#planter = planters.get(options.planted ?? "") ?? null;
  }

  async block(block: number): Promise<void> {
    const { seed, from, statements, texts, planted, enough } = this.options;
    const random = new Random(seed);
    const arena = arenaOf(block, random.fork(`schema ${block}`), texts, this.#planter);
    const first = Math.max(from, block * blockSize);
    const end = Math.min(from + statements, (block + 1) * blockSize);
    const stage = await this.#open(arena, random.fork(`rows ${block}`), first);
    if (stage === null) return;
    try {
      const [unlike] = arena.models === null || planted !== null ? [] : await stage.schemaDifferences();
      if (unlike !== undefined)
        this.#report({ number: first, arena, original: "" }, "schema", { what: unlike, mariadb: "", sqlite: "" });
      for (let number = first; number < end && !enough(this.counts); number += 1)
        await this.#statement(number, arena, stage, random);
    } finally {
      await stage.close();
    }
  }

  /** Null when the engines do not take the same rows, which is a find of its own. */
  async #open(arena: Arena, random: Random, number: number): Promise<Stage | null> {
    try {
      return await Stage.open(this.server, arena.migrations, random, { rows: rowsPerTable, without: this.#without });
    } catch (error) {
      if (!(error instanceof FillError)) throw error;
      this.#report({ number, arena, original: "" }, "schema", { what: error.message, mariadb: "", sqlite: "" });
      return null;
    }
  }

  async #statement(number: number, arena: Arena, stage: Stage, random: Random): Promise<void> {
    const text = arena.statement(random.fork(`statement ${number}`));
    this.counts.generated += 1;
    if (!isBounded(text) || this.options.skip?.test(text) === true) return;
    try {
      await this.#judge({ number, arena, original: text }, stage, random);
    } catch (cause) {
      throw new Error(`statement ${number} ended the run: ${text}`, { cause });
    }
  }

  /** Has the checker judge the statement; when it accepts it, both engines run it. */
  async #judge(place: Place, stage: Stage, random: Random): Promise<void> {
    const { number, original: text } = place;
    const proof = await stage.prove(text).catch((error: unknown) => {
      const what = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
      this.#report(place, "checker throws", { what, mariadb: "", sqlite: "" });
      return null;
    });
    if (proof === null) return;
    const runner = await stage.runner(text, proof);
    const first = runner.parameters(random.fork(`round 0 of ${number}`));
    if (mayTakeLong(text) && !(await stage.endsSoon(text, proof, first))) {
      this.counts.notJudged += 1;
      return;
    }
    this.counts.accepted += 1;
    for (let round = 0; round < this.options.rounds; round += 1) {
      const params = runner.parameters(random.fork(`round ${round} of ${number}`));
      const { difference, rowsCompared } = await runner.executeWith(params);
      this.counts.executed += 1;
      this.counts.rowsCompared += rowsCompared;
      if (difference === null) continue;
      if (isTimeout(difference)) {
        this.counts.accepted -= 1;
        this.counts.notJudged += 1;
        return;
      }
      await this.#found(place, stage, { text, proof, params, difference }, random);
      return;
    }
  }

  async #found(place: Place, stage: Stage, found: Differing, random: Random): Promise<void> {
    const kind = kindOf(found.difference);
    const outline = outlineOf(found.difference);
    const seen = count(this.#outlines, outline);
    if (isKnownLimit(kind)) count(this.counts.kinds, kind);
    else if (seen > shrunkPerOutline && kind !== "value" && kind !== "order") {
      count(this.counts.kinds, kind);
      count(this.counts.signatures, `${outline} | (not shrunk)`);
    } else {
      const { text, proof, params, rows, difference } = await shrink(stage, found, random, this.options.shrinkMs);
      const signature = signatureOf(text, outline, place.arena.models?.mariadb ?? null);
      const complete = await stage.prove(text, new Set());
      // The complete checker refuses it, or writes what is left out here.
      const isPlanted = this.#planter !== null || !isDeepStrictEqual(complete?.statements, proof.statements);
      this.#report(place, kind, difference, { signature, text, params, rows, isPlanted, content: stage.content });
    }
  }

  #report(place: Place, kind: DifferenceKind, difference: RowDifference, more: Partial<Find> = {}): void {
    const known = { signature: `${kind}: ${difference.what}`, text: place.original, params: {} };
    const none = { rows: new Map(), content: new Map(), isPlanted: this.#planter !== null };
    const find: Find = { ...place, ...known, ...none, ...more, kind, difference };
    count(this.counts.kinds, kind);
    if (count(this.counts.signatures, find.signature) === 1) this.options.onFind(find);
  }
}
