import type { ReactNode } from "react";
import type { MessageKey, Text } from "../messages/text.ts";

interface BadgeProps {
  readonly colours: string;
  /** In the manner of lucide, which is more code than its icons: the home page would load it for a few of them. */
  readonly drawing: string;
  readonly children: ReactNode;
}

/** A word in a colour, with a shape of its own beside it: neither says anything alone. */
export function Badge({ colours, drawing, children }: BadgeProps) {
  return (
    <span
      className={`inline-flex items-center gap-1.5 whitespace-nowrap rounded-full px-2 py-0.5 font-medium text-xs ${colours}`}
    >
      <svg
        width={13}
        height={13}
        viewBox="0 0 24 24"
        fill="none"
        stroke="currentColor"
        strokeWidth={2}
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden
      >
        <path d={drawing} />
      </svg>
      {children}
    </span>
  );
}

interface Look {
  readonly label: MessageKey;
  readonly colours: string;
  readonly drawing: string;
}

const newOrder: Look = {
  label: "status.new",
  colours: "bg-accent-soft text-accent",
  drawing: "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20",
};

/** Each status has its own shape beside its colour and its word. */
const looks: ReadonlyMap<number | null, Look> = new Map([
  [0, newOrder],
  [
    1,
    {
      label: "status.invoiced",
      colours: "bg-warn-soft text-warn",
      drawing: "M14 2H6a2 2 0 0 0-2 2v16a2 2 0 0 0 2 2h12a2 2 0 0 0 2-2V8zM14 2v6h6M10 9H8M16 13H8M16 17H8",
    },
  ],
  [
    2,
    {
      label: "status.shipped",
      colours: "bg-good-soft text-good",
      drawing:
        "M5 18H3a1 1 0 0 1-1-1V6a2 2 0 0 1 2-2h8a2 2 0 0 1 2 2v12H9M14 8h4l4 5v4a1 1 0 0 1-1 1h-2M7 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4M17 20a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
    },
  ],
  [
    3,
    { label: "status.closed", colours: "bg-canvas text-muted", drawing: "M21.8 10A10 10 0 1 1 17 3.3M9 11l3 3L22 4" },
  ],
  [
    4,
    {
      label: "status.cancelled",
      colours: "bg-canvas text-muted",
      drawing: "M5 5l14 14M5 19 19 5",
    },
  ],
]);

/** The status of an order. One without a status counts as new, as in the API. */
export function StatusBadge({ statusId, t }: { readonly statusId: number | null | undefined; readonly t: Text }) {
  const { label, colours, drawing } = looks.get(statusId ?? 0) ?? newOrder;
  return (
    <Badge colours={colours} drawing={drawing}>
      {t(label)}
    </Badge>
  );
}
