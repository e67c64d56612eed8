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
	if kind, ok := strings.CutPrefix(name, "kind "); ok {
		for s := range strings.FieldsSeq(words) {
			l.kinds[s] = append(l.kinds[s], kind)
		}
		return nil
	}
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
	case "place", "many", "firm", "club", "company", "clubside", "body", "blank", "person", "honorific", "compass", "trades", "clubtoo", "duty", "crimes", "tried", "accuses", "folk", "apart", "corp":
		set := map[string]map[string]bool{
			"place": l.places, "many": l.many, "firm": l.firms, "club": l.clubs, "company": l.companies, "clubside": l.sides, "body": l.bodyNouns, "blank": l.blanks,
			"person": l.persons, "honorific": l.honorifics, "compass": l.compass, "trades": l.trades, "clubtoo": l.clubsToo, "duty": l.duties, "crimes": l.crimes, "tried": l.tried, "accuses": l.accuses, "folk": l.folk, "apart": l.apart, "corp": l.corps,
		}[name]
		for s := range strings.FieldsSeq(words) {
			set[plain(s)] = true
			if name == "corp" {
				set[plain(strings.ToLower(s))] = true
			}
		}
		return nil
	case "firmside", "sideside":
		for s := range strings.FieldsSeq(words) {
			l.firmOffices[s] = map[string]string{"firmside": companyKey, "sideside": sideKey}[name]
		}
		return nil
	case "letters":
		for s := range strings.FieldsSeq(words) {
			l.letters[s] = true
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

// articled reports whether a word is a name that begins with an Arabic article in small
// letters: "al-Masri".
func (a *analysis) articled(i int) bool {
	first, rest, ok := strings.Cut(a.ts[i].In(a.text), "-")
	if !ok || len(first) != 2 || !capitalised(rest) {
		return false
	}
	return arabic[first]
}

// arabic are the forms of the Arabic article before a name.
var arabic = map[string]bool{"al": true, "el": true, "ad": true, "an": true, "ar": true, "as": true, "at": true, "az": true}

// nickAt returns the token behind a nickname in quotation marks that stands between
// the names of a person, 0 where there is none: William “Bill” Ott.
func (a *analysis) nickAt(i int) int {
	const longest = 2 // words
	if i+3 >= len(a.ts) || a.ts[i].kind != quoteMark || !a.ts[i+1].capital {
		return 0
	}
	for j := i + 1; j+1 < len(a.ts) && j <= i+1+longest && a.ts[j].block == a.ts[i].block; j++ {
		switch {
		case a.ts[j].kind == quoteMark && j > i+1:
			if a.capitalWord(j+1) && a.ts[j+1].block == a.ts[i].block && a.ts[j+1].lex == nil {
				return j + 1
			}
			return 0
		case a.ts[j].kind != wordToken:
			return 0
		}
	}
	return 0
}

// generation reports whether a word tells the elder from the younger: "Jr.", "III".
func (a *analysis) generation(i int) bool {
	switch strings.TrimSuffix(a.ts[i].In(a.text), ".") {
	case "Jr", "Sr", "II", "III", "IV":
		return true
	}
	return false
}

// particles returns the token behind the small words before a surname, which must
// follow: "von der Brandt", "de Wold". It returns 0 where there are none.
func (a *analysis) particles(i int) int {
	const most = 3
	for j := i; j < len(a.ts) && j <= i+most && a.ts[j].block == a.ts[i].block; j++ {
		if j > i && a.ts[j].capital && a.capitalWord(j) {
			return j
		}
		if !a.ts[j].is(nobiliary) {
			break
		}
	}
	return 0
}

// particle reports whether a word of a phrase is one that belongs to the surname behind
// it: "De Wold". "Al" and "Van" may be given names.
func (a *analysis) particle(i int, w words) bool {
	t := &a.ts[i]
	if !t.is(nobiliary) || i+1 >= w.to {
		return false
	}
	low := t.low()
	return !t.capital || a.ts[i+1].is(nobiliary) || low != "al" && low != "van" && low != "del"
}

// prefixed reports whether a word with a hyphen is none of a name but by its place:
// "Co-star", "Ex-wife".
func (a *analysis) prefixed(i int) bool {
	t := &a.ts[i]
	first, rest, ok := strings.Cut(t.In(a.text), "-")
	if !ok || rest == "" || rest[0] < 'a' || rest[0] > 'z' {
		return false
	}
	switch strings.ToLower(first) {
	case "al", "el", "an", "ul", "ibn", "abu", "jean", "anne":
		return false
	}
	w := a.lex.words[strings.ToLower(rest)]
	return w != nil && w.class&(role|group) != 0
}

// compound reports whether a word only says something of the name behind it:
// "Thorn-based", "mother-of-three".
func (a *analysis) compound(i int) bool {
	_, end, ok := strings.Cut(a.text[a.ts[i].Start:a.ts[i].End], "-")
	if !ok {
		return false
	}
	switch end {
	case "based", "backed", "born", "led", "owned", "turned":
		return true
	}
	if w := a.lex.words[strings.ToLower(end)]; w != nil && w.class&role != 0 && capitalised(end) {
		before, _, _ := strings.Cut(a.ts[i].In(a.text), "-")
		first := a.lex.words[strings.ToLower(before)]
		return first != nil && first.class&(role|title) != 0 || before == "Vice" || before == "Deputy" // "Advocate-General"
	}
	return strings.HasPrefix(end, "of-") || end == "in-Chief" || end == "in-chief"
}

// isSurname reports whether a word that could be a title is rather the last
// part of a name: a given name stands before it and no name behind.
func (a *analysis) isSurname(j, from int) bool {
	if j == from {
		return false
	}
	prev := &a.ts[j-1]
	return prev.is(masculine|feminine) && !prev.is(title) && (j+1 >= len(a.ts) || !a.capitalWord(j+1))
}

// lettersAt reports whether token i is a rank or an honour in capitals behind a name:
// "Ann Ott KC".
func (a *analysis) lettersAt(i int) bool {
	return a.ts[i].capital && a.lex.letters[strings.ReplaceAll(a.ts[i].In(a.text), ".", "")]
}

// nick returns the nickname in quotation marks within a name, "" for none.
func (a *analysis) nick(w words) string {
	for i := w.from + 1; i+1 < w.to; i++ {
		if a.ts[i].kind == quoteMark {
			return a.low(a.ts[i+1])
		}
	}
	return ""
}

// almost reports whether two names of five letters or more differ by one
// letter that is put in, left out or replaced.
func almost(a, b string) bool {
	if len(a) > len(b) {
		a, b = b, a
	}
	if len(a) < 5 || len(b)-len(a) > 1 {
		return false
	}
	i := 0
	for i < len(a) && a[i] == b[i] {
		i++
	}
	switch {
	case len(a) < len(b):
		return a[i:] == b[i+1:]
	case i == len(a):
		return true
	}
	return a[i+1:] == b[i+1:]
}

// givenAt reports whether a word is a given name that the lexicon knows.
func (a *analysis) givenAt(i int) bool {
	_, given := a.lex.given[a.low(a.ts[i])]
	return given
}
