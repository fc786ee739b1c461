import Link from "next/link";
import type { ComponentProps } from "react";

/** A link in a row of many. It loads nothing ahead: every row would be a request, and a page for the server to draw. */
export function RowLink(props: ComponentProps<typeof Link>) {
  return <Link {...props} prefetch={false} />;
}
