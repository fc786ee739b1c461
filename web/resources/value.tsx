import type { ReactNode } from "react";
import { DateText } from "../components/date-text.tsx";
import { MailLink } from "../components/mail-link.tsx";
import { UnitPrice } from "../components/money/unit-price.tsx";
import { percentText } from "../form/amount-text.ts";
import { serverText } from "../messages/server.ts";
import type { Text } from "../messages/text.ts";
import type { ResourceField, ResourceValue } from "./resource.ts";

interface Props {
  readonly field: Pick<ResourceField, "name" | "kind" | "words">;
  readonly value: ResourceValue;
  readonly t: Text;
  /** In a table, where every value has one line. */
  readonly isCell?: true;
}

/** One value as it is read: an address in its lines, a link where it leads somewhere. */
export function Value({ field, value, t, isCell }: Props) {
  const none = field.words?.[""];
  if (value === null && none !== undefined) return <span>{t(none)}</span>;
  if (value === null || value === undefined || value === "") return <span className="text-muted">–</span>;
  if (typeof value === "boolean") return <span>{t(value ? "value.yes" : "value.no")}</span>;
  if (field.kind === "rate") return <Rate value={String(value)} />;
  if (typeof value === "number") return <span className="numbers">{value}</span>;
  if (typeof value !== "string" && field.kind === "weekdays") return <Weekdays days={value} />;
  if (typeof value !== "string") return <span className="numbers">{value.map((id) => `#${id}`).join(", ")}</span>;
  const word = field.words?.[value];
  if (word !== undefined) return <span>{t(word)}</span>;
  if (field.kind === "day") return <DateText value={`${value}T00:00:00`} />;
  if (field.kind === "amount") return <UnitPrice amount={value} />;
  if (field.name === "email_address")
    return (
      <MailLink address={value} className={away}>
        {isCell ? value : breakable(value)}
      </MailLink>
    );
  if (field.name.endsWith("_phone")) return <Away href={`tel:${value.replace(/[^\d+]/g, "")}`}>{value}</Away>;
  if (/^https?:\/\//.test(value)) return <Away href={value}>{value}</Away>;
  return <span className={field.kind === "lines" ? "whitespace-pre-line break-words" : ""}>{value}</span>;
}

/** 5 January 2026 was a Monday. */
const monday = 5;

/** The days of the week that are stored as the numbers from 1 (Monday) to 7. */
async function Weekdays({ days }: { readonly days: readonly number[] }) {
  const { locale } = await serverText();
  const format = new Intl.DateTimeFormat(locale, { weekday: "short", timeZone: "UTC" });
  return <span>{days.map((day) => format.format(Date.UTC(2026, 0, monday - 1 + day))).join(", ")}</span>;
}

/** A rate in per cent. */
async function Rate({ value }: { readonly value: string }) {
  const { locale } = await serverText();
  return <span className="numbers">{percentText(value, locale) || "0"} %</span>;
}

/** A long address is broken where it reads best. */
function breakable(address: string): ReactNode {
  const [name, ...domain] = address.split("@");
  return domain.length === 0 ? (
    name
  ) : (
    <>
      {name}@<wbr />
      {domain.join("@")}
    </>
  );
}

const away = "numbers break-words text-accent underline-offset-2 hover:underline";

function Away({ href, children }: { readonly href: string; readonly children: ReactNode }) {
  return (
    <a href={href} rel="noreferrer" className={away}>
      {children}
    </a>
  );
}
