// Package synth makes news that nobody wrote, with the truth known: reports of
// many outlets on many stories, in which the same statement is copied, cut,
// reworded and altered. The ledger's scale and the quality of the comparison
// are measured on it.
//
// Words are invented and follow Zipf's law; sentences have the grammar of
// reported speech and little sense. The same Options give the same reports on
// every machine.
package synth

import (
	"fmt"
	"iter"
	"math/rand/v2"
	"strings"
	"time"

	"hearsay"
)

// Options say what is made. The zero value of a field takes its default.
type Options struct {
	Seed     uint64
	Reports  int // default 1000
	Outlets  int // default 200
	Speakers int // default a fifth of Reports
	Words    int // size of the vocabulary, default 20000
}

// Change says what a report did to a statement that others have, too.
type Change string

// The changes; "" is the origin's own wording.
const (
	Copied      Change = "copied"
	Trimmed     Change = "trimmed"
	Reworded    Change = "reworded"     // indirect, some words for others
	Number      Change = "number"       // another number
	Negation    Change = "negation"     // a "not" more or less
	QuotedWords Change = "quoted_words" // other words inside the quotation marks
	Speaker     Change = "speaker"      // given to another speaker
)

// Altered reports whether a reader would want to know of the change.
func (c Change) Altered() bool {
	return c == Number || c == Negation || c == QuotedWords || c == Speaker
}

// Truth is what is known of one statement of a report.
type Truth struct {
	Thread int    // the same number for all variants of one statement
	Change Change // against the origin's wording
}

// A Report is a document with its statements and the truth about each.
type Report struct {
	Document   *hearsay.Document
	Statements []hearsay.Statement
	Truth      []Truth // as many as Statements
	Story      int
	Relay      string // the agency or outlet that the report credits, "" for none
}

// Reports makes the reports one after the other, in the order of publication.
func Reports(o Options) iter.Seq[Report] {
	return func(yield func(Report) bool) {
		w := newWorld(o)
		for i := range w.Reports {
			if !yield(w.report(i)) {
				return
			}
		}
	}
}

// A world is what reports are made from.
type world struct {
	Options
	r       *rand.Rand
	zipf    *rand.Zipf
	words   []string
	stories []*story // of late, the newest last
	threads int
	made    int // stories
}

// A story is what several outlets report on.
type story struct {
	number int
	day    time.Time
	topic  []int // words that its statements share
	said   []*saying
	agency string // that sent it out, "" for none
}

// A saying is a statement as its speaker made it.
type saying struct {
	thread  int
	speaker person
	words   []token
	direct  bool
	told    bool // by a report before
}

type person struct{ name, role string }

const (
	lateStories = 60
	begin       = "2024-01-01"
)

func newWorld(o Options) *world {
	if o.Reports == 0 {
		o.Reports = 1000
	}
	if o.Outlets == 0 {
		o.Outlets = 200
	}
	if o.Speakers == 0 {
		o.Speakers = max(20, o.Reports/5)
	}
	if o.Words == 0 {
		o.Words = 20000
	}
	w := &world{Options: o, r: rand.New(rand.NewPCG(o.Seed, 0x5eed))}
	w.zipf = rand.NewZipf(w.r, 1.07, 8, uint64(o.Words-1))
	w.words = make([]string, o.Words)
	for i := range w.words {
		w.words[i] = invented(uint64(i), o.Seed)
	}
	return w
}

// day is the day on which the reports numbered about i come out: a hundred a
// day.
func (w *world) day(i int) time.Time {
	first, _ := time.Parse(time.DateOnly, begin)
	return first.AddDate(0, 0, i/100)
}

// storyFor picks what report i is about: three in ten are the first on theirs, the
// newer ones are met more often.
func (w *world) storyFor(i int) *story {
	if len(w.stories) == 0 || w.r.IntN(10) < 3 {
		w.stories = append(w.stories, w.newStory(i))
		if len(w.stories) > lateStories {
			w.stories = w.stories[1:]
		}
		return w.stories[len(w.stories)-1]
	}
	back := min(len(w.stories), 1+int(w.r.ExpFloat64()*8))
	return w.stories[len(w.stories)-back]
}

func (w *world) newStory(i int) *story {
	s := &story{number: w.made, day: w.day(i)}
	w.made++
	for range 12 {
		s.topic = append(s.topic, int(w.zipf.Uint64()))
	}
	if w.r.IntN(2) == 0 {
		s.agency = fmt.Sprintf("%s Press", name(uint64(w.r.IntN(12)), w.Seed^0xa9))
	}
	speakers := []person{w.person(), w.person(), w.person()}
	for range 3 + w.r.IntN(5) {
		s.said = append(s.said, w.newSaying(s, speakers[w.r.IntN(len(speakers))]))
	}
	return s
}

func (w *world) newSaying(s *story, p person) *saying {
	w.threads++
	return &saying{thread: w.threads, speaker: p, words: w.sentence(s.topic), direct: w.r.IntN(2) == 0}
}

var offices = []string{"minister", "mayor", "chief executive", "general", "spokesman", "professor", "coach", "judge", "governor", "director"}

func (w *world) person() person {
	n := uint64(w.r.IntN(w.Speakers))
	return person{
		name: name(n, w.Seed^0x1f) + " " + name(n/3, w.Seed^0x2f), // three share a surname
		role: offices[n%uint64(len(offices))],
	}
}

// report writes report i.
func (w *world) report(i int) Report {
	s := w.storyFor(i)
	outlet := fmt.Sprintf("%s %s", name(uint64(w.r.IntN(w.Outlets)), w.Seed^0x3f), []string{"Courier", "Post", "Herald", "Times", "News"}[w.r.IntN(5)])
	p := page{doc: &hearsay.Document{
		URL: fmt.Sprintf("https://%s.example/%d", strings.ToLower(strings.ReplaceAll(outlet, " ", "-")), i), Outlet: outlet,
		Lang: "en", Published: w.day(i).Add(time.Duration(i%100) * 14 * time.Minute), Title: w.title(s),
	}}
	out := Report{Document: p.doc, Story: s.number}
	p.block(hearsay.Heading, p.doc.Title)
	for k, said := range w.chosen(s) {
		change := w.change(said)
		p.statement(w, said, change, k)
		out.Truth = append(out.Truth, Truth{said.thread, change})
		said.told = true
	}
	if s.agency != "" && w.r.IntN(2) == 0 {
		out.Relay = s.agency
		p.doc.Credits = []string{s.agency}
		p.block(hearsay.Credit, "("+s.agency+")")
	}
	out.Statements = p.finish()
	return out
}

// chosen are the sayings that a report takes of its story, and one of its own.
func (w *world) chosen(s *story) []*saying {
	var out []*saying
	for _, said := range s.said {
		if w.r.IntN(3) > 0 {
			out = append(out, said)
		}
	}
	if w.r.IntN(2) == 0 || len(out) == 0 {
		out = append(out, w.newSaying(s, w.person()))
	}
	return out
}

// change draws what a report does to a saying.
func (w *world) change(s *saying) Change {
	if !s.told {
		return ""
	}
	switch n := w.r.IntN(100); {
	case n < 45:
		return Copied
	case n < 60:
		return Trimmed
	case n < 84:
		return Reworded
	case n < 89 && s.numbered():
		return Number
	case n < 93:
		return Negation
	case n < 97 && s.direct:
		return QuotedWords
	case n < 98:
		return Speaker
	}
	return Copied
}

func (w *world) title(s *story) string {
	var t []string
	for _, k := range s.topic[:5] {
		t = append(t, w.words[k])
	}
	return strings.ToUpper(t[0][:1]) + t[0][1:] + " " + strings.Join(t[1:], " ")
}
