"use client";
import { StatusBadge } from "../components/status-badge.tsx";
import { useText } from "../messages/provider.tsx";

/** The badge of a status, rendered in the browser. */
export function BadgeOfStep({ statusId }: { readonly statusId: number | null }) {
  const { t } = useText();
  return <StatusBadge statusId={statusId} t={t} />;
}
