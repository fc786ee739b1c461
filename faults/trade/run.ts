// Runs random commands one after another on a running API and on the model, and compares every answer and all rows.
import { createHash } from "node:crypto";
import { openStores, type Store } from "../database/store.ts";
import { Random } from "../load/random.ts";
import type { System } from "../system/system.ts";
import { type Command, type Fixtures, requestOf } from "./commands.ts";
import { Generator } from "./generate.ts";
import { madeBy, unproven } from "./look-up.ts";
import { type Expected, Model } from "./model/model.ts";
import type { CountLine, Detail, Order, Policy, Product, Purchase, PurchaseDetail, Terms } from "./model/state.ts";
import { type Answer, detailsIn, Session, unitsIn } from "./session.ts";
import { differences, type Newest, newestIn } from "./stored.ts";

/** What a run shows: where it and the model differ first, and what all rows are at its end. */
export interface Outcome {
  readonly difference: string | null;
  readonly commands: number;
  /** How often each status was answered. */
  readonly statuses: ReadonlyMap<number, number>;
  /** The same for runs that end in the same rows, whatever their ids are. */
  readonly digest: string;
}

/** How many commands share their products; then new products begin, so that no command has to look at all orders. */
const perStage = 1000;

interface Options {
  readonly seed: number;
  readonly commands: number;
  /** Tests give a wrong model, to show that a run finds the difference. */
  readonly model?: Model;
  readonly say?: (line: string) => void;
}

/** Runs so many commands. Stops at the first difference. */
export async function runTrade(system: Pick<System, "url" | "store">, options: Options): Promise<Outcome> {
  const { seed, commands, model = new Model(), say = () => undefined } = options;
  const stores = await openStores(system.store);
  const session = new Session(system.url);
  const begin = await newestIn(stores[0]);
  const run = new Run(session, stores[0], model, { seed, begin });
  let difference: string | null = null;
  try {
    await run.prepare();
    while (difference === null && run.done < commands) {
      await run.begin();
      difference = await run.stage(Math.min(perStage, commands - run.done));
      if (run.done % 10_000 === 0) say(`${run.done.toLocaleString("en")} commands`);
    }
    for (const store of stores) difference ??= await first(differences(store, model, begin));
    difference ??= await unproven(session);
  } finally {
    run.close();
    for (const store of stores) await store.close();
  }
  return { difference, commands: run.done, statuses: run.statuses, digest: run.digest };
}

/** A command that was sent with a key, and its first answer. */
interface Keyed {
  readonly command: Command;
  readonly answer: Answer;
}

class Run {
  done = 0;
  readonly statuses = new Map<number, number>();
  readonly #random: Random;
  readonly #digest = createHash("sha256");
  #fixtures: Fixtures | null = null;
  #keyed: Keyed[] = [];
  #behind: Newest;

  constructor(
    private readonly session: Session,
    private readonly store: Store,
    private readonly model: Model,
    private readonly origin: { readonly seed: number; readonly begin: Newest },
  ) {
    this.#random = new Random(origin.seed);
    this.#behind = origin.begin;
  }

  get digest(): string {
    return this.#digest.copy().digest("hex").slice(0, 12);
  }

  /** The rows that all commands refer to, and the company as the model begins. */
  async prepare(): Promise<void> {
    this.#fixtures = await makeFixtures(this.session);
    await tradeBy(this.session, this.model.stock.terms, this.#fixtures);
  }

  /** New products and customers; the older ones are put aside. */
  async begin(): Promise<void> {
    this.model.retire();
    this.#behind = await newestIn(this.store);
    await makeGoods(this.session, this.model, this.#known());
    this.#keyed = [];
  }

  /** Runs some commands and compares the rows behind them. Gives the first difference, or null. */
  async stage(count: number): Promise<string | null> {
    const { seed, begin } = this.origin;
    const generator = new Generator(this.#random, `${seed}-${begin.orders}-${this.done}`);
    for (let number = 0; number < count; number += 1) {
      this.done += 1;
      const isRepeat = this.#random.integer(1, 100) <= 4;
      const repeated = isRepeat ? this.#keyed[this.#random.integer(0, this.#keyed.length - 1)] : undefined;
      const difference = repeated === undefined ? await this.#step(generator) : await this.#repeat(repeated);
      if (difference !== null) return `command ${this.done}: ${difference}`;
    }
    const difference = await first(differences(this.store, this.model, this.#behind));
    this.#digest.update(summary(this.model));
    return difference === null ? null : `after command ${this.done}: ${difference}`;
  }

  async #step(generator: Generator): Promise<string | null> {
    const command = generator.next(this.model.stock);
    const answer = await this.session.perform(command, this.#known());
    this.#count(answer);
    if (command.key !== null && answer.status < 500) this.#keyed.push({ command, answer });
    const expected = this.model.perform(command, await madeBy(this.session, command, answer));
    const words = differing(expected, answer) ?? (await this.#otherBalance(command));
    return words === null ? null : `${words}, after ${JSON.stringify(command)}: ${answer.text.slice(0, 1500)}`;
  }

  /** A repeated key gets its first answer, and another request with it is refused. */
  async #repeat({ command, answer }: Keyed): Promise<string | null> {
    const request = requestOf(command, this.#known());
    if (request.body !== null && this.#random.integer(1, 4) === 1) {
      const other = { ...request, body: { ...request.body, notes: "another request" } };
      const refused = await this.session.send(other, command);
      this.#count(refused);
      // A field that this route does not know is refused first.
      const isRefused = refused.code === "idempotency-mismatch" || refused.code === "unknown-field";
      return isRefused ? null : `a key with another body was answered ${refused.status} ${refused.text}`;
    }
    const again = await this.session.perform(command, this.#known());
    this.#count(again);
    if (again.status === answer.status && again.isReplayed && withoutId(again.text) === withoutId(answer.text))
      return null;
    return `${JSON.stringify(command)} was answered ${answer.text}, and then ${again.text}`;
  }

  /** Compares a balance as the API shows it: that of the command, or any. */
  async #otherBalance({ deed }: Command): Promise<string | null> {
    const products = [...this.model.stock.products.values()];
    const any = products[this.#random.integer(0, products.length - 1)];
    const product = deed.do === "adjust" ? this.model.stock.products.get(deed.product) : any;
    if (product === undefined || !product.stocked || this.#random.integer(1, 4) > 1) return null;
    const shown = await this.session.read(`/api/stock/${product.id}`);
    const wanted = shownBalance(product);
    const found = Object.keys(wanted).map((name) => `${name} ${unitsIn(shown.get(name))}`);
    const expected = Object.entries(wanted).map(([name, units]) => `${name} ${units}`);
    return found.join() === expected.join() ? null : `product ${product.id} shows ${found}, the model says ${expected}`;
  }

  close(): void {
    this.session.close();
  }

  #known(): Fixtures {
    if (this.#fixtures === null) throw new Error("a run has begun");
    return this.#fixtures;
  }

  #count({ status }: Answer): void {
    this.statuses.set(status, (this.statuses.get(status) ?? 0) + 1);
  }
}

/** Products of every sort, and customers with every policy. */
export async function makeGoods(session: Session, { stock }: Model, { supplier }: Fixtures): Promise<void> {
  for (const [place, sort] of ["", "", "", "", "", "in fractions", "not stocked"].entries()) {
    const [stocked, inFractions] = [sort !== "not stocked", sort === "in fractions"];
    const [reorder_level, target_level, minimum_reorder_quantity] = [place, 3 * place, 2 * place];
    const levels = { reorder_level, target_level, minimum_reorder_quantity };
    const body = {
      product_name: `Product ${place}`,
      list_price: "2.5",
      stocked,
      sold_in_fractions: inFractions,
      supplier_ids: [supplier],
    };
    const id = await session.make("/api/products", { ...body, ...levels });
    stock.products.set(id, {
      ...{ id, stocked, inFractions, onHand: 0, allocated: 0, onOrder: 0, backOrdered: 0 },
      ...{ reorderLevel: reorder_level, targetLevel: target_level, minimum: minimum_reorder_quantity },
    });
  }
  const policies: readonly (Policy | null)[] = [null, "partial", "complete", "ask"];
  for (const policy of policies) {
    const body = { company: "Ana", shipping_policy: policy };
    stock.customers.set(await session.make("/api/customers", body), policy);
  }
}

/** Sets how the company trades. */
export async function tradeBy(session: Session, terms: Terms, fixtures: Fixtures): Promise<void> {
  const deed = { do: "edit company", ...terms } as const;
  const { status, text } = await session.perform({ deed, ifMatch: null, key: null, isDryRun: false }, fixtures);
  if (status !== 200) throw new Error(`The run could not be prepared: ${status} ${text}`);
}

/** The rows that every order refers to. */
export async function makeFixtures(session: Session): Promise<Fixtures> {
  const [employee, shipper, supplier] = [
    await session.make("/api/employees", { company: "Ours" }),
    await session.make("/api/shippers", { company: "Fast" }),
    await session.make("/api/suppliers", { company: "Tea" }),
  ];
  return { employee, shipper, supplier };
}

function shownBalance({ onHand, allocated, onOrder, backOrdered }: Product) {
  return {
    ...{ on_hand: onHand, allocated, available: onHand - allocated, on_order: onOrder },
    back_ordered: backOrdered,
  };
}

/** How an answer differs from what the model expects, or null. */
export function differing({ status, code, shown }: Expected, answer: Answer): string | null {
  const words = (one: { status: number; code: string | null }) => `${one.status} ${one.code ?? ""}`.trim();
  if (answer.status !== status || answer.code !== code)
    return `answered ${words(answer)}, the model says ${words({ status, code })}`;
  if (shown === null) return null;
  // A dry run is answered without the version that it would have made.
  if (answer.version !== null && answer.version !== shown.version)
    return `answered version ${answer.version}, the model says ${shown.version}`;
  const [found, expected] = [shownIn(answer), expectedIn(shown)];
  return found === expected ? null : `answered ${found}, the model says ${expected}`;
}

const quantities = ["quantity", "allocated", "shipped", "invoiced", "returned", "received"] as const;

function shownIn(answer: Answer): string {
  const lines = detailsIn(answer).map((detail) => {
    const amounts = quantities.flatMap((name) => (detail.has(name) ? [unitsIn(detail.get(name))] : []));
    return `[${detail.get("id")}: ${detail.get("product_id")} ${amounts} ${detail.get("status_id") ?? ""}]`;
  });
  return `status ${answer.data.get("status_id")} ${lines.join("")}`;
}

function expectedIn(shown: Order | Purchase): string {
  if ("hasSupplier" in shown) {
    const lines = shown.details.map(
      ({ id, product, ordered, received }) => `[${id}: ${product} ${[ordered, received]} ]`,
    );
    return `status ${shown.status} ${lines.join("")}`;
  }
  const lines = shown.details.map(({ id, product, status, ...amounts }) => {
    const { ordered, allocated, shipped, invoiced, returned } = amounts;
    return `[${id}: ${product} ${[ordered, allocated, shipped, invoiced, returned]} ${status}]`;
  });
  return `status ${shown.fields.status} ${lines.join("")}`;
}

/** The rows of a stage with places instead of ids, which differ from engine to engine. */
function summary({ stock: { products, orders, purchases, counts } }: Model): string {
  const places = new Map([...products.keys()].map((id, place) => [id, place]));
  const balances = [...products.values()].map((product) => ({ ...product, id: places.get(product.id) }));
  const purchased = new Map([...purchases.keys()].map((id, place) => [id, place]));
  const details = (rows: readonly (Detail | PurchaseDetail | CountLine)[]) =>
    rows.map((row) => {
      const waitsFor = "purchase" in row ? (purchased.get(row.purchase ?? 0) ?? null) : null;
      const link = "boughtFor" in row ? row.boughtFor !== null : waitsFor;
      return { ...row, id: 0, product: places.get(row.product), purchase: link, boughtFor: link };
    });
  const all = [...orders.values()].map((order) => [order.fields.status, order.version, details(order.details)]);
  const bought = [...purchases.values()].map((each) => [each.status, each.version, details(each.details)]);
  const counted = [...counts.values()].map((each) => [each.status, each.version, details(each.lines)]);
  return JSON.stringify([balances, all, bought, counted]);
}

/** The id of a request is its own, also where its answer is an earlier one. */
function withoutId(text: string): string {
  return text.replace(/"(request_id|instance)":"[^"]*"/g, "");
}

async function first(found: Promise<readonly string[]>): Promise<string | null> {
  return (await found)[0] ?? null;
}
