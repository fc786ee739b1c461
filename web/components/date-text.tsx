"use client";
import { useText } from "../messages/provider.tsx";
import type { Locale } from "../messages/text.ts";

type Detail = "day" | "minute";

/** A naive business time for people. It has no zone, so it is read and written as UTC: nothing shifts. */
export function dateText(value: string, locale: Locale, detail: Detail = "day"): string {
  const format = new Intl.DateTimeFormat(locale, {
    timeZone: "UTC",
    dateStyle: "medium",
    ...(detail === "minute" ? { timeStyle: "short" } : {}),
  });
  return format.format(new Date(`${value}Z`));
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
