import type { Random } from "../../src/differential/random.ts";
import { doubted } from "../doubts.ts";
import { statement } from "../grammar/statement.ts";
import { mutant } from "../mutants/mutate.ts";
import { type Migrations, migrationsOf } from "../schema/migrations.ts";
import type { Model } from "../schema/model.ts";
import type { Planter } from "../schema/planted-schema.ts";
import { randomSchema } from "../schema/random-schema.ts";

/** A schema and how the statements on it are made. */
export interface Arena {
  readonly name: string;
  readonly migrations: Migrations;
  /** The model on each engine; null where the schema was not drawn. */
  readonly models: { readonly mariadb: Model; readonly sqlite: Model } | null;
  /** The statement of this random number generator. */
  statement(random: Random): string;
}

/** Real statements on their own schema, from which mutants are made. */
export interface Texts {
  readonly name: string;
  readonly migrations: Migrations;
  readonly texts: readonly string[];
}

const every = 8;

/** The arena of a block of statements: mostly a drawn schema, now and then one with mutants of real statements. */
export function arenaOf(block: number, random: Random, real: readonly Texts[], planter: Planter | null): Arena {
  if (planter !== null) return drawn(random, (model) => planter(model, random));
  const texts = real[every - 1 - (block % every)];
  return texts === undefined ? drawn(random, (model) => model) : mutants(texts);
}

function drawn(random: Random, onSqlite: (model: Model) => Model): Arena {
  const model = randomSchema(random);
  const models = { mariadb: model, sqlite: onSqlite(model) };
  return {
    name: "drawn schema",
    migrations: migrationsOf(models.mariadb, models.sqlite),
    models,
    statement(own) {
      const made = own.chance(0.2) ? doubted(own) : statement(own, model);
      return own.chance(0.1) ? mutant(made, [made], own) : made;
    },
  };
}

function mutants({ name, migrations, texts }: Texts): Arena {
  // `AS "n!"` is the author's word, and wrong on purpose in a test; a recursion may lose its end.
  const finite = texts.filter((text) => !/\bRECURSIVE\b|[!?]"/i.test(text));
  return { name, migrations, models: null, statement: (random) => mutant(random.pick(finite), finite, random) };
}
