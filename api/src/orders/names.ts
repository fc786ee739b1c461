interface Named {
  readonly company: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
}

/** What a customer is called: the company, or where there is none the person; null where there is neither. */
export function nameOf({ company, first_name, last_name }: Named): string | null {
  return (company ?? "").trim() === "" ? personOf({ first_name, last_name }) : company;
}

/** First and last name, as far as there are any. */
export function personOf({ first_name, last_name }: Omit<Named, "company">): string | null {
  const name = `${first_name ?? ""} ${last_name ?? ""}`.trim();
  return name === "" ? null : name;
}
