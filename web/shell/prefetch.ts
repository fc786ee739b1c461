"use client";
import { PrefetchKind } from "next/dist/client/components/router-reducer/router-reducer-types";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import { prefetchedLinks } from "./data-attributes.ts";

/** Prefetches the pages of the main navigation while it is visible, and again when a link is pointed at. */
export function usePrefetching(): void {
  const router = useRouter();
  const path = usePathname();
  useEffect(() => {
    const load = (link: HTMLAnchorElement) => {
      const here = link.pathname === path;
      if (!here && link.checkVisibility()) router.prefetch(link.pathname, { kind: PrefetchKind.FULL, onInvalidate });
    };
    const loadAll = () => document.querySelectorAll<HTMLAnchorElement>(prefetchedLinks).forEach(load);
    // A write invalidates all of them, one by one: one round of prefetching is enough.
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onInvalidate = () => {
      clearTimeout(timer);
      timer = setTimeout(loadAll);
    };
    const onPointed = ({ target }: Event) => {
      const link = target instanceof Element ? target.closest<HTMLAnchorElement>(prefetchedLinks) : null;
      if (link !== null) load(link);
    };
    loadAll();
    addEventListener("pointerover", onPointed, { passive: true });
    return () => {
      clearTimeout(timer);
      removeEventListener("pointerover", onPointed);
    };
  }, [path, router]);
}
