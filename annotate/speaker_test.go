package annotate

import (
	"os"
	"slices"
	"strings"
	"testing"

	"hearsay"
)

// TestSpeakers reads the passages of testdata/speakers.txt and looks for each
// speaker's name, and for those who said the same.
func TestSpeakers(t *testing.T) {
	a := load(t)
	b, err := os.ReadFile("testdata/speakers.txt")
	if err != nil {
		t.Fatal(err)
	}
	for c := range strings.SplitSeq(string(b), "\n---\n") {
		c = withoutComment(c)
		text, want := passageAndWant(c)
		got := map[string]bool{}
		ss := a.Statements(report(text))
		for _, s := range ss {
			if m := s.Speaker; m != nil && m.Name != "" {
				got[m.In(text)+" => "+m.Name] = true
			} else if m != nil {
				got[m.In(text)+" => ("+m.Why+")"] = true
			}
			for _, v := range s.Also {
				line := "also " + v.Name + " @ "
				if v.Place != nil {
					line += v.Place.Name
				}
				got[strings.TrimSpace(line)] = true
			}
		}
		for line := range strings.SplitSeq(want, "\n") {
			if line = strings.TrimSpace(line); !got[line] {
				t.Errorf("%s\nwant %s\ngot %v", text, line, sortedKeys(got))
			}
		}
	}
}

// passageAndWant parts a passage from the lines that say who speaks in it.
func passageAndWant(c string) (text, want string) {
	lines := strings.Split(c, "\n")
	n := slices.IndexFunc(lines, func(s string) bool { return strings.Contains(s, " => ") || strings.HasPrefix(s, "also ") })
	return strings.Join(lines[:n], "\n"), strings.Join(lines[n:], "\n")
}

// TestHeadlineSpeaker wants the speaker behind the verb of a headline where the
// content stands behind both.
func TestHeadlineSpeaker(t *testing.T) {
	text := "Heavy fighting in Thorn: Harrow declares gains, says Holm at high cost\nTeodor Holm came late. Holm said the wall was old."
	d := report(text)
	d.Blocks[0].Kind = hearsay.Heading
	for _, s := range load(t).Statements(d) {
		if s.Speaker != nil && s.Speaker.Start < d.Blocks[0].End && s.Speaker.Name == "Teodor Holm" {
			return
		}
	}
	t.Error("no speaker in the headline")
}

// TestAnonymousGround wants the ground for keeping a name back signed with its
// words.
func TestAnonymousGround(t *testing.T) {
	text := "A sailor, who spoke on condition of anonymity because he feared for his job, said the wall was old."
	for _, s := range load(t).Statements(report(text)) {
		for _, r := range s.Because {
			if r.Rule == "anonymous-because" && r.In(text) == "because he feared for his job" {
				return
			}
		}
	}
	t.Error("no ground")
}

// TestNestedContentsKeepToTheirStatement wants what is said inside one
// quotation to hold no words of the quotation before.
func TestNestedContentsKeepToTheirStatement(t *testing.T) {
	text := "“I have a broken oar that I have been mending, and I thank you for the rope,” Holm said. Then he spoke of the regatta at Thorn.\n" +
		"“I think you said it, and I agree with you, the crew has never been closer,” he said."
	second := strings.Index(text, "\n")
	nested := 0
	for _, s := range load(t).Statements(report(text)) {
		if s.Within == "" || s.Cue.Start < second {
			continue
		}
		nested++
		if s.Content[0].Start < second {
			t.Errorf("%q has the content %q", s.Cue.In(text), s.Content[0].In(text))
		}
	}
	if nested == 0 {
		t.Error("nothing within the second quotation")
	}
}
