import type { Attributes } from "./span.ts";

export interface DescribedStatement {
  readonly name: string;
  readonly attributes: Attributes;
}

/** There are a few hundred statements; those with lists have several texts each. */
const most = 2000;
const known = new Map<string, DescribedStatement>();

/** The name and the attributes of a statement's span, as OpenTelemetry names them. A text holds no value. */
export function describeStatement(text: string): DescribedStatement {
  const found = known.get(text);
  if (found !== undefined) return found;
  const query = text.replace(/\s+/g, " ").trim();
  const operation = /^\w+/.exec(query)?.[0].toUpperCase() ?? "";
  const table = /\b(?:FROM|INTO|UPDATE) "?(\w+)/i.exec(query)?.[1] ?? "";
  const described = {
    name: `${operation} ${table}`.trim(),
    attributes: { "db.query.text": query, "db.operation.name": operation, "db.collection.name": table },
  };
  if (known.size < most) known.set(text, described);
  return described;
}
