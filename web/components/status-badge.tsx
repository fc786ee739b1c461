"use client";
import { Circle, CircleCheckBig, FileText, Truck } from "lucide-react";
import type { ReactNode } from "react";
import { useText } from "../messages/provider.tsx";
import type { MessageKey } from "../messages/text.ts";

interface Look {
  readonly label: MessageKey;
  readonly colours: string;
  readonly icon: ReactNode;
}

const size = 13;
const newOrder: Look = {
  label: "status.new",
  colours: "bg-accent-soft text-accent",
  icon: <Circle size={size} aria-hidden />,
};

/** Each status has its own shape beside its colour and its word. */
const looks: ReadonlyMap<number | null, Look> = new Map([
  [0, newOrder],
  [1, { label: "status.invoiced", colours: "bg-warn-soft text-warn", icon: <FileText size={size} aria-hidden /> }],
  [2, { label: "status.shipped", colours: "bg-good-soft text-good", icon: <Truck size={size} aria-hidden /> }],
  [3, { label: "status.closed", colours: "bg-canvas text-muted", icon: <CircleCheckBig size={size} aria-hidden /> }],
]);

/** The status of an order. One without a status counts as new, as in the API. */
export function StatusBadge({ statusId }: { readonly statusId: number | null | undefined }) {
  const { t } = useText();
  const { label, colours, icon } = looks.get(statusId ?? 0) ?? newOrder;
  return (
    <span className={`inline-flex items-center gap-1.5 rounded-full px-2 py-0.5 font-medium text-xs ${colours}`}>
      {icon}
      {t(label)}
    </span>
  );
}
