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
      (operator === "constant" && /SELECT \[1\] FROM/.test(what) && !/(?<!EXISTS \()SELECT 1 FROM/.test(query)) ||
      (operator === "column" && /d\.\[id\] FROM order_details/.test(what) && /EXISTS \(SELECT d\.id FROM/.test(query)),
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
    reason: "a comparison with the balance leaves out the details whose product has none",
    holds: ({ operator, what, query }) =>
      operator === "join" &&
      what === "order_details d [JOIN] product_stock s -> LEFT JOIN" &&
      /AND s\.on_hand [=>] s\.allocated\)/.test(query),
  },
  {
    reason: "a count without details has booked nothing and should have booked nothing",
    holds: ({ operator, what, query }) =>
      operator === "join" &&
      what === "stock_counts c [JOIN] stock_count_details d -> LEFT JOIN" &&
      query.includes("AND d.counted IS NOT NULL THEN d.counted - d.expected ELSE 0 END"),
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
        [
          "product_stock s [JOIN] products p -> LEFT JOIN",
          "FROM product_stock s JOIN products p ON p.id = s.product_id",
        ],
        [
          "purchase_order_details d [JOIN] purchase_orders p -> LEFT JOIN",
          "FROM purchase_order_details d JOIN purchase_orders p ON p.id = d.purchase_order_id",
        ],
        [
          "stock_count_details d [JOIN] stock_counts c -> LEFT JOIN",
          "FROM stock_count_details d JOIN stock_counts c ON c.id = d.stock_count_id",
        ],
        [
          ".stock_count_id [JOIN] products p -> LEFT JOIN",
          "FROM stock_count_details d JOIN stock_counts c ON c.id = d.stock_count_id JOIN products p ON p.id = d.product_id",
        ],
        [
          "shipment_details c [JOIN] order_details d -> LEFT JOIN",
          "FROM shipment_details c JOIN order_details d ON d.id = c.order_detail_id",
        ],
        [
          "product_suppliers t [JOIN] suppliers c -> LEFT JOIN",
          "FROM product_suppliers t JOIN suppliers c ON c.id = t.supplier_id",
        ],
        [
          "inventory_transactions t [LEFT JOIN] inventory_transaction_types y -> JOIN",
          "FROM inventory_transactions t LEFT JOIN inventory_transaction_types y ON y.id = t.transaction_type",
        ],
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
  {
    reason: "a detail has a status or none, and each row has its id",
    holds: ({ operator, what, query }) =>
      operator === "aggregate" &&
      what === "5) [UNION ALL] SELECT d -> UNION" &&
      query.includes("AND d.status_id IN (0, 1, 2, 4, 5)") &&
      query.includes("AND d.status_id IS NULL"),
  },
];

/** The reason why a survivor is no fault; null for one that a test should stop. */
export function equivalenceOf(mutant: Pick<CheckedMutant, "operator" | "what" | "query">): string | null {
  return equivalences.find(({ holds }) => holds(mutant))?.reason ?? null;
}
