package annotate

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"hearsay"
)

// published makes a report of a day, "" for none.
func published(t *testing.T, text, day string) *hearsay.Document {
	t.Helper()
	d := report(text)
	if day != "" {
		p, err := time.Parse(time.DateOnly, day)
		if err != nil {
			t.Fatal(err)
		}
		d.Published = p
	}
	return d
}

// names returns the names of the speakers of a report, with a mark behind those
// from the table of offices.
func names(a *Annotator, d *hearsay.Document) string {
	var out []string
	for _, s := range a.Statements(d) {
		if s.Speaker == nil {
			continue
		}
		name := s.Speaker.Name
		for _, b := range s.Because {
			if b.Rule == "speaker-office-table" {
				name += "*"
			}
		}
		out = append(out, name)
	}
	return strings.Join(out, ", ")
}

func TestOfficesOfTheTable(t *testing.T) {
	a := load(t)
	for _, c := range []struct{ day, text, want string }{
		// An office and its place.
		{"2019-03-04", "The French president said that the talks would go on.", "Emmanuel Macron*"},
		{"2015-03-04", "The French president said that the talks would go on.", "François Hollande*"},
		{"2023-06-13", "Germany's foreign minister said that it was late.", "Annalena Baerbock*"},
		{"2023-06-13", "The outgoing NATO chief said that it was late. He called for calm.", "Jens Stoltenberg*, Jens Stoltenberg*"},
		{"2023-06-13", "“We shall see,” the UN chief said.", "António Guterres*"},
		{"2023-06-13", "“We shall see,” said the U.S. president.", "Joe Biden*"},
		{"2023-06-13", "“We shall see,” said the president of the United States.", "Joe Biden*"},
		{"2023-06-13", "The President of the European Commission said that it was late.", "Ursula von der Leyen*"},
		{"2023-06-13", "The Turkish leader said that it was late.", "Recep Tayyip Erdoğan*"},
		{"2023-06-13", "The Kremlin chief said that it was late.", "Vladimir Putin*"},
		{"2023-06-13", "UN Secretary-General said that it was late.", "António Guterres*"},
		{"2023-06-13", "The head of the UN refugee agency said that it was late.", "Filippo Grandi*"},
		{"2023-06-13", "According to the EU's top diplomat, it was late.", "Josep Borrell*"},
		{"2023-06-13", "The US vice president said that it was late.", "Kamala Harris*"},
		// A title and a surname.
		{"2023-06-13", "French farmers were angry. President Macron said that it was late. Macron added that he would not wait.", "Emmanuel Macron*, Emmanuel Macron*"},
		{"2023-06-13", "Berlin was quiet. Chancellor Scholz said that it was late.", "Olaf Scholz*"},
		{"2023-06-13", "China's President Xi said that it was late.", "Xi Jinping*"},
		{"2023-06-13", "European Commission President von der Leyen said that it was late.", "Ursula von der Leyen*"},
		{"2023-06-13", "In Paris it rained. In Berlin, too. President Macron and Chancellor Scholz said that it was late.", "Emmanuel Macron and Olaf Scholz*"},
		{"2023-06-13", "President Macron and Chancellor Scholz met in Paris and Berlin. They said that it was late.", "Emmanuel Macron and Olaf Scholz*"},
		// Who is in view need not be meant.
		{"2023-06-13", "Emmanuel Macron arrived in Kyiv on Monday. The Ukrainian leader told reporters that it was late. “We are glad,” he said.", "Volodymyr Zelensky*, Volodymyr Zelensky*"},
		{"2023-06-13", "Jens Stoltenberg was in Washington. “We are glad,” the outgoing NATO chief said.", "Jens Stoltenberg*"},
		{"2023-06-13", "French Foreign Minister Catherine Colonna spoke. The German foreign minister said that it was late.", "Annalena Baerbock*"},
		{"", "French Foreign Minister Catherine Colonna spoke. The German foreign minister said that it was late.", ""},
		// A name misspelt, with the office.
		{"2023-06-13", "German Chancellor Olaf Schultz said that it was late.", "Olaf Scholz*"},
		{"2023-06-13", "French President Emmanuel Macaron said that it was late.", "Emmanuel Macron*"},
	} {
		if got := names(a, published(t, c.text, c.day)); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.day, c.text, got, c.want)
		}
	}
}

// TestOfficesLeftAlone holds what the table must not name.
func TestOfficesLeftAlone(t *testing.T) {
	a := load(t)
	for _, c := range []struct{ day, text, want string }{
		{"", "The French president said that it was late.", ""},                // published unknown
		{"2017-05-14", "The French president said that it was late.", ""},      // two on the day
		{"2017-05-15", "The French president said that it was late.", ""},      // and the day before
		{"2012-05-20", "The French prime minister said that it was late.", ""}, // his predecessor left in that month
		{"2018-03-20", "The US secretary of state said that it was late.", ""}, // a month that is not certain
		{"2018-04-10", "The US secretary of state said that it was late.", ""}, // nobody
		{"2027-03-04", "The French president said that it was late.", ""},      // after what the table knows
		{"1999-03-04", "The French president said that it was late.", ""},      // before it
		{"2023-06-13", "The Marenian president said that it was late.", ""},    // an invented country
		{"2023-06-13", "The president said that it was late.", ""},             // of what?
		{"2023-06-13", "The former French president said that it was late.", ""},
		{"2023-06-13", "The then French president said that it was late.", ""},
		{"2023-06-13", "The acting French president said that it was late.", ""},
		{"2023-06-13", "The deputy French foreign minister said that it was late.", ""},
		{"2023-06-13", "The Ukrainian deputy prime minister said that it was late.", ""},
		{"2023-06-13", "The French president-elect said that it was late.", ""},
		{"2023-06-13", "A French president said that it was late.", ""},
		{"2023-06-13", "The next French president said that it was late.", ""},
		{"2023-06-13", "The French president's spokesman said that it was late.", ""},
		{"2023-06-13", "The French presidents said that it was late.", ""},
		{"2023-06-13", "The chief of the UN mission said that it was late.", ""},
		{"2023-06-13", "The NATO spokesman said that it was late.", ""},
		{"2023-06-13", "In 2011 the French president said that it was late.", ""},
		{"2023-06-13", "Ten years ago the French president said that it was late.", ""},
		{"2023-06-13", "Last year the EU fell apart, the French president said last year.", ""},
		// The report names somebody else in the office, or has the name otherwise.
		{"2023-06-13", "French President Ann Ott left. “It is late,” the French president said.", "Ann Ott"},
		{"2023-06-13", "Mikhail Skolz spoke. German Chancellor Mikhail Skolz said that it was late.", "Mikhail Skolz"},
		{"2023-06-13", "Former French President Emmanuel Macaron said that it was late.", "Emmanuel Macaron"},
		{"2023-06-13", "Mr Macron said that it was late. France was quiet.", "Macron"},
		{"2023-06-13", "Club president Macron said that it was late. France was quiet.", "Macron"},
		{"2023-06-13", "President Macron said that students were late.", "Macron"}, // no word of France
		{"2023-06-13", "Thornish President Macron said that France was late.", "Macron"},
		{"2023-06-13", "Macron and Sons said that France was late.", "Macron and Sons"},
	} {
		if got := names(a, published(t, c.text, c.day)); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.day, c.text, got, c.want)
		}
	}
}

// TestTheReportsSpelling holds that the table ties a description to whom the
// report names, in the report's own spelling.
func TestTheReportsSpelling(t *testing.T) {
	d := published(t, "Volodimir Zelensky went home. It rained, and nothing more was told for a while.\n\nThe bridge was shut, the Ukrainian president said.", "2023-06-13")
	if got := names(load(t), d); got != "Volodimir Zelensky*" && got != "Volodimir Zelensky" {
		t.Errorf("%q", got)
	}
}

func TestWithActors(t *testing.T) {
	a := load(t)
	b, err := a.WithActors("mine.txt", []byte("\uFEFF# ours\r\n\r\nAnn Ott\tA. Ott\tVeldany; Veldanian\tchancellor; leader\t2020-01\tknown 2024-12-31\r\nBo Lind\t\tFrance\tpresident\t2020-01-01\t\nPer Lind\t\tFrance\tprime minister\t2020-01-01\n"))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ day, text, want string }{
		{"2023-06-13", "The Veldanian chancellor said that it was late.", "Ann Ott*"},
		{"2023-06-13", "Veldany's leader said that it was late.", "Ann Ott*"},
		{"2020-01-20", "Veldany's leader said that it was late.", ""},
		{"2025-01-01", "Veldany's leader said that it was late.", ""},
		{"2023-06-13", "The French president said that it was late.", "Bo Lind*"},
		{"2040-06-13", "The French president said that it was late.", "Bo Lind*"},
		{"2023-06-13", "The French premier said that it was late.", "Per Lind*"},
		{"2019-06-13", "The French president said that it was late.", "Emmanuel Macron*"},
		{"2023-06-13", "The Turkish leader said that it was late.", "Recep Tayyip Erdoğan*"},
	} {
		if got := names(b, published(t, c.text, c.day)); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.day, c.text, got, c.want)
		}
	}
	if got := names(a, published(t, "The French president said that it was late.", "2023-06-13")); got != "Emmanuel Macron*" {
		t.Errorf("the annotator itself has changed: %q", got)
	}
}

func TestActorsThatAreWrong(t *testing.T) {
	a := load(t)
	for _, c := range []struct{ table, want string }{
		{"Ann Ott", "mine.txt:1: a row has name"},
		{"# x\n\nAnn Ott, Veldany, president\n", "mine.txt:3: a row has name"},
		{"Ann Ott\t\tVeldany\tpresident\t2020-01-01\t2021-01-01\tmore", "mine.txt:1: a row has name"},
		{"\t\tVeldany\tpresident\t2020-01-01\t", "mine.txt:1: a row without a name"},
		{"Ann Ott\t\t;\tpresident\t2020-01-01\t", "mine.txt:1: a row without a name"},
		{"Ann Ott\t\tVeldany\t \t2020-01-01\t", "mine.txt:1: a row without a name"},
		{"Ann Ott\t\tVeldany\tpresident\t\t", "mine.txt:1: want a day"},
		{"Ann Ott\t\tVeldany\tpresident\t2020-02-30\t", "mine.txt:1: want a day"},
		{"Ann Ott\t\tVeldany\tpresident\t2020-02-03\tknown", "mine.txt:1: want a day"},
		{"Ann Ott\t\tVeldany\tpresident\t2020-02-03\t2019-12", "mine.txt:1: ends on 2019-12, before"},
		{"Ann Ott\t\tVeldany\tpresident\t2020-02-03\t\xff", "mine.txt:1: not plain text"},
		{"Ann\x00 Ott\t\tVeldany\tpresident\t2020-02-03\t", "mine.txt:1: not plain text"},
	} {
		_, err := a.WithActors("mine.txt", []byte(c.table))
		if err == nil || !strings.HasPrefix(err.Error(), c.want) {
			t.Errorf("%q: %v, want %s", c.table, err, c.want)
		}
	}
}

// TestEmbeddedActors looks for rows that contradict each other: two persons in one
// office on more than the day of a handover.
func TestEmbeddedActors(t *testing.T) {
	g := load(t).lex.register
	if len(g.terms) < 800 {
		t.Errorf("%d rows", len(g.terms))
	}
	for key, l := range g.held {
		for i, x := range l {
			for _, y := range l[:i] {
				from, to := max(x.from.last, y.from.last), min(x.to.first, y.to.first)
				if x.name != y.name && from < to {
					t.Errorf("%q: %s and %s both for %d days", key, x.name, y.name, to-from+1)
				}
				if x.name == y.name && x.from == y.from {
					t.Errorf("%q: %s stands twice", key, x.name)
				}
			}
		}
	}
}

func TestFold(t *testing.T) {
	for _, c := range []struct{ s, want string }{
		{"Recep Tayyip  Erdoğan", "recep tayyip erdogan"},
		{"U.S.", "us"},
		{"The United States’ president", "the united states ' president"},
		{"Germany's Díaz-Canel, who", "germany 's diaz canel , who"},
		{"Støre and Wałęsa", "store and walesa"},
		{"Sa'ar", "sa'ar"},
		{" - . ", ""},
	} {
		if got := fold(c.s); strings.Join(strings.Fields(got), " ") != c.want {
			t.Errorf("%q: %q, want %q", c.s, got, c.want)
		}
	}
}

func TestDiffer(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want bool
	}{
		{"scholz", "schultz", true}, {"scholz", "scholz", false}, {"macron", "macaron", true},
		{"putin", "lavrov", false}, {"", "a", true}, {"abc", "abcdef", false}, {"abcd", "badc", false},
	} {
		if got := differ(c.a, c.b, 2); got != c.want || differ(c.b, c.a, 2) != got {
			t.Errorf("%s %s: %v", c.a, c.b, got)
		}
	}
}

func FuzzActors(f *testing.F) {
	a, err := Load()
	if err != nil {
		f.Fatal(err)
	}
	f.Add("Ann Ott\tA. Ott\tVeldany; Veldanian\tchancellor; leader\t2020-01\tknown 2024-12-31\n", "The Veldanian leader said no.")
	f.Add("\uFEFF# x\r\n\t\t\t\t\t\n", "")
	f.Add("X\t;;\tFrance\tof\t2020-01-01\t", "The President of the of the X, who said: 'France's of X said no.")
	f.Add("'s\t' '\t's\t's\t2020-01-01\t", "The 's 's said that it was late. Of the 's said no.")
	f.Fuzz(func(t *testing.T, table, text string) {
		b, err := a.WithActors("mine.txt", []byte(table))
		if err != nil {
			if !strings.HasPrefix(err.Error(), "mine.txt:") {
				t.Errorf("no file and line: %v", err)
			}
			return
		}
		d := report(strings.ToValidUTF8(text, "\uFFFD"))
		d.Published = time.Date(2023, 6, 13, 0, 0, 0, 0, time.UTC)
		if err := check(d, b.Statements(d)); err != nil {
			t.Errorf("%v\n%q", err, text)
		}
	})
}

// TestOfficeShapes reads long reports full of offices, which take minutes where the
// cost is not linear.
func TestOfficeShapes(t *testing.T) {
	a := load(t)
	for name, shape := range map[string]func(n int) string{
		"descriptions": func(n int) string { return strings.Repeat("The French president said it was late. ", n) },
		"misspelt": func(n int) string {
			var b strings.Builder
			for i := range n / 4 {
				fmt.Fprintf(&b, "President Ann%c%c Mac%c%cron said that it was late in France. ", 'a'+i%26, 'a'+i/26%26, 'a'+i/676%26, 'a'+i%26)
			}
			return b.String()
		},
		"one sentence": func(n int) string { return strings.Repeat("the French president said, ", n) },
		"places":       func(n int) string { return strings.Repeat("UN US EU President Macron said. ", n) },
	} {
		d := report(shape(10_000))
		d.Published = time.Date(2023, 6, 13, 0, 0, 0, 0, time.UTC)
		if err := check(d, a.Statements(d)); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
}
