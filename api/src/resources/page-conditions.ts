import type { SearchPatterns } from "../contract/text.ts";

/*
 * How the lists of contacts and of products read a page: after its key, only rows with what is searched for, which is
 * each word, or the phone number.
 */

export interface PageParams extends SearchPatterns {
  readonly id: number;
  readonly rows: number;
}

export interface PageKey {
  readonly id: number;
  readonly search_text: string;
}

const word2 = `(:word2::text? IS NULL OR search_text LIKE :word2 ESCAPE '!')`;
const word3 = `(:word3::text? IS NULL OR search_text LIKE :word3 ESCAPE '!')`;
const word4 = `(:word4::text? IS NULL OR search_text LIKE :word4 ESCAPE '!')`;
const word5 = `(:word5::text? IS NULL OR search_text LIKE :word5 ESCAPE '!')`;
/** The row has each word, or the phone number. */
export const isFound = `(:word1::text? IS NULL
  OR (search_text LIKE :word1 ESCAPE '!' AND ${word2} AND ${word3} AND ${word4} AND ${word5})
  OR search_text LIKE :phone::text? ESCAPE '!')`;

/** The next rows by id. */
export const nextById = `id > :id AND ${isFound} ORDER BY id LIMIT :rows`;

/** The next rows by id, downwards. */
export const previousById = `id < :id AND ${isFound} ORDER BY id DESC LIMIT :rows`;

/** The next rows by name. */
export const nextByName = `search_text >= :name::text AND (search_text > :name OR id > :id) AND ${isFound}
  ORDER BY search_text, id LIMIT :rows`;

/** The next rows by name, downwards. */
export const previousByName = `search_text <= :name::text AND (search_text < :name OR id < :id) AND ${isFound}
  ORDER BY search_text DESC, id DESC LIMIT :rows`;
