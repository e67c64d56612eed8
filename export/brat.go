package export

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"strings"

	"hearsay"
)

// bratConfiguration tells brat what may be annotated: https://brat.nlplab.org
const bratConfiguration = `[entities]
Speaker
Addressee
Medium
Place
Time
Content
Number
Check

[relations]

[events]
Statement	Content+:Content, Speaker?:Speaker, Addressee?:Addressee, Medium?:Medium, Place?:Place, When?:Time, Number*:Number, Time*:Time, Check*:Check, Within?:Statement, Answers?:Statement

[attributes]
Negated	Arg:Statement
Quoting	Arg:Statement, Value:direct|indirect|mixed
Mode	Arg:Statement, Value:speech|writing|thought|attitude|evidence|act
Force	Arg:Statement, Value:say|claim|deny|confirm|concede|ask|order|promise|thank|praise|accuse|warn|suggest|decline|announce|agree|predict
`

// Brat writes stand-off annotation as the tool brat has it: the text of each report
// in ID.txt, its statements in ID.ann, and the configuration. A statement is
// an event whose trigger is the cue (the first piece of the content where there is none).
// Offsets count code points. Without a report there is no file.
func Brat(create func(name string) (io.WriteCloser, error), reports Reports) error {
	file := func(name string, write func(w *bufio.Writer) error) error {
		f, err := create(name)
		if err != nil {
			return err
		}
		w := bufio.NewWriter(f)
		return errors.Join(write(w), w.Flush(), f.Close())
	}
	text := func(s string) func(*bufio.Writer) error {
		return func(w *bufio.Writer) error { _, err := w.WriteString(s); return err }
	}
	begun := false
	for r, err := range reports {
		if err == nil && !begun {
			begun = true
			err = file("annotation.conf", text(bratConfiguration))
		}
		var c converter
		if err == nil {
			c, err = converterOf(r.Document)
		}
		if err == nil {
			err = file(r.ID+".txt", text(r.Text))
		}
		if err == nil {
			err = file(r.ID+".ann", func(w *bufio.Writer) error { return writeAnn(w, r, c) })
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// standoff writes the annotation of one report.
type standoff struct {
	w          *bufio.Writer
	c          converter
	spans      int // T numbers given
	events     map[string]int
	attributes int
}

func writeAnn(w *bufio.Writer, r *Report, c converter) error {
	a := standoff{w: w, c: c, events: map[string]int{}}
	for i := range r.Statements {
		a.events[r.Statements[i].ID] = i + 1
	}
	for i := range r.Statements {
		a.statement(&r.Statements[i], i)
	}
	if a.c.err != nil {
		return fmt.Errorf("report %s: %w", r.ID, a.c.err)
	}
	return nil
}

// span writes a text-bound annotation and returns its number. No fragment of one
// goes over the end of a line.
func (a *standoff) span(kind string, s hearsay.Span, statement int) int {
	if a.c.words(s, "statement", statement); a.c.err != nil {
		return 0
	}
	a.spans++
	var ranges, texts []string
	at := s.Start
	for part := range strings.SplitAfterSeq(s.In(a.c.text), "\n") {
		line := strings.TrimRight(part, "\r\n")
		if line != "" {
			piece := a.c.words(hearsay.Span{Start: at, End: at + len(line)}, "statement", statement)
			ranges = append(ranges, fmt.Sprintf("%d %d", piece.Start, piece.End))
			texts = append(texts, line)
		}
		at += len(part)
	}
	if len(ranges) == 0 { // nothing but line ends
		a.spans--
		return 0
	}
	fmt.Fprintf(a.w, "T%d\t%s %s\t%s\n", a.spans, kind, strings.Join(ranges, ";"), strings.Join(texts, " "))
	return a.spans
}

// statement writes the event of a statement with all that hangs on it.
func (a *standoff) statement(s *hearsay.Statement, i int) {
	trigger := s.Cue.Span
	if trigger.Empty() {
		trigger = s.Content[0]
	}
	var roles []string
	count := map[string]int{}
	add := func(role, kind string, sp hearsay.Span) {
		if sp.Empty() {
			return
		}
		if t := a.span(kind, sp, i); t > 0 {
			count[role]++
			name := role
			if count[role] > 1 {
				name += fmt.Sprint(count[role])
			}
			roles = append(roles, fmt.Sprintf("%s:T%d", name, t))
		}
	}
	event := a.span("Statement", trigger, i)
	for _, piece := range s.Content {
		add("Content", "Content", piece)
	}
	for _, m := range []struct {
		role string
		m    *hearsay.Mention
	}{{"Speaker", s.Speaker}, {"Addressee", s.Addressee}, {"Medium", s.Medium}, {"Place", s.Place}} {
		if m.m != nil {
			add(m.role, m.role, m.m.Span)
		}
	}
	if s.When != nil {
		add("When", "Time", s.When.Span)
	}
	for _, q := range s.Numbers {
		add("Number", "Number", q.Span)
	}
	for _, m := range s.Times {
		add("Time", "Time", m.Span)
	}
	for _, k := range s.Checks {
		add("Check", "Check", k.Span)
	}
	for _, other := range [][2]string{{"Within", s.Within}, {"Answers", s.Answers}} {
		if n := a.events[other[1]]; n > 0 {
			roles = append(roles, fmt.Sprintf("%s:E%d", other[0], n))
		}
	}
	fmt.Fprintf(a.w, "E%d\tStatement:T%d %s\n", i+1, event, strings.Join(roles, " "))
	a.attribute(i+1, "Quoting", string(s.Quoting))
	a.attribute(i+1, "Mode", string(s.Mode))
	a.attribute(i+1, "Force", string(s.Force))
	if s.Negated {
		a.attributes++
		fmt.Fprintf(a.w, "A%d\tNegated E%d\n", a.attributes, i+1)
	}
	note := "statement " + s.ID
	if s.Speaker != nil && s.Speaker.Name != "" {
		note += ", speaker " + oneLine(s.Speaker.Name)
	}
	fmt.Fprintf(a.w, "#%d\tAnnotatorNotes E%d\t%s\n", i+1, i+1, note)
}

func (a *standoff) attribute(event int, name, value string) {
	if value != "" {
		a.attributes++
		fmt.Fprintf(a.w, "A%d\t%s E%d %s\n", a.attributes, name, event, value)
	}
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
