import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Goal } from "./goal.ts";

const folder = join(import.meta.dir, "..", "..", "..", ".cache", "goals");

/** What is measured by itself; `lighthouse` by its own command. */
export const partNames = ["pages", "work", "slow", "sqlite", "mariadb", "lighthouse"] as const;
export type PartName = (typeof partNames)[number];

/** What was last measured of one part. */
export interface Part {
  /** The day, like 2026-01-31. */
  readonly measuredOn: string;
  readonly goals: readonly Goal[];
}

/** Where generated orders and figures stay between two runs. */
export function cacheFolder(): string {
  mkdirSync(folder, { recursive: true });
  return folder;
}

export function savePart(name: PartName, goals: readonly Goal[]): void {
  const part: Part = { measuredOn: new Date().toISOString().slice(0, 10), goals };
  writeFileSync(fileOf(name), `${JSON.stringify(part, null, 1)}\n`);
}

/** Null when it was never measured here. */
export function savedPart(name: PartName): Part | null {
  if (!existsSync(fileOf(name))) return null;
  const part: Part = JSON.parse(readFileSync(fileOf(name), "utf8"));
  return part;
}

function fileOf(name: PartName): string {
  return join(cacheFolder(), `${name}.json`);
}
