"use client";
import { createContext, type ReactNode, useContext } from "react";
import { type Company, setCompany } from "./company.ts";

const CompanyContext = createContext<Company | null>(null);

/** Gives the company to every client component inside, and to the functions that format and read amounts. */
export function CompanyProvider({ company, children }: { readonly company: Company; readonly children: ReactNode }) {
  // Before anything inside is rendered: equal for all of them, and harmless when it is repeated.
  setCompany(company);
  return <CompanyContext value={company}>{children}</CompanyContext>;
}

/** The company, for a client component. */
export function useCompany(): Company {
  const company = useContext(CompanyContext);
  if (company === null) throw new Error("useCompany outside CompanyProvider");
  return company;
}
