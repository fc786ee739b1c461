import type { ParameterToken } from "../parse/tokenize.ts";

/** Where a node stands in the text: from its first character to behind its last. */
export interface Place {
  readonly from: number;
  readonly to: number;
}

export type Expression =
  | NumberLiteral
  | TextLiteral
  | BlobLiteral
  | NullLiteral
  | TruthLiteral
  | Parameter
  | ColumnName
  | Unary
  | Binary
  | NullTest
  | Between
  | InList
  | InQuery
  | Like
  | Case
  | Call
  | Cast
  | Exists
  | Subquery
  | Row;

export interface NumberLiteral extends Place {
  readonly kind: "number";
  readonly text: string;
}

export interface TextLiteral extends Place {
  readonly kind: "text";
  /** Without its quotes, with `''` read as one quote. */
  readonly value: string;
}

/** `x'41'`. */
export interface BlobLiteral extends Place {
  readonly kind: "blob";
}

export interface NullLiteral extends Place {
  readonly kind: "null";
}

/** TRUE or FALSE. */
export interface TruthLiteral extends Place {
  readonly kind: "truth";
  readonly holds: boolean;
}

export interface Parameter extends Place {
  readonly kind: "parameter";
  readonly token: ParameterToken;
}

export interface ColumnName extends Place {
  readonly kind: "column";
  readonly table: string | null;
  readonly name: string;
}

export interface Unary extends Place {
  readonly kind: "unary";
  readonly operator: "-" | "NOT";
  readonly operand: Expression;
}

export type Comparison = "=" | "<>" | "<" | "<=" | ">" | ">=" | "<=>" | "IS DISTINCT FROM";
export type Arithmetic = "+" | "-" | "*" | "/" | "%" | "DIV";

export interface Binary extends Place {
  readonly kind: "binary";
  readonly operator: Comparison | Arithmetic | "||" | "AND" | "OR";
  readonly left: Expression;
  readonly right: Expression;
  /** Where the operator itself stands. */
  readonly sign: Place;
}

/** `IS NULL`, `IS NOT NULL`. */
export interface NullTest extends Place {
  readonly kind: "null-test";
  readonly operand: Expression;
  readonly not: boolean;
}

export interface Between extends Place {
  readonly kind: "between";
  readonly operand: Expression;
  readonly low: Expression;
  readonly high: Expression;
}

export interface InList extends Place {
  readonly kind: "in-list";
  readonly operand: Expression;
  readonly items: readonly Expression[];
}

export interface InQuery extends Place {
  readonly kind: "in-query";
  readonly operand: Expression;
  readonly query: Query;
}

export interface Like extends Place {
  readonly kind: "like";
  readonly operand: Expression;
  readonly pattern: Expression;
  /** The character after ESCAPE. */
  readonly escapedBy: Expression | null;
}

export interface Case extends Place {
  readonly kind: "case";
  /** `CASE subject WHEN value ..`, or null for `CASE WHEN condition ..`. */
  readonly subject: Expression | null;
  readonly branches: readonly { readonly when: Expression; readonly result: Expression }[];
  readonly otherwise: Expression | null;
}

export interface Call extends Place {
  readonly kind: "call";
  /** In capitals. */
  readonly name: string;
  readonly arguments: readonly Expression[];
  readonly star: boolean;
  readonly distinct: boolean;
  readonly over: Over | null;
  /** The condition of SQLite's FILTER (WHERE ..). */
  readonly filter?: Expression;
  /** What one engine alone sorts by inside the call. */
  readonly order?: readonly OrderItem[];
  /** Where the name itself stands. */
  readonly sign: Place;
}

export interface Over extends Place {
  readonly partition: readonly Expression[];
  readonly order: readonly OrderItem[];
  /** `ROWS BETWEEN ..` as it is written, without spaces that say nothing; null when there is none. */
  readonly frame: string | null;
}

export interface Cast extends Place {
  readonly kind: "cast";
  readonly operand: Expression;
  /** In capitals. */
  readonly type: string;
}

export interface Exists extends Place {
  readonly kind: "exists";
  readonly query: Query;
}

/** A query in brackets as one value. */
export interface Subquery extends Place {
  readonly kind: "subquery";
  readonly query: Query;
}

/** `(a, b)`. */
export interface Row extends Place {
  readonly kind: "row";
  readonly items: readonly Expression[];
}

/** A SELECT, or several joined by set operators, with what follows them. */
export interface Query extends Place {
  readonly recursive: boolean;
  readonly tables: readonly CommonTable[];
  readonly first: Select;
  readonly others: readonly { readonly operator: SetOperator; readonly select: Select; readonly sign: Place }[];
  readonly order: readonly OrderItem[];
  readonly limit: Expression | null;
  readonly offset: Expression | null;
}

export type SetOperator = "UNION ALL" | "UNION" | "EXCEPT" | "INTERSECT";

export interface CommonTable extends Place {
  readonly name: string;
  readonly columns: readonly string[] | null;
  readonly query: Query;
}

export interface Select extends Place {
  readonly distinct: boolean;
  readonly items: readonly Item[];
  readonly source: Source | null;
  readonly where: Expression | null;
  readonly group: readonly Expression[];
  /** MariaDB's WITH ROLLUP, whose total has NULL in every grouped column. */
  readonly rollup: boolean;
  readonly having: Expression | null;
}

export type Item =
  | (Place & { readonly kind: "star"; readonly table: string | null })
  | (Place & {
      readonly kind: "value";
      readonly value: Expression;
      /** The alias with its override, such as `total!`; null when there is none. */
      readonly alias: string | null;
    });

export type Source =
  | (Place & { readonly kind: "table"; readonly name: string; readonly alias: string })
  | (Place & {
      readonly kind: "derived";
      readonly query: Query;
      readonly alias: string;
      readonly columns: readonly string[] | null;
    })
  | Join;

export interface Join extends Place {
  readonly kind: "join";
  readonly how: "inner" | "left" | "right" | "full";
  readonly left: Source;
  readonly right: Source;
  readonly on: Expression | null;
  readonly using: readonly string[];
  /** The tables before a comma before it in a text for both engines: to MariaDB, they are none of this join. */
  readonly beside: readonly string[];
}

export interface OrderItem extends Place {
  readonly value: Expression;
  readonly descending: boolean;
}

export interface Assignment extends Place {
  readonly column: string;
  readonly value: Expression;
}

export type SqlStatement = { readonly kind: "select"; readonly query: Query } | Insert | Update | Delete;

export interface Insert {
  readonly kind: "insert";
  readonly table: string;
  readonly columns: readonly string[];
  readonly source:
    | { readonly kind: "rows"; readonly rows: readonly (readonly Expression[])[] }
    | { readonly kind: "query"; readonly query: Query };
  readonly conflict: Conflict | null;
  readonly returning: readonly Item[];
}

/** `ON CONFLICT (columns) DO UPDATE SET ..`; without assignments it is DO NOTHING. */
export interface Conflict extends Place {
  readonly columns: readonly string[];
  readonly assignments: readonly Assignment[];
  readonly where: Expression | null;
}

export interface Update {
  readonly kind: "update";
  readonly table: string;
  readonly alias: string;
  readonly assignments: readonly Assignment[];
  readonly where: Expression | null;
  readonly cut: Cut;
  readonly returning: readonly Item[];
}

/** Which rows come first and how many of them are written, where only MariaDB counts. */
export interface Cut {
  readonly order: readonly OrderItem[];
  readonly limit: Expression | null;
}

export interface Delete {
  readonly kind: "delete";
  readonly table: string;
  readonly where: Expression | null;
  readonly cut: Cut;
  readonly returning: readonly Item[];
}
