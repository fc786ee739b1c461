"use client";
import { PrefetchKind } from "next/dist/client/components/router-reducer/router-reducer-types";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import { prefetchedLinks } from "./data-attributes.ts";

/**
 * How long a page must be open before it prefetches others: prefetching costs the server as much as the page
 * itself, and users who only pass through a page do not need it (docs/decisions/0073-own-link.md).
 */
const restMs = 3000;

/** Prefetches the main navigation when a page has been open for a while, and each link when it is pointed at. */
export function usePrefetching(): void {
  const router = useRouter();
  const path = usePathname();
  useEffect(() => {
    const load = (link: HTMLAnchorElement) => {
      const here = link.pathname === path;
      if (!here && link.checkVisibility()) router.prefetch(link.pathname, { kind: PrefetchKind.FULL, onInvalidate });
    };
    const loadAll = () => document.querySelectorAll<HTMLAnchorElement>(prefetchedLinks).forEach(load);
    let timer = setTimeout(loadAll, restMs);
    // A write invalidates all of them, one by one: one round of prefetching is enough.
    const onInvalidate = () => {
      clearTimeout(timer);
      timer = setTimeout(loadAll, restMs);
    };
    const onPointed = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>(prefetchedLinks) : null;
      if (link !== null) load(link);
    };
    addEventListener("pointerover", onPointed, { passive: true });
    return () => {
      clearTimeout(timer);
      removeEventListener("pointerover", onPointed);
    };
  }, [path, router]);
}
