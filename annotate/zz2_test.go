package annotate

import "testing"

func TestZZOne(t *testing.T) {
	a := load(t)
	for _, text := range []string{
		"Venn and Torvane vow to keep Salt Strait open\n\nThe two leaders agreed on joint patrols at their meeting. Prime Minister Signe Torvane met President Ilario Venn. The Kernland government said it was late.", "Dario Ventresca built the scooter firm in a garage. “Cash is oxygen,” the entrepreneur likes to say.",
		"“The western partners have once again shown their true face,” Foreign Ministry spokeswoman Irina Belkova noted. The diplomat stressed that the country reserves the right to respond.",
		"Wimslow's Jodie Amadi, seeded 28th, beat the champion Carla Reyes in straight sets. \"I don't really know what to say,\" said the 19-year-old.",
		"Saltmarch disputes this account. A spokesman, Rory Quillfeather, said the commissioner had been consulted ‘at every stage’ and had raised ‘no formal objection’. He called her remarks ‘sour grapes’.",
		"Odile Brackley left. A foreman at the works, who asked that his name not be printed, said the wall was old. He said nobody came.",
	} {
		x := a.analyse(report(text))
		found := a.attributions(x)
		r := newResolver(x)
		ss, _ := x.statements(found, r)
		for _, g := range r.sights {
			n := "?"
			if g.q != nil {
				n = g.q.name
			}
			t.Logf("  sight %q %s sex %d w %v s %d q %d", x.span(g.words).In(text), n, g.sex, g.weight, g.sentence, g.quote)
		}
		for _, s := range ss {
			if s.Speaker != nil {
				t.Logf("%q -> %q %s %s %v", s.Speaker.In(text), s.Speaker.Name, s.Speaker.Why, s.Speaker.Kind, s.Because[1:])
			}
		}
	}
}
