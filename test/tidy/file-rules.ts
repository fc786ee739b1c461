import { isTest, isTypescript, literalText, nodes, place, type Rule, resolveFrom, type Tree } from "./tree.ts";

/** A rule that no line of the files that `where` selects may match `pattern`. */
function wordRule(
  name: string,
  planted: Rule["planted"],
  pattern: RegExp,
  where: (path: string) => boolean = () => true,
): Rule {
  return {
    name,
    planted,
    find(tree: Tree) {
      const found: string[] = [];
      for (const [path, text] of tree) {
        if (!where(path) || path.startsWith("test/tidy/") || path === "package-lock.json") continue;
        for (const [index, line] of text.split("\n").entries()) {
          const match = pattern.exec(line);
          if (match !== null) found.push(`${path}:${index + 1}: ${match[0]}`);
        }
      }
      return found;
    },
  };
}

/** A rule about whole files. `broken` returns the violation or null. */
function pathRule(name: string, planted: Rule["planted"], broken: (path: string, text: string) => string | null): Rule {
  return {
    name,
    planted,
    find: (tree) =>
      [...tree].flatMap(([path, text]) => {
        const violation = broken(path, text);
        return violation === null ? [] : [`${path}: ${violation}`];
      }),
  };
}

const noLeftovers = wordRule("no leftovers", { "a.ts": "// TODO: later" }, /\b(TODO|FIXME|XXX|HACK)\b/);

/** Files that may suppress a rule of the linter, with their reasons. */
const silencers: ReadonlyMap<string, string> = new Map([
  ["api/src/orders/rules.test.ts", "shows that the compiler rejects a plain string where a Decimal is expected"],
  ["web/app/layout.tsx", "the script that chooses the theme before the first paint is a constant without any data"],
  ["web/components/logo-image.tsx", "a logo is shown as it was uploaded, without the converter of Next.js"],
  ["api/src/contract/json.ts", "JSON forbids control characters, so its parser must name them"],
]);

const noSilencedCompiler = wordRule(
  "errors of the compiler and the linter are not suppressed",
  { "a.ts": "// @ts-ignore" },
  /@ts-(ignore|expect-error|nocheck)|biome-ignore/,
  (path) => (isTypescript(path) || path.endsWith(".mjs")) && !silencers.has(path),
);

const noSampleNumbers = wordRule(
  "no test uses the number of an order of the sample company",
  { "web/test/a.test.ts": 'await page.goto("/orders/798");' },
  /(orders\/|Order #|\bopen\()[1-9]\d{0,3}\b/,
  (path) => /^(web\/(test|proof)|test)\//.test(path),
);

const oneZone = wordRule(
  "no date depends on the time zone of the machine",
  { "a.ts": "const day = new Date().getDate();" },
  /\.(get(FullYear|Month|Date|Day|Hours|Minutes)|toDateString|toLocale(Date|Time)String)\(/,
  (path) => isTypescript(path) || path.endsWith(".mjs"),
);

const noWallClockDeadlines = wordRule(
  "no deadline depends on the system clock, which may jump",
  { "a.ts": "const deadline = Date.now() + 1000;" },
  /deadline.*Date\.now\(\)|Date\.now\(\).*deadline/i,
  (path) => isTypescript(path) || path.endsWith(".mjs"),
);

const noMachines = wordRule(
  "no local paths and no package registries",
  { "a.md": "see /home/anna/northwind" },
  /(^|[\s"'`(=])\/(work|root|home|Users)\/\w|registry\.(?!tsx?\b)[a-z]|npmjs\.(org|com)\/[a-z]/,
);

const foldersByPurpose = pathRule("folder names describe the contents", { "api/src/utils/text.ts": "" }, (path) => {
  const vague = ["utils", "helpers", "common", "core", "shared", "services", "managers", "misc", "lib"];
  const name = path
    .split("/")
    .slice(0, -1)
    .find((folder) => vague.includes(folder));
  return name === undefined ? null : `the folder name ${name} does not describe its contents`;
});

const lineLimit = 300;
const testLineLimit = 500;
/** Files that exceed the limit, with their lengths. A length may only decrease. */
const longFiles: ReadonlyMap<string, number> = new Map();

const shortFiles = pathRule(
  `files have at most ${lineLimit} lines, tests ${testLineLimit}`,
  { "a.ts": "step();\n".repeat(lineLimit + 1) },
  (path, text) => {
    if (!isTypescript(path) && !path.endsWith(".mjs")) return null;
    const ratchet = longFiles.get(path);
    const limit = ratchet ?? (isTest(path) ? testLineLimit : lineLimit);
    const lines = text.trimEnd().split("\n").length;
    if (ratchet !== undefined && lines < ratchet) return `now has only ${lines} lines; lower its limit`;
    return lines > limit ? `has ${lines} lines; the limit is ${limit}` : null;
  },
);

const linksResolve: Rule = {
  name: "links in Markdown have existing targets",
  planted: { "README.md": "[the map](MAP.md)" },
  find(tree) {
    const found: string[] = [];
    for (const [path, text] of tree) {
      if (!path.endsWith(".md")) continue;
      for (const { index, 1: target = "" } of text.matchAll(/\]\(([^)\s]+)\)/g)) {
        const file = target.split("#")[0] ?? "";
        if (/^[a-z]+:/i.test(target) || file === "") continue;
        const wanted = resolveFrom(path, file).replace(/\/$/, "");
        const exists = [...tree.keys()].some((known) => known === wanted || known.startsWith(`${wanted}/`));
        if (!exists) found.push(`${place(path, text, index)}: ${target} does not exist`);
      }
    }
    return found;
  },
};

const scriptsExist: Rule = {
  name: "npm scripts in Markdown exist",
  planted: { "package.json": '{"scripts":{"start":"x"}}', "README.md": "`npm run lift-off`" },
  find(tree) {
    const known = new Set<string>();
    for (const [path, text] of tree) {
      if (!/(^|\/)package\.json$/.test(path)) continue;
      const json: unknown = JSON.parse(text);
      if (typeof json !== "object" || json === null || !("scripts" in json)) continue;
      for (const name of Object.keys(json.scripts ?? {})) known.add(name);
    }
    const found: string[] = [];
    for (const [path, text] of tree) {
      if (!path.endsWith(".md")) continue;
      for (const { index, 1: name = "" } of text.matchAll(/npm run ([\w:-]+)/g)) {
        if (!known.has(name)) found.push(`${place(path, text, index)}: the script ${name} does not exist`);
      }
    }
    return found;
  },
};

const migrationsInStep: Rule = {
  name: "both engines have the same numbered migrations",
  planted: { "schema/mariadb/0001_a.sql": "", "schema/mariadb/0001_b.sql": "", "schema/sqlite/0001_a.sql": "" },
  violations: 2,
  find(tree) {
    const steps = (engine: string) =>
      [...tree.keys()].flatMap((path) => new RegExp(`^schema/${engine}/(\\w+)\\.sql$`).exec(path)?.[1] ?? []).sort();
    const mariadb = steps("mariadb");
    const sqlite = steps("sqlite");
    const found: string[] = [];
    for (const [index, name] of mariadb.entries())
      if (mariadb[index - 1]?.slice(0, 5) === name.slice(0, 5))
        found.push(`schema/mariadb/${name}: its number is taken`);
    for (const name of mariadb) if (!sqlite.includes(name)) found.push(`schema/sqlite has no ${name}`);
    for (const name of sqlite) if (!mariadb.includes(name)) found.push(`schema/mariadb has no ${name}`);
    return found;
  },
};

const decisionsNumbered: Rule = {
  name: "decisions are numbered files that their README lists",
  planted: { "docs/decisions/money.md": "", "docs/decisions/0001-tax-status.md": "", "docs/decisions/README.md": "" },
  violations: 2,
  find(tree) {
    const list = "docs/decisions/README.md";
    const listed = tree.get(list) ?? "";
    const found: string[] = [];
    for (const path of tree.keys()) {
      if (!path.startsWith("docs/decisions/") || path === list) continue;
      const name = path.slice("docs/decisions/".length);
      if (!/^\d{4}-[a-z0-9-]+\.md$/.test(name)) found.push(`${path}: must be named like 0001-tax-status.md`);
      else if (!listed.includes(`](${name})`)) found.push(`${path}: ${list} does not list it`);
    }
    return found;
  },
};

const noDeadFiles: Rule = {
  name: "every source file is used",
  planted: { "package.json": '{"scripts":{"start":"node a.mjs"}}', "a.mjs": "", "b.ts": "" },
  find(tree) {
    const isSource = (path: string) => isTypescript(path) || path.endsWith(".mjs");
    const manifests = [...tree].filter(([path]) => /(^|\/)package\.json$/.test(path));
    const isEntry = (path: string) =>
      path.endsWith(".test.ts") ||
      // Next.js finds these files by their names.
      /^web\/(next\.config\.ts|postcss\.config\.mjs)$/.test(path) ||
      /^web\/app\/(.*\/)?(page|layout|route|error|global-error|not-found)\.tsx?$/.test(path) ||
      manifests.some(([manifest, text]) => {
        const folder = manifest.slice(0, -"package.json".length);
        return path.startsWith(folder) && text.includes(path.slice(folder.length));
      });
    const used = new Set([...tree.keys()].filter((path) => isSource(path) && isEntry(path)));
    // Iterating over a set includes elements that are added meanwhile, so this follows references to any depth.
    for (const path of used) {
      for (const [node] of nodes(path, tree.get(path) ?? "")) {
        const written = literalText(node);
        if (written === null) continue;
        for (const candidate of [written, resolveFrom(path, written)]) {
          if (isSource(candidate) && tree.has(candidate)) used.add(candidate);
        }
      }
    }
    return [...tree.keys()]
      .filter((path) => isSource(path) && !used.has(path))
      .map((path) => `${path}: nothing imports or runs it`);
  },
};

const shortMarkdownLines: Rule = {
  name: "lines of Markdown have at most 120 characters, tables and examples apart",
  planted: { "README.md": `${"word ".repeat(25)}\n| ${"cell ".repeat(25)} |` },
  find(tree) {
    const found: string[] = [];
    for (const [path, text] of tree) {
      // A program writes the results of the bench.
      if (!path.endsWith(".md") || /^bench\/sql-faults\/results.*\.md$/.test(path)) continue;
      let isExample = false;
      for (const [index, line] of text.split("\n").entries()) {
        if (line.startsWith("```")) isExample = !isExample;
        else if (!isExample && !line.startsWith("|") && line.length > 120)
          found.push(`${path}:${index + 1}: ${line.length} characters`);
      }
    }
    return found;
  },
};

/** The rules that check names, lines and links. */
export const fileRules: readonly Rule[] = [
  noLeftovers,
  noSilencedCompiler,
  noMachines,
  foldersByPurpose,
  shortFiles,
  shortMarkdownLines,
  linksResolve,
  scriptsExist,
  migrationsInStep,
  decisionsNumbered,
  noSampleNumbers,
  oneZone,
  noWallClockDeadlines,
  noDeadFiles,
];
