// Row I1, second opinion: schemathesis, with the settings and hooks in this folder.
// It needs Python and is skipped without it; openapi/ covers the same ground in every run.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** A fixed version, so that a run can be repeated. */
const version = "4.32.5";
const cache = join(import.meta.dir, "..", "..", ".cache");
const timeoutMs = 240_000;

/** The program schemathesis, installed on first use into its own environment in `.cache`; or why it is missing. */
export function provideSchemathesis(): { readonly program: string } | { readonly missing: string } {
  const folder = join(cache, `schemathesis-${version}`);
  const program = join(folder, "bin", "schemathesis");
  if (existsSync(join(folder, "complete"))) return { program };
  mkdirSync(cache, { recursive: true });
  rmSync(folder, { recursive: true, force: true });
  const failure =
    run("python3", ["-m", "venv", folder]) ??
    run(join(folder, "bin", "pip"), [
      "install",
      "--quiet",
      "--disable-pip-version-check",
      `schemathesis==${version}`,
    ]) ??
    run(program, ["--version"]);
  if (failure !== null) {
    rmSync(folder, { recursive: true, force: true });
    return { missing: failure };
  }
  mkdirSync(join(folder, "being-made"), { recursive: true });
  renameSync(join(folder, "being-made"), join(folder, "complete"));
  return { program };
}

/** The last line of a failed program's output, or null. */
function run(program: string, args: readonly string[]): string | null {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8", timeout: timeoutMs });
  if (status === 0) return null;
  const words = error?.message ?? stderr.trim().split("\n").at(-1) ?? "";
  return `${program} ${args[0] ?? ""}: ${words}`;
}
