"use client";
import { CloudOff, RotateCw } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import type { Refusal } from "../api/reply.ts";
import { refusalWords } from "../form/fault-words.ts";
import { useText } from "../messages/provider.tsx";
import { Button } from "./button.tsx";

/** A refusal in words for people, in their language. */
export function useRefusalText(): (refusal: Refusal) => string {
  const { t, locale } = useText();
  return (refusal) => refusalWords(refusal, t, locale);
}

const againMs = 4000;

interface Props {
  readonly refusal: Refusal;
  /** Whether nothing else stands on the page: then this is its heading. */
  readonly isPage?: boolean;
}

/** What a page shows when the API refused or could not be reached: why, and a way to try again. */
export function Failure({ refusal, isPage = false }: Props) {
  const Heading = isPage ? "h1" : "p";
  const { t } = useText();
  const words = useRefusalText();
  const router = useRouter();
  const isAway = refusal.code === "unreachable" || refusal.status >= 500;
  useEffect(() => {
    if (!isAway) return undefined;
    // It comes back by itself.
    const timer = setInterval(() => router.refresh(), againMs);
    return () => clearInterval(timer);
  }, [isAway, router]);
  return (
    <div
      role="alert"
      className="flex flex-col items-center gap-3 rounded-xl border border-line bg-surface px-6 py-12 text-center"
    >
      <CloudOff size={28} aria-hidden className="text-muted" />
      <Heading className="font-semibold text-lg">{t("failure.title")}</Heading>
      <p className="max-w-prose text-muted">{words(refusal)}</p>
      {refusal.requestId !== null && (
        <p className="text-muted text-xs">
          {t("failure.requestId")} <code>{refusal.requestId}</code>
        </p>
      )}
      <Button look="primary" onClick={() => router.refresh()}>
        <RotateCw size={15} aria-hidden />
        {t("failure.retry")}
      </Button>
    </div>
  );
}
