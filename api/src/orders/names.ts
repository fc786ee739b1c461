interface Named {
  readonly company: string | null;
  readonly first_name: string | null;
  readonly last_name: string | null;
}

/** The display name of a contact: the company, else the person; null when it has neither. */
export function nameOf({ company, first_name, last_name }: Named): string | null {
  return (company ?? "").trim() === "" ? personOf({ first_name, last_name }) : company;
}

/** First and last name, or the one that is there; null without either. */
export function personOf({ first_name, last_name }: Omit<Named, "company">): string | null {
  const name = `${first_name ?? ""} ${last_name ?? ""}`.trim();
  return name === "" ? null : name;
}
