import type { Refusal } from "../../src/check/typing/context.ts";
import type { DifferenceKind } from "../find/kind.ts";

/** A family of faults, what of the checker stops it, and how a find shows that it is back. */
export interface Family {
  /** The reasons to refuse that are left out. */
  readonly without: readonly Refusal[];
  readonly shows: (find: { readonly kind: DifferenceKind; readonly signature: string }) => boolean;
}

const any = () => true;
const amounts = /decimal\d|\bSUM\b/;
const datesAndTexts = /\b(text|date|datetime)\b|'\.\.'|0x/;

/** Each is taken out with `--plant NAME`, and the run must find a difference. */
export const families: ReadonlyMap<string, Family> = new Map<string, Family>([
  ["scale", { without: ["no-rule"], shows: ({ kind, signature }) => kind === "value" && amounts.test(signature) }],
  ["type", { without: ["no-rule"], shows: ({ kind }) => kind === "type" }],
  ["precedence", { without: ["precedence"], shows: any }],
  ["row-counts", { without: ["one-row", "recursion"], shows: any }],
  ["alias", { without: ["alias"], shows: any }],
  ["dates-and-texts", { without: ["no-rule", "date-form"], shows: ({ signature }) => datesAndTexts.test(signature) }],
  ["ranges", { without: ["range", "null"], shows: any }],
  ["schema", { without: [], shows: any }],
  ["check", { without: [], shows: any }],
  ["generated", { without: [], shows: any }],
  ["trigger", { without: [], shows: any }],
  ["order", { without: ["order"], shows: any }],
  ["grouping", { without: ["grouping"], shows: any }],
  ["collation", { without: ["collation"], shows: any }],
  ["escape", { without: ["escape"], shows: any }],
  ["write", { without: ["write"], shows: any }],
  ["function", { without: ["function", "no-rule"], shows: any }],
]);
