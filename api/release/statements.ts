import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

/** A parameter of a statement, as its proof describes it. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly scale: number;
}

/** A statement of a version as one of its databases gets it: each `?` takes the parameter in `binds`. */
interface Form {
  readonly text: string;
  readonly binds: readonly string[];
}

/** A statement of a version, as plain as can be, so that any later version can read it. */
export interface Statement {
  readonly parameters: readonly Parameter[];
  readonly mariadb: Form;
  readonly sqlite: Form;
}

interface Stored {
  readonly text: string;
  readonly proof: {
    readonly parameters: readonly Parameter[];
    readonly statements: Readonly<
      Record<"mariadb" | "sqlite", { readonly parts: readonly string[]; readonly binds: readonly string[] }>
    >;
  };
}

/** Every statement that this version runs, from the committed proofs. A list has one element. */
export function statements(): readonly Statement[] {
  const folder = join(import.meta.dir, "..", "..", ".sqlproof", "queries");
  return readdirSync(folder)
    .sort()
    .map((name) => {
      const { proof }: Stored = JSON.parse(readFileSync(join(folder, name), "utf8"));
      const form = (engine: "mariadb" | "sqlite") => {
        const { parts, binds } = proof.statements[engine];
        return { text: parts.join("?"), binds };
      };
      const parameters = proof.parameters.map(({ name, type, scale }) => ({ name, type, scale }));
      return { parameters, mariadb: form("mariadb"), sqlite: form("sqlite") };
    });
}
