"use client";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { StillIcon } from "../components/still-icon.tsx";
import { useSay } from "../components/toast.tsx";
import { useText } from "../messages/provider.tsx";
import { useConnection } from "./connection.ts";

/** Says on every page that the server is away, keeps what is shown, and brings the page up to date when it is back. */
export function ConnectionNotice() {
  const { t } = useText();
  const router = useRouter();
  const say = useSay();
  const connection = useConnection();
  const wasLost = useRef(false);
  useEffect(() => {
    if (connection === true && wasLost.current) {
      say.news(t("connection.back"));
      router.refresh();
    }
    if (connection !== null) wasLost.current = connection === false;
  }, [connection, router, say, t]);
  if (connection !== false) return null;
  return (
    <p className="sticky top-14 z-20 mb-4 flex items-start gap-2.5 rounded-xl border border-warn bg-warn-soft px-4 py-2.5 text-warn md:top-2">
      <StillIcon name="away" size={17} className="mt-0.5 shrink-0" />
      {t("connection.lost")}
    </p>
  );
}
