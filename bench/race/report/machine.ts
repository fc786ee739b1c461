import { spawnSync } from "node:child_process";
import { cpus, release, totalmem } from "node:os";
import { type Contestant, root } from "../contestant.ts";

/** The machine that was measured. */
export interface Machine {
  readonly processor: string;
  readonly cores: number;
  readonly memoryGb: number;
  readonly kernel: string;
  readonly versions: Readonly<Record<string, string>>;
}

export function describeMachine(participants: readonly Contestant[], mariadbVersion: string): Machine {
  const processors = cpus();
  const programs = new Set(participants.flatMap(({ needs }) => [...needs.keys()]));
  const versions = [...programs].map((program) => [program, versionOf(program)] as const);
  return {
    processor: processors[0]?.model ?? "unknown",
    cores: processors.length,
    memoryGb: Math.round(totalmem() / 2 ** 30),
    kernel: release(),
    versions: { bun: Bun.version, mariadb: mariadbVersion, ...Object.fromEntries(versions) },
  };
}

/** One line about the machine. */
export function describe({ processor, cores, memoryGb, kernel, versions }: Machine): string {
  const programs = Object.entries(versions).map(([name, version]) => `${name} ${version}`);
  return `${processor}, ${cores} cores, ${memoryGb} GB, Linux ${kernel}; ${programs.join(", ")}`;
}

function versionOf(program: string): string {
  const { stdout } = spawnSync(program, program === "go" ? ["version"] : ["--version"], { encoding: "utf8" });
  return /\d+\.\d+[\w.]*/.exec(stdout ?? "")?.[0] ?? "unknown";
}

/** The commit that was measured, with a plus when files differ from it. */
export function commit(): string {
  const git = (...words: string[]) => spawnSync("git", words, { cwd: root, encoding: "utf8" }).stdout ?? "";
  return `${git("rev-parse", "--short", "HEAD").trim()}${git("status", "--porcelain").trim() === "" ? "" : "+"}`;
}
