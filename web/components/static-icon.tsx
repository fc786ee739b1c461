/**
 * The icons of the shell, in the style of lucide (24 units, round strokes of 2). Lucide's own are code for the browser,
 * which every page would load for its navigation; these are rendered by the server.
 */
export const drawings = {
  home: "M4 11 12 4l8 7M6 9.5V20h12V9.5M10 20v-6h4v6",
  order: "M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6",
  customer: "M4 9h16l-1.5 11h-13zM8 9l3-6M16 9l-3-6M10 13v3M14 13v3",
  product: "M12 3 4 7v10l8 4 8-4V7zM4 7l8 4 8-4M12 11v10",
  stock: "M3 4h18v5H3zM5 9v11h14V9M10 13h4",
  count: "M8 4H6v17h12V4h-2M8 2h8v4H8zM9 12l2 2 4-4M9 18h6",
  pick: "M9 6h11M9 12h11M9 18h11M3.5 6l1 1 2-2M3.5 12l1 1 2-2M3.5 18l1 1 2-2",
  shipment: "M21 8v8l-9 5-9-5V8l9-5zM3 8l9 5 9-5M12 13v8M7.5 5.5l9 5",
  return: "M9 14 4 9l5-5M4 9h11a5 5 0 0 1 0 10h-4",
  purchase: "M3 4h2l2.5 11h10L20 7H6M9 20h.01M17 20h.01",
  reorder: "M4 12a8 8 0 0 1 14-5l2 2M20 4v5h-5M20 12a8 8 0 0 1-14 5l-2-2M4 20v-5h5",
  employee: "M12 12a4 4 0 1 0 0-8 4 4 0 0 0 0 8M5 21c0-4 3-6 7-6s7 2 7 6",
  shipper: "M3 6h11v10H3zM14 10h4l3 3v3h-7M7 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4M17 19a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  supplier: "M5 21V4h9v17M14 9h5v12M3 21h18M8 8h3M8 12h3M8 16h3",
  company: "M3 21h18M5 21V8l7-5 7 5v13M9 21v-6h6v6M9 11h.01M15 11h.01",
  taxRate: "M19 5 5 19M8 9.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4M16 18.5a2 2 0 1 0 0-4 2 2 0 0 0 0 4",
  about: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 11v5M12 8v.01",
  plus: "M12 5v14M5 12h14",
  find: "M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14M16 16l5 5",
  menu: "M4 6h16M4 12h16M4 18h16",
  close: "M6 6l12 12M18 6 6 18",
  moon: "M20 14.5A8 8 0 0 1 9.5 4a8 8 0 1 0 10.5 10.5",
  sun: "M12 16a4 4 0 1 0 0-8 4 4 0 0 0 0 8M12 3v1M12 20v1M3 12h1M20 12h1M5.6 5.6l.8.8M17.6 17.6l.8.8M5.6 18.4l.8-.8M17.6 6.4l.8-.8",
  good: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M8.5 12.5l2.5 2.5 4.5-5",
  bad: "M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18M12 7.5V13M12 16v.01",
  clock: "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20M12 6v6l4 2",
  done: "M21.8 10A10 10 0 1 1 17 3.3M9 11l3 3L22 4",
  pen: "M21.2 6.8a2.8 2.8 0 0 0-4-4L3.8 16.2 2 22l5.8-1.8zM15 5l4 4",
  bin: "M3 6h18M19 6v14a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V6M8 6V4a2 2 0 0 1 2-2h4a2 2 0 0 1 2 2v2M10 11v6M14 11v6",
  again: "M20 12a8 8 0 1 1-2.3-5.7L20 8.5M20 4v4.5h-4.5",
  lock: "M5 11h14v10H5zM8 11V7a4 4 0 0 1 8 0v4",
  away: "M4 4l16 16M7.5 8.5A5 5 0 0 0 7 18h9M11 6.5a5 5 0 0 1 6.5 4A4 4 0 0 1 20 17",
} as const;

interface Props {
  readonly name: keyof typeof drawings;
  readonly size: number;
  readonly className?: string;
}

/** A decorative icon: its meaning is in the text beside it. */
export function StaticIcon({ name, size, className = "shrink-0" }: Props) {
  return (
    <svg
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={2}
      strokeLinecap="round"
      strokeLinejoin="round"
      className={className}
      aria-hidden
    >
      <path d={drawings[name]} />
    </svg>
  );
}
