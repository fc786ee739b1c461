import type { Route } from "next";
import { Card, Empty } from "../components/card.tsx";
import { Link } from "../components/link.tsx";
import { moneyText } from "../components/money/money-text.ts";
import { serverText } from "../messages/server.ts";
import { scaleOf } from "./scale.ts";

interface Entry {
  readonly href: Route;
  readonly name: string;
  readonly sales: string;
}

interface Props {
  readonly title: string;
  readonly about: string;
  readonly entries: readonly Entry[];
}

/** The best-selling customers or products: the bar behind a line shows its share of the first one. */
export async function TopList({ title, about, entries }: Props) {
  const { t, locale } = await serverText();
  const { heightOf } = scaleOf(entries.map(({ sales }) => sales));
  const full = heightOf(entries[0]?.sales ?? "0") || 100;
  return (
    <Card title={title} actions={<span className="text-muted text-xs">{about}</span>}>
      {entries.length === 0 ? (
        <Empty title={t("home.noTop")} />
      ) : (
        <ol className="px-4 py-2">
          {entries.map(({ href, name, sales }) => (
            <li key={href} className="py-1.5">
              <div className="flex justify-between gap-4">
                <Link href={href} className="truncate hover:text-accent hover:underline">
                  {name}
                </Link>
                <span className="numbers">{moneyText(sales, locale)}</span>
              </div>
              <div aria-hidden className="mt-1 h-1 rounded-full bg-canvas">
                <div className="h-1 rounded-full bg-accent" style={{ width: `${(heightOf(sales) / full) * 100}%` }} />
              </div>
            </li>
          ))}
        </ol>
      )}
    </Card>
  );
}
