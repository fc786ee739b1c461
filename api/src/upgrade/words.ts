import { effectOf } from "northwind-schema/rolling";
import type { Engine } from "sqlproof";
import type { TrialOutcome } from "sqlproof/trial";

/** A time as people say it. */
export function seconds(ms: number): string {
  return `${Math.round(ms / 10) / 100} s`;
}

/** A size as people say it. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / 1e5) / 10} MB`;
}

/** Whether the program may stay up while these steps run, and which writers wait meanwhile. */
export function meanwhile(engine: Engine, steps: readonly string[]): readonly string[] {
  if (engine === "sqlite") return ["stop the program and start the new version; the steps run before it answers"];
  const refusing = steps.filter((step) => !effectOf(step).rolling);
  const locked = [...new Set(steps.flatMap((step) => effectOf(step).locked))].sort();
  const waiting = locked.length === 0 ? [] : [`nobody can write to ${locked.join(", ")} while steps rebuild them`];
  if (refusing.length === 0) return ["processes of the version before may go on serving", ...waiting];
  return [
    "stop every process of the version before first:",
    ...refusing.map((step) => `  ${step}: ${effectOf(step).reason}`),
    ...waiting,
  ];
}

/** Tables that the program makes anew from the others. */
const derived = /^(search_|unfolded_rows$|schema_migrations$)/;

/** The numbers of rows before and after, where a table had rows or has some now. */
export function rowLines({ before, after }: TrialOutcome): readonly string[] {
  const names = [...new Set([...before.keys(), ...after.keys()])].sort();
  return names.flatMap((name) => {
    const [had, has] = [before.get(name), after.get(name)];
    if ((had ?? 0) === 0 && (has ?? 0) === 0) return [];
    return [`${name.padEnd(32)}${String(had ?? "new").padStart(9)} -> ${has ?? "gone"}`];
  });
}

/** Tables that have lost rows, each in a sentence. */
export function lostRows({ before, after }: TrialOutcome): readonly string[] {
  return [...before].flatMap(([name, had]) => {
    const has = after.get(name) ?? 0;
    return derived.test(name) || has >= had ? [] : [`${name} has ${has} rows after the steps, and had ${had} before.`];
  });
}
