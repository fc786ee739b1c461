import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";

/*
 * For tests: the packed package and, apart from it, the runtimes that it supports.
 */

const source = join(import.meta.dir, "../..");
const repository = join(source, "..");
/** Node's program as a package of npm, which is installed only for this test: it takes 185 MB. */
const node = `node-${process.platform}-${process.arch}`;
const nodeVersion = "22.23.5";

export interface Ran {
  readonly code: number;
  readonly said: string;
}

/** An empty folder that holds the packed package, and the commands that a user has. */
export class EmptyFolder {
  readonly path = mkdtempSync(join(tmpdir(), "sqlproof-package-"));
  readonly #programs = mkdtempSync(join(tmpdir(), "sqlproof-programs-"));

  constructor() {
    packInto(this.path);
    writeFileSync(join(this.#programs, "package.json"), "{}");
    const command = ["npm", "install", "--no-audit", "--no-fund", "--ignore-scripts", `${node}@${nodeVersion}`];
    expectSuccess(Bun.spawnSync(command, { cwd: this.#programs, env: underRealClock() }));
    const folder = join(this.#programs, "bin");
    mkdirSync(folder);
    symlinkSync(this.node, join(folder, "node"));
    for (const name of ["bun", "bunx"]) symlinkSync(process.execPath, join(folder, name));
  }

  /** The path of the program of Node. */
  get node(): string {
    return join(this.#programs, "node_modules", node, "bin/node");
  }

  /** Runs commands in the folder, or in one inside it, as typed into a terminal. */
  shell(commands: string, env: Readonly<Record<string, string>> = {}, inside = "."): Ran {
    return this.run(["/bin/sh", "-e", "-c", commands], env, inside);
  }

  run(command: string[], env: Readonly<Record<string, string>> = {}, inside = "."): Ran {
    const path = [join(this.#programs, "bin"), dirname(Bun.which("npm") ?? ""), "/usr/bin", "/bin"].join(delimiter);
    const all = { ...underRealClock(), CI: "", NODE_ENV: "", PATH: path, ...env };
    const done = Bun.spawnSync(command, { cwd: join(this.path, inside), env: all });
    return { code: done.exitCode, said: `${done.stdout}${done.stderr}` };
  }

  write(file: string, text: string): void {
    mkdirSync(dirname(join(this.path, file)), { recursive: true });
    writeFileSync(join(this.path, file), text);
  }

  remove(): void {
    for (const folder of [this.path, this.#programs]) rmSync(folder, { recursive: true, force: true });
  }
}

/** The blocks of commands of a section of the README, in their order, and the text of the others. */
export function blocksOf(section: string): {
  readonly commands: readonly string[];
  readonly others: readonly string[];
} {
  const readme = readFileSync(join(source, "README.md"), "utf8");
  const [, text = ""] = readme.split(`\n## ${section}\n`);
  const blocks = [...(text.split("\n## ")[0] ?? "").matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  const withLanguage = (wanted: string) =>
    blocks.flatMap(([, language, body = ""]) => (language === wanted ? body : []));
  return { commands: withLanguage("sh"), others: withLanguage("") };
}

/** Packs a copy of this package: while it is packed, its package.json names other files. */
function packInto(folder: string): void {
  const copy = mkdtempSync(join(tmpdir(), "sqlproof-copy-"));
  try {
    cpSync(source, join(copy, "sqlproof"), { recursive: true });
    cpSync(join(repository, "tsconfig.json"), join(copy, "tsconfig.json"));
    symlinkSync(join(repository, "node_modules"), join(copy, "node_modules"));
    const before = readFileSync(join(copy, "sqlproof/package.json"), "utf8");
    expectSuccess(Bun.spawnSync(["npm", "pack", "--pack-destination", folder], { cwd: join(copy, "sqlproof") }));
    if (readFileSync(join(copy, "sqlproof/package.json"), "utf8") !== before)
      throw new Error("npm pack has left another package.json");
  } finally {
    rmSync(copy, { recursive: true });
  }
}

function expectSuccess({ exitCode, stdout, stderr }: Bun.SyncSubprocess<"pipe", "pipe">): void {
  if (exitCode !== 0) throw new Error(`${stdout}${stderr}`);
}

/** Even if this test runs under another clock: certificates and caches depend on it. */
function underRealClock(): Record<string, string | undefined> {
  return { ...process.env, LD_PRELOAD: "" };
}
