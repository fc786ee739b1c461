/** Tells browsers for a year to come back over TLS only, to names below this one too. Only where that is possible. */
export const transportSecurity: readonly [name: string, value: string] = [
  "Strict-Transport-Security",
  "max-age=31536000; includeSubDomains",
];
