"use client";
import { PrefetchKind } from "next/dist/client/components/router-reducer/router-reducer-types";
import { usePathname, useRouter } from "next/navigation";
import { useEffect } from "react";
import { prefetchedLinks } from "./frame.ts";

/** Loads the pages ahead that the main navigation leads to, where it is seen, and again when it is pointed at. */
export function usePrefetching(): void {
  const router = useRouter();
  const path = usePathname();
  useEffect(() => {
    const load = (link: HTMLAnchorElement) => {
      const here = link.pathname === path;
      if (!here && link.checkVisibility()) router.prefetch(link.pathname, { kind: PrefetchKind.FULL, onInvalidate });
    };
    const loadAll = () => document.querySelectorAll<HTMLAnchorElement>(prefetchedLinks).forEach(load);
    // What was written makes all of them old, each by itself: one round of reading is enough.
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
