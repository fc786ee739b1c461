import { isTest, isTypescript, literalText, nodes, place, type Rule, resolveFrom, type Tree } from "./tree.ts";

/** A rule about words: no line of the files that `where` chooses matches `pattern`. */
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

/** A rule about paths alone. */
function pathRule(name: string, planted: Rule["planted"], broken: (path: string, text: string) => string | null): Rule {
  return {
    name,
    planted,
    find: (tree) =>
      [...tree].flatMap(([path, text]) => {
        const words = broken(path, text);
        return words === null ? [] : [`${path}: ${words}`];
      }),
  };
}

const noLeftovers = wordRule("no leftovers", { "a.ts": "// TODO: later" }, /\b(TODO|FIXME|XXX|HACK)\b/);

/** Files that may silence a rule of the linter, each with its reason. */
const silencers: ReadonlyMap<string, string> = new Map([
  ["api/src/orders/rules.test.ts", "shows that the compiler refuses a plain string where a Decimal belongs"],
  ["web/app/layout.tsx", "the script that chooses the theme before the first paint is a constant, without any data"],
  ["api/src/contract/json.ts", "control characters are what JSON forbids, so its reader must name them"],
]);

const noSilencedCompiler = wordRule(
  "the compiler and the linter are not silenced",
  { "a.ts": "// @ts-ignore" },
  /@ts-(ignore|expect-error|nocheck)|biome-ignore/,
  (path) => (isTypescript(path) || path.endsWith(".mjs")) && !silencers.has(path),
);

const noSampleNumbers = wordRule(
  "no test names an order of the sample company by its number",
  { "web/test/a.test.ts": 'await page.goto("/orders/798");' },
  /(orders\/|Order #|\bopen\()[1-9]\d{0,3}\b/,
  (path) => /^(web\/(test|proof)|test)\//.test(path),
);

const oneZone = wordRule(
  "no date is taken in the zone of the machine",
  { "a.ts": "const day = new Date().getDate();" },
  /\.(get(FullYear|Month|Date|Day|Hours|Minutes)|toDateString|toLocale(Date|Time)String)\(/,
  (path) => isTypescript(path) || path.endsWith(".mjs"),
);

const noWallClockDeadlines = wordRule(
  "no deadline is told by the calendar, which may jump",
  { "a.ts": "const deadline = Date.now() + 1000;" },
  /deadline.*Date\.now\(\)|Date\.now\(\).*deadline/i,
  (path) => isTypescript(path) || path.endsWith(".mjs"),
);

const noMachines = wordRule(
  "no machine's paths, no registry's name",
  { "a.md": "see /home/anna/northwind" },
  /(^|[\s"'`(=])\/(work|root|home|Users)\/\w|registry\.(?!tsx?\b)[a-z]|npmjs\.(org|com)\/[a-z]/,
);

const foldersByPurpose = pathRule(
  "folders are named after what is in them",
  { "api/src/utils/text.ts": "" },
  (path) => {
    const vague = ["utils", "helpers", "common", "core", "shared", "services", "managers", "misc", "lib"];
    const name = path
      .split("/")
      .slice(0, -1)
      .find((folder) => vague.includes(folder));
    return name === undefined ? null : `a folder named ${name} says nothing about what is in it`;
  },
);

const lineLimit = 300;
const testLineLimit = 500;
/** Files that are longer today. Each number may only go down. */
const longFiles: ReadonlyMap<string, number> = new Map();

const shortFiles = pathRule(
  `files have at most ${lineLimit} lines, tests ${testLineLimit}`,
  { "a.ts": "step();\n".repeat(lineLimit + 1) },
  (path, text) => {
    if (!isTypescript(path) && !path.endsWith(".mjs")) return null;
    const ratchet = longFiles.get(path);
    const limit = ratchet ?? (isTest(path) ? testLineLimit : lineLimit);
    const lines = text.trimEnd().split("\n").length;
    if (ratchet !== undefined && lines < ratchet) return `only ${lines} lines now: lower its number to that`;
    return lines > limit ? `${lines} lines, ${limit} are allowed` : null;
  },
);

const linksResolve: Rule = {
  name: "links in Markdown lead somewhere",
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
        if (!exists) found.push(`${place(path, text, index)}: ${target} is not there`);
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
        if (!known.has(name)) found.push(`${place(path, text, index)}: there is no script ${name}`);
      }
    }
    return found;
  },
};

const migrationsInStep: Rule = {
  name: "both engines have the same numbered migrations",
  planted: { "schema/mariadb/0001_a.sql": "", "schema/mariadb/0003_b.sql": "", "schema/sqlite/0001_a.sql": "" },
  violations: 2,
  find(tree) {
    const steps = (engine: string) =>
      [...tree.keys()].flatMap((path) => new RegExp(`^schema/${engine}/(\\w+)\\.sql$`).exec(path)?.[1] ?? []).sort();
    const mariadb = steps("mariadb");
    const sqlite = steps("sqlite");
    const found: string[] = [];
    for (const [index, name] of mariadb.entries()) {
      const number = String(index + 1).padStart(4, "0");
      if (!name.startsWith(`${number}_`)) found.push(`schema/mariadb/${name}: number ${number} was expected`);
    }
    for (const name of mariadb) if (!sqlite.includes(name)) found.push(`schema/sqlite has no ${name}`);
    for (const name of sqlite) if (!mariadb.includes(name)) found.push(`schema/mariadb has no ${name}`);
    return found;
  },
};

const decisionsNumbered: Rule = {
  name: "decisions are numbered files, and their README lists each of them",
  planted: { "docs/decisions/money.md": "", "docs/decisions/0001-tax-status.md": "", "docs/decisions/README.md": "" },
  violations: 2,
  find(tree) {
    const list = "docs/decisions/README.md";
    const listed = tree.get(list) ?? "";
    const found: string[] = [];
    for (const path of tree.keys()) {
      if (!path.startsWith("docs/decisions/") || path === list) continue;
      const name = path.slice("docs/decisions/".length);
      if (!/^\d{4}-[a-z0-9-]+\.md$/.test(name)) found.push(`${path}: name it like 0001-tax-status.md`);
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
      // Next.js finds its pages by their names.
      /^web\/(next\.config\.ts|postcss\.config\.mjs|app\/(.*\/)?(page|layout|route|error|global-error|not-found)\.tsx?)$/.test(
        path,
      ) ||
      manifests.some(([manifest, text]) => {
        const folder = manifest.slice(0, -"package.json".length);
        return path.startsWith(folder) && text.includes(path.slice(folder.length));
      });
    const alive = new Set([...tree.keys()].filter((path) => isSource(path) && isEntry(path)));
    // A set may grow while it is walked: what an alive file names is alive as well.
    for (const path of alive) {
      for (const [node] of nodes(path, tree.get(path) ?? "")) {
        const written = literalText(node);
        if (written === null) continue;
        for (const candidate of [written, resolveFrom(path, written)]) {
          if (isSource(candidate) && tree.has(candidate)) alive.add(candidate);
        }
      }
    }
    return [...tree.keys()]
      .filter((path) => isSource(path) && !alive.has(path))
      .map((path) => `${path}: nothing imports or runs it`);
  },
};

/** The rules that read names, lines and links. */
export const fileRules: readonly Rule[] = [
  noLeftovers,
  noSilencedCompiler,
  noMachines,
  foldersByPurpose,
  shortFiles,
  linksResolve,
  scriptsExist,
  migrationsInStep,
  decisionsNumbered,
  noSampleNumbers,
  oneZone,
  noWallClockDeadlines,
  noDeadFiles,
];
