package annotate

import (
	"math/bits"
	"unicode"
	"unicode/utf8"

	"hearsay"
)

// FeatureVersion numbers the features: a model knows which it was trained on.
//
//	1: the columns below
const FeatureVersion = 2

// The columns of a token's features, and how many values each can have. The
// first is a hash of the word itself: the model knows which it has a row for.
const (
	wordColumn    = iota // hash of the word in small letters, digits as 0
	prefixColumn         // hash of its first three letters
	suffixColumn         // hash of its last three
	endingColumn         // hash of its last five
	shapeColumn          // capitals, small letters, digits, marks
	quoteColumn          // where in which kind of quotation it stands
	layoutColumn         // kind of block, beginning of block and sentence, white space before it
	ruleColumn           // what the rules take it for
	lexiconColumn        // what the lexicon knows of it
	Columns
)

// Values are the numbers of values of the columns; 0 stands for all of uint32.
var Values = [Columns]uint32{
	prefixColumn: 2048, suffixColumn: 2048, endingColumn: 4096, shapeColumn: 256,
	quoteColumn: 64, layoutColumn: 64, ruleColumn: 80, lexiconColumn: 1024,
}

// Features are the tokens of a report as the tagger sees them.
type Features struct {
	Tokens []hearsay.Span
	IDs    [][Columns]uint32 // one row for each token
	Rules  []Tag             // what the rules alone take each token for
}

// A Tag says which part of a statement a token is.
type Tag uint8

// The tags: the first token of a span has the tag that ends in Begin.
const (
	Outside Tag = iota
	SpeakerBegin
	SpeakerInside
	CueBegin
	CueInside
	ContentBegin
	ContentInside
	Tags // their number
)

// Features returns what the tagger is told of the tokens of a report. The
// trainer reads it, so that a model is trained on what it will see.
func (a *Annotator) Features(doc *hearsay.Document) Features {
	x := a.analyse(doc)
	rules := x.layer(x.verbs())
	f := Features{Tokens: make([]hearsay.Span, len(x.ts)), IDs: x.features(rules), Rules: make([]Tag, len(x.ts))}
	for i := range x.ts {
		f.Tokens[i] = x.ts[i].Span
		f.Rules[i] = ruleTag(f.IDs[i][ruleColumn])
	}
	return f
}

// features computes the rows of all tokens. The attributions are those that
// the rules found.
func (a *analysis) features(rules []attribution) [][Columns]uint32 {
	ids := make([][Columns]uint32, len(a.ts))
	for i := range a.ts {
		a.spelling(i, &ids[i])
		ids[i][quoteColumn] = a.quoteFeature(i)
		ids[i][layoutColumn] = a.layoutFeature(i)
		ids[i][lexiconColumn] = lexiconFeature(a.ts[i].lex)
	}
	for _, s := range a.ss {
		ids[s.from][layoutColumn] |= 1 << 5
	}
	for _, role := range []Tag{ContentBegin, SpeakerBegin, CueBegin} { // a cue counts more than the content around it
		for k := range rules {
			paintRule(ids, &rules[k], role)
		}
	}
	return ids
}

// paintRule writes what a rule takes the tokens of one role for.
func paintRule(ids [][Columns]uint32, at *attribution, role Tag) {
	paint := func(w words) {
		for i := w.from; i < w.to; i++ {
			tag := role
			if i > w.from {
				tag++
			}
			ids[i][ruleColumn] = uint32(ruleNumbers[at.rule])*(uint32(Tags)-1) + uint32(tag)
		}
	}
	switch role {
	case ContentBegin:
		for _, c := range at.content {
			paint(c)
		}
	case SpeakerBegin:
		paint(at.speaker)
	default:
		paint(at.cue)
	}
}

// ruleTag returns the tag that a value of ruleColumn holds.
func ruleTag(v uint32) Tag {
	if v == 0 {
		return Outside
	}
	return Tag((v-1)%(uint32(Tags)-1)) + 1
}

// ruleNumbers tell the rules apart in ruleColumn; what is not listed is 0.
var ruleNumbers = map[string]uint8{
	"cue-verb": 1, "content-first": 2, "according-to": 3, "passive": 4, "cue-noun": 5, "label": 6,
	"headline": 7, "signature": 8, "colon": 9, "transcript": 10, "quotation-alone": 11, "quotation-follows": 12,
}

// spelling fills the columns that the letters of token i decide.
func (a *analysis) spelling(i int, row *[Columns]uint32) {
	s := a.text[a.ts[i].Start:a.ts[i].End]
	var low [64]byte
	n, shape, last, run := 0, uint32(fnvStart), byte(0), 0
	for at := 0; at < len(s) && n < len(low)-utf8.UTFMax; {
		r, size := rune(s[at]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[at:])
		}
		at += size
		var kind byte
		if r, kind = spelled(r); r < utf8.RuneSelf {
			low[n] = byte(r)
			n++
		} else {
			n += utf8.EncodeRune(low[n:], r)
		}
		if run++; kind != last {
			last, run = kind, 1
		}
		if run <= 2 {
			shape = fnv(shape, kind)
		}
	}
	word := low[:n]
	row[wordColumn] = hashed(word)
	row[prefixColumn] = bucket(word[:runesAhead(word, 3)], Values[prefixColumn])
	row[suffixColumn] = bucket(word[runesBehind(word, 3):], Values[suffixColumn])
	row[endingColumn] = bucket(word[runesBehind(word, 5):], Values[endingColumn])
	row[shapeColumn] = mixed32(shape) % Values[shapeColumn]
}

// spelled returns the letter as the tagger knows it, and its kind.
func spelled(r rune) (rune, byte) {
	switch {
	case 'a' <= r && r <= 'z':
		return r, 'x'
	case 'A' <= r && r <= 'Z':
		return r + 'a' - 'A', 'X'
	case '0' <= r && r <= '9':
		return '0', '0'
	case r < utf8.RuneSelf:
		return r, byte(r)
	case r == '’' || r == '‘':
		return '\'', '\''
	case r == '“' || r == '”' || r == '„' || r == '«' || r == '»':
		return '"', '"'
	case r == '–' || r == '—':
		return '-', '-'
	case unicode.IsUpper(r):
		return unicode.ToLower(r), 'X'
	case unicode.IsLetter(r):
		return r, 'x'
	}
	return r, '?'
}

// runesAhead returns the length of the first n letters of s, runesBehind where
// the last n begin.
func runesAhead(s []byte, n int) int {
	at := 0
	for ; n > 0 && at < len(s); n-- {
		_, size := utf8.DecodeRune(s[at:])
		at += size
	}
	return at
}

func runesBehind(s []byte, n int) int {
	at := len(s)
	for ; n > 0 && at > 0; n-- {
		_, size := utf8.DecodeLastRune(s[:at])
		at -= size
	}
	return at
}

// FNV-1a, 32 bit, with a last mixing so that every bit counts below a modulus.
const (
	fnvStart = 2166136261
	fnvPrime = 16777619
)

func fnv(h uint32, b byte) uint32 { return (h ^ uint32(b)) * fnvPrime }

func mixed32(h uint32) uint32 {
	h ^= h >> 16
	h *= 0x85ebca6b
	h ^= h >> 13
	h *= 0xc2b2ae35
	return h ^ h>>16
}

func hashed(s []byte) uint32 {
	h := uint32(fnvStart)
	for _, b := range s {
		h = fnv(h, b)
	}
	return mixed32(h)
}

func bucket(s []byte, n uint32) uint32 { return hashed(s) % n }

// quoteFeature says where in its quotation token i stands, how long that is
// and how it is marked.
func (a *analysis) quoteFeature(i int) uint32 {
	t := &a.ts[i]
	if t.quote == 0 {
		if t.kind == apostrophe {
			return 1
		}
		return 0
	}
	q := &a.qs[t.quote-1]
	place := uint32(1) // inside
	switch {
	case i == q.from && q.opened:
		place = 0
	case i == q.to-1 && q.closed:
		place = 2
	}
	length := uint32(2)
	if n := q.to - q.from; n < 5 { // marks included: a word or two
		length = 0
	} else if n < 12 {
		length = 1
	}
	v := place*3 + length
	v = v*2 + truth(q.single)
	v = v*2 + truth(q.opened && q.closed)
	return 2 + v
}

func truth(b bool) uint32 {
	if b {
		return 1
	}
	return 0
}

// layoutFeature says in which kind of block token i stands, whether it begins
// it, and whether white space stands before it. features adds the beginnings
// of sentences.
func (a *analysis) layoutFeature(i int) uint32 {
	t := &a.ts[i]
	first := i == 0 || a.ts[i-1].block != t.block
	v := truth(first)<<3 | truth(t.spaced)<<4
	switch a.doc.Blocks[t.block].Kind {
	case hearsay.ListItem:
		v |= 3
	case hearsay.Blockquote:
		v |= 4
	case hearsay.Caption:
		v |= 5
	case hearsay.Heading:
		v |= 2
	default:
		v |= 1
	}
	return v
}

// lexiconFeature hashes the classes of a word and what may follow it as a cue.
func lexiconFeature(w *word) uint32 {
	if w == nil {
		return 0
	}
	h := uint64(w.class)*0x9e3779b97f4a7c15 + uint64(w.form)
	if len(w.cues) > 0 {
		v := w.cues[len(w.cues)-1]
		h = bits.RotateLeft64(h, 17) ^ uint64(v.frames)*0xbf58476d1ce4e5b9 ^ uint64(len(v.mode))<<40
	}
	if w.noun != nil {
		h = bits.RotateLeft64(h, 29) ^ uint64(w.noun.frames)<<20
	}
	return 1 + mixed32(uint32(h^h>>32))%(Values[lexiconColumn]-1)
}
