import type { Expression, Join, Source } from "../../../tree/nodes.ts";
import { argument } from "../../argument.ts";
import { type Context, quoted, refuse } from "../../context.ts";
import { compare, condition } from "../../operators.ts";
import { outer, resultRelation, tableRelation } from "../../relations.ts";
import { checkReadBelow } from "../../reruns.ts";
import { isAround, type Relation, type Result, type Scope, sameName } from "../../scope.ts";
import { attributeIn, attributesIn, columnsIn, queriesIn } from "../../walk.ts";
import { conjuncts, type Dependency, equalColumns, equalities, filledDependencies } from "../keys.ts";
import { checkCase } from "../names.ts";
import { storedRows } from "../stored-rows.ts";
import { encloseInJoin } from "./filled-columns.ts";

/** The tables of a FROM clause. */
export interface Joined {
  readonly relations: readonly Relation[];
  /** The scopes of the conditions after ON. */
  readonly scopes: readonly Scope[];
  /** What follows from what in every joined row. */
  readonly dependencies: readonly Dependency[];
}

const noAliases: Scope["aliases"] = new Map();

/** The tables of a FROM clause with their columns' types, as the outer joins leave them; none where there is no FROM. */
export function typeOfFrom(
  source: Source | null,
  parent: Scope | null,
  named: ReadonlyMap<string, Result>,
  context: Context,
): Joined {
  if (source === null) return { relations: [], scopes: [], dependencies: [] };
  const joined = typeOfSource(source, parent, named, context);
  checkCase(joined.relations, parent, source, context);
  if (parent !== null) checkReadBelow(joined.relations, source, context);
  return joined;
}

function typeOfSource(
  source: Source,
  parent: Scope | null,
  named: ReadonlyMap<string, Result>,
  context: Context,
): Joined {
  switch (source.kind) {
    case "table": {
      const common = named.get(source.name.toLowerCase());
      const table = context.catalog.get(source.name);
      const relation =
        common !== undefined
          ? resultRelation(common, source.alias)
          : table === undefined
            ? null
            : tableRelation(table, source.alias, context);
      return { relations: relation === null ? [] : [relation], scopes: [], dependencies: [] };
    }
    case "derived": {
      // A query in brackets does not see the tables beside it.
      const result = storedRows(
        context.typers.query(source.query, parent, named, { ...context, merges: false }),
        context,
      );
      return {
        relations: [{ ...resultRelation(result, source.alias), bracketed: true }],
        scopes: [],
        dependencies: [],
      };
    }
    case "join":
      return typeOfJoin(source, parent, named, context);
  }
}

function typeOfJoin(join: Join, parent: Scope | null, named: ReadonlyMap<string, Result>, context: Context): Joined {
  const left = typeOfSource(join.left, parent, named, context);
  const right = typeOfSource(join.right, parent, named, context);
  const scope: Scope = {
    relations: [...left.relations, ...right.relations],
    parent,
    named,
    aliases: noAliases,
    grouped: false,
  };
  if (join.on !== null) {
    condition(argument(join.on, scope, context), context);
    encloseInJoin(join.on, context);
  }
  const [subquery] = queriesIn(join.on);
  if (context.mode === "both" && subquery !== undefined)
    refuse(
      context,
      "no-rule",
      join.how === "inner"
        ? "MariaDB answers a subquery in ON otherwise than in WHERE: write it there"
        : "MariaDB answers a subquery in ON of a LEFT or RIGHT JOIN otherwise: join a query in brackets that computes it for all rows, LEFT JOIN (SELECT x, MAX(y) AS y .. GROUP BY x) AS q ON ..",
      subquery,
    );
  if (context.mode === "both" && join.how !== "inner") checkOuterNames(join, scope, context);
  if (join.beside.length > 0) checkComma(join, scope, context);
  if (join.how !== "inner") checkDecided(join, join.how === "left" ? right : left, parent, context);
  const shown = join.using.length === 0 ? right.relations : using(join, left, right, scope, context);
  const [fillsLeft, fillsRight] = [
    join.how === "right" || join.how === "full",
    join.how === "left" || join.how === "full",
  ];
  const known = ({ relations, dependencies }: Joined, isFilled: boolean): readonly Dependency[] =>
    isFilled ? filledDependencies(relations, dependencies) : dependencies;
  return {
    relations: [
      ...(fillsLeft ? left.relations.map(outer) : left.relations),
      ...(fillsRight ? shown.map(outer) : shown),
    ],
    scopes: [...left.scopes, ...right.scopes, scope],
    dependencies: [
      ...known(left, fillsLeft),
      ...known(right, fillsRight),
      ...joinDependencies(join, left, right, scope, context),
    ],
  };
}

/** JOIN binds tighter than a comma on MariaDB: such a join has none of the tables before it. */
function checkComma({ how, on, using: shared, beside, right }: Join, scope: Scope, context: Context): void {
  const isBeside = ({ alias }: Relation): boolean => beside.some((one) => sameName(one, alias));
  const name = columnsIn(on).find((one) => {
    const bound = context.bound.get(one);
    return bound?.scope === scope && isBeside(bound.relation);
  });
  if (how !== "right" && shared.length === 0 && name === undefined) return;
  const what = name !== undefined ? `ON .. ${quoted(name)}` : shared.length > 0 ? "JOIN .. USING" : "RIGHT JOIN";
  refuse(
    context,
    "no-rule",
    `${what} after a comma in FROM: MariaDB joins without the tables before the comma, and SQLite with them; write CROSS JOIN in place of the comma`,
    name ?? right,
  );
}

/** In a subquery, a condition that an execution decided in such a join holds for later executions, too. */
function checkDecided(join: Join, filled: Joined, parent: Scope | null, context: Context): void {
  if (context.mode === "sqlite" || parent === null) return;
  if (filled.relations.some(({ merged, joins, decided }) => merged && joins === "outer" && decided === true))
    refuse(
      context,
      "rerun",
      "in a subquery, a LEFT or RIGHT JOIN of a view that holds one itself, with a condition that parameters decide: MariaDB finds other rows when it is executed again; join the tables themselves, or write the condition in WHERE around them",
      join,
    );
}

function checkOuterNames(join: Join, scope: Scope, context: Context): void {
  for (const name of columnsIn(join.on)) {
    const bound = context.bound.get(name);
    if (bound !== undefined && isAround(bound.scope, scope))
      refuse(
        context,
        "no-rule",
        `${quoted(name)} of the query around: MariaDB answers a LEFT or RIGHT JOIN by it otherwise; compare it in WHERE, which leaves out the rows that the join fills with NULL`,
        name,
      );
  }
}

/** USING compares columns of the same name and shows them once. */
function using(join: Join, left: Joined, right: Joined, scope: Scope, context: Context): readonly Relation[] {
  if (join.how === "right" && context.mode === "both")
    refuse(context, "no-rule", "RIGHT JOIN .. USING shows the column of another table on each engine: write ON", join);
  for (const name of join.using) {
    const sides = [left, right].flatMap(({ relations }) => {
      const relation = relations.find(({ columns }) => columns.some((column) => sameName(column.name, name)));
      return relation === undefined ? [] : [column(relation.alias, name, join)];
    });
    compare(
      "=",
      sides.map((side) => argument(side, scope, context)),
      join,
      context,
    );
  }
  const hidden = new Set(join.using.map((name) => name.toLowerCase()));
  return right.relations.map((relation) => ({ ...relation, hidden: new Set([...relation.hidden, ...hidden]) }));
}

function column(table: string, name: string, { from, to }: Join): Expression {
  return { kind: "column", table, name, from, to };
}

function joinDependencies(join: Join, left: Joined, right: Joined, scope: Scope, context: Context): Dependency[] {
  const own = new Set([scope]);
  if (join.how === "inner") {
    const equal = join.on === null ? [] : equalities(conjuncts(join.on), context.bound, own);
    const shared = join.using.flatMap((name) => sharedColumn(left, right, name));
    return [...equal, ...shared];
  }
  if (join.on === null || join.how === "full") return [];
  const [kept, filled] = join.how === "left" ? [left, right] : [right, left];
  return outerDependencies(conjuncts(join.on), kept, filled, own, context);
}

function sharedColumn(left: Joined, right: Joined, name: string): Dependency[] {
  const [here, there] = [left, right].map(({ relations }) => {
    const relation = relations.find(({ columns }) => columns.some((one) => sameName(one.name, name)));
    return attributeIn({ alias: relation?.alias ?? "" }, name);
  });
  return here === undefined || there === undefined ? [] : equalColumns(here, there);
}

/**
 * An outer join whose condition names a key of the filled table finds one row of it at most, which follows from the
 * columns of the kept tables in the condition.
 */
function outerDependencies(
  conditions: readonly Expression[],
  kept: Joined,
  filled: Joined,
  own: ReadonlySet<Scope>,
  context: Context,
): Dependency[] {
  const [only, ...others] = filled.relations;
  if (only === undefined || others.length > 0) return [];
  const columns = new Set(
    kept.relations.flatMap((relation) => relation.columns.map(({ name }) => attributeIn(relation, name))),
  );
  const isKept = (attribute: string): boolean => columns.has(attribute);
  const found = equalities(conditions, context.bound, own);
  const attribute = (name: string): string => attributeIn(only, name);
  for (const key of only.keys) {
    const sources = key.map((name) => found.find(({ from, to }) => to.includes(attribute(name)) && from.every(isKept)));
    if (sources.every((source) => source !== undefined)) {
      const all = conditions.flatMap((one) => attributesOfKept(one, isKept, own, context));
      return [{ from: [...new Set(all)], to: only.columns.map(({ name }) => attribute(name)) }];
    }
  }
  return [];
}

function attributesOfKept(
  node: Expression,
  isKept: (attribute: string) => boolean,
  own: ReadonlySet<Scope>,
  context: Context,
): string[] {
  return attributesIn(node, context.bound, own).filter(isKept);
}
