import { Badge } from "../components/status-badge.tsx";
import type { Text } from "../messages/text.ts";

export const countStatuses = ["open", "approved", "cancelled"] as const;
type CountStatus = (typeof countStatuses)[number];

const looks: Readonly<Record<CountStatus, { readonly colours: string; readonly drawing: string }>> = {
  open: { colours: "bg-accent-soft text-accent", drawing: "M12 22a10 10 0 1 0 0-20 10 10 0 0 0 0 20" },
  approved: { colours: "bg-good-soft text-good", drawing: "M21.8 10A10 10 0 1 1 17 3.3M9 11l3 3L22 4" },
  cancelled: { colours: "bg-canvas text-muted", drawing: "M5 5l14 14M5 19 19 5" },
};

/** The status of a count. */
export function CountBadge({ status, t }: { readonly status: string; readonly t: Text }) {
  const known = countStatuses.find((name) => name === status) ?? "open";
  return <Badge {...looks[known]}>{t(`countStatus.${known}`)}</Badge>;
}

/** Who did something: the number of the user is for the log. */
export function whoText(principal: string | null, t: Text): string {
  if (principal === null) return "–";
  return principal === "local" ? t("history.local") : principal.replace(/^\d+ /, "");
}
