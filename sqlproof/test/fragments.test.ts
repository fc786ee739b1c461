import { describe, expect, test } from "bun:test";
import { extract } from "../src/check/parse/extract.ts";
import { SourceFiles } from "../src/check/parse/source-files.ts";

/** Holes are written `@{name}` here, because the tests' own templates would evaluate them. */
function holes(source: string): string {
  return source.replaceAll("@{", "$" + "{");
}

/** Extracts from `program.ts`, which may import the other files. */
function extractFrom(program: string, others: Readonly<Record<string, string>> = {}) {
  const files = new SourceFiles((file) => (others[file] === undefined ? null : holes(others[file])));
  return extract("src/program.ts", holes(program), files);
}

describe("constant fragments", () => {
  test("a const of the same file is folded into the text", () => {
    const { literals, errors } = extractFrom("const columns = `id, name`;\nconst q = sql(`SELECT @{columns} FROM t`);");
    expect(errors).toEqual([]);
    expect(literals.map(({ key, mariadb, sqlite }) => [key, mariadb, sqlite])).toEqual([
      Array(3).fill("SELECT id, name FROM t"),
    ]);
  });

  test("strings, fragments of fragments, `as const` and several holes", () => {
    const { literals, errors } = extractFrom(`
      const id = "id";
      export const columns = \`@{id}, name\` as const, table = 't' as const;
      const q = sql(\`SELECT @{columns} FROM @{table} WHERE @{id} = :id\`);
    `);
    expect(errors).toEqual([]);
    expect(literals[0]?.key).toBe("SELECT id, name FROM t WHERE id = :id");
  });

  test("both texts of a pair are folded", () => {
    const { literals } = extractFrom(
      "const c = `id`; sql({ mariadb: `SELECT @{c} FROM m`, sqlite: `SELECT @{c} FROM s` });",
    );
    expect(literals[0]).toMatchObject({ mariadb: "SELECT id FROM m", sqlite: "SELECT id FROM s" });
  });

  test("fragments are imported by name, under another name and through re-exports", () => {
    const { literals, errors } = extractFrom(
      `import { columns, table as from } from "./fragments.ts";
       import { order } from "../shared/index.ts";
       const q = sql(\`SELECT @{columns} FROM @{from} @{order}\`);`,
      {
        "src/fragments.ts": "export const columns = `id`; const inner = `t`; export { inner as table };",
        "shared/index.ts": 'export { by as order } from "./order.ts";',
        "shared/order.ts": 'import { columns } from "../src/fragments.ts"; export const by = `ORDER BY @{columns}`;',
      },
    );
    expect(errors).toEqual([]);
    expect(literals[0]?.key).toBe("SELECT id FROM t ORDER BY id");
  });

  test("a fragment of a namespace import is named with it", () => {
    const { literals, errors } = extractFrom(
      'import * as texts from "./texts.ts"; const q = sql(`SELECT @{texts.columns} FROM t`);',
      { "src/texts.ts": "export const columns = `id, name`;" },
    );
    expect(errors).toEqual([]);
    expect(literals[0]?.key).toBe("SELECT id, name FROM t");
  });

  test("a function may use a fragment that is declared further down", () => {
    const { literals } = extractFrom("function f() { return sql(`SELECT @{c}`); }\nconst c = `id`;");
    expect(literals[0]?.key).toBe("SELECT id");
  });

  test("a call in the default value of a pattern is found", () => {
    const { literals } = extractFrom("const c = `id`; export const { a = sql(`SELECT @{c}`) } = {};");
    expect(literals[0]?.key).toBe("SELECT id");
  });

  test("escapes are resolved in fragments as in literals", () => {
    const { literals } = extractFrom("const c = `'\\u00e9'`;\r\nsql(`SELECT\r\n@{c}`)");
    expect(literals[0]?.key).toBe("SELECT\n'é'");
  });
});

const constant = "@{x} is not a constant text: declare const x = `..` at the top level of a file, without a type";
const notAName =
  "a hole in the text takes only the name of a constant: declare const name = `..` at the top level of a file";
const imported =
  "@{x} is not imported as a fragment must be: write import { x } from a relative path that sqlproof.json includes";
const circular = "@{x} contains itself: take it out of its own text";
const shadowed = "@{x} names something else inside this statement too: give one of them another name";

describe("refused, with one sentence", () => {
  const query = "const q = sql(`SELECT @{x} FROM t`);";
  const refused: readonly (readonly [name: string, program: string, message: string])[] = [
    ["a let", `let x = \`id\`; ${query}`, constant],
    ["a var", `var x = \`id\`; ${query}`, constant],
    ["a const of type string", `const x: string = \`id\`; ${query}`, constant],
    ["a const that is asserted to be something else", `const x = "id" as string; ${query}`, constant],
    ["a const that a function makes", `const x = columns(); ${query}`, constant],
    ["a conditional const", `const x = Math.random() > 0.5 ? "a" : "b"; ${query}`, constant],
    ["a joined const", `const x = "a" + "b"; ${query}`, constant],
    ["a number", `const x = 1; ${query}`, constant],
    ["a tagged template", `const x = String.raw\`id\`; ${query}`, constant],
    ["a destructured const", `const { x } = { x: "id" }; ${query}`, constant],
    ["a declared const", `declare const x = "id"; ${query}`, constant],
    ["a function", `function x() {} ${query}`, constant],
    ["an unknown name", query, constant],
    ["a fragment of a let", `let x = \`id\`; const y = \`@{x}\`; ${query.replace("{x}", "{y}")}`, constant],
    ["a call", query.replace("{x}", "{x()}"), notAName],
    ["a property", `const x = { y: "id" } as const; ${query.replace("{x}", "{x.y}")}`, notAName],
    ["a conditional", query.replace("{x}", "{a ? b : c}"), notAName],
    ["a string", query.replace("{x}", '{"id"}'), notAName],
    ["a template", query.replace("{x}", "{`id`}"), notAName],
    ["a parameter", "function f(x: string) { return sql(`SELECT @{x}`); }", constant],
    ["a parameter that hides a constant", `const x = "id"; const f = (x: "a") => sql(\`SELECT @{x}\`);`, shadowed],
    ["a local const", 'const x = "id"; { const x = "a"; sql(`SELECT @{x}`); }', shadowed],
    ["a loop", 'const x = "id"; for (const x of ["a"]) sql(`SELECT @{x}`);', shadowed],
    ["a destructured parameter", 'const x = "id"; function f({ x }: Y) { return sql(`SELECT @{x}`); }', shadowed],
    ["a caught error", 'const x = "id"; try { f(); } catch (x) { sql(`SELECT @{x}`); }', shadowed],
    ["a named function", 'const x = "id"; f(function x() { sql(`SELECT @{x}`); });', shadowed],
    ["a circle", `const x = \`@{y}\`; const y = \`@{x}\`; ${query}`, circular],
    ["a const in itself", `const x = \`@{x}\`; ${query}`, circular],
    ["a default import", `import x from "./fragments.ts"; ${query}`, imported],
    ["a namespace", `import * as x from "./fragments.ts"; ${query}`, imported],
    ["a type", `import type { x } from "./fragments.ts"; ${query}`, imported],
    ["another package", `import { x } from "fragments"; ${query}`, imported],
    ["a file that is not included", `import { x } from "./nowhere.ts"; ${query}`, imported],
    ["a let of another file", `import { changing as x } from "./fragments.ts"; ${query}`, named("changing")],
    ["what another file does not export", `import { hidden as x } from "./fragments.ts"; ${query}`, named("hidden")],
    ["a circle of two files", `import { round as x } from "./fragments.ts"; ${query}`, circular.replace("x", "round")],
  ];
  function named(name: string): string {
    return constant.replaceAll("x", name).replace(`te${name}t`, "text");
  }
  const fragments = {
    "src/fragments.ts":
      'import { back } from "./back.ts"; export let changing = `id`; const hidden = `id`; export const round = `@{back}`;',
    "src/back.ts": 'import { round } from "./fragments.ts"; export const back = `@{round}`;',
  };
  for (const [name, program, message] of refused)
    test(name, () => {
      const { literals, errors } = extractFrom(program, fragments);
      expect(literals).toEqual([]);
      expect(errors.map((error) => error.message)).toEqual([holes(message)]);
    });

  test("the error is reported at the hole in the call", () => {
    const { errors } = extractFrom("let x = `id`;\nsql(`SELECT\n  @{x}`);");
    expect(errors[0]?.location).toEqual({ file: "src/program.ts", line: 3, column: 5 });
  });

  test("a syntax error in a file of fragments is reported at its own place", () => {
    const { errors } = extractFrom('import { x } from "./broken.ts";\nsql(`@{x}`);', {
      "src/broken.ts": "\nconst = `id`;",
    });
    expect(errors[0]?.location).toMatchObject({ file: "src/broken.ts", line: 2 });
  });
});
