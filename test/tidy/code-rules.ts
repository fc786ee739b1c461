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

/** Casts that stay, each with its reason. A cast is named by its file and the type it claims. */
const allowedCasts: ReadonlyMap<string, string> = new Map([
  [
    "web/api/reply.ts as T",
    "the types of an answer are the API's own declarations, which its contract tests hold it to",
  ],
  [
    "sqlproof/src/runtime/mariadb/queryable.ts as R[]",
    "the decoder was compiled from the proof that the type R was made from",
  ],
  [
    "sqlproof/src/runtime/sqlite/queryable.ts as R[]",
    "the decoder was compiled from the proof that the type R was made from",
  ],
]);

/** A rule about single nodes of the TypeScript files that `where` chooses. */
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
          const words = broken(node, parents, path, text);
          if (words !== null) found.push(`${place(path, text, node.start)}: ${words}`);
        }
      }
      return found;
    },
  };
}

const noAny = nodeRule("no any", { "a.ts": "let x: any;" }, ({ type }) =>
  type === "TSAnyKeyword" ? "any; use unknown and look at the value" : null,
);

const noCasts = nodeRule(
  "no casts but `as const`",
  { "a.ts": "const x = y as const; const z = y as string;" },
  (node, _parents, path, text) => {
    if (node.type !== "TSAsExpression" && node.type !== "TSTypeAssertion") return null;
    const { typeAnnotation } = node;
    const claimed = sliceOf(typeAnnotation, text);
    if (claimed === "const" || allowedCasts.has(`${path} as ${claimed}`)) return null;
    return `cast to ${claimed}; narrow by a check instead`;
  },
);

function sliceOf(node: unknown, text: string): string {
  if (typeof node !== "object" || node === null || !("start" in node) || !("end" in node)) return "";
  const { start, end } = node;
  return typeof start === "number" && typeof end === "number" ? text.slice(start, end) : "";
}

const noEmptyCatch = nodeRule("no silent catch", { "a.ts": "try { f(); } catch {}" }, (node, _parents, _path, text) => {
  if (node.type !== "CatchClause") return null;
  return /\{\s*\}$/.test(sliceOf(node, text)) ? "empty catch; handle the error or say why it may be ignored" : null;
});

const noSelectedTests = nodeRule(
  "no test is left out or singled out",
  { "a.test.ts": 'test.skip("x", () => {});' },
  (node) => {
    if (node.type !== "CallExpression" || !["test", "describe", "it"].includes(calleeObject(node))) return null;
    const name = calleeName(node);
    return ["only", "skip", "todo", "failing"].includes(name) ? `.${name}` : null;
  },
);

/** What the columns and variables are called that hold amounts. */
const amountName = /fee|tax|price|cost|amount|total|discount|quantity|rate\b/i;

/** Conversions that stay, each with its reason. */
const allowedConversions: ReadonlyMap<string, string> = new Map([
  ["Number(row.tax_rate)", "a rate, which the original API answers as a JSON number; nothing is computed with it"],
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
  // What measures the pages (web/proof) formats times and sizes, and knows no amount.
  (path) => /^(api|schema|web)\//.test(path) && !path.startsWith("web/proof/") && !isTest(path),
);

const statement =
  /^\s*(SELECT\s|INSERT\s+INTO\s|UPDATE\s+\w+\s+SET\s|DELETE\s+FROM\s|REPLACE\s+INTO\s|WITH\s+\w+\s+AS\s|(CREATE|ALTER|DROP)\s+(TABLE|INDEX|VIEW|DATABASE)\s)/;

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
      return within ? null : "SQL outside sql(`...`): nothing proves it";
    },
    (path) => /^(api|schema)\//.test(path) && !isTest(path),
  ),
  violations: 2,
};

/** Tables whose rows have no version, each with what guards them instead. */
const guardedOtherwise: ReadonlyMap<string, string> = new Map([
  [
    "order_details",
    "they belong to their order, whose version is raised in the same transaction before they are written",
  ],
]);

const noBlindUpdates: Rule = {
  ...nodeRule(
    "an UPDATE or DELETE of a resource names the version it read",
    {
      "api/src/a/queries.ts": `sql("UPDATE orders SET notes = :notes WHERE id = :id"); sql(\`UPDATE orders SET notes = :notes \${byId}\`);`,
    },
    (node) => {
      const text = textWithHoles(node)?.trim() ?? "";
      const table = /^(?:UPDATE|DELETE FROM) (\w+|\{\})/.exec(text)?.[1];
      // What a fragment holds is not looked up: beside one, the version stands in the text itself.
      if (table === undefined || guardedOtherwise.has(table) || !/WHERE id = |\{\}/.test(text)) return null;
      return text.includes("AND version = :version") ? null : `${table}: add AND version = :version to WHERE`;
    },
    (path) => path.startsWith("api/src/") && !isTest(path),
  ),
  violations: 2,
};

const functionLimit = 60;
/** What a component draws is read like a page, not followed like a program. */
const markupLimit = 80;
/** Functions that are longer today. Each number may only go down. */
const longFunctions: ReadonlyMap<string, number> = new Map();

const shortFunctions = nodeRule(
  `functions have at most ${functionLimit} lines, those that draw ${markupLimit}`,
  { "a.ts": `function long() {\n${"  step();\n".repeat(functionLimit)}}` },
  (node, parents, path, text) => {
    if (!/^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/.test(node.type)) return null;
    const parent = parents.at(-1);
    // The body of a describe() is a list of tests, not a function to be understood at once.
    if (parent?.type === "CallExpression" && leftmostName(parent) === "describe") return null;
    const lines = text.slice(node.start, node.end).split("\n").length;
    const name = identifierName(node.id) || identifierName(parent?.key) || identifierName(parent?.id);
    const ratchet = longFunctions.get(`${path} ${name}`);
    if (ratchet !== undefined && lines < ratchet)
      return `${name} has only ${lines} lines now: lower its number to that`;
    const limit = ratchet ?? (path.endsWith(".tsx") ? markupLimit : functionLimit);
    return lines > limit ? `${name || "function"} has ${lines} lines, ${limit} are allowed` : null;
  },
);

/** `describe` for `describe(..)`, `describe.each(..)(..)` and the like. */
function leftmostName(node: unknown): string {
  if (typeof node !== "object" || node === null) return "";
  if ("callee" in node) return leftmostName(node.callee);
  return "object" in node ? leftmostName(node.object) : identifierName(node);
}

/** The rules that read the syntax of TypeScript. */
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
