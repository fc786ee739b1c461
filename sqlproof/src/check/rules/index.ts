// The table of rules: what both engines compute alike. `rule.ts` says what a row is; each file holds the rows of a topic.
import type { Type } from "../typing/type.ts";
import { aggregates } from "./aggregates.ts";
import { arithmetic } from "./arithmetic.ts";
import { assignments } from "./assignments.ts";
import { casts } from "./casts.ts";
import { choices } from "./choices.ts";
import { comparisons } from "./comparisons.ts";
import { dates } from "./dates.ts";
import { floats } from "./floats.ts";
import { quotients } from "./quotients.ts";
import { fits, type Operand, type Rule } from "./rule.ts";
import { texts } from "./texts.ts";

export const rules: readonly Rule[] = [
  ...comparisons,
  ...arithmetic,
  ...quotients,
  ...floats,
  ...texts,
  ...dates,
  ...choices,
  ...aggregates,
  ...casts,
  ...assignments,
];

const byName = new Map<string, Rule[]>();
for (const rule of rules) for (const name of rule.of) byName.set(name, [...(byName.get(name) ?? []), rule]);

/** The operators and functions that have a row. */
export function hasRules(name: string): boolean {
  return byName.has(name);
}

/** The first row for these operands; null when no row covers them. */
export function ruleFor(name: string, types: readonly Type[]): Rule | null {
  return byName.get(name)?.find((rule) => covers(rule, types)) ?? null;
}

/** What the rows for this name and count of operands take at a place, if all of them take the same. */
export function wanted(name: string, count: number, place: number): Operand | null {
  const found = new Set(
    (byName.get(name) ?? []).flatMap((rule) =>
      rule.takes.length === count || rule.repeats === true ? [operandAt(rule, place)] : [],
    ),
  );
  const [only] = found;
  return found.size === 1 ? (only ?? null) : null;
}

/** How many operands the rows for a name take; null where the number is open. */
export function countsOf(name: string): readonly number[] | null {
  const found = byName.get(name) ?? [];
  if (found.length === 0 || found.some(({ repeats }) => repeats === true)) return null;
  return [...new Set(found.map(({ takes }) => takes.length))].sort((a, b) => a - b);
}

function operandAt(rule: Rule, place: number): Operand {
  return rule.takes[Math.min(place, rule.takes.length - 1)] ?? "any";
}

function covers(rule: Rule, types: readonly Type[]): boolean {
  if (rule.repeats === true ? types.length < rule.takes.length : types.length !== rule.takes.length) return false;
  return types.every((type, place) => fits(operandAt(rule, place), type)) && (rule.when?.(types) ?? true);
}
