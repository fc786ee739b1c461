import type { ParameterProof, ValueType } from "../../../runtime/proof.ts";
import type { Finding } from "../../parse/finding.ts";
import type { Annotation, ParameterToken } from "../../parse/tokenize.ts";
import { type Range, safeRange } from "../type.ts";

/** What the places of a parameter say about it. */
export interface Evidence {
  readonly type: ValueType;
  readonly scale: number;
}

/** A parameter of the statement while its types are computed. */
export interface Collected {
  readonly tokens: ParameterToken[];
  readonly found: Map<string, Evidence>;
  /** What an author is likely to declare where no place says what it is. */
  hint: Evidence | null;
  /** A place where it may be NULL: a null test, or a column that may be NULL. */
  asked: boolean;
  /** It is stored in a column that may be NULL, or stands beside a value that may be. */
  beside: boolean;
  /** A place where it must not be NULL: a column that is NOT NULL. */
  written: boolean;
  /** It is a LIMIT or OFFSET. */
  counts: boolean;
  range: Range | null;
  length: number | null;
  bytes: number | null;
  /** The only length that its column takes. */
  full: number | null;
  /** Its column drops spaces at the end. */
  trimmed: boolean;
  /** The values of the ENUM or SET that it is stored in or compared with. */
  values: readonly string[] | null;
  /** The escape characters of the LIKEs whose pattern it is. */
  readonly escapes: Set<string>;
}

/** As a program states it behind `::`. */
export function shown({ type, scale }: Evidence): string {
  return type === "decimal" ? `decimal(${scale})` : type;
}

/** The type of a parameter by all that its places say, or why they leave it open. */
export function decision(name: string, collected: Collected): ParameterProof | Finding {
  const { tokens, asked: tested, beside, written, counts } = collected;
  const offset = tokens[0]?.offset ?? 0;
  const list = tokens.some((token) => token.list);
  if (list && tokens.some((token) => !token.list))
    return {
      offset,
      message: `:${name} is used as a list (:${name}...) and as one value: use two parameters${tested ? `, (:any::boolean OR x IN (:${name}...))` : ""}`,
    };
  const annotations = tokens.flatMap((token) => token.annotation ?? []);
  const asked = tested || annotations.some((annotation) => annotation.nullable);
  if (asked && written)
    return { offset, message: `:${name} may be null here and is written to a column that is NOT NULL` };
  if (asked && counts) return { offset, message: `:${name} may be null here, and LIMIT and OFFSET take a number` };
  const nullable = !written && !counts && (asked || beside);
  const type = typeFrom(name, annotations, collected);
  if ("message" in type) return { offset, ...type };
  const escapes = collected.escapes.size === 0 ? {} : { escapes: [...collected.escapes] };
  return { name, ...type, nullable, list, ...limits(type.type, collected), ...escapes };
}

/** The range, length and values of the column that a parameter is stored in, where they are narrower than its type. */
function limits(
  type: ValueType,
  { range, length, bytes, full, trimmed, values }: Collected,
): Pick<ParameterProof, "range" | "length" | "bytes" | "full" | "trimmed" | "values"> {
  const ofSize = { ...(bytes === null ? {} : { bytes }), ...(full === null ? {} : { full }) };
  if (type === "blob") return ofSize;
  if (type === "text")
    return values === null
      ? { ...(length === null ? {} : { length }), ...ofSize, ...(trimmed ? { trimmed } : {}) }
      : { values };
  if ((type !== "integer" && type !== "bigint" && type !== "decimal") || range === null) return {};
  if (range.min <= safeRange.min && range.max >= safeRange.max) return {};
  return { range: [String(range.min), String(range.max)] };
}

type Decided = Evidence | { readonly message: string };

/** The one type on which the author and all places agree, or a finding. */
function typeFrom(name: string, annotations: readonly Annotation[], { found, hint }: Collected): Decided {
  const [first] = found.values();
  const used = [...found.keys()];
  if (found.size > 1) return { message: `:${name} is used as ${used.join(" and as ")}: use two parameters` };
  const declared = new Set(annotations.map(({ type, scale }) => `${type}${scale === null ? "" : `(${scale})`}`));
  if (declared.size > 1)
    return { message: `:${name} is declared as ${[...declared].join(" and as ")}: use two parameters` };
  const [annotation] = annotations;
  if (annotation === undefined)
    return (
      first ?? {
        message: `the type of :${name} cannot be inferred here: declare it, for example :${name}::${hint === null ? "integer" : shown(hint)}`,
      }
    );
  const { type, scale } = annotation;
  if (first !== undefined && first.type !== type && !(first.type === "integer" && type === "bigint"))
    return { message: `:${name} is declared as ${type} and used as ${used.join("")}` };
  if (type !== "decimal") return { type, scale: 0 };
  if (scale === null && first === undefined)
    return { message: `declare the places of :${name}, for example :${name}::decimal(4)` };
  if (scale !== null && first !== undefined && first.scale !== scale)
    return { message: `:${name} is declared as decimal(${scale}) and used as ${used.join("")}` };
  return { type, scale: scale ?? first?.scale ?? 0 };
}
