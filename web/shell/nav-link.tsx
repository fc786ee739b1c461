"use client";
import type { Route } from "next";
import { usePathname } from "next/navigation";
import type { ReactNode } from "react";
import { Link } from "../components/link.tsx";
import { prefetched } from "./data-attributes.ts";

interface Props {
  readonly href: Route;
  readonly kind?: "place" | "button";
  readonly children: ReactNode;
}

/** A link of the navigation, marked when it leads to the current page. */
export function NavLink({ href, kind = "place", children }: Props) {
  const path = usePathname();
  const here = href === "/" ? path === "/" : path === href || (kind === "place" && path.startsWith(`${href}/`));
  const look =
    kind === "button"
      ? "justify-center bg-accent text-on-accent hover:opacity-90"
      : "text-muted hover:bg-accent-soft hover:text-ink aria-[current]:bg-accent-soft aria-[current]:font-medium aria-[current]:text-ink";
  return (
    // On a low screen the places are closer together, so that all of them are in sight.
    <Link
      href={href}
      {...prefetched}
      aria-current={here ? "page" : undefined}
      className={`flex h-8 items-center gap-2.5 max-md:h-10 md:[@media(max-height:52rem)]:h-7 whitespace-nowrap rounded-md px-2.5 text-sm ${look}`}
    >
      {children}
    </Link>
  );
}
