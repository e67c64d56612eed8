package compare

import (
	"testing"

	"hearsay"
)

func benchPairs(b *testing.B) []pair {
	b.Helper()
	return readPairs(b, "testdata/dev.txt")
}

func BenchmarkOf(b *testing.B) {
	text := "“We will reopen the bridge in April and pay the boatmen until then, as I told the council of Harrow on Tuesday.”"
	doc := &hearsay.Document{Text: text}
	s := &hearsay.Statement{Quoting: hearsay.Direct, Content: []hearsay.Span{{Start: 0, End: len(text)}}}
	b.ReportAllocs()
	for b.Loop() {
		Of(doc, s)
	}
}

func BenchmarkKeys(b *testing.B) {
	pairs := benchPairs(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		Keys(pairs[i%len(pairs)].a)
		i++
	}
}

func BenchmarkWording(b *testing.B) {
	pairs := benchPairs(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		Wording(pairs[i%len(pairs)].a, pairs[i%len(pairs)].b)
		i++
	}
}

func FuzzWording(f *testing.F) {
	for _, p := range readPairs(f, "testdata/dev.txt") {
		f.Add(p.a.Text, p.b.Text, "direct", "mixed")
	}
	f.Add("\xff\xfe 1,,2 $%", "’’’ n't 's “", "", "indirect")
	f.Add("no \u0598 comment", "\u0301", "direct", "mixed")
	f.Add("ʼ", " ", "", "")
	f.Add("he talks with the miners had failed over", "the talks with the pilots had gone well", "direct", "mixed")
	f.Fuzz(func(t *testing.T, one, other, p, q string) {
		a, b := fuzzed(one, p), fuzzed(other, q)
		v, w := Wording(a, b), Wording(b, a)
		rebuilds(t, a, b, v)
		rebuilds(t, b, a, w)
		if (v.Relation == Same) != (w.Relation == Same) {
			t.Errorf("%q, %q: %s, and %s the other way", one, other, v.Relation, w.Relation)
		}
		if self := Wording(a, a); self.Relation != Same {
			t.Errorf("%q and itself: %+v", one, self)
		}
		if len(Keys(a)) > mostKeys {
			t.Errorf("%q: too many keys", one)
		}
		Names(Known{Name: one, Role: other}, Known{Name: other, Role: one})
	})
}

func fuzzed(text, quoting string) Said {
	doc := &hearsay.Document{Text: text}
	return Of(doc, &hearsay.Statement{Quoting: hearsay.Quoting(quoting), Content: []hearsay.Span{{Start: 0, End: len(text)}}})
}
