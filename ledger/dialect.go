package ledger

import (
	"strconv"
	"strings"
)

// A dialect is what differs between the two databases. All SQL is written once,
// with ? for its values and with the words in braces that types replaces.
type dialect struct {
	name      string
	types     *strings.Replacer
	numbered  bool   // values are $1, $2 ... rather than ?
	forUpdate string // behind a SELECT whose rows are about to be changed
	schema    string // the index of words
	again     string // makes it anew from format 3, with what is indexed with it
	noWords   string // empties it

	key     string                     // its column that holds the number of the statement
	words   func(e *entry) []any       // the values of its row
	put     string                     // INSERT of a row, up to VALUES
	row     string                     // the values of a row
	match   string                     // the condition that a row fits a query
	matched func(q expression) string  // the value of that condition
	lock    func(key int64) (q string) // takes a lock that the transaction holds; "" where a transaction is alone anyway
}

// sql returns a statement as the database wants it.
func (d *dialect) sql(q string) string {
	if strings.IndexByte(q, '{') >= 0 {
		q = d.types.Replace(q)
	}
	if !d.numbered {
		return q
	}
	var b strings.Builder
	n := 0
	for {
		before, after, found := strings.Cut(q, "?")
		b.WriteString(before)
		if !found {
			return b.String()
		}
		n++
		b.WriteString("$" + strconv.Itoa(n))
		q = after
	}
}

// Beginnings of words of two to four letters have an index of their own:
// so many words begin so that to go through them all would take long.
const wordsOfSQLite = `CREATE VIRTUAL TABLE words USING fts5(content, who, tags, content='', contentless_delete=1, tokenize="unicode61 remove_diacritics 0", prefix='2 3 4')`

var sqlite = &dialect{
	name: "SQLite",
	types: strings.NewReplacer("{number}", "INTEGER PRIMARY KEY", "{text}", "TEXT", "{int}", "INTEGER",
		"{bytes}", "BLOB", "{real}", "REAL", "{clustered}", " WITHOUT ROWID", "{key}", "rowid"),
	schema: wordsOfSQLite,
	again: `DROP TABLE words;
		` + wordsOfSQLite + `;
		DELETE FROM voice;
		DELETE FROM statement_id;
		` + allPending,
	noWords: `INSERT INTO words(words) VALUES('delete-all')`,
	key:     "rowid",
	put:     "INSERT INTO words(rowid, content, who, tags) VALUES ",
	row:     "(?, ?, ?, ?)",
	words:   func(e *entry) []any { return []any{e.statement, e.content, e.who, e.tags} },
	match:   "words MATCH ?",
	matched: expression.fts5,
	lock:    func(int64) string { return "" },
}

var postgres = &dialect{
	name: "PostgreSQL",
	types: strings.NewReplacer("{number}", "BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY", "{text}", `TEXT COLLATE "C"`, "{int}", "BIGINT",
		"{bytes}", "BYTEA", "{real}", "DOUBLE PRECISION", "{clustered}", "", "{key}", "statement"),
	numbered:  true,
	forUpdate: " FOR UPDATE",
	schema: `CREATE TABLE words (statement BIGINT PRIMARY KEY, terms TSVECTOR NOT NULL);
		CREATE INDEX words_terms ON words USING gin(terms)`,
	noWords: `DELETE FROM words`,
	key:     "statement",
	put:     "INSERT INTO words(statement, terms) VALUES ",
	row:     "(?, ?::tsvector)",
	words:   func(e *entry) []any { return []any{e.statement, e.tsvector()} },
	match:   "terms @@ ?::tsquery",
	matched: expression.tsquery,
	lock:    func(key int64) string { return "SELECT pg_advisory_xact_lock(" + strconv.FormatInt(key, 10) + ")" },
}
