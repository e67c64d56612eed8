package ledger

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// An expression is what the index of words is asked for: all of its clauses
// have to fit.
type expression []clause

// A clause fits where one of its phrases does.
type clause struct {
	column  string // content, who or tags
	phrases []phrase
}

// A phrase is words in a row; the last one may be the beginning of a word.
type phrase struct {
	words  []string
	prefix bool
}

// words is what a person asks for as clauses: words that all have to be there,
// "words in a row" in quotation marks, and the beginnings of words*. Whatever is
// no letter and no digit parts words. It is false where no word is left though
// something was asked for.
func words(asked string) (expression, bool) {
	var out expression
	add := func(part string, prefix bool) {
		if p := strings.Fields(fold(part)); len(p) > 0 {
			out = append(out, clause{"content", []phrase{{p, prefix || strings.HasSuffix(part, "*")}}})
		}
	}
	parts := strings.Split(marks.Replace(asked), `"`)
	for i, part := range parts {
		if quoted := i%2 == 1; quoted {
			add(part, i+1 < len(parts) && strings.HasPrefix(parts[i+1], "*"))
			continue
		}
		for word := range strings.FieldsSeq(part) {
			add(word, false)
		}
	}
	return out, len(out) > 0 || strings.TrimFunc(asked, unicode.IsSpace) == ""
}

var marks = strings.NewReplacer("“", `"`, "”", `"`, "„", `"`, "«", `"`, "»", `"`)

// tagged is the clause of one value of a field.
func tagged(kind, value string) clause {
	return clause{"tags", []phrase{{words: []string{tag(kind, value)}}}}
}

// fts5 is the expression as SQLite's FTS5 reads it. Words are letters and
// digits, so nothing in it can be taken for an operator.
func (x expression) fts5() string {
	var all []string
	for _, c := range x {
		var any []string
		for _, p := range c.phrases {
			s := `"` + strings.Join(p.words, " ") + `"`
			if p.prefix {
				s += " *"
			}
			any = append(any, s)
		}
		all = append(all, c.column+" : ("+strings.Join(any, " OR ")+")")
	}
	return strings.Join(all, " AND ")
}

// Lexemes of PostgreSQL are told apart by what stands before them.
var columnMarks = map[string]string{"content": "", "who": ">", "tags": "="}

// tsquery is the expression as PostgreSQL reads it.
func (x expression) tsquery() string {
	var all []string
	for _, c := range x {
		var any []string
		for _, p := range c.phrases {
			lexemes := make([]string, len(p.words))
			for i, w := range p.words {
				lexemes[i] = "'" + columnMarks[c.column] + w + "'"
			}
			if p.prefix {
				lexemes[len(lexemes)-1] += ":*"
			}
			any = append(any, "("+strings.Join(lexemes, " <-> ")+")")
		}
		all = append(all, "("+strings.Join(any, " | ")+")")
	}
	return strings.Join(all, " & ")
}

// PostgreSQL counts words up to 16383 and holds a megabyte of them: what a
// statement has beyond is not found.
const (
	mostPositions = 16383
	mostLexemes   = 500_000 // bytes
)

// tsvector is the entry as PostgreSQL reads it.
func (e *entry) tsvector() string {
	var b strings.Builder
	at := 0
	for _, column := range []struct{ mark, words string }{{"=", e.tags}, {">", e.who}, {"", e.content}} {
		for word := range strings.FieldsSeq(column.words) {
			if at++; at > mostPositions || b.Len() > mostLexemes {
				return b.String()
			}
			b.WriteString("'" + column.mark + word + "':" + strconv.Itoa(at) + " ")
		}
		at++ // no phrase goes from one to the next
	}
	return b.String()
}

// days are the tags of the days from one to another, both included; "" is open.
// They are those of whole years and months where that can be.
func days(from, to string) ([]phrase, error) {
	from, to = cmp.Or(from, "0001-01-01"), cmp.Or(to, "9999-12-31")
	for _, day := range []string{from, to} {
		if _, err := parseDay(day); err != nil {
			return nil, err
		}
	}
	var out []phrase
	if from <= to {
		cover(from, to, func(word string, prefix bool) { out = append(out, phrase{[]string{word}, prefix}) })
	}
	if len(out) == 0 {
		out = append(out, phrase{words: []string{"never"}})
	}
	slices.SortStableFunc(out, func(a, b phrase) int { return len(a.words[0]) - len(b.words[0]) }) // the longest time first
	return out, nil
}

// cover calls add with the tags of the days from one to another: decades and
// centuries as the beginnings of years, years, months and days.
func cover(from, to string, add func(word string, prefix bool)) {
	a, b := compact(from), compact(to)
	var within func(prefix string)
	within = func(prefix string) {
		low, high := prefix+"00000000"[len(prefix):], prefix+"99999999"[len(prefix):]
		if len(prefix) == 6 { // the last day of any month is 31 or less, the last month 12
			low, high = prefix+"01", prefix+"31"
		} else if len(prefix) == 4 {
			low, high = prefix+"0101", prefix+"1231"
		} else if len(prefix) < 4 {
			low, high = prefix+"0000"[len(prefix):]+"0101", prefix+"9999"[len(prefix):]+"1231"
		}
		switch {
		case high < a || low > b:
		case low >= a && high <= b:
			add(timeTag(prefix))
		default:
			for _, next := range parts(prefix) {
				within(prefix + next)
			}
		}
	}
	within("")
}

// parts are the digits that go on with a prefix of YYYYMMDD.
func parts(prefix string) []string {
	n := 10
	first, width := 0, 1
	switch len(prefix) {
	case 4:
		first, n, width = 1, 12, 2
	case 6:
		first, n, width = 1, 31, 2
	}
	out := make([]string, 0, n)
	for i := first; i < first+n; i++ {
		out = append(out, fmt.Sprintf("%0*d", width, i))
	}
	return out
}

func timeTag(prefix string) (word string, isPrefix bool) {
	switch len(prefix) {
	case 8:
		return "d" + prefix, false
	case 6:
		return "m" + prefix, false
	case 4:
		return "y" + prefix, false
	}
	return "y" + prefix, true
}

func compact(day string) string { return strings.ReplaceAll(day, "-", "") }
