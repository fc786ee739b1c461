import type { Machine, Result } from "./machine.ts";

/** Carries out steps, says which one holds, and stops at the first that does not. */
export class Steps {
  #number = 0;

  /** `found` must contain everything that is `wanted`. */
  check(what: string, { code, output }: Result, wanted: readonly (string | RegExp)[], wantedCode = 0): void {
    this.#number += 1;
    const missing = wanted.find((part) => (typeof part === "string" ? !output.includes(part) : !part.test(output)));
    if (code !== wantedCode || missing !== undefined)
      throw new Error(`${what}: ended with ${code}, ${missing ?? "everything"} was wanted in:\n${output}`);
    console.log(`${String(this.#number).padStart(2)}. ${what}`);
  }
}

const json = "--silent --show-error --header 'content-type: application/json'";

/** A request to the API as a line of shell, which prints the status after the answer. */
export function ask(path: string, body?: object): string {
  const data = body === undefined ? "" : `--data '${JSON.stringify(body)}'`;
  return `curl ${json} ${data} --write-out ' %{http_code}' http://127.0.0.1:8000${path}`;
}

/** What the service has said since it was installed. */
export function journal(machine: Machine): string {
  return machine.run("journalctl --unit northwind --output cat --no-pager").output;
}
