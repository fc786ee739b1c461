"use client";
import { CloudOff, Inbox, RotateCw, SearchX } from "lucide-react";
import type { ReactNode } from "react";
import { useMay } from "../../../api/session/provider.tsx";
import { Button, ButtonLink } from "../../../components/button.tsx";
import { useText } from "../../../messages/provider.tsx";
import { useErrorText } from "../../../messages/use-error-text.ts";
import type { ListAddress } from "../filters/navigation.ts";
import { filterNames, inUsualSort, isSortRefused } from "../filters/query.ts";
import type { ListState } from "../paging/pages.ts";

interface FaultProps {
  readonly list: ListState;
  readonly onRetry: () => void;
}

/** Reports that something could not be read; what is shown stays. */
export function ErrorStrip({ list: { issue, loadedAt }, onRetry }: FaultProps) {
  const { t, locale } = useText();
  const words = useErrorText();
  if (issue === null) return null;
  const time = loadedAt === null ? null : new Intl.DateTimeFormat(locale, { timeStyle: "short" }).format(loadedAt);
  return (
    <div
      role="alert"
      className="screen-only absolute inset-x-2 top-11 z-20 mx-auto flex w-fit max-w-2xl flex-wrap items-center gap-3 rounded-lg border border-bad bg-raised px-3 py-2 shadow-xl"
    >
      <CloudOff size={17} aria-hidden className="shrink-0 text-bad" />
      <p className="min-w-0 flex-1 basis-60">
        {words(issue)} {time !== null && <span className="text-muted">{t("orders.readAt", { time })}</span>}
      </p>
      <Button onClick={onRetry}>
        <RotateCw size={15} aria-hidden />
        {t("failure.retry")}
      </Button>
    </div>
  );
}

/** Shown in place of the rows: nothing could be read, or there is nothing. */
export function EmptyList({ list, address, onRetry }: FaultProps & { readonly address: ListAddress }) {
  const { t } = useText();
  const words = useErrorText();
  const may = useMay();
  const isNarrowed = filterNames.some((name) => address.query.filters[name] !== undefined);
  const { issue } = list;
  if (issue !== null)
    return (
      <Middle icon={<CloudOff size={28} aria-hidden />} title={t("failure.title")} words={words(issue)}>
        {isSortRefused(issue) ? (
          <Button look="primary" onClick={() => address.go(inUsualSort(address.query))}>
            {t("orders.usualSort")}
          </Button>
        ) : (
          <Button look="primary" onClick={onRetry}>
            <RotateCw size={15} aria-hidden />
            {t("failure.retry")}
          </Button>
        )}
      </Middle>
    );
  if (list.isOpening || list.total > 0) return null;
  if (isNarrowed)
    return (
      <Middle icon={<SearchX size={28} aria-hidden />} title={t("orders.noneFit")} words={t("orders.noneFitHint")}>
        <Button look="primary" onClick={address.clear}>
          {t("orders.clearFilters")}
        </Button>
      </Middle>
    );
  return (
    <Middle
      icon={<Inbox size={28} aria-hidden />}
      title={t("orders.none")}
      words={t(may("write-orders") ? "orders.noneHint" : "orders.noneYet")}
    >
      {may("write-orders") && (
        <ButtonLink look="primary" href="/orders/new">
          {t("nav.newOrder")}
        </ButtonLink>
      )}
    </Middle>
  );
}

interface MiddleProps {
  readonly icon: ReactNode;
  readonly title: string;
  readonly words: string;
  readonly children: ReactNode;
}

function Middle({ icon, title, words, children }: MiddleProps) {
  return (
    <div
      role="status"
      className="absolute inset-x-0 top-1/4 mx-auto flex max-w-md flex-col items-center gap-2 px-6 text-center"
    >
      <span className="text-muted">{icon}</span>
      <p className="font-semibold text-lg">{title}</p>
      <p className="mb-2 text-muted">{words}</p>
      {children}
    </div>
  );
}
