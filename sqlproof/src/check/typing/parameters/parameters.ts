import type { ParameterProof } from "../../../runtime/proof.ts";
import type { Finding } from "../../parse/finding.ts";
import type { ParameterToken } from "../../parse/tokenize.ts";
import type { Limits } from "../../types/limits.ts";
import {
  decimalOf,
  givenText,
  integerType,
  type Range,
  safeRange,
  storedRange,
  type Type,
  withBytes,
  withValues,
} from "../type.ts";
import { type Collected, decision, type Evidence, shown } from "./decision.ts";

/** What a column takes, and what only one engine does not mind: another length, and spaces at the end. */
type StoredLimits = Limits & { readonly full?: number | null; readonly trimmed?: boolean };

/**
 * The parameters of one statement. A first pass over the tree collects what their places say; in the second pass each
 * has its type.
 */
export class Parameters {
  readonly #collected = new Map<string, Collected>();
  /** Beside a value that was refused, which would have given them their type. */
  readonly #besideRefused = new Set<string>();
  #decided: ReadonlyMap<string, ParameterProof> = new Map();

  constructor(
    tokens: readonly ParameterToken[],
    private readonly exact: boolean,
  ) {
    for (const token of tokens) {
      const known = this.#collected.get(token.name);
      if (known !== undefined) known.tokens.push(token);
      else
        this.#collected.set(token.name, {
          tokens: [token],
          found: new Map(),
          hint: null,
          asked: false,
          beside: false,
          written: false,
          counts: false,
          range: null,
          length: null,
          bytes: null,
          full: null,
          trimmed: false,
          values: null,
          escapes: new Set(),
        });
    }
  }

  /** The type of a parameter: declared, decided by the first pass, or still open. */
  typeOf(name: string): Type {
    const proof = this.#decided.get(name);
    if (proof !== undefined) return typeOfProof(proof, this.exact);
    const collected = this.#collected.get(name);
    const annotation = collected?.tokens.find((token) => token.annotation !== null)?.annotation ?? null;
    const nullable = annotation?.nullable === true || collected?.asked === true;
    if (annotation === null || (annotation.type === "decimal" && annotation.scale === null))
      return { kind: "open", name, nullable };
    const stated = { name, type: annotation.type, scale: annotation.scale ?? 0, nullable, list: false };
    return typeOfProof(stated, this.exact);
  }

  /** The parameter stands where a value of this type belongs. */
  used(name: string, type: Type): void {
    const evidence = evidenceOf(type);
    const collected = this.#collected.get(name);
    if (evidence === null || collected === undefined) return;
    collected.found.set(shown(evidence), evidence);
  }

  besideRefused(name: string): void {
    this.#besideRefused.add(name);
  }

  /** The parameter is likely of this type, but no place asks for it. */
  hint(name: string, type: Type): void {
    const collected = this.#collected.get(name);
    if (collected !== undefined) collected.hint ??= evidenceOf(type);
  }

  /** The parameter is one of several values that a column may get. */
  limited(name: string, { range, length, bytes, members, full = null, trimmed = false }: StoredLimits): void {
    const collected = this.#collected.get(name);
    if (collected === undefined) return;
    collected.range = narrower(collected.range, range);
    collected.length = length === null ? collected.length : Math.min(collected.length ?? length, length);
    collected.bytes = bytes === null ? collected.bytes : Math.min(collected.bytes ?? bytes, bytes);
    collected.full ??= full;
    collected.trimmed ||= trimmed;
    if (members !== null) this.oneOf(name, members);
  }

  /** Limits the parameter to these values; where several places name values, to those that they share. */
  oneOf(name: string, values: readonly string[]): void {
    const collected = this.#collected.get(name);
    if (collected === undefined) return;
    collected.values = collected.values?.filter((value) => values.includes(value)) ?? values;
  }

  /** The parameter is a pattern with this escape character. */
  pattern(name: string, escapedBy: string): void {
    this.#collected.get(name)?.escapes.add(escapedBy);
  }

  mayBeNull(name: string): void {
    const collected = this.#collected.get(name);
    if (collected !== undefined) collected.asked = true;
  }

  besideNull(name: string): void {
    const collected = this.#collected.get(name);
    if (collected !== undefined) collected.beside = true;
  }

  /** The parameter is a LIMIT or OFFSET. Below 0, a LIMIT takes all rows, and an OFFSET none on MariaDB. */
  counting(name: string): void {
    this.used(name, integerType(safeRange));
    const collected = this.#collected.get(name);
    if (collected === undefined) return;
    collected.counts = true;
    collected.range = narrower(collected.range, { min: 0n, max: safeRange.max });
  }

  /** The parameter is stored in a column. */
  stored(name: string, column: StoredLimits & { readonly nullable: boolean }): void {
    const collected = this.#collected.get(name);
    if (collected === undefined) return;
    if (column.nullable) collected.beside = true;
    else collected.written = true;
    this.limited(name, column);
  }

  /**
   * Decides every type after the first pass, and returns what cannot be decided: `following` for the parameters that
   * lack only the type of a value that was refused.
   */
  decide(): { readonly findings: readonly Finding[]; readonly following: readonly Finding[] } {
    const findings: Finding[] = [];
    const following: Finding[] = [];
    const decided = new Map<string, ParameterProof>();
    for (const [name, collected] of this.#collected) {
      const result = decision(name, collected);
      const isOpen = collected.found.size === 0 && collected.tokens.every(({ annotation }) => annotation === null);
      const isFollowing = isOpen && collected.hint === null && this.#besideRefused.has(name);
      if ("message" in result) (isFollowing ? following : findings).push(result);
      else decided.set(name, result);
    }
    this.#decided = decided;
    return { findings, following };
  }

  /** The decided parameters in the order of the text. */
  get proofs(): readonly ParameterProof[] {
    return [...this.#decided.values()];
  }
}

function narrower(a: Range | null, b: Range | null): Range | null {
  if (a === null || b === null) return a ?? b;
  return { min: a.min > b.min ? a.min : b.min, max: a.max < b.max ? a.max : b.max };
}

/** A project that wants BIGINT as it is gives any of its 64 bits. */
function typeOfProof(proof: ParameterProof, exact: boolean): Type {
  const { type, scale, nullable, length, bytes, range, values } = proof;
  const ends = range === undefined ? null : { min: BigInt(range[0]), max: BigInt(range[1]) };
  switch (type) {
    case "integer":
      return integerType(ends ?? (exact ? storedRange : safeRange), nullable);
    case "bigint":
      return integerType(ends ?? storedRange, nullable);
    case "decimal":
      // A program gives it as a text, which every engine reads up to 64 bits of units.
      return decimalOf(scale, ends ?? storedRange, nullable);
    case "boolean":
      return { kind: "truth", nullable };
    case "text":
      return withValues(withBytes(givenText(length ?? null, nullable), bytes ?? null), values ?? null);
    case "blob":
      return withBytes({ kind: "blob", nullable }, bytes ?? null);
    default:
      return { kind: type, nullable };
  }
}

function evidenceOf(type: Type): Evidence | null {
  switch (type.kind) {
    case "whole":
      return { type: "integer", scale: 0 };
    case "decimal":
      // SUM of whole numbers is a decimal without places; a program passes a number.
      return type.scale === 0 ? { type: "integer", scale: 0 } : { type: "decimal", scale: type.scale };
    case "truth":
      return { type: "boolean", scale: 0 };
    case "null":
    case "open":
    case "unknown":
      return null;
    default:
      return { type: type.kind, scale: 0 };
  }
}
