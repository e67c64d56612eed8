package ledger

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// How it is known that one outlet has a statement from another.
type How string

// The ways.
const (
	ByCredit How = "credit"   // an agency in the credit line
	ByTold   How = "told"     // "told Radio Kestrel"
	ByReport How = "reported" // "NPA reported"
	ByText   How = "text"     // the same words around the statement
)

// A Relay says from whom a variant comes.
type Relay struct {
	From         string // an outlet or agency, as the report names it; by text the outlet of Earlier
	Earlier      int    // of Variants: that it comes from, -1 where From has none of its own
	Variant      int    // of Variants
	How          How
	hearsay.Span // in the report of the variant: the words that say so; by text the paragraph; empty for credit lines
}

// relate finds the relays of a thread and counts its outlets.
func (l *Ledger) relate(ctx context.Context, th *Thread) error {
	r := relating{Thread: th, houses: houses{index: map[string]int{}}, credited: map[int]bool{}, told: map[toldBy]bool{}}
	for i := range th.Variants {
		r.outlets = append(r.outlets, r.at(th.Variants[i].Report.Outlet))
	}
	th.Outlets = len(r.names)
	for i := range th.Variants {
		for _, c := range th.Variants[i].Report.Credits {
			r.credited[r.at(c)] = true
		}
	}
	for i := range th.Variants {
		r.named(i)
	}
	if err := r.copied(ctx, l); err != nil {
		return err
	}
	r.count()
	th.Named = r.first()
	return nil
}

// relating is what is known of a thread while its relays are looked for.
type relating struct {
	*Thread
	houses
	outlets  []int        // of Variants
	credited map[int]bool // agencies
	told     map[toldBy]bool
}

// toldBy is a report and a house that it names: once is enough.
type toldBy struct {
	report string
	house  int
}

// houses are outlets and agencies, each with a number: those of one name, but
// for an article, or of whose names one is the initials of the other, have one.
type houses struct {
	index map[string]int
	names []string
}

// at returns the number of a house, -1 for no name.
func (h *houses) at(name string) int {
	i, key := h.known(name)
	if i < 0 && key != "" {
		i = len(h.names)
		h.names = append(h.names, name)
		h.index[key] = i
		if short := initials(key); short != "" {
			if _, taken := h.index[short]; !taken {
				h.index[short] = i
			}
		}
	}
	return i
}

// known returns the number of a house that is known, -1 for any other, and its
// key.
func (h *houses) known(name string) (int, string) {
	key := fold(bare(name))
	if i, ok := h.index[key]; ok {
		return i, key
	}
	if short := initials(key); short != "" {
		if i, ok := h.index[short]; ok && !strings.Contains(fold(bare(h.names[i])), " ") {
			return i, key
		}
	}
	return -1, key
}

// initials returns the first letters of the words of a folded name of several
// words.
func initials(name string) string {
	words := strings.Fields(name)
	if len(words) < 3 {
		return ""
	}
	var b strings.Builder
	for _, w := range words {
		r, _ := utf8.DecodeRuneInString(w)
		b.WriteRune(r)
	}
	return b.String()
}

// named finds whom the report of a variant names.
func (r *relating) named(i int) {
	v := &r.Variants[i]
	from := func(name string, how How, at hearsay.Span) {
		house := r.at(name)
		if house < 0 || house == r.outlets[i] || r.told[toldBy{v.Report.ID, house}] {
			return
		}
		r.told[toldBy{v.Report.ID, house}] = true
		r.Relays = append(r.Relays, Relay{name, slices.Index(r.outlets[:i], house), i, how, at})
	}
	for _, m := range []*hearsay.Mention{v.Medium, v.Addressee} {
		if name := r.toldTo(m, m == v.Medium, v); name != "" {
			from(name, ByTold, m.Span)
		}
	}
	if s := v.Speaker; s != nil && s.Kind == hearsay.ByOrganisation {
		if r.isHouse(s.Name) {
			from(s.Name, ByReport, s.Span)
		}
	}
	for _, agency := range v.Report.Credits {
		from(agency, ByCredit, hearsay.Span{})
	}
}

// toldTo returns the outlet or agency that a statement was made to: a medium with
// a name, or whoever was told and is known as one.
func (r *relating) toldTo(m *hearsay.Mention, medium bool, v *Variant) string {
	if m == nil {
		return ""
	}
	words, _, _ := v.Words(m.Span)
	name := bare(cmp.Or(m.Name, words))
	first, _ := utf8.DecodeRuneInString(name)
	if medium && unicode.IsUpper(first) || r.isHouse(name) || r.isHouse(words) {
		return name
	}
	return ""
}

// isHouse reports whether a name is that of an outlet or an agency of the
// thread.
func (r *relating) isHouse(name string) bool {
	i, _ := r.known(name)
	return i >= 0 && (slices.Contains(r.outlets, i) || r.credited[i])
}

// bare is a name without an article before it.
func bare(name string) string {
	first, rest, ok := strings.Cut(name, " ")
	if ok && (strings.EqualFold(first, "the") || strings.EqualFold(first, "a")) {
		return rest
	}
	return name
}

// Texts of so many variants are compared, word for word, in rows of so many
// words. A paragraph of which half or more stands in another report, too, was
// copied.
const (
	mostCopied = 100
	rowOfWords = 5
	leastRows  = 8
)

// copied finds variants that stand in the words of an earlier report of another
// outlet. What was said is not counted: others were there, too.
func (r *relating) copied(ctx context.Context, l *Ledger) error {
	seen := make([]map[string]bool, min(mostCopied, len(r.Variants)))
	for i := range seen {
		v := &r.Variants[i]
		report, err := l.load(ctx, l.read, v.Report.ID)
		if err != nil {
			return err
		}
		rows, paragraph := rowsOf(report, &v.Statement)
		seen[i] = rows
		for k := range i {
			if len(rows) < leastRows || r.outlets[k] < 0 || r.outlets[i] < 0 || r.outlets[k] == r.outlets[i] {
				continue
			}
			both := 0
			for row := range rows {
				if seen[k][row] {
					both++
				}
			}
			if house := (toldBy{v.Report.ID, r.outlets[k]}); 2*both >= len(rows) && !r.told[house] && !r.sameAgency(i, k) {
				r.told[house] = true
				r.Relays = append(r.Relays, Relay{r.Variants[k].Report.Outlet, k, i, ByText, paragraph})
				break
			}
		}
	}
	return nil
}

// sameAgency reports whether two variants have an agency in common, which
// explains common words: it is credited by both, or by one and is the other.
func (r *relating) sameAgency(i, k int) bool {
	for _, c := range r.Variants[i].Report.Credits {
		house := r.at(c)
		if house == r.outlets[k] || slices.ContainsFunc(r.Variants[k].Report.Credits, func(c string) bool { return r.at(c) == house }) {
			return true
		}
	}
	return false
}

// first finds the earliest outlet or agency that is named: where the origin
// comes from, as far as relays lead back, or the first outlet that has it.
func (r *relating) first() string {
	if len(r.Variants) == 0 {
		return ""
	}
	name, at, seen := r.Variants[0].Report.Outlet, 0, map[int]bool{}
	for at >= 0 && !seen[at] {
		seen[at] = true
		i := slices.IndexFunc(r.Relays, func(relay Relay) bool { return relay.Variant == at })
		if i < 0 {
			break
		}
		name, at = r.Relays[i].From, r.Relays[i].Earlier
	}
	if name == "" && r.Earliest >= 0 {
		name = r.Variants[r.Earliest].Report.Outlet
	}
	return name
}

// rowsOf returns the rows of words of the paragraph of a statement and its
// neighbours, but for what statements say, and the paragraph.
func rowsOf(r *Report, s *hearsay.Statement) (rows map[string]bool, paragraph hearsay.Span) {
	rows = map[string]bool{}
	if len(s.Content) == 0 {
		return rows, paragraph
	}
	at := slices.IndexFunc(r.Blocks, func(b hearsay.Block) bool { return b.Contains(s.Content[0]) })
	if at < 0 {
		return rows, paragraph
	}
	for i := max(0, at-1); i <= min(at+1, len(r.Blocks)-1); i++ {
		b := r.Blocks[i]
		if b.Kind == hearsay.Credit || b.Kind == hearsay.Boilerplate {
			continue
		}
		words := strings.Fields(fold(without(r.Text, b.Span, r.Statements)))
		for k := 0; k+rowOfWords <= len(words); k++ {
			rows[strings.Join(words[k:k+rowOfWords], " ")] = true
		}
	}
	return rows, r.Blocks[at].Span
}

// without is a part of a text without what is said in it.
func without(text string, part hearsay.Span, statements []hearsay.Statement) string {
	var said []hearsay.Span
	for i := range statements {
		for _, c := range statements[i].Content {
			if part.Contains(c) {
				said = append(said, c)
			}
		}
	}
	slices.SortFunc(said, func(a, b hearsay.Span) int { return a.Start - b.Start })
	var out strings.Builder
	from := part.Start
	for _, c := range said {
		if c.Start > from {
			out.WriteString(text[from:c.Start] + " ")
		}
		from = max(from, c.End)
	}
	out.WriteString(text[min(from, part.End):part.End])
	return out.String()
}

// count counts the groups of outlets that have nothing to do with one another.
func (r *relating) count() {
	root := make([]int, len(r.names))
	for i := range root {
		root[i] = i
	}
	find := func(i int) int {
		for root[i] != i {
			root[i] = root[root[i]]
			i = root[i]
		}
		return i
	}
	for _, relay := range r.Relays {
		if house := r.outlets[relay.Variant]; house >= 0 {
			root[find(house)] = find(r.at(relay.From))
		}
	}
	groups := map[int]bool{}
	for _, house := range r.outlets[:min(mostCopied, len(r.outlets))] { // of the others it is not known
		if house >= 0 {
			groups[find(house)] = true
		}
	}
	r.Independent = len(groups)
}
