import type { ReactNode } from "react";
import { serverText } from "../messages/server.ts";

interface LineProps {
  /** What was added or removed, such as a product. */
  readonly name: string;
  readonly what: "added" | "removed";
}

/** A line of an order or a purchase order that came or went. */
export async function LineChange({ name, what }: LineProps) {
  const { t } = await serverText();
  return (
    <li className="flex flex-wrap gap-x-2">
      <span className="text-muted">{name}</span>
      <span>{t(`history.${what}`)}</span>
    </li>
  );
}

interface ValueProps {
  readonly name: string;
  readonly before: ReactNode;
  readonly after: ReactNode;
  /** Without a value before, nothing is struck out. */
  readonly hadValue: boolean;
}

/** A value that became another one. */
export function ValueChange({ name, before, after, hadValue }: ValueProps) {
  const Before = hadValue ? "del" : "span";
  return (
    <li className="flex flex-wrap gap-x-2">
      <span className="text-muted">{name}</span>
      <span className="numbers min-w-0 break-words">
        <Before className="text-muted">{before}</Before> → <ins className="no-underline">{after}</ins>
      </span>
    </li>
  );
}
