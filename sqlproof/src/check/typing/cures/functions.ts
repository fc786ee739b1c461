/** Functions that MariaDB alone has, and what to write instead. */
const mariadbs: readonly (readonly [names: string, cure: string])[] = [
  [
    "DATEDIFF TIMESTAMPDIFF PERIOD_DIFF TO_DAYS TO_SECONDS",
    "compute the time in code and compare with it, such as x < :limit::datetime, or select both and count in code",
  ],
  [
    "DATE_ADD DATE_SUB ADDDATE SUBDATE ADDTIME SUBTIME TIMESTAMPADD PERIOD_ADD MAKEDATE MAKETIME FROM_DAYS STR_TO_DATE FROM_UNIXTIME CONVERT_TZ TIMESTAMP",
    "compute the time in code and pass it as a parameter",
  ],
  ["CURDATE CURTIME SYSDATE UTC_DATE UTC_TIME UTC_TIMESTAMP LOCALTIME LOCALTIMESTAMP", "pass the time as a parameter"],
  ["UNIX_TIMESTAMP", "select the datetime and convert it in code"],
  ["QUARTER", "write (MONTH(x) + 2) DIV 3"],
  ["TIME_TO_SEC", "write HOUR(x) * 3600 + MINUTE(x) * 60 + SECOND(x)"],
  ["DAYNAME", "select the date and name its day in code"],
  ["MONTHNAME", "select MONTH(x) and name it in code"],
  [
    "DAYOFWEEK WEEKDAY WEEK WEEKOFYEAR YEARWEEK DAYOFYEAR LAST_DAY MICROSECOND SEC_TO_TIME",
    "select the date and compute in code",
  ],
  ["TIME_FORMAT", "select the datetime and format it in code"],
  ["LEFT", "write SUBSTR(x, 1, n)"],
  ["RIGHT", "write SUBSTR(x, GREATEST(CHAR_LENGTH(x) - n + 1, 1))"],
  ["MID", "write SUBSTR(x, place, length)"],
  ["LOCATE POSITION", "write INSTR(text, part)"],
  ["UCASE LCASE", "change the case in code"],
  [
    "LPAD RPAD REVERSE REPEAT SPACE INSERT SUBSTRING_INDEX EXPORT_SET MAKE_SET REGEXP_REPLACE REGEXP_SUBSTR",
    "select the text and change it in code",
  ],
  ["ASCII ORD BIT_LENGTH REGEXP_INSTR", "select the text and look at it in code"],
  ["STRCMP", "write CASE WHEN a < b THEN -1 WHEN a > b THEN 1 ELSE 0 END"],
  ["FIELD", "write CASE x WHEN 'a' THEN 1 WHEN 'b' THEN 2 ELSE 0 END"],
  ["ELT", "write CASE n WHEN 1 THEN 'a' WHEN 2 THEN 'b' END"],
  ["FIND_IN_SET", "write ',' || list || ',' LIKE '%,' || x || ',%', or store the members in a table"],
  ["IF", "write CASE WHEN .. THEN .. ELSE .. END"],
  ["ISNULL", "write x IS NULL"],
  ["NVL", "write COALESCE(a, b)"],
  ["DEFAULT", "write the value itself"],
  ["NVL2", "write CASE WHEN x IS NULL THEN c ELSE b END"],
  ["DECODE", "write CASE x WHEN .. THEN .. END"],
  [
    "CONV BIN OCT CRC32 MD5 SHA SHA1 SHA2 AES_ENCRYPT AES_DECRYPT ENCRYPT PASSWORD COMPRESS UNCOMPRESS TO_BASE64 FROM_BASE64 INET_ATON INET_NTOA INET6_ATON INET6_NTOA BIT_COUNT BIT_AND BIT_OR BIT_XOR STD STDDEV STDDEV_POP STDDEV_SAMP VARIANCE VAR_POP VAR_SAMP MEDIAN COT",
    "compute in code",
  ],
  ["CONVERT", "write CAST(x AS CHAR) of a whole number or date, or convert in code"],
  ["UUID UUID_SHORT SYS_GUID RANDOM_BYTES", "generate it in code"],
  ["LAST_INSERT_ID", "write INSERT .. RETURNING id"],
  ["ROW_COUNT", "read what run() returns"],
  ["FOUND_ROWS", "count the rows in a query of its own"],
  ["DATABASE SCHEMA VERSION USER CURRENT_USER SESSION_USER SYSTEM_USER CONNECTION_ID", "pass it as a parameter"],
  [
    "JSON_VALUE JSON_QUERY",
    "select the text and parse it in code, or write sql({ mariadb, sqlite }) with JSON_EXTRACT on SQLite",
  ],
  [
    "JSON_EXISTS JSON_CONTAINS JSON_CONTAINS_PATH JSON_SEARCH JSON_UNQUOTE JSON_LENGTH JSON_KEYS JSON_DEPTH JSON_MERGE JSON_MERGE_PATCH JSON_MERGE_PRESERVE JSON_ARRAY_APPEND JSON_COMPACT JSON_DETAILED JSON_LOOSE JSON_EQUALS JSON_NORMALIZE JSON_OVERLAPS JSON_ARRAYAGG JSON_OBJECTAGG",
    "select the text and parse it in code, or write sql({ mariadb, sqlite })",
  ],
  ["SLEEP BENCHMARK", "wait in code"],
  ["GET_LOCK RELEASE_LOCK IS_FREE_LOCK", "lock a row with FOR UPDATE"],
];

/** Functions that SQLite alone has. */
const sqlites: readonly (readonly [names: string, cure: string])[] = [
  ["JULIANDAY UNIXEPOCH", "select the datetime and compute in code"],
  ["DATETIME", "compute the time in code and pass it as a parameter"],
  ["IIF", "write CASE WHEN .. THEN .. ELSE .. END"],
  ["TOTAL", "write COALESCE(SUM(x), 0)"],
  ["PRINTF", "format in code"],
  ["TYPEOF", "leave it out: the type of a column is known"],
  ["UNICODE", "select the text and look at it in code"],
  ["RANDOMBLOB ZEROBLOB", "generate it in code"],
  ["LAST_INSERT_ROWID", "write INSERT .. RETURNING id"],
  ["CHANGES TOTAL_CHANGES", "read what run() returns"],
  ["SQLITE_VERSION", "pass it as a parameter"],
  ["LIKELY UNLIKELY LIKELIHOOD", "leave it out"],
  [
    "JSON_ARRAY_LENGTH JSON_PATCH JSON_GROUP_ARRAY JSON_GROUP_OBJECT JSON_ERROR_POSITION",
    "select the text and parse it in code, or write sql({ mariadb, sqlite })",
  ],
  ["STRING_AGG", "select the rows and join in code"],
];

/** Floating-point functions, whose last digits no engine promises. */
const floats =
  "EXP LN POW POWER SQRT SIN COS TAN ASIN ACOS ATAN ATAN2 DEGREES RADIANS LOG2 LOG10 PERCENT_RANK CUME_DIST";

/** Functions and operators that both have, and compute differently. */
const unlike: readonly (readonly [name: string, message: string])[] = [
  [
    "AVG",
    "MariaDB keeps digits of an average that SQLite does not have: write ROUND(AVG(x), 2), or select AVG(x) on its own",
  ],
  [
    "/",
    "MariaDB keeps digits of a quotient that SQLite does not have: write ROUND(a / b, 2), a DIV b for whole numbers, or select a / b on its own",
  ],
  [
    "GROUP_CONCAT",
    "GROUP_CONCAT joins in another order on each engine, and cuts the text on MariaDB: select the rows and join in code",
  ],
  ["CONCAT", "CONCAT with a NULL is NULL on MariaDB and skips it on SQLite: write a || b, or COALESCE(a, '')"],
  ["CONCAT_WS", "CONCAT_WS differs with NULL separators and collations: write a || b"],
  ["LENGTH", "LENGTH counts bytes on MariaDB and characters on SQLite: write CHAR_LENGTH(text)"],
  ["OCTET_LENGTH", "OCTET_LENGTH is not on every SQLite: write CHAR_LENGTH(text), or count bytes in code"],
  ["UPPER", "UPPER handles all letters on MariaDB and only ASCII on SQLite: change the case in code"],
  ["LOWER", "LOWER handles all letters on MariaDB and only ASCII on SQLite: change the case in code"],
  ["REPLACE", "REPLACE by NULL keeps a text in which nothing is found on MariaDB alone: write COALESCE(.., '')"],
  ["ROUND", "ROUND takes a decimal, a / b or AVG(x), and a literal number of places that is less than its own"],
  ["NOW", "NOW() is not portable: pass the time as a parameter"],
  ["CURRENT_TIMESTAMP", "CURRENT_TIMESTAMP is each engine's own clock: pass the time as a parameter"],
  ["CURRENT_DATE", "CURRENT_DATE is a date on MariaDB and text on SQLite: pass the time as a parameter"],
  ["CURRENT_TIME", "CURRENT_TIME is a time on MariaDB and text on SQLite: pass the time as a parameter"],
  ["DATE", "DATE() takes a datetime: a date needs no DATE(), and each engine reads other texts as dates"],
  ["TIMEDIFF", "TIMEDIFF gives a time on MariaDB and text on SQLite: select both times and compute in code"],
  ["STRFTIME", "strftime is SQLite only: use YEAR, MONTH, DAY or SUBSTR on the date"],
  ["DATE_FORMAT", "DATE_FORMAT is MariaDB only: use YEAR, MONTH, DAY or SUBSTR on the date"],
  ["TO_CHAR", "TO_CHAR is MariaDB only: use YEAR, MONTH, DAY or SUBSTR on the date"],
  ["RANDOM", "RANDOM() is a different number on each engine: generate it in code"],
  ["RAND", "RAND() is a different number on each engine: generate it in code"],
  ["MOD", "MOD() is a float on SQLite: write it of whole numbers"],
  ["CEIL", "CEIL() is a float on SQLite: write it of a decimal"],
  ["CEILING", "CEILING() is a float on SQLite: write it of a decimal"],
  ["FLOOR", "FLOOR() is a float on SQLite: write it of a decimal"],
  ["FORMAT", "FORMAT() groups digits on MariaDB and is printf on SQLite: format in code"],
  ["CHAR", "CHAR() gives bytes on MariaDB and characters on SQLite: use a parameter"],
  ["HEX", "HEX of a number differs on each engine, and of a text it is left out: only HEX of bytes is portable"],
  ["UNHEX", "UNHEX gives text on MariaDB and bytes on SQLite: use a parameter"],
  ["LOG", "LOG is the natural logarithm on MariaDB and base 10 on SQLite: compute in code"],
  ["PI", "PI() has six places on MariaDB and fifteen on SQLite: use a parameter"],
  ["QUOTE", "QUOTE writes NULL and backslashes differently: it has no use beside parameters"],
  ["SOUNDEX", "SOUNDEX has another length on each engine: compute in code"],
  ["TIME", "TIME() parses differently on each engine: use HOUR, MINUTE, SECOND or SUBSTR"],
  ["TRUNCATE", "TRUNCATE takes a decimal and a literal number of places that is less than its own"],
  ["NTILE", "NTILE is left out: number the rows with ROW_NUMBER and divide in code"],
  ["NTH_VALUE", "NTH_VALUE is left out: number the rows with ROW_NUMBER in a query in FROM"],
  ["VALUES", "VALUES(column) is MariaDB's: write excluded.column"],
];

function owned(engine: string, rows: typeof mariadbs): [string, string][] {
  return rows.flatMap(([names, cure]) =>
    names.split(" ").map((name): [string, string] => [name, `${name} is ${engine}'s: ${cure}`]),
  );
}

/** What to write instead of an operator or function that has no row, or none for these types, by its name. */
export const functionCures: ReadonlyMap<string, string> = new Map([
  ...owned("MariaDB", mariadbs),
  ...owned("SQLite", sqlites),
  ...floats.split(" ").map((name): [string, string] => [name, `${name} is a float: compute in code`]),
  ...unlike,
]);
