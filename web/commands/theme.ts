"use client";
import { useSyncExternalStore } from "react";

function subscribe(changed: () => void): () => void {
  const observer = new MutationObserver(changed);
  observer.observe(document.documentElement, { attributes: true, attributeFilter: ["data-theme"] });
  return () => observer.disconnect();
}

/** Keeps a choice for a year, for the server to see with the next page. */
export async function remember(name: "theme" | "locale" | "employee", value: string): Promise<void> {
  await fetch("/preferences", { method: "POST", body: new URLSearchParams({ [name]: value }) });
}

/** Light or dark, as the page is now, and how to change it. Null until the browser has said so. */
export function useTheme() {
  const theme = useSyncExternalStore(
    subscribe,
    () => (document.documentElement.dataset.theme === "dark" ? "dark" : "light"),
    () => null,
  );
  const toggle = () => {
    const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
    document.documentElement.dataset.theme = next;
    void remember("theme", next);
  };
  return { theme, toggle };
}
