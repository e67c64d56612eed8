package compare

import (
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// TestGenerated changes statements by rule, so that what they become is known,
// and holds the verdicts to the bars.
func TestGenerated(t *testing.T) {
	var f figures
	statements := contents(t)
	for i, s := range statements {
		head := "Ana Krel | 2026-03-04 | The Herald | mayor"
		for _, g := range generators {
			other, want, kinds := g(s)
			if other == "" || other == s {
				continue
			}
			p := pair{a: said(t, head, s), b: said(t, head, other), want: want, changes: kinds}
			if p.a.weight < shortBits || p.b.weight < shortBits {
				continue
			}
			if v := Wording(p.a, p.b); f.count(p, v) && *show == "generated" {
				t.Logf("want %s %v, got %s %v %.2f\n\t%s\n\t%s", want, kinds, v.Relation, told(v), v.Likeness, s, other)
			}
		}
		for k := 1; k <= 10; k++ {
			other := statements[(i+k*31)%len(statements)]
			if other != s {
				p := pair{a: said(t, head, s), b: said(t, head, other), want: Different}
				f.count(p, Wording(p.a, p.b))
			}
		}
	}
	t.Logf("\n%s", f)
	p, r := rate(f.right, f.found), rate(f.right, f.variants)
	for _, bar := range []struct {
		name       string
		got, least float64
	}{
		{"F1 of variants", 2 * p * r / (p + r), 0.90}, {"numbers and negations flagged", rate(f.turnedFlagged, f.turned), 0.98},
		{"same that are same", 1 - rate(f.falseSame, f.pairs), 0.99}, {"variants with a key", rate(f.keyed, f.variants), 0.97},
	} {
		if bar.got < bar.least {
			t.Errorf("%s: %.3f, want %.2f", bar.name, bar.got, bar.least)
		}
	}
}

// contents returns the first statements of the pairs that may be looked at,
// each once.
func contents(t *testing.T) []string {
	t.Helper()
	var all []string
	for _, pattern := range []string{"testdata/*.txt", "../corpus/pairs/tune/*.txt"} {
		files, _ := filepath.Glob(pattern)
		for _, f := range files {
			for _, p := range readPairs(t, f) {
				if !slices.Contains(all, p.a.Text) && !strings.Contains(p.a.Text, "…") {
					all = append(all, p.a.Text)
				}
			}
		}
	}
	return all
}

// A generator changes a statement; "" where it cannot.
type generator func(s string) (other string, want Relation, kinds []ChangeKind)

var generators = []generator{straight, expanded, cutTail, cutHead, otherNumber, negated, otherWord, indirectly}

func straight(s string) (string, Relation, []ChangeKind) {
	return strings.NewReplacer("“", `"`, "”", `"`, "’", "'", ",", "").Replace(s) + " ", Same, nil
}

func expanded(s string) (string, Relation, []ChangeKind) {
	return strings.NewReplacer("n't ", " not ", "'re ", " are ", "'ll ", " will ", "'ve ", " have ", "I'm ", "I am ").Replace(
		strings.ReplaceAll(strings.ReplaceAll(strings.ReplaceAll(s, "’", "'"), "can't", "cannot"), "won't", "will not")), Same, nil
}

func cutTail(s string) (string, Relation, []ChangeKind) {
	words := strings.Fields(s)
	if len(words) < 14 || strings.Count(s, "“") != 1 || !strings.HasPrefix(s, "“") {
		return "", "", nil
	}
	return strings.Join(words[:len(words)*6/10], " ") + "”", Trimmed, nil
}

func cutHead(s string) (string, Relation, []ChangeKind) {
	words := strings.Fields(s)
	if len(words) < 14 || strings.Count(s, "“") != 1 || !strings.HasPrefix(s, "“") {
		return "", "", nil
	}
	return "“" + strings.Join(words[len(words)*4/10:], " "), Trimmed, nil
}

var digits = regexp.MustCompile(`\b\d+\b`)

func otherNumber(s string) (string, Relation, []ChangeKind) {
	at := digits.FindStringIndex(s)
	if at == nil {
		return "", "", nil
	}
	n, _ := strconv.Atoi(s[at[0]:at[1]])
	return s[:at[0]] + strconv.Itoa(n*2+3) + s[at[1]:], Altered, []ChangeKind{NumberChanged}
}

var auxiliary = regexp.MustCompile(` (will|would|is|are|was|were|had been|has been|must) `)

var anyNegation = regexp.MustCompile(`(?i)\b(not|no|never|nobody|nothing|neither|nor|without|hardly|unless|n't|cannot|can't|denied|refused|unable|failed|none)\b|n['’]t\b`)

func negated(s string) (string, Relation, []ChangeKind) {
	at := auxiliary.FindStringIndex(s)
	if at == nil || anyNegation.MatchString(s) {
		return "", "", nil
	}
	first := strings.Fields(s[at[0]:at[1]])[0]
	return s[:at[0]] + " " + first + " not" + s[at[0]+1+len(first):], Altered, []ChangeKind{NegationChanged}
}

func otherWord(s string) (string, Relation, []ChangeKind) {
	words := strings.Split(s, " ")
	if len(words) < 10 || strings.Count(s, "“") != 1 || !strings.HasPrefix(s, "“") || !strings.HasSuffix(s, "”") {
		return "", "", nil
	}
	words = slices.Clone(words)
	words[5] = "marble"
	return strings.Join(words, " "), Altered, []ChangeKind{QuotedWords}
}

func indirectly(s string) (string, Relation, []ChangeKind) {
	if !strings.HasPrefix(s, "“") || strings.Contains(s, "If ") || strings.Contains(s, " not") {
		return "", "", nil
	}
	other := strings.NewReplacer("“", "", "”", "", "We ", "they ", " we ", " they ", " our ", " their ", " us ", " them ", "I ", "she ", " I ", " she ", " my ", " her ",
		" will ", " would ", " are ", " were ", " is ", " was ", " have ", " had ", " has ", " had ", " can ", " could ").Replace(s)
	if len(other) == len(strings.NewReplacer("“", "", "”", "").Replace(s)) {
		return "", "", nil
	}
	return "that " + other, Reworded, nil
}
