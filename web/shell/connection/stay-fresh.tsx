"use client";
import { usePathname } from "next/navigation";
import { useEffect, useRef } from "react";
import { readAgainEvent } from "../data-attributes.ts";
import { useRefresh } from "./connection.ts";

/** Often enough for a desk that several people work at, and seldom enough for a server with many desks. */
const everyMs = 30_000;

/**
 * Keeps every page but forms up to date, when its tab becomes visible and now and then while it is: others work on the
 * same orders.
 */
export function StayFresh() {
  const path = usePathname();
  const refresh = useRefresh();
  const latest = useRef<() => void>(() => undefined);
  useEffect(() => {
    latest.current = () => {
      // The list of orders reads its own rows.
      if (path === "/orders") dispatchEvent(new Event(readAgainEvent));
      else if (!/\/(?:new|edit|company|first-user|users\/\d+)$/.test(path)) refresh();
    };
  });
  useEffect(() => {
    const refreshIfSeen = () => {
      if (document.visibilityState === "visible") latest.current();
    };
    document.addEventListener("visibilitychange", refreshIfSeen);
    const timer = setInterval(refreshIfSeen, everyMs);
    return () => {
      document.removeEventListener("visibilitychange", refreshIfSeen);
      clearInterval(timer);
    };
  }, []);
  return null;
}
