import { Database } from "bun:sqlite";
import { describe, expect, test } from "bun:test";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { migrateSqlite } from "sqlproof/migrations";
import { migrationsBefore } from "../earlier-migrations.ts";
import { foldSearchText } from "./fold.ts";

/** Every character of the first two planes, which hold all letters that have a case or a mark. */
const characters = Array.from({ length: 0x20000 }, (_, code) => code).flatMap((code) =>
  code >= 0xd800 && code <= 0xdfff ? [] : [String.fromCodePoint(code)],
);

describe("folding", () => {
  test.each([
    ["Pérez", "perez"],
    ["Москва", "москва"],
    ["МОСКВА", "москва"],
    ["Αθήνα", "αθηνα"],
    ["ὈΔΥΣΣΕΎΣ", "οδυσσευσ"],
    ["Straße STRASSE", "strasse strasse"],
    ["ﬁn de siècle", "fin de siecle"],
    ["İstanbul ısparta", "istanbul isparta"],
    ["Łódź Ærø Œuvre Þór", "lodz aero oeuvre thor"],
    ["ＮＷＴＢ－１", "nwtb-1"],
    ["O’Donnell “x” – y", `o'donnell "x" - y`],
    ["soft\u00adhyphen", "softhyphen"],
    ["שָׁלוֹם", "שלום"],
    ["مُحَمَّد", "محمد"],
  ])("%s is %s", (text, folded) => {
    expect(foldSearchText(text)).toBe(folded);
  });

  test("every character folds to the same whatever its case and its normal form, and stays as it is afterwards", () => {
    const wrong = characters.filter((character) => {
      const folded = foldSearchText(character);
      const written = [folded, character.normalize("NFC"), character.normalize("NFD")];
      return [...written, character.toUpperCase(), character.toLowerCase()].some(
        (other) => foldSearchText(other) !== folded,
      );
    });
    // Its capital is written with an apostrophe, which nobody types.
    expect(wrong).toEqual(["ŉ"]);
  });

  test("a part of a text folds to a part of the folded text", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.nat(), fc.nat(), (text, from, length) => {
        const letters = Array.from(text);
        const part = letters.slice(from % (letters.length + 1)).slice(0, length % (letters.length + 1));
        expect(foldSearchText(text)).toContain(foldSearchText(part.join("")));
      }),
    );
  });

  test("what the generated column of version 0.1.0 made plain, the program folds alike: it need not be folded again", async () => {
    const folder = mkdtempSync(join(tmpdir(), "fold-"));
    const database = new Database(":memory:", { strict: true });
    await migrateSqlite({ database, folder: migrationsBefore("sqlite", 8, folder) });
    const insert = database.query<{ search_text: string }, [string]>(
      "INSERT INTO shippers (company) VALUES (?) RETURNING search_text",
    );
    const fold = database.transaction((some: readonly string[]) =>
      some.flatMap((character): [string, string, string][] => {
        const generated = insert.get(character)?.search_text.trim() ?? "";
        return [[character, generated, foldSearchText(character)]];
      }),
    );
    const differing = fold(characters.slice(0x20, 0x2fff)).filter(
      ([, generated, folded]) => /^[ -~]*$/.test(generated) && generated !== folded.trim(),
    );
    expect(differing).toEqual([]);
    database.close();
    rmSync(folder, { recursive: true });
  });
});
