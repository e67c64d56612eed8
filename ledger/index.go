package ledger

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"hearsay"
)

// The indexes of words, of voices and of IDs are not written with each report
// but for many at once, in order. Until then the report is in the table
// pending, in the transaction that adds it, so that nothing is forgotten. Every
// question that needs an index first brings it up to date.

// An entry is what the indexes have of one statement.
type entry struct {
	statement          int64
	id                 string
	content, who, tags string // of words, folded
	voices             [][2]string
}

// between stands between two names, so that no phrase goes from one to the next.
const between = "hearsaybetween"

// entryOf makes the entry of a statement.
func entryOf(key int64, id, content string, j *statementJSON, day, outlet, lang string) (*entry, error) {
	e := &entry{statement: key, id: id, content: fold(content)}
	excerpts, err := j.excerpts(content)
	if err != nil {
		return nil, err
	}
	r := hearsay.Record{Excerpts: excerpts}
	tags := dayTags(day)
	add := func(kind, value string) {
		if value != "" {
			tags = append(tags, tag(kind, value))
		}
	}
	add("quoting", string(j.Quoting))
	add("mode", string(j.Mode))
	add("force", string(j.Force))
	add("lang", lang)
	add("outlet", outlet)
	for _, k := range j.Checks {
		add("finding", string(k.Finding))
	}
	var who []string
	name := func(m *mentionJSON) {
		words := m.Name
		if words == "" {
			words, _, _ = r.Words(m.At.span())
		} else {
			e.voices = append(e.voices, [2]string{fold(m.Name), m.Name})
			add("speaker", m.Name)
		}
		who = append(who, fold(words))
	}
	if j.Speaker != nil {
		name(j.Speaker)
	}
	for i := range j.Also {
		name(&j.Also[i].mentionJSON)
	}
	slices.Sort(tags)
	e.tags = strings.Join(slices.Compact(tags), " ")
	e.who = strings.Join(who, " "+between+" ")
	return e, nil
}

// tag is a word that stands for a value of a field: two values that fold to the
// same have the same one.
func tag(kind, value string) string {
	v := strings.ReplaceAll(fold(value), " ", "")
	if kind == "speaker" || kind == "outlet" || len(v) > 40 || !ascii(v) {
		sum := sha256.Sum256([]byte(fold(value)))
		v = hex.EncodeToString(sum[:8])
	}
	return kind + v
}

// dayTags are the words by which the statements of a day, its month and its
// year are found.
func dayTags(day string) []string {
	if len(day) != len("2006-01-02") {
		return []string{"undated"}
	}
	return []string{"y" + day[:4], "m" + day[:4] + day[5:7], "d" + day[:4] + day[5:7] + day[8:]}
}

// hashOf is the part of an ID that the index of IDs holds.
func hashOf(id string) int64 {
	sum := sha256.Sum256([]byte(id))
	return int64(binary.BigEndian.Uint64(sum[:]) >> 1)
}

// settleAtOnce is how many reports one transaction brings into the indexes.
const settleAtOnce = 500

// settle brings the indexes up to date.
func (l *Ledger) settle(ctx context.Context) error {
	for {
		var anyLeft bool
		if err := l.read.QueryRowContext(ctx, anyPending).Scan(&anyLeft); err != nil || !anyLeft {
			return err
		}
		err := l.change(ctx, func(t *tx) error {
			if lock := l.dialect.lock(lockIndex); lock != "" {
				if _, err := t.exec(lock); err != nil {
					return err
				}
			}
			return t.settle()
		})
		if err != nil {
			return err
		}
	}
}

// settle brings some reports into the indexes.
func (t *tx) settle() error {
	documents, err := collect[int64](t.query(somePending+t.l.dialect.forUpdate, settleAtOnce))
	if err != nil {
		return err
	}
	var words, voices, ids [][]any
	for _, number := range documents {
		entries, day, err := t.entries(number)
		if err != nil {
			return err
		}
		for _, e := range entries {
			words = append(words, t.l.dialect.words(e))
			ids = append(ids, []any{hashOf(e.id), e.statement})
			for _, v := range distinct(e.voices) {
				voices = append(voices, []any{v[0], day, e.statement, v[1]})
			}
		}
		if err := t.insert(t.l.dialect.put, t.l.dialect.row, words); err != nil {
			return err
		}
		words = words[:0]
		if _, err := t.exec(deletePending, number); err != nil {
			return err
		}
	}
	slices.SortFunc(ids, func(a, b []any) int {
		return cmp.Or(cmp.Compare(a[0].(int64), b[0].(int64)), cmp.Compare(a[1].(int64), b[1].(int64)))
	})
	slices.SortFunc(voices, func(a, b []any) int {
		return cmp.Or(strings.Compare(a[0].(string), b[0].(string)), strings.Compare(a[1].(string), b[1].(string)), cmp.Compare(a[2].(int64), b[2].(int64)))
	})
	if err := t.insert(addIDs, idRows, ids); err != nil {
		return err
	}
	return t.insert(addVoices, voiceRows, voices)
}

func distinct(voices [][2]string) [][2]string {
	slices.SortFunc(voices, func(a, b [2]string) int { return cmp.Or(strings.Compare(a[0], b[0]), strings.Compare(a[1], b[1])) })
	return slices.Compact(voices)
}

// entries makes the entries of a document, and returns its day.
func (t *tx) entries(document int64) ([]*entry, string, error) {
	var day, outlet, lang string
	if err := t.row(headOfDocument, document).Scan(&day, &outlet, &lang); err != nil {
		return nil, "", err
	}
	from, to := keys(document)
	rows, err := t.query(statementsToSay, from, to)
	if err != nil {
		return nil, "", err
	}
	defer rows.Close()
	var entries []*entry
	for rows.Next() {
		var key int64
		var id, content, rest string
		if err := rows.Scan(&key, &id, &content, &rest); err != nil {
			return nil, "", err
		}
		var j statementJSON
		if err := decode([]byte(rest), &j, "statement "+id); err != nil {
			return nil, "", err
		}
		e, err := entryOf(key, id, content, &j, day, outlet, lang)
		if err != nil {
			return nil, "", err
		}
		entries = append(entries, e)
	}
	return entries, day, rows.Err()
}

// unindex takes a document out of the indexes, which have it.
func (t *tx) unindex(document int64) error {
	entries, day, err := t.entries(document)
	if err != nil {
		return err
	}
	for _, e := range entries {
		if _, err := t.exec(deleteWords, e.statement); err != nil {
			return err
		}
		if _, err := t.exec(deleteID, hashOf(e.id), e.statement); err != nil {
			return err
		}
		for _, v := range e.voices {
			if _, err := t.exec(deleteVoice, v[0], day, e.statement); err != nil {
				return err
			}
		}
	}
	return nil
}

// Rebuild throws away what is derived from the reports and makes it again.
func (l *Ledger) Rebuild(ctx context.Context) error {
	err := l.change(ctx, func(t *tx) error {
		if lock := l.dialect.lock(lockIndex); lock != "" {
			if _, err := t.exec(lock); err != nil {
				return err
			}
		}
		for _, q := range append([]string{l.dialect.noWords, `DELETE FROM voice`, `DELETE FROM statement_id`, allPending}, unlinkAll...) {
			if _, err := t.exec(q); err != nil {
				return err
			}
		}
		return nil
	})
	if err == nil {
		err = l.settle(ctx)
	}
	if err == nil {
		err = l.link(ctx)
	}
	return err
}
