import { beforeAll } from "bun:test";
import { EngineForm } from "../../../sqlproof/src/runtime/engine-form.ts";
import { ProvenQuery } from "../../../sqlproof/src/runtime/query.ts";
import type { Engine } from "../../../sqlproof/src/runtime/types.ts";
import type { LoadedMutant } from "./assignment.ts";

/** In each run of the file, another mutant runs in the place of its query. */
export function takePlaces(mutants: readonly (LoadedMutant | null)[]): void {
  let run = -1;
  const forms = new Map<string, EngineForm>();
  beforeAll(() => {
    run += 1;
    forms.clear();
  });
  const replace = (engine: Engine) => {
    const compiled = Object.getOwnPropertyDescriptor(ProvenQuery.prototype, engine);
    Object.defineProperty(ProvenQuery.prototype, engine, {
      get(this: ProvenQuery): unknown {
        const mutant = mutants[run] ?? null;
        if (mutant?.query !== this.text) return compiled?.get?.call(this);
        const form = forms.get(engine) ?? new EngineForm(mutant.proof, engine, this.text);
        forms.set(engine, form);
        return form;
      },
    });
  };
  replace("mariadb");
  replace("sqlite");
}
