"use client";
import type { Route } from "next";
import { useRouter } from "next/navigation";
import type { AnchorHTMLAttributes, MouseEvent } from "react";

export interface LinkProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly href: Route;
}

/**
 * A link within the pages. In place of `next/link`, which every page would load 2.5 kB for: what it does beyond this,
 * prefetching, shell/prefetch.ts does for the links that are worth it (docs/decisions/0073-own-link.md).
 */
export function Link({ href, ...rest }: LinkProps) {
  const router = useRouter();
  const follow = (event: MouseEvent) => {
    const isOwn = event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;
    if (!isOwn || event.defaultPrevented) return;
    event.preventDefault();
    router.push(href);
  };
  return <a href={href} onClick={follow} {...rest} />;
}
