import type { ModelTable } from "../schema/model.ts";
import { condition } from "./conditions.ts";
import { columnsOf, type Draft, type Scope, type Source } from "./scope.ts";

/** A FROM clause and what it brings into scope. */
export interface From {
  readonly text: string;
  readonly sources: readonly Source[];
}

/** One to three sources, joined. */
export function from(draft: Draft, around: Scope, most: number): From {
  const first = source(draft, around);
  let joined: From = { text: first.text, sources: [first.source] };
  const count = draft.random.pick([1, 1, 1, 2, 2, 3]);
  for (let number = 1; number < Math.min(count, most); number += 1) joined = join(draft, around, joined);
  return joined;
}

interface One {
  readonly text: string;
  readonly source: Source;
  readonly table: ModelTable | null;
}

function source(draft: Draft, around: Scope): One {
  const { random } = draft;
  if (around.ctes.length > 0 && random.chance(0.5)) {
    const cte = random.pick(around.ctes);
    const name = draft.name("c");
    return { text: `${cte.name} AS ${name}`, source: { name, columns: cte.columns }, table: null };
  }
  if (around.depth > 1 && random.chance(0.12)) {
    const name = draft.name("s");
    const inner = draft.rules.select(draft, { ...around, outer: [], sources: [], depth: around.depth - 2 }, null);
    return { text: `(${inner.text}) AS ${name}`, source: { name, columns: inner.columns }, table: null };
  }
  const table = draft.table();
  const columns = columnsOf(table);
  const taken = [...around.outer, ...around.sources].some(({ name }) => name === table.name);
  if (!taken && random.chance(0.3)) return { text: table.name, source: { name: table.name, columns }, table };
  const name = draft.name("t");
  return { text: `${table.name} ${random.chance(0.5) ? "AS " : ""}${name}`, source: { name, columns }, table };
}

function join(draft: Draft, around: Scope, left: From): From {
  const drawn = source(draft, around);
  // A table joins only once under its own name.
  const twice = left.sources.some(({ name }) => name === drawn.source.name);
  const name = twice ? draft.name("t") : drawn.source.name;
  const right = twice ? { ...drawn, text: `${drawn.text} AS ${name}`, source: { ...drawn.source, name } } : drawn;
  const sources = [...left.sources, right.source];
  const word = draft.random.pick(["JOIN", "JOIN", "LEFT JOIN", "LEFT JOIN", "INNER JOIN", "CROSS JOIN"]);
  if (word === "CROSS JOIN") return { text: `${left.text} CROSS JOIN ${right.text}`, sources };
  const equal = draft.random.chance(0.75) ? joinedByKey(draft, left, right) : null;
  const scope: Scope = { ...around, sources, uses: "columns", groups: [], depth: Math.min(around.depth - 1, 1) };
  const more = equal === null || draft.random.chance(0.15) ? condition(draft, scope) : null;
  const on = [equal, more].filter((part) => part !== null).join(" AND ");
  return { text: `${left.text} ${word} ${right.text} ON ${on}`, sources };
}

function joinedByKey(draft: Draft, left: From, right: One): string | null {
  const near = draft.random.pick(left.sources);
  for (const one of near.columns)
    for (const other of right.source.columns) {
      const fits = one.name === "id" ? /_id$|^id$|_[a-j]$/.test(other.name) : other.name === "id";
      if (fits && one.type === "integer" && other.type === "integer" && draft.random.chance(0.6))
        return `${right.source.name}.${other.name} = ${near.name}.${one.name}`;
    }
  return null;
}
