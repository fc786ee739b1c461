"use client";

/** Keeps a choice for a year, for the server to see with the next page. */
export async function remember(name: "theme" | "locale" | "employee", value: string): Promise<void> {
  await fetch("/preferences", { method: "POST", body: new URLSearchParams({ [name]: value }) });
}

/** From light to dark or back; what says which it is follows by the style sheet. */
export function toggleTheme(): void {
  const next = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = next;
  void remember("theme", next);
}
