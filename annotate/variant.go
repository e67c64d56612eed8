package annotate

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	normal "golang.org/x/text/unicode/norm"
)

// This file holds in how many ways one name is written: short forms, initials,
// accents, slips of the pen.

// givenLine enters a line of given_names.txt, whose names the tagger knows.
func (l *lexicon) givenLine(line string) error {
	if err := l.classLine(line); err != nil {
		return err
	}
	return l.nameLine(line)
}

// nameLine enters a line of names.txt.
func (l *lexicon) nameLine(line string) error {
	name, words, _ := strings.Cut(line, ":")
	sex, into := class(0), l.given
	if verbs, ok := strings.CutPrefix(name, "does "); ok {
		for s := range strings.FieldsSeq(verbs) {
			l.does[s] = strings.Fields(words)
		}
		return nil
	}
	switch name {
	case "m":
		sex = masculine
	case "f":
		sex = feminine
	case "u":
	case "place", "many", "firm", "club", "company", "clubside", "body", "blank", "person", "honorific":
		set := map[string]map[string]bool{
			"place": l.places, "many": l.many, "firm": l.firms, "club": l.clubs, "company": l.companies, "clubside": l.sides, "body": l.bodyNouns, "blank": l.blanks,
			"person": l.persons, "honorific": l.honorifics,
		}[name]
		for s := range strings.FieldsSeq(words) {
			set[plain(s)] = true
		}
		return nil
	case "same":
		key := "=" + strings.Fields(words + " ?")[0]
		for s := range strings.FieldsSeq(words) {
			l.same[s] = key
		}
		return nil
	case "man":
		sex, into = masculine, l.sexes
	case "woman":
		sex, into = feminine, l.sexes
	default:
		return fmt.Errorf("no kind of name %q", name)
	}
	for s := range strings.FieldsSeq(words) {
		into[plain(strings.ToLower(s))] = sex
	}
	return nil
}

// nicknameLine enters a line of nicknames.txt.
func (l *lexicon) nicknameLine(line string) error {
	long, short, ok := strings.Cut(line, ":")
	if !ok {
		return fmt.Errorf("no colon in %q", line)
	}
	for s := range strings.FieldsSeq(strings.ToLower(short)) {
		l.nicknames[s] += "|" + strings.ToLower(long) + "|"
	}
	return nil
}

// sameGiven reports whether two given names can be one person's: the same, a
// short form, an initial, or spelt almost alike.
func (l *lexicon) sameGiven(a, b string) bool {
	if a == b || a == "" || b == "" {
		return true
	}
	if initial(a) || initial(b) {
		return a[0] == b[0]
	}
	return a[0] == b[0] && almost(a, b) ||
		strings.Contains(l.nicknames[a], "|"+b+"|") || strings.Contains(l.nicknames[b], "|"+a+"|")
}

// initial reports whether a word of a name is an initial or two: "J.", "J.R.".
func initial(s string) bool {
	return len(s) == 1 || len(s) <= 4 && len(s) >= 2 && s[1] == '.'
}

// plain returns a word without its accents and with a straight apostrophe.
func plain(s string) string {
	ascii := true
	for i := 0; i < len(s) && ascii; i++ {
		ascii = s[i] < utf8.RuneSelf
	}
	if ascii {
		return s
	}
	var b strings.Builder
	for _, c := range normal.NFD.String(s) {
		switch c {
		case 'ø':
			c = 'o'
		case 'ł':
			c = 'l'
		case 'đ':
			c = 'd'
		case 'ı':
			c = 'i'
		case '’':
			c = '\''
		}
		if !unicode.Is(unicode.Mn, c) {
			b.WriteRune(c)
		}
	}
	return b.String()
}

// within reports whether at most n letters must be put in, left out or replaced
// to make one word of another. Words that differ in their first letter are never
// near.
func within(a, b string, n int) bool {
	const longest = 24
	if a == "" || b == "" || a[0] != b[0] || len(a) > longest || len(b) > longest || len(a)-len(b) > n || len(b)-len(a) > n {
		return false
	}
	var rows [2][longest + 1]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	for i := 1; i <= len(a); i++ {
		row, above := &rows[i%2], &rows[(i+1)%2]
		row[0] = i
		for j := 1; j <= len(b); j++ {
			same := 1
			if a[i-1] == b[j-1] {
				same = 0
			}
			row[j] = min(above[j]+1, row[j-1]+1, above[j-1]+same)
		}
	}
	return rows[len(a)%2][len(b)] <= n
}
