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
    reason: "only whether there is one is asked, and the version of a row is never NULL",
    holds: ({ operator, what, query }) =>
      operator === "column" &&
      what === "o.[id]) FROM -> version" &&
      /\(SELECT MIN\(o\.id\) FROM orders o WHERE o\.\w+ = c\.id\) IS NOT NULL/.test(query),
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
      /^(WHERE )?id = 1 dropped$/.test(what) &&
      /(FROM|UPDATE) (company|company_logo|access|change_feed)\b/.test(query),
  },
  {
    reason: "the column of the join is NOT NULL and a foreign key, so that every row has its partner",
    holds: ({ operator, what, query }) =>
      operator === "join" &&
      [
        ["sessions s [JOIN] users u -> LEFT JOIN", "FROM sessions s JOIN users u ON u.id = s.user_id"],
        ["tokens t [JOIN] users u -> LEFT JOIN", "FROM tokens t JOIN users u ON u.id = t.user_id"],
        ["order_details d [JOIN] orders o -> LEFT JOIN", "FROM order_details d JOIN orders o ON o.id = d.order_id"],
      ].some(([change, join]) => what === change && query.replace(/\s+/g, " ").includes(join ?? change)),
  },
  {
    reason:
      "an order's product with the word is a product with the word, so that the second condition holds less often",
    holds: ({ operator, what, query }) =>
      operator === "condition" &&
      /^WHERE p\.search_text LIKE :word\d::text\? ESCAPE '!' dropped$/.test(what) &&
      /EXISTS \(SELECT 1 FROM products p WHERE [^()]*\) AND \(\s*SELECT MIN\(d\.id\)/.test(query),
  },
  {
    reason: "up to so many rows are counted, whichever they are",
    holds: ({ operator, query }) =>
      operator === "order" &&
      /^\s*SELECT COUNT\(\*\) AS \w+\s+FROM \(\s*SELECT [^()]* LIMIT :most\s*\) AS \w+\s*$/.test(query),
  },
  {
    reason: "each branch has another text in its only column",
    holds: ({ operator, what, query }) =>
      operator === "aggregate" &&
      /\[UNION ALL\] SELECT '\w+' -> UNION$/.test(what) &&
      query.trim().startsWith("SELECT 'customer_id' AS field"),
  },
  {
    reason: "the pattern of a phone number has neither of the two characters: `askedBy` gives its digits alone",
    holds: ({ operator, what }) => operator === "constant" && /^:phone(::text\?)? ESCAPE \['!'\].* -> '~'$/.test(what),
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
