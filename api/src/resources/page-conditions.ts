/* How the lists of contacts and of products read a page: after its key, only rows with the text searched for. */

const isFound = `(:pattern::text? IS NULL OR search_text LIKE :pattern ESCAPE '!')`;

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
