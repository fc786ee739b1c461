// Components that know no resource and no route: buttons, cards, dialogs, toasts, amounts, dates, badges.
// Those of forms are in form/.
import type { Route } from "next";
import type { ButtonHTMLAttributes, ReactNode } from "react";
import { Link } from "./link.tsx";

type Look = "primary" | "plain" | "quiet" | "danger";

const looks: Readonly<Record<Look, string>> = {
  primary: "bg-accent text-on-accent hover:opacity-90",
  plain: "border border-line bg-surface text-ink hover:border-line-strong",
  quiet: "text-muted hover:bg-accent-soft hover:text-ink",
  danger: "border border-line bg-surface text-bad hover:border-bad",
};

const shape =
  "inline-flex h-8 items-center justify-center gap-2 whitespace-nowrap rounded-md px-3 font-medium text-sm disabled:opacity-50 aria-disabled:opacity-50";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly look?: Look;
}

/** Something to do here. */
export function Button({ look = "plain", className = "", type = "button", ...rest }: ButtonProps) {
  return <button type={type} className={`${shape} ${looks[look]} ${className}`} {...rest} />;
}

interface ButtonLinkProps {
  readonly href: Route;
  readonly look?: Look;
  readonly children: ReactNode;
  readonly "aria-keyshortcuts"?: string;
  readonly "aria-label"?: string;
}

/** Something to do elsewhere. */
export function ButtonLink({ look = "plain", href, children, ...rest }: ButtonLinkProps) {
  return (
    <Link href={href} className={`${shape} ${looks[look]}`} {...rest}>
      {children}
    </Link>
  );
}
