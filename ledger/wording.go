package ledger

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/binary"
	"fmt"
	"slices"
	"strings"
	"time"

	"hearsay"
	"hearsay/compare"
)

// A wording is what statements have in common that say the same in the same
// words, by the same speaker, on the same day. Wordings rather than statements
// are compared: what two wordings are to one another depends on nothing else,
// and a quotation that a thousand reports have is compared once.
type wording struct {
	number int64 // numberOf
	keys   []uint32
	plain  int           // so many of keys, the first, are of words alone
	who    int64         // whoOf
	said   *compare.Said // nil until it is needed
	fresh  bool          // not yet stored
	lost   bool          // no statement has it any more
	shared sharing       // with the wording whose candidates are looked for
}

// dayBits is how many bits of the number of a wording are for its words. Those
// above are for its day, so that what is compared is stored together.
const dayBits = 46

// The days that a number tells apart: 359 years. What lies before and behind
// them counts as their first and last day. Day 0 is for what has no date.
const (
	firstDay = "1800-01-01"
	mostDay  = 1<<17 - 1
)

var dayOne = func() time.Time {
	t, _ := time.Parse(time.DateOnly, firstDay)
	return t
}()

func dayNumber(day string) int64 {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		return 0
	}
	return min(max(1+int64(t.Sub(dayOne).Hours()/24), 1), mostDay)
}

func dayOfWording(number int64) int64 { return number >> dayBits }

// numberOf returns the number of the wording of a statement. All that
// compare.Wording looks at is part of it.
func numberOf(s *compare.Said) int64 {
	day, published := s.On.To, dayOf(s.Published)
	if day == "" {
		day = s.On.From
	}
	switch {
	case day == "":
		day = published
	case published != "" && day > published: // "this year", told in March
		day = published
	default:
		published = ""
	}
	h := sha256.New()
	for _, part := range []string{
		s.Text, s.Speaker.Name, s.Speaker.Role, string(s.Speaker.Kind), string(s.Quoting), string(s.Force), fmt.Sprint(s.Negated), s.Lang,
		s.On.From, s.On.To, published,
	} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	sum := h.Sum(nil)
	return dayNumber(day)<<dayBits | int64(binary.BigEndian.Uint64(sum)>>(64-dayBits))
}

// whoOf stands for all that compare.Names looks at of the speaker of a statement.
func whoOf(s *compare.Said) int64 {
	h := sha256.New()
	for _, part := range []string{s.Speaker.Name, s.Speaker.Role, string(s.Speaker.Kind), s.Speaker.Lang} {
		fmt.Fprintf(h, "%d:%s", len(part), part)
	}
	return int64(binary.BigEndian.Uint64(h.Sum(nil)) >> 1)
}

// saidJSON are the fields of statementJSON that are compared.
type saidJSON struct {
	Quoting hearsay.Quoting `json:"quoting"`
	Force   hearsay.Force   `json:"force"`
	Negated bool            `json:"negated"`
	Content []span          `json:"content"`
	Speaker *mentionJSON    `json:"speaker"`
	When    *momentJSON     `json:"when"`
}

// said returns what there is to compare of a statement. It does without the
// text of the report: the pieces of the content are spans of the column content.
func (j *saidJSON) said(content, day, lang string) compare.Said {
	s := hearsay.Statement{Quoting: j.Quoting, Force: j.Force, Negated: j.Negated, When: j.When.moment()}
	if j.Speaker != nil {
		s.Speaker = &hearsay.Mention{Name: j.Speaker.Name, Role: j.Speaker.Role, Kind: j.Speaker.Kind}
	}
	at := 0
	for _, piece := range j.Content {
		end := min(at+piece[1]-piece[0], len(content))
		s.Content = append(s.Content, hearsay.Span{Start: min(at, end), End: end})
		at = end + len(gap)
	}
	doc := hearsay.Document{Text: content, Lang: lang}
	doc.Published, _ = time.Parse(time.DateOnly, day)
	return compare.Of(&doc, &s)
}

// said returns what there is to compare of a statement.
func (j *statementJSON) said(content, day, lang string) compare.Said {
	some := saidJSON{j.Quoting, j.Force, j.Negated, j.Content, j.Speaker, j.When}
	return some.said(content, day, lang)
}

// scanSaid reads content, rest, day and language of a statement.
func scanSaid(rows *sql.Rows, first ...any) (compare.Said, error) {
	var content, rest, day, lang string
	if err := rows.Scan(append(first, &content, &rest, &day, &lang)...); err != nil {
		return compare.Said{}, err
	}
	var j saidJSON
	if err := decode([]byte(rest), &j, "a statement"); err != nil {
		return compare.Said{}, err
	}
	return j.said(content, day, lang), nil
}

// fill reads what the wordings say that have not been read. One that no
// statement has is lost.
func (l *Ledger) fill(ctx context.Context, t *sql.Tx, wordings []*wording) error {
	var missing []*wording
	for _, w := range wordings {
		if w.said == nil && !w.lost {
			missing = append(missing, w)
		}
	}
	for ; len(missing) > 0; missing = missing[min(recordsAtOnce, len(missing)):] {
		some := missing[:min(recordsAtOnce, len(missing))]
		byNumber := make(map[int64]*wording, len(some))
		values := make([]any, len(some))
		for i, w := range some {
			values[i], byNumber[w.number] = w.number, w
		}
		rows, err := t.QueryContext(ctx, l.dialect.sql(saidOfWordings+marksFor(len(some))), values...)
		if err != nil {
			return err
		}
		for rows.Next() {
			var number int64
			said, err := scanSaid(rows, &number)
			if err != nil {
				rows.Close()
				return err
			}
			byNumber[number].said = &said
		}
		if err := rows.Close(); err != nil {
			return err
		}
		for _, w := range some {
			w.lost = w.said == nil
		}
	}
	return nil
}

// marksFor is a list of n values.
func marksFor(n int) string { return "(?" + strings.Repeat(", ?", n-1) + ")" }

// keysOf returns the keys of what was said, in the length that is stored: first
// those of its words alone, and how many these are.
func keysOf(s *compare.Said) (keys []uint32, plain int) {
	all, unsaid := compare.Keys(*s), *s
	unsaid.Speaker = compare.Known{}
	keys = make([]uint32, 0, len(all))
	words := compare.Keys(unsaid)
	for _, k := range all {
		if slices.Contains(words, k) {
			keys = append(keys, uint32(k>>32))
		}
	}
	plain = len(keys)
	for _, k := range all {
		if !slices.Contains(words, k) {
			keys = append(keys, uint32(k>>32))
		}
	}
	return keys, plain
}

// plainKey is 1 for a key of words alone, 0 for others.
func (w *wording) plainKey(i int) int {
	if i < w.plain {
		return 1
	}
	return 0
}

// packKeys is the keys of a wording as they are stored.
func (w *wording) packKeys() []byte {
	out := make([]byte, 1, 1+4*len(w.keys))
	out[0] = byte(w.plain)
	for _, k := range w.keys {
		out = binary.BigEndian.AppendUint32(out, k)
	}
	return out
}

func unpackKeys(stored []byte) (keys []uint32, plain int) {
	if len(stored) == 0 {
		return nil, 0
	}
	keys = make([]uint32, len(stored)/4)
	for i := range keys {
		keys[i] = binary.BigEndian.Uint32(stored[1+4*i:])
	}
	return keys, int(stored[0])
}
