"use client";

/** Stores a preference for a year, for the server to see with the next page. */
export async function remember(name: "theme" | "locale" | "employee" | "first-user", value: string): Promise<void> {
  await fetch("/preferences", { method: "POST", body: new URLSearchParams({ [name]: value }) });
}

/** Switches between light and dark; the label follows by the style sheet. */
export function toggleTheme(): void {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  void remember("theme", next);
}
