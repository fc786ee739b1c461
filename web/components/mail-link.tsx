import { isEmailAddress } from "northwind-api/src/resources/email-address.ts";
import type { ReactNode } from "react";

interface Props {
  readonly address: string;
  readonly className: string;
  readonly children: ReactNode;
}

/** A link that begins a mail to an address. An imported text that is not one address is shown without a link. */
export function MailLink({ address, className, children }: Props) {
  if (!isEmailAddress(address)) return <span>{children}</span>;
  // Encoded, so that no part of it is taken for another header of the mail.
  const href = `mailto:${encodeURIComponent(address).replace("%40", "@")}`;
  return (
    <a href={href} rel="noreferrer" className={className}>
      {children}
    </a>
  );
}
