"use client";
import type { ReactNode } from "react";
import { type Company, setCompany } from "./company.ts";

interface Props {
  /** Null for whoever may not read it. */
  readonly company: Company | null;
  readonly children: ReactNode;
}

/** Gives the company to everything inside that formats or reads amounts and dates, before any of it is rendered. */
export function CompanyProvider({ company, children }: Props) {
  // Equal for all of them, and harmless when it is repeated.
  if (company !== null) setCompany(company);
  return children;
}
