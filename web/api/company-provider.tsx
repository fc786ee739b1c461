"use client";
import type { ReactNode } from "react";
import { type Company, setCompany } from "./company.ts";

/** Gives the company to everything inside that formats or reads amounts and dates, before any of it is rendered. */
export function CompanyProvider({ company, children }: { readonly company: Company; readonly children: ReactNode }) {
  // Equal for all of them, and harmless when it is repeated.
  setCompany(company);
  return children;
}
