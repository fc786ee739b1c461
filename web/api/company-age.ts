/** When the pages last read the company, and whether they are reading it now. */
export interface CompanyAge {
  /** By `performance.now()`. */
  readAt: number;
  reading: Promise<void> | null;
}

/** The front and the pages behind it are separate programs in one process, and share nothing but this. */
const shared: typeof globalThis & { northwindCompany?: CompanyAge } = globalThis;

export function companyAge(): CompanyAge {
  shared.northwindCompany ??= { readAt: Number.NEGATIVE_INFINITY, reading: null };
  return shared.northwindCompany;
}
