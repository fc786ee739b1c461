import { isUnscaled, type Type } from "../typing/type.ts";

/** What a rule takes in one place. */
export type Operand =
  /** Whole numbers, also as decimals without places. */
  | "whole"
  | "decimal"
  | "double"
  | "truth"
  | "text"
  /** Text that both engines compare byte by byte. */
  | "exact"
  | "datetime"
  | "date"
  | "blob"
  /** A whole number that is never below 0; `positive` is never below 1. */
  | "natural"
  | "positive"
  /** Anything that has a type. */
  | "any";

/**
 * One row of the table: an operator or function, the types it takes, and the type it gives. Whatever no row covers is
 * refused.
 */
export interface Rule {
  readonly id: string;
  /** Operators and functions in capitals. `choose` stands for CASE, COALESCE and the branches of a UNION. */
  readonly of: readonly string[];
  readonly takes: readonly Operand[];
  /** The last operand may be repeated. */
  readonly repeats?: boolean;
  /** A condition on the operands together, such as the same scale. */
  readonly when?: (types: readonly Type[]) => boolean;
  readonly gives: (types: readonly Type[]) => Type;
  /** How SQLite spells it, where the names differ: the name, and what stands before the closing bracket. */
  readonly sqlite?: readonly [name: string, close?: string];
  /**
   * The SQLite form of the operator with its operands, where the two forms differ: `operand(0)` stands for the first
   * one, also several times.
   */
  readonly form?: (operand: (place: number) => string, types: readonly Type[]) => string;
  /** Why both engines compute the same. */
  readonly why: string;
  /** A statement that shows it: a test runs it on both engines over rows that are meant to break it. */
  readonly shown: string;
}

/** SQLite's own error of an overflow, instead of a rounded float. */
export const overflow = "ABS(-9223372036854775807 - 1)";

/** True when a value of the type may stand there. */
export function fits(operand: Operand, type: Type): boolean {
  switch (operand) {
    case "whole":
      return isUnscaled(type);
    case "exact":
      return type.kind === "text" && type.collation !== "folding";
    case "natural":
      return type.kind === "whole" && type.range.min >= 0n;
    case "positive":
      return type.kind === "whole" && type.range.min >= 1n;
    case "any":
      return type.kind !== "null" && type.kind !== "open";
    default:
      return type.kind === operand;
  }
}

export function anyNullable(types: readonly Type[]): boolean {
  return types.some((type) => type.nullable);
}

/** The decimals' places, or 0. */
export function scaleOf(type: Type | undefined): number {
  return type?.kind === "decimal" ? type.scale : 0;
}
