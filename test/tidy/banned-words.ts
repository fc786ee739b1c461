/** A word that names nothing here, the field's word for it, and the folders where it has its plain meaning. */
interface BannedWord {
  readonly instead: string;
  readonly except: readonly string[];
}

/** Private words of an earlier time, none of which may return in the name of a file or an export. */
export const bannedWords: ReadonlyMap<string, BannedWord> = new Map(
  [
    ["lot", "batch"],
    ["lots", "batches"],
    ["gather", "batch"],
    ["gathered", "batched"],
    ["turn", "end of turn, or round", ["api/src/batching/end-of-turn.ts"]],
    ["standing", "cached"],
    ["stands", "is cacheable"],
    ["kept", "stored, saved or cached"],
    ["keep", "store, save or cache"],
    ["whole", "consistent, or complete"],
    ["sheet", "export", ["web/"]],
    ["breath", "yield"],
    ["flight", "load limit"],
    ["kind", "schema, or type", ["sqlproof/"]],
    ["kinds", "schemas, or types"],
    ["noun", "resource"],
    ["nouns", "resources"],
    ["party", "contact"],
    ["parties", "contacts"],
    ["guard", "precondition"],
    ["guarded", "conditional"],
    ["share", "coalesce"],
    ["shared", "coalesced"],
    ["finds", "search"],
    ["patient", "waiting"],
    ["patience", "timeout"],
    ["told", "reported"],
    ["swift", "fast"],
  ].map(([word, instead, except = []]) => [String(word), { instead: String(instead), except: [...except] }]),
);
