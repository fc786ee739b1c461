// Runs random commands on the API on each engine and on the model, and compares every answer and all rows at the end.
// A failing run is shrunk to the fewest commands that show the difference (shrink.ts).
import type { Store } from "../../database/store.ts";
import { type Expected, ReferenceApi } from "../reference-api.ts";
import type { Command } from "./commands.ts";
import { Engine, type Observed } from "./engine.ts";
import { Resolver } from "./resolve.ts";
import { emptyStore, rowDifferences } from "./stored-rows.ts";

/** What a run compares with the model: the API on one engine, and its database. */
export interface Target {
  readonly name: string;
  readonly url: string;
  readonly store: Store;
}

/** Where a run and the model differ first, and how. */
export interface Difference {
  /** Index of the command; the number of commands when the rows at the end differ. */
  readonly at: number;
  readonly words: string;
}

/** The result of a run. */
export interface Outcome {
  readonly difference: Difference | null;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
}

/** Makes the model. Tests pass a wrong one, to show that a run finds the difference. */
export type MakeModel = () => ReferenceApi;

/** Runs the commands one after another on the model and on every engine. Stops at the first difference. */
export async function runCommands(
  commands: readonly Command[],
  targets: readonly Target[],
  makeModel: MakeModel = () => new ReferenceApi(),
): Promise<Outcome> {
  for (const { store } of targets) await emptyStore(store);
  const engines = targets.map(({ name, url }) => new Engine(name, url));
  const run = new Run(makeModel(), engines);
  try {
    for (const [at, command] of commands.entries()) {
      const words = await run.step(command);
      if (words !== null) return { difference: { at, words }, statuses: run.statuses };
    }
    const rows = await Promise.all(
      targets.map(({ store }, index) => {
        const engine = engines[index];
        return engine === undefined ? [] : rowDifferences(store, engine, run.model.company);
      }),
    );
    const words = rows.flat().slice(0, 5).join("; ");
    return { difference: words === "" ? null : { at: commands.length, words }, statuses: run.statuses };
  } finally {
    for (const engine of engines) engine.close();
  }
}

class Run {
  readonly statuses = new Map<number, number>();
  readonly #resolver = new Resolver();

  constructor(
    readonly model: ReferenceApi,
    private readonly engines: readonly Engine[],
  ) {}

  /** The difference, or null. */
  async step(command: Command): Promise<string | null> {
    const request = this.#resolver.request(command, this.model);
    const words = await this.#compare(request);
    if (words !== null) return words;
    return (await this.#date("order_date", "2024-01-20T12:00:00")) ?? this.#date("shipped_date", "2099-12-31T12:00:00");
  }

  /** The clock's date is replaced at once, so that no later answer depends on when it was taken. */
  async #date(field: "order_date" | "shipped_date", time: string): Promise<string | null> {
    const undated = this.model.company.all("orders").find(({ fields }) => fields[field] === "clock");
    const body = { [field]: time };
    const date = {
      method: "PUT",
      resource: "orders",
      of: null,
      history: false,
      query: {},
      ifMatch: null,
      key: null,
      pages: 1,
      resume: null,
    } as const;
    if (undated === undefined) return null;
    // A closed order changes only by a correction.
    const corrected = undated.fields.status_id === 3 ? { ...body, correction_reason: "Dated" } : body;
    return this.#compare({ ...date, id: undated.id, body: corrected });
  }

  async #compare(request: Parameters<ReferenceApi["answer"]>[0]): Promise<string | null> {
    const expected = this.model.answer(request);
    for (const { status } of expected) this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
    const all = await Promise.all(this.engines.map((engine) => engine.perform(request, expected)));
    for (const [index, observed] of all.entries()) {
      const words = unequal(expected, observed) ?? unequalWords(all[0], observed);
      if (words !== null) return `${this.engines[index]?.name} at ${JSON.stringify(request)}: ${words}`;
    }
    return null;
  }
}

function unequal(expected: readonly Expected[], observed: readonly Observed[]): string | null {
  for (const [page, wanted] of expected.entries()) {
    const answer = observed[page]?.answer;
    if (answer === undefined) return `page ${page + 1} is missing`;
    if (!Bun.deepEquals(answer, wanted)) return `${differing(wanted, answer)} ${JSON.stringify(observed[page]?.words)}`;
  }
  return null;
}

/** The members that differ, shortened. */
function differing(wanted: Expected, answer: Expected): string {
  const real = new Map<string, unknown>(Object.entries(answer));
  const parts = Object.entries(wanted).flatMap(([name, value]) =>
    Bun.deepEquals(real.get(name), value)
      ? []
      : [`${name} is ${short(real.get(name))}, the model says ${short(value)}`],
  );
  return parts.join("; ");
}

function short(value: unknown): string {
  return (JSON.stringify(value) ?? "absent").slice(0, 1500);
}

/** The model has no messages, but they must be equal on all engines. */
function unequalWords(first: readonly Observed[] | undefined, observed: readonly Observed[]): string | null {
  for (const [page, { words }] of observed.entries())
    if (!Bun.deepEquals(first?.[page]?.words, words))
      return `other words than the first engine: ${short(words)} for ${short(first?.[page]?.words)}`;
  return null;
}
