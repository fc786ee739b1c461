"use client";
import { Moon, Search, Sun } from "lucide-react";
import { useRouter } from "next/navigation";
import { useText } from "../messages/provider.tsx";
import { type Locale, locales } from "../messages/text.ts";
import { KeyHint } from "./key-hint.tsx";
import { useAllCommands } from "./registry.tsx";
import { remember, useTheme } from "./theme.ts";

const names: Readonly<Record<Locale, string>> = { en: "English", es: "Español" };
const look = "flex h-8 items-center gap-2 rounded-md px-2.5 text-muted text-sm hover:bg-accent-soft hover:text-ink";

/** Opens the palette by mouse or finger. */
export function FindButton() {
  const { t } = useText();
  const palette = useAllCommands().find(({ id }) => id === "palette");
  return (
    <button type="button" className={`${look} w-full border border-line`} onClick={() => palette?.run()}>
      <Search size={15} aria-hidden />
      <span className="flex-1 text-left">{t("frame.find")}</span>
      <KeyHint keys="$mod+k" />
    </button>
  );
}

/** The same on a small screen. */
export function FindIcon() {
  const { t } = useText();
  const palette = useAllCommands().find(({ id }) => id === "palette");
  return (
    <button
      type="button"
      aria-label={t("frame.find")}
      className="grid size-9 place-items-center rounded-md text-ink hover:bg-accent-soft"
      onClick={() => palette?.run()}
    >
      <Search size={19} aria-hidden />
    </button>
  );
}

/** Light or dark, and the language. */
export function Preferences() {
  const { t, locale } = useText();
  const { theme, toggle } = useTheme();
  const router = useRouter();
  const choose = async (next: string) => {
    await remember("locale", next);
    router.refresh();
  };
  return (
    <div className="flex items-center gap-1">
      <button type="button" className={look} onClick={toggle}>
        {theme === "dark" ? <Sun size={15} aria-hidden /> : <Moon size={15} aria-hidden />}
        {t(theme === "dark" ? "frame.light" : "frame.dark")}
      </button>
      <select
        aria-label={t("frame.language")}
        className={`${look} bg-transparent`}
        value={locale}
        onChange={(event) => void choose(event.target.value)}
      >
        {locales.map((name) => (
          <option key={name} value={name} lang={name} className="bg-surface text-ink">
            {names[name]}
          </option>
        ))}
      </select>
    </div>
  );
}
