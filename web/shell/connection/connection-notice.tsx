"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { StaticIcon } from "../../components/static-icon.tsx";
import { useToast } from "../../components/toast.tsx";
import { useText } from "../../messages/provider.tsx";
import { useConnection } from "./connection.ts";

/** Says on every page that the server is away, and refreshes the page when it is back. */
export function ConnectionNotice() {
  const { t } = useText();
  const router = useRouter();
  const toast = useToast();
  const connection = useConnection();
  const wasLost = useRef(false);
  useEffect(() => {
    if (connection === true && wasLost.current) {
      toast.info(t("connection.back"));
      router.refresh();
    }
    if (connection !== null) wasLost.current = connection === false;
  }, [connection, router, toast, t]);
  if (connection !== false) return null;
  return (
    // In the margin above the page: nothing that is being read or typed moves.
    <p className="fixed inset-x-0 top-13 z-20 flex h-5 items-center justify-center gap-2 border-warn border-b bg-warn-soft px-4 text-warn text-xs md:top-0 md:left-52 md:h-7">
      <StaticIcon name="away" size={14} className="shrink-0" />
      <span className="max-md:sr-only">{t("connection.lost")}</span>
      <span aria-hidden className="md:hidden">
        {t("health.bad")}
      </span>
    </p>
  );
}
