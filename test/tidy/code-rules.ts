import {
  calleeName,
  calleeObject,
  identifierName,
  isTest,
  isTypescript,
  literalText,
  type Node,
  nodes,
  place,
  type Rule,
  type Tree,
  textWithHoles,
} from "./tree.ts";

/** Allowed casts with their reasons. A cast is identified by its file and its type. */
const allowedCasts: ReadonlyMap<string, string> = new Map([
  [
    "web/api/reply.ts as T",
    "the types of an answer are declared by the API, and contract tests check the answers against them",
  ],
  ["sqlproof/src/runtime/mariadb/queryable.ts as R[]", "the decoder is compiled from the same proof as the type R"],
  ["sqlproof/src/runtime/sqlite/node.ts as Row[]", "the caller names the type of its rows, as with bun:sqlite"],
  ["sqlproof/src/runtime/sqlite/queryable.ts as R[]", "the decoder is compiled from the same proof as the type R"],
]);

/** A rule about single nodes of the TypeScript files that `where` selects. `broken` returns the violation or null. */
function nodeRule(
  name: string,
  planted: Rule["planted"],
  broken: (node: Node, parents: readonly Node[], path: string, text: string) => string | null,
  where: (path: string) => boolean = () => true,
): Rule {
  return {
    name,
    planted,
    find(tree: Tree) {
      const found: string[] = [];
      for (const [path, text] of tree) {
        if (!isTypescript(path) || !where(path)) continue;
        for (const [node, parents] of nodes(path, text)) {
          const violation = broken(node, parents, path, text);
          if (violation !== null) found.push(`${place(path, text, node.start)}: ${violation}`);
        }
      }
      return found;
    },
  };
}

const noAny = nodeRule("no any", { "a.ts": "let x: any;" }, ({ type }) =>
  type === "TSAnyKeyword" ? "any; use unknown and check the value" : null,
);

const noCasts = nodeRule(
  "no casts except `as const`",
  { "a.ts": "const x = y as const; const z = y as string;" },
  (node, _parents, path, text) => {
    if (node.type !== "TSAsExpression" && node.type !== "TSTypeAssertion") return null;
    const { typeAnnotation } = node;
    const type = sliceOf(typeAnnotation, text);
    if (type === "const" || allowedCasts.has(`${path} as ${type}`)) return null;
    return `cast to ${type}; narrow the type by a check instead`;
  },
);

function sliceOf(node: unknown, text: string): string {
  if (typeof node !== "object" || node === null || !("start" in node) || !("end" in node)) return "";
  const { start, end } = node;
  return typeof start === "number" && typeof end === "number" ? text.slice(start, end) : "";
}

const noEmptyCatch = nodeRule("no silent catch", { "a.ts": "try { f(); } catch {}" }, (node, _parents, _path, text) => {
  if (node.type !== "CatchClause") return null;
  return /\{\s*\}$/.test(sliceOf(node, text)) ? "empty catch; handle the error or explain why it may be ignored" : null;
});

const noSelectedTests = nodeRule(
  "no test is skipped or run exclusively",
  { "a.test.ts": 'test.skip("x", () => {});' },
  (node) => {
    if (node.type !== "CallExpression" || !["test", "describe", "it"].includes(calleeObject(node))) return null;
    const name = calleeName(node);
    return ["only", "skip", "todo", "failing"].includes(name) ? `.${name}` : null;
  },
);

/** Matches the names of columns and variables that contain amounts. */
const amountName = /fee|tax|price|cost|amount|total|discount|quantity|rate\b/i;

/** Allowed conversions with their reasons. */
const allowedConversions: ReadonlyMap<string, string> = new Map([
  ["Number(rate)", "a rate, which the original API returns as a JSON number and which is not used in computations"],
]);

const noFloats = nodeRule(
  "amounts are never floats",
  { "api/src/orders/rules.ts": "const total = Number(row.taxes);" },
  (node, _parents, _path, text) => {
    if (node.type !== "CallExpression") return null;
    const name = calleeName(node);
    if (name === "parseFloat" || name === "toFixed" || name === "toPrecision") return `${name}()`;
    if (name !== "Number" || calleeObject(node) !== "") return null;
    const call = sliceOf(node, text);
    return amountName.test(call) && !allowedConversions.has(call) ? "Number() of an amount" : null;
  },
  // The measurements of the pages (web/proof) format times and sizes and do not contain amounts.
  (path) => /^(api|schema|web)\//.test(path) && !path.startsWith("web/proof/") && !isTest(path),
);

const statements = [
  ...[/SELECT\s/, /INSERT\s+INTO\s/, /UPDATE\s+\w+\s+SET\s/, /DELETE\s+FROM\s/, /REPLACE\s+INTO\s/],
  ...[/WITH\s+\w+\s+AS\s/, /(CREATE|ALTER|DROP)\s+(TABLE|INDEX|VIEW|DATABASE)\s/],
];
const statement = new RegExp(`^\\s*(${statements.map(({ source }) => source).join("|")})`);

const noQueriesOutside: Rule = {
  ...nodeRule(
    "no query outside sql()",
    { "api/src/a.ts": 'db.prepare("SELECT id FROM orders"); sql("SELECT 1");' },
    (node, parents) => {
      if (node.type === "CallExpression" && ["query", "prepare", "execute", "unsafe"].includes(calleeName(node))) {
        return `.${calleeName(node)}(); run a proven query instead`;
      }
      const text = literalText(node);
      if (text === null || !statement.test(text)) return null;
      const within = parents.some(
        (parent) => parent.type === "CallExpression" && identifierName(parent.callee) === "sql",
      );
      return within ? null : "SQL outside sql(`...`) is not proven";
    },
    (path) => /^(api|schema)\//.test(path) && !isTest(path),
  ),
  violations: 2,
};

/** Tables whose rows have no version, each with the reason why they are protected anyway. */
const protectedTables: ReadonlyMap<string, string> = new Map([
  [
    "order_details",
    "order details are written only after the version of their order is raised in the same transaction",
  ],
  ["purchase_order_details", "as order details: after the version of their purchase order is raised"],
  ["change_feed", "its one row is locked before its number is read"],
  ["access", "its number only grows, whatever it was"],
  ["recovery_codes", "a recovery code is used once and gone, never edited"],
  ["sessions", "a session is used and ended, never edited"],
]);

const noBlindUpdates: Rule = {
  ...nodeRule(
    "an UPDATE or DELETE of a resource names the version it read",
    {
      "api/src/a/queries.ts": [
        'sql("UPDATE orders SET notes = :notes WHERE id = :id");',
        `sql(\`UPDATE orders SET notes = :notes \${byId}\`);`,
      ].join("\n"),
    },
    (node) => {
      const text = textWithHoles(node)?.trim() ?? "";
      const table = /^(?:UPDATE|DELETE FROM) (\w+|\{\})/.exec(text)?.[1];
      // Fragments are not resolved, so a statement with fragments must contain the version itself.
      if (table === undefined || protectedTables.has(table) || !/WHERE id = |\{\}/.test(text)) return null;
      return text.includes("AND version = :version") ? null : `${table}: add AND version = :version to WHERE`;
    },
    (path) => path.startsWith("api/src/") && !isTest(path),
  ),
  violations: 2,
};

const functionLimit = 60;
/** Components may be longer, because markup is easier to read than logic. */
const markupLimit = 80;
/** Functions that exceed the limit, with their lengths. A length may only decrease. */
const longFunctions: ReadonlyMap<string, number> = new Map();

const shortFunctions = nodeRule(
  `functions have at most ${functionLimit} lines, in components ${markupLimit}`,
  { "a.ts": `function long() {\n${"  step();\n".repeat(functionLimit)}}` },
  (node, parents, path, text) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return null;
    const parent = parents.at(-1);
    // The body of a describe() is a list of tests, each of which can be read by itself.
    if (parent?.type === "CallExpression" && leftmostName(parent) === "describe") return null;
    const lines = text.slice(node.start, node.end).split("\n").length;
    const name = identifierName(node.id) || identifierName(parent?.key) || identifierName(parent?.id);
    const ratchet = longFunctions.get(`${path} ${name}`);
    if (ratchet !== undefined && lines < ratchet) return `${name} now has only ${lines} lines; lower its limit`;
    const limit = ratchet ?? (path.endsWith(".tsx") ? markupLimit : functionLimit);
    return lines > limit ? `${name || "function"} has ${lines} lines; the limit is ${limit}` : null;
  },
);

/** `describe` for `describe(..)`, `describe.each(..)(..)` and the like. */
function leftmostName(node: unknown): string {
  if (typeof node !== "object" || node === null) return "";
  if ("callee" in node) return leftmostName(node.callee);
  return "object" in node ? leftmostName(node.object) : identifierName(node);
}

/** The rules that check the syntax of TypeScript. */
export const codeRules: readonly Rule[] = [
  noAny,
  noCasts,
  noEmptyCatch,
  noSelectedTests,
  noFloats,
  noQueriesOutside,
  noBlindUpdates,
  shortFunctions,
];
