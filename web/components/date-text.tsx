"use client";
import { useText } from "../messages/provider.tsx";
import type { Locale } from "../messages/text.ts";

type Detail = "day" | "minute";

/** Made once: making one costs far more than using it. */
const formats = new Map<string, Intl.DateTimeFormat>();

function formatOf(locale: Locale, detail: Detail): Intl.DateTimeFormat {
  const key = `${locale} ${detail}`;
  const known = formats.get(key);
  if (known !== undefined) return known;
  const made = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    dateStyle: "medium",
    ...(detail === "minute" ? { timeStyle: "short" } : {}),
  });
  formats.set(key, made);
  return made;
}

/** A naive business time for people. It has no zone, so it is read and written as UTC: nothing shifts. */
export function dateText(value: string, locale: Locale, detail: Detail = "day"): string {
  return formatOf(locale, detail).format(new Date(`${value}Z`));
}

interface Props {
  /** Like 2024-01-15T10:30:00. */
  readonly value: string | null | undefined;
  readonly detail?: Detail;
}

/** A date, formatted by the language of the page. */
export function DateText({ value, detail = "day" }: Props) {
  const { locale } = useText();
  if (value == null) return <span>–</span>;
  return (
    <time dateTime={value} className="numbers whitespace-nowrap">
      {dateText(value, locale, detail)}
    </time>
  );
}
