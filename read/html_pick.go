package read

import (
	"strings"
	"unicode"

	xhtml "golang.org/x/net/html"

	"hearsay"
)

// A picker makes the report of a page out of the blocks of the page and of
// what the extractor of main content has chosen.
type picker struct {
	page    *htmlPage
	blocks  []htmlBlock
	keep    []bool
	parents []int // of each sectioning element, the one that holds it

	headline int // number of the block, -1 for none
}

// A pageReport is the report that was found on a page.
type pageReport struct {
	blocks   []htmlBlock
	headline *htmlBlock   // nil for none
	bylines  []*htmlBlock // that may name the authors, the surest first
	near     []*htmlBlock // short lines about the headline, which may state the date
	root     *xhtml.Node  // the tree of the page's elements; nil where there is none
	notes    []string
}

// pick makes a report of what was laid out, the headline first. The extractor
// has chosen runs; nil where it could not.
func pick(l *layouter, chosen []bool) *pageReport {
	p, blocks := l.page, l.finish()
	k := &picker{page: p, blocks: blocks, keep: make([]bool, len(blocks)), parents: l.parents}
	k.headline = k.findHeadline()
	switch {
	case !p.whole:
		k.chooseAll()
	case chosen == nil:
		k.chooseSimply()
	default:
		k.vote(chosen)
		k.fillGaps()
		k.takeLead()
	}
	k.dropLinks()
	k.dropHeadings()
	k.neverNothing()
	k.takeCaptions()
	r := &pageReport{bylines: k.bylines(), near: k.near()}
	if k.headline >= 0 {
		r.headline = &blocks[k.headline]
		r.headline.kind = hearsay.Heading
		r.blocks = append(r.blocks, *r.headline)
	}
	for i, b := range blocks {
		if k.keep[i] && i != k.headline {
			r.blocks = append(r.blocks, b)
		}
	}
	return r
}

// bylines returns the blocks about the headline that may name the authors.
func (k *picker) bylines() (list []*htmlBlock) {
	first, last := max(0, k.headline-15), len(k.blocks)
	if k.headline >= 0 {
		last = min(last, k.headline+40)
	}
	for _, want := range []trait{isAuthor, inByline, 0} {
		for i := first; i < last; i++ {
			b := &k.blocks[i]
			if b.text > 250 || b.traits&(inMeta|inRelated|inCaption|inHeading) != 0 {
				continue
			}
			if want != 0 && b.traits&want != 0 || want == 0 && b.text < 100 && startsBy(k.page.plain(b)) {
				list = append(list, b)
			}
		}
	}
	return list
}

// near returns the short lines from a little before the headline up to the
// text.
func (k *picker) near() (list []*htmlBlock) {
	if k.headline < 0 {
		return nil
	}
	last := k.first() + 1
	if last < k.headline {
		last = k.headline + 8
	}
	for i := max(0, k.headline-5); i < min(last, len(k.blocks)); i++ {
		b := &k.blocks[i]
		if b.text < 160 && b.traits&(inRelated|inCaption|inLink|inHidden) == 0 {
			list = append(list, b)
		}
	}
	return list
}

// vote keeps a block where the extractor has chosen most of it: an extractor
// drops words within a paragraph that look like furniture, a paragraph is
// kept whole. A box about the paper is prose as any other to it.
func (k *picker) vote(chosen []bool) {
	for i := range k.blocks {
		b := &k.blocks[i]
		for _, n := range b.parts {
			if n >= 0 && n < len(chosen) && chosen[n] {
				b.chosen += k.page.size(n)
			}
		}
		k.keep[i] = b.chosen*2 > b.text && b.traits&inBox == 0
	}
}

// size is the length of a run without the white space around it.
func (p *htmlPage) size(n int) int {
	return len(strings.TrimSpace(p.text[p.runs[n].start:p.runs[n].end]))
}

// furniture reports whether a block is named as something else than report.
func (b *htmlBlock) furniture() bool {
	return b.traits&(inAside|inMeta|inRelated|inHidden|inCaption|inBox) != 0 || b.traits&inByline != 0 && b.text < 200
}

// prose reports whether a block reads as a part of the report: it is not
// named as anything else and most of it is no link.
func (b *htmlBlock) prose() bool {
	return !b.furniture() && b.linked*3 < b.text
}

// maxGap is how many blocks may lie between two that are kept for them to be
// looked at.
const maxGap = 3

// fillGaps keeps prose that lies among kept blocks, next to one of them in the
// same element.
func (k *picker) fillGaps() {
	last := -1
	for i := range k.blocks {
		if !k.keep[i] {
			continue
		}
		if gap := i - last - 1; last >= 0 && gap > 0 && gap <= maxGap {
			for j := last + 1; j < i; j++ {
				b := &k.blocks[j]
				if b.prose() && (b.level == k.blocks[last].level || b.level == k.blocks[i].level) {
					k.keep[j] = true
				}
			}
		}
		last = i
	}
}

// first returns the number of the first kept block of some length after the
// headline, -1 for none.
func (k *picker) first() int {
	for i := k.headline + 1; i < len(k.blocks); i++ {
		if k.keep[i] && k.blocks[i].text > 60 && k.blocks[i].kind != hearsay.Heading {
			return i
		}
	}
	return -1
}

// takeLead keeps the sentences that stand between the headline and the text.
func (k *picker) takeLead() {
	headline, first := k.headline, k.first()
	if headline < 0 || first < headline || first-headline > 60 {
		return
	}
	taken := 0
	for i := headline + 1; i < first && taken < 3; i++ {
		b := &k.blocks[i]
		if k.keep[i] || !b.prose() || b.text < 50 || isCopyright(k.page.plain(b)) {
			continue
		}
		if b.traits&inLead != 0 || b.text > 70 && endsSentence(k.page, b) {
			k.keep[i] = true
			taken++
		}
	}
}

// isCopyright reports whether a block is a line that says who holds the
// rights, in a picture or in the page.
func isCopyright(s string) bool { return len(s) < 160 && strings.HasPrefix(s, "©") }

// endsSentence reports whether a block ends as sentences do.
func endsSentence(p *htmlPage, b *htmlBlock) bool {
	text := strings.TrimRight(strings.TrimSpace(p.plain(b)), `"”“»'’)`)
	return strings.HasSuffix(text, ".") || strings.HasSuffix(text, "!") || strings.HasSuffix(text, "?") || strings.HasSuffix(text, "…")
}

// plain is the text of a block.
func (p *htmlPage) plain(b *htmlBlock) string {
	w := &textWriter{page: p}
	w.block(b)
	return string(w.text)
}

// dropLinks drops what is nothing but a link, a teaser of another report, and
// lines of copyright.
func (k *picker) dropLinks() {
	for i := range k.blocks {
		b := &k.blocks[i]
		if k.keep[i] && (b.linked*10 >= b.text*9 || b.text < 160 && isCopyright(k.page.plain(b))) {
			k.keep[i] = false
		}
	}
}

// dropHeadings drops headings that nothing kept comes after.
func (k *picker) dropHeadings() {
	for i := len(k.blocks) - 1; i >= 0; i-- {
		if !k.keep[i] || k.blocks[i].kind != hearsay.Heading {
			continue
		}
		j := i + 1
		for j < len(k.blocks) && !k.keep[j] {
			j++
		}
		if j == len(k.blocks) || j > i+1 && k.blocks[j].kind == hearsay.Heading {
			k.keep[i] = false
		}
	}
}

// neverNothing keeps all that can be seen where nothing else was kept.
func (k *picker) neverNothing() {
	for i, kept := range k.keep {
		if kept || i == k.headline {
			return
		}
	}
	for i := range k.blocks {
		k.keep[i] = k.blocks[i].traits&inHidden == 0
	}
}

// takeCaptions keeps the captions of figures that stand within the report.
func (k *picker) takeCaptions() {
	first, last := k.first(), -1
	for i, kept := range k.keep {
		if kept {
			last = i
		}
	}
	if k.headline >= 0 && k.headline < first {
		first = k.headline
	}
	for i := max(first, 0); i < last; i++ {
		if b := &k.blocks[i]; b.kind == hearsay.Caption && b.traits&(inHidden|inAside|inRelated) == 0 && b.linked*2 < b.text {
			k.keep[i] = true
		}
	}
}

// findHeadline returns the number of the block that is the report's headline,
// -1 for none.
func (k *picker) findHeadline() int {
	titles := k.page.titles()
	best, score := -1, 0
	for i := range k.blocks {
		b := &k.blocks[i]
		if b.traits&(inHeading|isHeadline) == 0 || b.text > 400 || b.traits&(inAside|inHidden|inRelated) != 0 {
			continue
		}
		s := likeTitle(k.page.plain(b), titles)
		if b.traits&isHeadline != 0 {
			s += 2
		}
		if s > score {
			best, score = i, s
		}
	}
	return best
}

// likeTitle says how much a heading is like one of the titles, up to 8.
func likeTitle(heading string, titles []string) (score int) {
	text := letters(heading)
	for _, t := range titles {
		switch {
		case text == "":
		case letters(t) == text:
			return 8
		case len(text) > 15 && strings.Contains(letters(t), text):
			score = max(score, 6)
		default:
			score = max(score, int(5*overlap(heading, t)))
		}
	}
	return score
}

// overlap is the share of the words of either that stand in both.
func overlap(a, b string) float64 {
	words := strings.Fields(strings.ToLower(a))
	both, other := 0, strings.Fields(strings.ToLower(b))
	in := set(other)
	for _, w := range words {
		if in[w] {
			both++
		}
	}
	return float64(both) / float64(max(len(words), len(other), 1))
}

// titles returns what the page calls itself.
func (p *htmlPage) titles() []string {
	var out []string
	for _, t := range []string{p.head.first(p.head.meta, "og:title"), p.head.first(p.head.meta, "twitter:title"), p.head.title} {
		if letters(t) != "" {
			out = append(out, t)
		}
	}
	return out
}

// letters returns the letters and digits of s in lower case.
func letters(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}
