import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { outputOf } from "./client/wrk.ts";
import type { Contestant } from "./contestant.ts";

const built = new Map<string, Promise<void>>();

/** Builds a contestant, and a program that several contestants share only once. Returns what went wrong, or null. */
export async function build(contestant: Contestant): Promise<string | null> {
  const work = [contestant.folder, ...contestant.build].join(" ");
  try {
    const building = built.get(work) ?? runBuild(contestant);
    built.set(work, building);
    await building;
    return null;
  } catch (error) {
    return `it cannot be built: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** Builds it from scratch, with an empty cache but with downloaded packages, and returns how long that took. */
export async function buildSeconds(contestant: Contestant): Promise<number | null> {
  if (contestant.build.length === 0) return null;
  const folder = mkdtempSync(join(tmpdir(), "northwind-build-"));
  const begin = performance.now();
  try {
    await runBuild(contestant, { CARGO_TARGET_DIR: join(folder, "target"), GOCACHE: join(folder, "go") });
    return (performance.now() - begin) / 1000;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function runBuild({ folder, build: [program, ...words] }: Contestant, caches = {}): Promise<void> {
  if (program !== undefined) await outputOf(program, words, { cwd: folder, env: { ...process.env, ...caches } });
}
