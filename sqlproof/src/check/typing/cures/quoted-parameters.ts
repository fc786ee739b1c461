import type { Place, TextLiteral } from "../../tree/nodes.ts";
import type { Argument } from "../argument.ts";
import { type Context, refuse } from "../context.ts";

const whole = /^:([A-Za-z_]\w*)$/;
/** Behind a wildcard or at the start: a time has digits there, and JSON a quote before. */
const inPattern = /^(%?)(:[A-Za-z_]\w*)(%?)$/;

/** Refuses the text `':name'` beside a value, where the value of the parameter is meant. */
export function refuseQuotedParameter({ node, type }: Argument, context: Context): void {
  const name = type.kind === "text" && type.literal !== null ? whole.exec(type.literal)?.[1] : undefined;
  if (name !== undefined) say(`:${name}`, `:${name}`, node, context);
}

/** Refuses a pattern such as `'%:term%'`, which looks for the letters of the name. */
export function refuseQuotedPattern(pattern: TextLiteral, context: Context): void {
  const [, before = "", name, after = ""] = inPattern.exec(pattern.value) ?? [];
  if (name === undefined) return;
  const parts = [...(before === "" ? [] : ["'%'"]), name, ...(after === "" ? [] : ["'%'"])];
  say(name, parts.length === 1 ? name : `CONCAT(${parts.join(", ")})`, pattern, context);
}

function say(name: string, form: string, place: Place, context: Context): void {
  refuse(context, "no-rule", `${name} stands within a text, where it is no parameter: write ${form}`, place);
}
