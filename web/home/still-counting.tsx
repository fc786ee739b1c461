"use client";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { useText } from "../messages/provider.tsx";
import { HomeSkeleton } from "./skeleton.tsx";

const againMs = 3000;

/** What stands there until a first count of very many orders is done; it comes by itself. */
export function StillCounting() {
  const { t } = useText();
  const router = useRouter();
  useEffect(() => {
    const timer = setInterval(() => router.refresh(), againMs);
    return () => clearInterval(timer);
  }, [router]);
  return <HomeSkeleton words={t("home.counting")} />;
}
