"use client";
import { isOfUser } from "../../api/session/own-key.ts";
import { changePreferences } from "../../api/session/preferences.ts";

/** Stores a preference for a year, for the server to see with the next page. */
export async function remember(name: "theme" | "locale" | "employee" | "first-user", value: string): Promise<void> {
  await fetch("/preferences", { method: "POST", body: new URLSearchParams({ [name]: value }) });
}

/** Stores a choice of the user for this browser and for all others. */
export async function choose(choice: { readonly theme: "light" | "dark" } | { readonly locale: "en" | "es" }) {
  const [[name, value] = ["theme", ""]] = Object.entries(choice);
  await remember(name === "locale" ? "locale" : "theme", value);
  if (isOfUser()) await changePreferences(() => choice);
}

/** Switches between light and dark; the label follows by the style sheet. */
export function toggleTheme(): void {
  const theme = document.documentElement.dataset.theme === "dark" ? "light" : "dark";
  document.documentElement.dataset.theme = theme;
  void choose({ theme });
}
