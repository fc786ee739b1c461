"use client";
import { holdViews } from "../../api/session/order-views.ts";
import { isOfUser } from "../../api/session/own-key.ts";
import { changePreferences, type Preferences, readPreferences } from "../../api/session/preferences.ts";
import { viewsToTakeOver } from "../../api/session/views-of-browser.ts";
import { remember } from "./theme.ts";

const followedKey = "northwind.preferences";

/**
 * Brings what the user has chosen in other browsers into this one, once for each window: theme, language and saved
 * views. What this browser has is taken over for a user who has nothing stored yet. True when the page must be drawn
 * again.
 */
export async function followPreferences(): Promise<boolean> {
  const { user } = document.documentElement.dataset;
  if (!isOfUser() || user === undefined || sessionStorage.getItem(followedKey) === user) return false;
  const known = await readPreferences();
  if (known === null) return false;
  const own = chosenHere();
  const missing = missingIn(known.chosen, own);
  const chosen = missing === null ? known.chosen : await changePreferences((now) => missingIn(now, own) ?? {}, known);
  if (chosen === null) return false;
  sessionStorage.setItem(followedKey, user);
  return show(chosen, own);
}

/** The next user of this window is followed anew. */
export function endFollowing(): void {
  sessionStorage.removeItem(followedKey);
}

/** What was chosen in this browser. */
function chosenHere(): Preferences {
  const cookie = (name: string) => new RegExp(`(?:^|; )${name}=([a-z]+)`).exec(document.cookie)?.[1];
  const [theme, locale] = [cookie("theme"), cookie("locale")];
  const views = viewsToTakeOver();
  return {
    theme: theme === "light" || theme === "dark" ? theme : null,
    locale: locale === "en" || locale === "es" ? locale : null,
    order_views: views.length === 0 ? null : views,
  };
}

/** What this browser has and the user has not; null when there is nothing of that. */
function missingIn(chosen: Preferences, own: Preferences): Partial<Preferences> | null {
  const names = (["theme", "locale", "order_views"] as const).filter(
    (name) => chosen[name] === null && own[name] !== null,
  );
  return names.length === 0 ? null : Object.fromEntries(names.map((name) => [name, own[name]]));
}

async function show(chosen: Preferences, own: Preferences): Promise<boolean> {
  holdViews(chosen.order_views ?? []);
  if (chosen.theme !== null && chosen.theme !== own.theme) {
    document.documentElement.dataset.theme = chosen.theme;
    await remember("theme", chosen.theme);
  }
  if (chosen.locale === null || chosen.locale === own.locale) return false;
  await remember("locale", chosen.locale);
  return true;
}
