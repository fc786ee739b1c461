"use client";
import { useRouter } from "next/navigation";
import { startTransition, useEffect } from "react";
import { useText } from "../messages/provider.tsx";

interface Props {
  readonly error: Error & { readonly digest?: string };
  readonly reset: () => void;
}

/** Shown when a page fails by an error of ours: never the stack, always a way on. */
export default function ErrorPage({ error, reset }: Props) {
  const { t } = useText();
  const router = useRouter();
  // The server renders the page again: otherwise the same error would be shown.
  const retry = () =>
    startTransition(() => {
      router.refresh();
      reset();
    });
  // For the console; the server has logged its part under the same digest.
  useEffect(() => console.error(error), [error]);
  return (
    <div role="alert" className="flex flex-col items-center gap-3 py-24 text-center">
      <h1 className="font-semibold text-2xl tracking-tight">{t("error.title")}</h1>
      <p className="max-w-prose text-muted">{t("error.about")}</p>
      {error.digest !== undefined && (
        <p className="text-muted text-xs">
          {t("failure.requestId")} <code>{error.digest}</code>
        </p>
      )}
      {/* Not the common button: this is part of the first load of every page. */}
      <button
        type="button"
        onClick={retry}
        className="h-8 rounded-md bg-accent px-3 font-medium text-on-accent text-sm hover:opacity-90"
      >
        {t("failure.retry")}
      </button>
    </div>
  );
}
