import type { CheckedMutant } from "./results.ts";

/** Why a mutant that nothing stops is no fault that a test could see. */
interface Equivalence {
  readonly reason: string;
  readonly holds: (mutant: Pick<CheckedMutant, "operator" | "what" | "query">) => boolean;
}

/** A rule is argued once, and holds for the same change in every text. */
const equivalences: readonly Equivalence[] = [
  {
    reason: "EXISTS does not read what is selected",
    holds: ({ operator, what, query }) =>
      operator === "constant" && /SELECT \[1\] FROM/.test(what) && !/(?<!EXISTS \()SELECT 1 FROM/.test(query),
  },
  {
    reason: "+ 0 only hides a column from an index, as - 0 does",
    holds: ({ operator, what }) => operator === "arithmetic" && /\[\+\] 0\b/.test(what),
  },
  {
    reason: "only whether there is one is asked, and there is a smallest where there is a largest",
    holds: ({ operator, what, query }) =>
      operator === "aggregate" &&
      /\(\s?SELECT \[MIN\]\([do] -> MAX/.test(what) &&
      /SELECT MIN\([do]\.id\) FROM [^?]*?\) IS NOT NULL/.test(query),
  },
  {
    reason: "a condition on the joined row leaves out those that have none",
    holds: ({ operator, what, query }) =>
      operator === "join" &&
      /\[JOIN\] products s -> LEFT JOIN/.test(what) &&
      query.includes("JOIN products s ON s.id = d.product_id") &&
      query.includes("AND s.search_text LIKE"),
  },
  {
    reason: "the table has one row, by its CHECK (id = 1)",
    holds: ({ operator, what, query }) =>
      operator === "condition" &&
      what === "WHERE id = 1 dropped" &&
      /(FROM|UPDATE) (company|company_logo|access)\b/.test(query),
  },
  {
    reason: "the branches exclude each other, and each row has its id",
    holds: ({ operator, what, query }) =>
      operator === "aggregate" &&
      /\[UNION ALL\] SELECT id -> UNION/.test(what) &&
      query.includes(":customer_id IS NULL"),
  },
];

/** The reason why a survivor is no fault; null for one that a test should stop. */
export function equivalenceOf(mutant: Pick<CheckedMutant, "operator" | "what" | "query">): string | null {
  return equivalences.find(({ holds }) => holds(mutant))?.reason ?? null;
}
