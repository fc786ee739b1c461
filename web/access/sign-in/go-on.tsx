"use client";
import { useEffect } from "react";

/**
 * Leads whoever is signed in already to the page they asked for. The page is loaded anew: what this window remembers of
 * it may be from before, and would lead back here.
 */
export function GoOn({ to }: { readonly to: string }) {
  useEffect(() => location.replace(to), [to]);
  return (
    <noscript>
      <meta httpEquiv="refresh" content={`0; url=${to}`} />
    </noscript>
  );
}
