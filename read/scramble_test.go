package read

import (
	"testing"

	"golang.org/x/text/encoding/charmap"
)

func TestTextMisreadSeveralTimesIsMended(t *testing.T) {
	w, l := charmap.Windows1252, charmap.ISO8859_1
	for _, text := range []string{
		"“We shall open the lock,” Inés Dorva said on Friday, “and it won’t leak.”",
		"Señora Núñez drank a café in São Lúcio — and left…",
		"Die Bürgermeisterin sagte: „Die Straße ist größer.“",
		"Le préfet a déclaré : « Nous n’avons pas été prévenus à l’avance. »",
		"The road – from A to B – isn’t safe.",
		"Zażółć gęślą jaźń, powiedział Łukasz Żak.",
		"Ağrı’da Şükrü Çelik söyledi.",
	} {
		for _, as := range [][]*charmap.Charmap{{w}, {l}, {w, w}, {l, l}, {w, l}, {w, w, w}, {l, l, l}} {
			damaged := misreadAs(text, as...)
			if doc := mended(t, damaged); doc.Text != text {
				t.Errorf("%d times: %q became %q, not %q", len(as), damaged, doc.Text, text)
			}
		}
	}
}

func TestTextIsMendedAsTheRestOfIt(t *testing.T) {
	for _, c := range []struct {
		as   *charmap.Charmap
		text string
	}{
		{charmap.Windows1250, "Señor Núñez asked for a café in São Lúcio — and got one…"},
		{charmap.Windows1250, "Der Bürgermeister Jürgen Größle sagte: „Die Straße ist gesperrt.“"},
		{charmap.Macintosh, "Le préfet a déclaré : « Nous n’avons pas été prévenus à l’avance. »"},
		{charmap.CodePage437, "Le préfet a déclaré : « Nous n’avons pas été prévenus à l’avance. »"},
		{charmap.CodePage850, "Le préfet a déclaré : « Nous n’avons pas été prévenus à l’avance. »"},
		{charmap.Windows1251, "Мэр заявил, что всё хорошо, сказал он."},
		{charmap.ISO8859_1, "町の市長は言った。「ありがとう」"},
		{charmap.ISO8859_1, "日本 「 あ 」"},
	} {
		damaged := misreadAs(c.text, c.as)
		if doc := mended(t, damaged); doc.Text != c.text {
			t.Errorf("%q became %q, not %q", damaged, doc.Text, c.text)
		}
	}
}

func TestLostBytesOfTextMisreadTwice(t *testing.T) {
	for _, c := range []struct{ damaged, text string }{
		{"Ã¢â‚¬Å“HelloÃ¢â‚¬Â, she said.", "“Hello”, she said."},
		{"Ã¢â‚¬Å“Hello,Ã¢â‚¬Â\u009d she said.", "“Hello,” she said."},
		{"StraÃƒÅ¸e Ã…Â¼", "Straße ż"},
	} {
		if doc := mended(t, c.damaged); doc.Text != c.text {
			t.Errorf("%q became %q, not %q", c.damaged, doc.Text, c.text)
		}
	}
}
