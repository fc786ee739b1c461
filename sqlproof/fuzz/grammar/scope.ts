// The grammar: draws statements whose types mostly fit, because a text that is refused teaches nothing; and now and
// then, on purpose, one that does not fit in one small place. `statement.ts` is the way in.
import type { Random } from "../../src/differential/random.ts";
import { key, type Model, type ModelTable, type Typed } from "../schema/model.ts";

/** A column that an expression may name. */
export interface Named extends Typed {
  readonly name: string;
  readonly nullable: boolean;
}

/** Something in a FROM: a table, a subquery or a CTE, under the name that the statement gives it. */
export interface Source {
  readonly name: string;
  readonly columns: readonly Named[];
}

/** Where an expression stands, which decides what it may name and use. */
export interface Scope {
  readonly sources: readonly Source[];
  /** The sources of the selects around it. */
  readonly outer: readonly Source[];
  readonly ctes: readonly Source[];
  /** How much deeper the expression may become. */
  readonly depth: number;
  /** What stands in place of columns: aggregates of columns, or windows beside columns. */
  readonly uses: "columns" | "aggregates" | "windows";
  /** The expressions that are grouped by, if `uses` is `aggregates`. */
  readonly groups: readonly (Named & { readonly text: string })[];
}

/** A SELECT and its columns. */
export interface Selected {
  readonly text: string;
  readonly columns: readonly Named[];
  readonly sources: readonly Source[];
  readonly distinct: boolean;
}

/** The rules that need each other: an expression may hold a subquery, which holds conditions and expressions. */
export interface Rules {
  /** An expression of the type; at times, when the draft slips, of another. */
  expression(draft: Draft, scope: Scope, wanted: Typed): string;
  /** What stands behind WHERE, ON, HAVING and WHEN. */
  condition(draft: Draft, scope: Scope): string;
  /** A SELECT without ORDER BY, of the wanted types or of any. */
  select(draft: Draft, around: Scope, wanted: readonly Typed[] | null): Selected;
  /** A subquery of one value. */
  scalarSubquery(draft: Draft, scope: Scope, wanted: Typed): string;
  exists(draft: Draft, scope: Scope): string;
  /** A subquery of one column, for IN. */
  valuesSubquery(draft: Draft, scope: Scope, wanted: Typed): string;
}

/** Draws one statement. */
export class Draft {
  #names = 0;
  readonly #favoured = new Map<string, number>();
  readonly #parameters: { readonly name: string; readonly typed: Typed }[] = [];

  constructor(
    readonly random: Random,
    readonly model: Model,
    /** How often a place is filled with something that does not belong there. */
    readonly slips: number,
    /** Whether this statement has some productions far more often than others, so that rare ones meet. */
    private readonly favours: boolean,
    readonly rules: Rules,
  ) {}

  /** Whether this place gets something that does not belong there. */
  slip(): boolean {
    return this.slips > 0 && this.random.chance(this.slips);
  }

  /** A new name, e.g. `q3`. */
  name(letter: string): string {
    this.#names += 1;
    return `${letter}${this.#names}`;
  }

  /** A parameter: a new one, or one that the statement has for a value of this type. */
  parameter(typed: Typed): string {
    const known = this.random.chance(0.15)
      ? this.random.maybe(
          this.#parameters.filter(({ typed: other }) => other.type === typed.type && other.scale === typed.scale),
        )
      : undefined;
    if (known !== undefined) return known.name;
    const name = `p${this.#parameters.length + 1}`;
    this.#parameters.push({ name, typed });
    return name;
  }

  /** A production, each drawn as often as its weight says, and as this statement favours it. */
  choose(productions: readonly (readonly [weight: number, make: () => string | null])[]): string | null {
    const weights = productions.map(([weight], place) => weight * this.#favour(`${place} of ${productions.length}`));
    let at = this.random.next() * weights.reduce((sum, weight) => sum + weight, 0);
    for (const [place, [, make]] of productions.entries()) {
      at -= weights[place] ?? 0;
      if (at < 0) return make();
    }
    return null;
  }

  #favour(place: string): number {
    if (!this.favours) return 1;
    const known = this.#favoured.get(place);
    if (known !== undefined) return known;
    const drawn = 6 ** (2 * this.random.next() - 1);
    this.#favoured.set(place, drawn);
    return drawn;
  }

  table(): ModelTable {
    return this.random.pick(this.model.tables);
  }
}

/** The columns of a table, its key first. */
export function columnsOf(table: ModelTable): readonly Named[] {
  return [key, ...table.columns];
}

export function deeper(scope: Scope): Scope {
  return { ...scope, depth: scope.depth - 1 };
}

/** The same place, where columns are named as they are: inside an aggregate or a window. */
export function onColumns(scope: Scope): Scope {
  return { ...scope, uses: "columns", groups: [], depth: scope.depth - 1 };
}

export function sameType(one: Typed, other: Typed): boolean {
  return one.type === other.type && one.scale === other.scale && one.folds === other.folds;
}

/** The types of whole numbers mix on both engines. */
export function isInteger({ type }: Typed): boolean {
  return type === "integer" || type === "bigint";
}

/** A column's name, with its source's where that is needed or drawn. */
export function reference(draft: Draft, scope: Scope, source: Source, name: string): string {
  const holders = [...scope.sources, ...scope.outer].filter(({ columns }) => columns.some((it) => it.name === name));
  const bare = holders.length === 1 ? draft.random.chance(0.5) : draft.random.chance(0.01);
  return bare ? name : `${source.name}.${name}`;
}

/** A column in scope that the test accepts; an own column before one of an outer select. */
export function column(
  draft: Draft,
  scope: Scope,
  accepts: (it: Named) => boolean,
): (Named & { readonly text: string }) | null {
  if (scope.uses === "aggregates") return draft.random.maybe(scope.groups.filter(accepts)) ?? null;
  const outer = scope.outer.length > 0 && draft.random.chance(0.25);
  for (const sources of outer ? [scope.outer, scope.sources] : [scope.sources, scope.outer]) {
    const found = draft.random.maybe(
      sources.flatMap((source) => source.columns.filter(accepts).map((it) => ({ source, it }))),
    );
    if (found !== undefined) return { ...found.it, text: reference(draft, scope, found.source, found.it.name) };
  }
  return null;
}
