package annotate

import (
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"hearsay"
)

// A gumReport is a report of GUM with its coreference. The text is built from
// the trees in dep/: one block a paragraph ("newpar"; a "head" is a heading), its
// words with a blank between them but for SpaceAfter=No, so that each of
// GUM's tokens has its bytes by construction and nothing is aligned by search.
// The tokens of one word ("don't", a line "3-4") have no blank between.
type gumReport struct {
	name     string
	doc      *hearsay.Document
	tokens   []gumToken
	mentions []gumMention
	names    map[string]map[string]bool // by chain: the words of its proper names, in small letters
}

type gumToken struct {
	hearsay.Span
	lemma, upos, feats, deprel string
	head                       int // token, -1 for none
}

// A gumMention is a mention of a chain: tokens, half-open, and the one that
// governs the others.
type gumMention struct {
	words
	chain, kind string
	head        int
}

// readGUM reads the news and interviews of GUM in the order of their names.
func readGUM(t testing.TB) []*gumReport {
	t.Helper()
	files, err := filepath.Glob(filepath.Join(corpora(t, "gum"), "dep", "*.conllu"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no trees: %v", err)
	}
	var all []*gumReport
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			t.Fatal(err)
		}
		g := &gumReport{name: strings.TrimSuffix(filepath.Base(f), ".conllu")}
		g.read(string(b))
		all = append(all, g)
	}
	return all
}

func (g *gumReport) read(trees string) {
	var text strings.Builder
	g.doc = &hearsay.Document{ID: g.name}
	open := map[string][]int{} // mentions that have no end yet, by chain
	first, joined := 0, true   // token before the sentence; whether no blank stands before the next token
	kind := hearsay.Paragraph
	begin, inWord := -1, 0 // number of the last token of a word of several
	wordJoined := false
	endBlock := func() {
		if begin >= 0 && text.Len() > begin {
			g.doc.Blocks = append(g.doc.Blocks, hearsay.Block{Kind: kind, Span: hearsay.Span{Start: begin, End: text.Len()}})
			text.WriteByte('\n')
		}
	}
	for line := range strings.SplitSeq(trees, "\n") {
		f := strings.Split(line, "\t")
		switch {
		case line == "# newpar":
			endBlock()
			begin, kind, joined = text.Len(), hearsay.Paragraph, true
		case strings.HasPrefix(line, "# newpar_block = head"):
			kind = hearsay.Heading
		case line == "":
			first, inWord = len(g.tokens), 0
		case len(f) == 10 && strings.Contains(f[0], "-"):
			_, last, _ := strings.Cut(f[0], "-")
			inWord, _ = strconv.Atoi(last)
			wordJoined = strings.Contains(f[9], "SpaceAfter=No")
		case len(f) == 10 && strings.Trim(f[0], "0123456789") == "":
			if !joined {
				text.WriteByte(' ')
			}
			start := text.Len()
			text.WriteString(f[1])
			joined = strings.Contains(f[9], "SpaceAfter=No")
			if number, _ := strconv.Atoi(f[0]); number < inWord {
				joined = true
			} else if number == inWord {
				joined = wordJoined
			}
			head, _ := strconv.Atoi(f[6])
			if head--; head >= 0 {
				head += first
			}
			g.tokens = append(g.tokens, gumToken{hearsay.Span{Start: start, End: text.Len()}, f[2], f[3], f[5], f[7], head})
			g.entities(f[9], open)
		}
	}
	endBlock()
	g.doc.Text = text.String()
	g.nameChains()
}

// entities reads the mentions that begin and end with the last token:
// "Entity=(14-person-new-...(15-place-...)14)".
func (g *gumReport) entities(misc string, open map[string][]int) {
	_, s, ok := strings.Cut(misc, "Entity=")
	if !ok {
		return
	}
	s, _, _ = strings.Cut(s, "|")
	last := len(g.tokens) - 1
	for s != "" {
		if s[0] != '(' {
			chain, rest, _ := strings.Cut(s, ")")
			if l := open[chain]; len(l) > 0 {
				g.mentions[l[len(l)-1]].to = last + 1
				open[chain] = l[:len(l)-1]
			}
			s = rest
			continue
		}
		n := 1
		for n < len(s) && s[n] != '(' && s[n] != ')' {
			n++
		}
		f := strings.SplitN(s[1:n], "-", 3)
		m := gumMention{words: words{last, last + 1}, chain: f[0], kind: f[1]}
		g.mentions = append(g.mentions, m)
		if n < len(s) && s[n] == ')' {
			n++
		} else {
			open[f[0]] = append(open[f[0]], len(g.mentions)-1)
		}
		s = s[n:]
	}
}

// nameChains finds the head of each mention and the words of proper names that
// are heads, with what is flat below them.
func (g *gumReport) nameChains() {
	g.names = map[string]map[string]bool{}
	for k := range g.mentions {
		m := &g.mentions[k]
		m.head = m.from
		for i := m.from; i < m.to; i++ {
			if h := g.tokens[i].head; h < m.from || h >= m.to {
				m.head = i
				break
			}
		}
		if g.tokens[m.head].upos != "PROPN" {
			continue
		}
		if g.names[m.chain] == nil {
			g.names[m.chain] = map[string]bool{}
		}
		for i := m.from; i < m.to; i++ {
			t := &g.tokens[i]
			if i == m.head || t.head == m.head && t.upos == "PROPN" && (t.deprel == "flat" || t.deprel == "goeswith") {
				g.names[m.chain][strings.ToLower(t.In(g.doc.Text))] = true
			}
		}
	}
}

// A gumSpeaker is a gold mention that speaks.
type gumSpeaker struct {
	gumMention
	pronoun   bool
	statement int // index of the statement that has it as speaker, -1 for none
}

// speakers returns the pronouns he and she, and the persons named by a noun in
// the singular, that are the speaker of a statement found, or the subject of a
// verb of speech.
func (g *gumReport) speakers(a *Annotator, ss []hearsay.Statement) []gumSpeaker {
	byStart := map[int][]int{}
	for k, s := range ss {
		if s.Speaker != nil {
			byStart[s.Speaker.Start] = append(byStart[s.Speaker.Start], k)
		}
	}
	var all []gumSpeaker
	for k := range g.mentions {
		m := g.mentions[k]
		head := &g.tokens[m.head]
		low := strings.ToLower(head.In(g.doc.Text))
		pronoun := m.to-m.from == 1 && (low == "he" || low == "she")
		noun := m.kind == "person" && head.upos == "NOUN" && strings.Contains(head.feats, "Number=Sing") && !g.holdsName(m)
		if !pronoun && !noun || g.shadowed(k) {
			continue
		}
		v := head.head
		says := strings.HasPrefix(head.deprel, "nsubj") && head.deprel != "nsubj:pass" && v >= 0 && saysAlone(a, g.tokens[v].lemma)
		at := -1
		for _, i := range byStart[g.tokens[m.from].Start] {
			sp := ss[i].Speaker
			if sp.Contains(head.Span) && sp.End <= g.tokens[m.to-1].End+2 && ss[i].Within == "" {
				at = i
			}
		}
		if at >= 0 || says {
			all = append(all, gumSpeaker{m, pronoun, at})
		}
	}
	return all
}

// shadowed reports whether a longer mention of the same chain has the head of
// mention k.
func (g *gumReport) shadowed(k int) bool {
	m := &g.mentions[k]
	return slices.ContainsFunc(g.mentions, func(o gumMention) bool {
		return o.chain == m.chain && o.head == m.head && o.to-o.from > m.to-m.from
	})
}

// holdsName reports whether a mention has a proper name of its own chain in it:
// "the harbour master, Ann Ott", "harbour master Ann Ott", of which the noun is the
// head.
func (g *gumReport) holdsName(m gumMention) bool {
	for i := m.from; i < m.to; i++ {
		if t := &g.tokens[i]; t.head == m.head && t.upos == "PROPN" && (t.deprel == "flat" || t.deprel == "appos") {
			return true
		}
		if g.tokens[i].upos == "PROPN" && g.names[m.chain][strings.ToLower(g.tokens[i].In(g.doc.Text))] {
			return true
		}
	}
	return false
}

func saysAlone(a *Annotator, lemma string) bool {
	w := a.lex.words[strings.ToLower(lemma)]
	return w != nil && slices.ContainsFunc(w.cues, func(v *cueVerb) bool { return len(v.particle) == 0 && v.mode == hearsay.Speech })
}

// judge tells whether the name that a mention was given is one of its chain: "r"
// right, "w" another name, "u" none where the chain has one.
func (g *gumReport) judge(m gumMention, s *hearsay.Mention) string {
	names := g.names[m.chain]
	switch {
	case s.Name == "" && len(names) == 0 && s.Why != "":
		return "r"
	case s.Name == "":
		return "u"
	}
	parts := strings.Fields(strings.ToLower(s.Name))
	if names[parts[len(parts)-1]] {
		return "r"
	}
	return "w"
}

// resolved returns the statements with one more for each speaker of gold that no
// statement has, so that the resolver meets it in its place.
func (g *gumReport) resolved(a *Annotator, x *analysis, found []attribution, missed []gumSpeaker) []hearsay.Statement {
	found = slices.Clone(found)
	for _, m := range missed {
		v := &g.tokens[g.tokens[m.head].head]
		speaker, ok := x.place(hearsay.Span{Start: g.tokens[m.from].Start, End: g.tokens[m.to-1].End})
		cue, too := x.place(v.Span)
		if !ok || !too {
			continue
		}
		content := words{max(cue.to, speaker.to), x.sentenceOf(cue.from).to}
		if content.empty() {
			content = words{x.sentenceOf(cue.from).from, min(cue.from, speaker.from)}
		}
		if content.empty() {
			continue
		}
		found = append(found, attribution{speaker: speaker, cue: cue, content: []words{content}, rule: "gold", lemma: v.lemma})
	}
	ss, _ := x.statements(found, newResolver(x, found))
	return ss
}

// TestCoreference measures the names given to pronouns and descriptions that
// speak against the coreference of GUM. The reports whose place in the order of
// their names is even are for tuning, the others for the figures.
func TestCoreference(t *testing.T) {
	reports := readGUM(t)
	a := load(t)
	tally := map[string]map[string]int{}
	for k, g := range reports {
		x := a.analyse(g.doc)
		found := a.attributions(x)
		found = append(found, a.nested(x, found)...)
		ss, _ := x.statements(slices.Clone(found), newResolver(x, found))
		all := g.speakers(a, ss)
		missed := slices.DeleteFunc(slices.Clone(all), func(m gumSpeaker) bool { return m.statement >= 0 })
		more := g.resolved(a, x, found, missed)
		for _, m := range all {
			s := speakerAt(more, g.tokens[m.from].Start)
			if m.statement >= 0 {
				s = ss[m.statement].Speaker
			}
			if s == nil {
				continue
			}
			key := [...]string{"tuning", "report"}[k%2] + [...]string{" noun", " pronoun"}[truth(m.pronoun)]
			verdict := g.judge(m.gumMention, s)
			for _, key := range []string{key + " all", key + " found"} {
				if tally[key] == nil {
					tally[key] = map[string]int{}
				}
				if m.statement >= 0 || strings.HasSuffix(key, "all") {
					tally[key][verdict]++
				}
			}
			if verdict != "r" && k%2 == 0 {
				t.Logf("%s: %q is %q (%s), want one of %v", g.name, s.In(g.doc.Text), s.Name, s.Why, sortedKeys(g.names[m.chain]))
			}
		}
	}
	for _, key := range sortedKeys(tally) {
		c := tally[key]
		n := c["r"] + c["w"] + c["u"]
		if share := float64(c["r"]) / float64(max(1, n)); strings.Contains(key, "pronoun") && share < 0.93 {
			t.Errorf("%s: %.3f right, want 0.93", key, share)
		}
		t.Logf("%-26s %3d of %3d right (%.3f), %d with another name, %d without", key, c["r"], n, float64(c["r"])/float64(max(1, n)), c["w"], c["u"])
	}
}

func sortedKeys[V any](m map[string]V) []string {
	var keys []string
	for k := range m {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	return keys
}

func speakerAt(ss []hearsay.Statement, start int) *hearsay.Mention {
	for _, s := range ss {
		if s.Speaker != nil && s.Speaker.Start == start {
			return s.Speaker
		}
	}
	return nil
}
