"use client";
import type { MouseEvent, ReactNode } from "react";
import { goTo } from "./navigation.ts";

interface Props {
  readonly path: string;
  readonly className: string;
  readonly "aria-current"?: "page" | undefined;
  readonly children: ReactNode;
}

/** A link to another list of orders: shown by this page, or by the server without JavaScript. */
export function ListLink({ path, children, ...rest }: Props) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    goTo(path);
  };
  return (
    <a href={path} onClick={follow} {...rest}>
      {children}
    </a>
  );
}
