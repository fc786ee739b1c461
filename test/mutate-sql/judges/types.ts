import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Config } from "../../../sqlproof/src/check/config.ts";
import { writeGenerated } from "../../../sqlproof/src/check/generate.ts";
import { readProvenProject } from "../../../sqlproof/src/differential/proven-project.ts";
import type { Proof } from "../../../sqlproof/src/runtime/proof.ts";

/** A mutant of a query, as far as the compiler sees it. */
export interface TypedMutant {
  readonly id: string;
  readonly query: string;
  readonly proof: Proof;
}

/**
 * The mutants that the compiler refuses because they lost a parameter, each with its first error. The program's files are
 * copied, tests apart, and compiled with the types of one mutant of each query at a time. Its parameters get one more
 * name, which may be left out: an error that mentions that name is the mutant's. Whether anything reads a column that
 * changed is left to the tests.
 */
export async function judgeByTypes(
  config: Config,
  mutants: readonly TypedMutant[],
): Promise<ReadonlyMap<string, string>> {
  const proofs = new Map(readProvenProject(config).queries.map(({ text, proof }) => [text, proof]));
  const lost = mutants.filter(({ query, proof }) => lostParameter(proofs.get(query), proof) !== null);
  const rounds = [...Map.groupBy(lost, ({ query }) => query).values()];
  const folder = copyOf(config.root);
  const found = new Map<string, string>();
  try {
    const compile = (round: readonly TypedMutant[]) => errorsOf({ config, folder, proofs }, round);
    for (let index = 0; rounds.some((list) => list.length > index); index += 1) {
      const round = rounds.flatMap((list) => list.slice(index, index + 1));
      const errors = await compile(round);
      // The name alone must change nothing.
      const named = round.filter(({ id }) => errors.has(id));
      const control = await compile(named.map((one) => ({ ...one, proof: proofs.get(one.query) ?? one.proof })));
      for (const { id, query, proof } of named)
        if (!control.has(id))
          found.set(id, `${errors.get(id)}: ${lostParameter(proofs.get(query), proof)} is no parameter`);
    }
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The name of a parameter that the mutant no longer takes. */
function lostParameter(original: Proof | undefined, mutant: Proof): string | null {
  const rest = new Set(mutant.parameters.map(({ name }) => name));
  return original?.parameters.find(({ name }) => !rest.has(name))?.name ?? null;
}

/** The program without its tests, in a folder of its own. */
function copyOf(root: string): string {
  const folder = mkdtempSync(join(tmpdir(), "mutate-sql-types-"));
  for (const part of ["api", "schema"])
    cpSync(join(root, part), join(folder, part), {
      recursive: true,
      filter: (path) => !/\.test\.ts$|node_modules/.test(path),
    });
  cpSync(join(root, "package.json"), join(folder, "package.json"));
  const modules = join(folder, "node_modules");
  mkdirSync(modules);
  // The queries look up their types from this package.
  for (const name of readdirSync(join(root, "node_modules")))
    symlinkSync(
      name === "northwind-schema" ? join(folder, "schema") : join(root, "node_modules", name),
      join(modules, name),
    );
  const { compilerOptions }: { readonly compilerOptions: object } = JSON.parse(
    readFileSync(join(root, "tsconfig.json"), "utf8"),
  );
  const include = ["api/**/*.ts", "schema/**/*.ts", ".sqlproof/generated/*.ts"];
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, include }));
  return folder;
}

interface Compiled {
  readonly config: Config;
  readonly folder: string;
  readonly proofs: ReadonlyMap<string, Proof>;
}

/** The place of the first error of each mutant that the compiler refuses. */
async function errorsOf(
  { config, folder, proofs }: Compiled,
  round: readonly TypedMutant[],
): Promise<ReadonlyMap<string, string>> {
  if (round.length === 0) return new Map();
  const types = new Map([...proofs, ...round.map(({ query, proof }) => [query, proof] as const)]);
  writeGenerated({ ...config, root: folder, proofs: join(folder, ".sqlproof") }, types, new Map());
  const path = join(folder, ".sqlproof", "generated", "queries.ts");
  let generated = readFileSync(path, "utf8");
  for (const { id, query } of round) {
    const entry = `  ${JSON.stringify(query)}: { params: { `;
    generated = generated.replace(entry, () => `${entry}"mutant_${id}"?: never; `);
  }
  writeFileSync(path, generated);
  const compiler = join(config.root, "node_modules", "typescript", "bin", "tsc");
  const command = ["node", compiler, "--noEmit", "--noErrorTruncation", "--pretty", "true", "-p", folder];
  const program = Bun.spawn(command, { cwd: folder, stdout: "pipe", stderr: "pipe" });
  const output = Bun.stripANSI(await new Response(program.stdout).text());
  const errors = new Map<string, string>();
  for (const error of output.split(/^(?=\S+\.ts:\d+:\d+ - error)/m)) {
    const place = /^(\S+\.ts:\d+):\d+ - error/.exec(error)?.[1];
    const [id, ...others] = new Set([...error.matchAll(/mutant_([0-9a-f]+)/g)].flatMap(([, one]) => one ?? []));
    // An error of two queries that are called in one place may be either's.
    if (place === undefined || id === undefined || others.length > 0) continue;
    if (!errors.has(id)) errors.set(id, place);
  }
  return errors;
}
