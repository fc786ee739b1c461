// How the model refuses a command: with the status and the code that the API must answer.

/** A command is refused, with the status and the code of the first thing that is wrong with it. */
export class Refused extends Error {
  constructor(readonly code: RefusalCode) {
    super(code);
  }
}

export const refusals = {
  ...{ "not-found": 404, state: 409, "in-use": 409, precondition: 412, reference: 422, rule: 422, required: 422 },
} as const;
export type RefusalCode = keyof typeof refusals;

/** Refuses a command for the first of these faults, if there is one: what is wrong with it before what the state forbids. */
export function refuseFirst(faults: readonly RefusalCode[]): void {
  const first = faults.find((code) => refusals[code] !== 409) ?? faults[0];
  if (first !== undefined) throw new Refused(first);
}
