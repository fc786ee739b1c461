/** The standard term to use instead of a banned word, and the paths where the word is allowed in its usual meaning. */
interface BannedWord {
  readonly instead: string;
  readonly except: readonly string[];
}

/** Words that must not occur in the names of files and exports, because the field has a standard term. */
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
    ["rehearsal", "dry run"],
    ["rehearsed", "dry run"],
    ["crowd", "load"],
    ["sane", "valid"],
    ["twin", "peer, or copy"],
  ].map(([word, instead, except = []]) => [String(word), { instead: String(instead), except: [...except] }]),
);
