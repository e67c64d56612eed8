package read

import (
	"context"
	"strings"
	"testing"

	"golang.org/x/text/encoding/charmap"

	"hearsay"
)

// mended returns a text after repair, with its repairs.
func mended(t testing.TB, text string) *hearsay.Document {
	t.Helper()
	doc := &hearsay.Document{Text: text, Pieces: onePiece(len(text), 0)}
	if err := repair(context.Background(), doc); err != nil {
		t.Fatal(err)
	}
	return doc
}

// misreadAs returns what becomes of a text when its UTF-8 is read as each of
// the charsets in turn. Bytes that a charset leaves undefined become control
// characters.
func misreadAs(text string, as ...*charmap.Charmap) string {
	for _, c := range as {
		var b strings.Builder
		for _, x := range []byte(text) {
			r := c.DecodeByte(x)
			if r == '\ufffd' {
				r = rune(x)
			}
			b.WriteRune(r)
		}
		text = b.String()
	}
	return text
}

func TestMisreadTextIsMended(t *testing.T) {
	w, l, mac := charmap.Windows1252, charmap.ISO8859_1, charmap.Macintosh
	for _, c := range []struct {
		text string
		as   []*charmap.Charmap
	}{
		{"“We shall rebuild it,” she said – today…", []*charmap.Charmap{w}},
		{"It’s the mayor’s pier", []*charmap.Charmap{w, w}},
		{"It’s the mayor’s pier", []*charmap.Charmap{w, w, w}},
		{"It’s the mayor’s pier", []*charmap.Charmap{l}},
		{"It’s the mayor’s pier", []*charmap.Charmap{l, l}},
		{"the café in São Marélo", []*charmap.Charmap{w}},
		{"the café in São Marélo", []*charmap.Charmap{w, w}},
		{"the café in São Marélo", []*charmap.Charmap{l, w}},
		{"Österreich, Ängström, FAÇADE, GRÜN, Élan", []*charmap.Charmap{w}},
		{"Paweł Świątek and Łukasz Dvořák of Plzeň", []*charmap.Charmap{w}},
		{"crème brûlée à la carte, groß, weiß", []*charmap.Charmap{w}},
		{"¿Qué dijo el niño? ¡Nada!", []*charmap.Charmap{w}},
		{"£100 and €50, 20°C, ½ of it™", []*charmap.Charmap{w}},
		{"100\u00a0km, 3 × 4", []*charmap.Charmap{w}},
		{"Мэр города заявил", []*charmap.Charmap{w}},
		{"Мэр города заявил", []*charmap.Charmap{charmap.Windows1251}},
		{"ο δήμαρχος δήλωσε", []*charmap.Charmap{w}},
		{"市長は記者会見で", []*charmap.Charmap{w}},
		{"시장은 기자회견에서", []*charmap.Charmap{w}},
		{"a party 🎉 tonight ✓", []*charmap.Charmap{w}},
		{"the β-carotene of 5 µg", []*charmap.Charmap{w}},
		{"It’s “naïve”, the café – no", []*charmap.Charmap{mac}},
		{"It’s “naïve”, the café – no", []*charmap.Charmap{charmap.CodePage437}},
		{"It’s “naïve”, the café – no", []*charmap.Charmap{charmap.CodePage850}},
		{"It’s “naïve”, the café – no", []*charmap.Charmap{charmap.Windows1251}},
		{"It’s “naïve”, the café – no", []*charmap.Charmap{charmap.Windows1250}},
	} {
		damaged := misreadAs(c.text, c.as...)
		if doc := mended(t, damaged); doc.Text != c.text {
			t.Errorf("%q became %q, not %q", damaged, doc.Text, c.text)
		} else if len(doc.Repairs) == 0 || doc.Repairs[0].Kind != hearsay.Mojibake {
			t.Errorf("%q: repairs %v", damaged, doc.Repairs)
		}
	}
}

func TestMisreadPartsAreMended(t *testing.T) {
	for _, c := range []struct{ damaged, text string }{
		{"the “café” and the cafÃ©, “bothâ€\u009d", "the “café” and the café, “both”"},
		{"â€œNo,â€ she said. â€œNot now.â€", "“No,” she said. “Not now.”"}, // the last byte of ” is lost
		{"a longâ€term plan", "a long-term plan"},                          // so is that of a hyphen
		{"voilÃ  la ville", "voilà la ville"},                              // no-break space become a space
		{"voilÃ la ville", "voilà la ville"},
		{"He left.Â  She stayed.", "He left.  She stayed."}, //
		{"100Â km", "100 km"},                                                           //
		{"na\u00c3 \u0304ve SÃ ̈vres", "naïve Sèvres"},                                  // normalised after it was misread
		{"Don\u0092t say \u0093no\u0094 \u0096 ever", "Don’t say “no” – ever"},          // windows-1252 read as ISO 8859-1
		{"well\u0085 \u0093no\u0094", "well… “no”"},                                     //
		{"one\u0085two", "one\ntwo"},                                                    // a line end, where nothing says otherwise
		{"ï»¿The report", "The report"},                                                 // a byte order mark
		{"&acirc;&euro;&oelig;No&acirc;&euro;&#157;", "“No”"},                           //
		{"The Côte d’Ivoire and cafÃ©s – naïve", "The Côte d’Ivoire and cafés – naïve"}, //
		{"JosÃ© said “Ã©”", "José said “é”"},                                            //
		{"Â£5 or Â€5", "£5 or Â€5"},                                                     //
		{strings.Repeat("Ã©", 3) + strings.Repeat("é", 3), strings.Repeat("é", 6)},      //
		{"â€¢ one\nâ€¢ two", "• one\n• two"},                                            //
		{"She said: â€™tis â€˜so", "She said: ’tis ‘so"},                                //
		{"FranÃ§ois Hollandeâ€™s", "François Hollande’s"},                               //
		{"FranA\u0303\u0083A\u0302\u00a7ois, JuliA\u0303\u00a1n", "François, Julián"},   // decomposed, too
		{"BasÃ\u0083Â¡Ã\u0083Â±ez", "Basáñez"},                                          //
		{"ligature ï¬‚ow", "ligature ﬂow"},                                              //
		{"the temperature was 20Â°C or 68Â°F", "the temperature was 20°C or 68°F"},      //
		{"Copyright Â© the town", "Copyright © the town"},                               //
		{"Ã‰mile and Ã€ bientÃ´t", "Émile and À bientôt"},                               //
		{"L’Ã®le and lâ€™Ã®le", "L’île and l’île"},                                      //
		{"Â«BonjourÂ», dit-il", "«Bonjour», dit-il"},                                    //
		{"Zurichâ€”where he livesâ€”is quiet", "Zurich—where he lives—is quiet"},        //
		{"3â€“4 and 5â€\u00904", "3–4 and 5‐4"},                                         //
		{"Å½iga and Å tefan", "Žiga and Å tefan"},                                       // a lost no-break space in Š
		{"a ðŸ˜€ face", "a 😀 face"},                                                     //
	} {
		if doc := mended(t, c.damaged); doc.Text != c.text {
			t.Errorf("%q became %q, not %q", c.damaged, doc.Text, c.text)
		}
	}
}

// What looks like a misreading here and there, and is none.
func TestCleanTextIsNotMended(t *testing.T) {
	for _, text := range []string{
		"Ã", "Â", "â", "the letter Ã and the letter Â",
		"São João, coração, irmã, maçã, não", "A MINHA IRMÃ”, disse", "“IRMÃ”", "A MANHÃ… É FRIA", "AMANHÃ — hoje não",
		"ROMÂNIA, «CÂ»", "în România, Ţara Românească, CUVÂNT", "Ångström, Åse, ÅS”, PÅ…", "“ÅÄÖ”", "SMÅ”",
		"voilà », dit-il ; « été »", "« C’est l’été\u00a0», dit-il, «\u00a0à\u00a0Paris\u00a0»", "“J’ai été…”", "“CAFÉ”", "“CAFÉ…”", "RÉSUMÉ—", "L’É’",
		"Ελληνικά: «Ναι», είπε", "Русский текст: «Да», сказал он. РФ, СССР, ЕС", "Січень, Рівне, Україна, її, ґанок", "Српски: Ђорђе, Љубљана",
		"日本語の文章「はい」と言った", "中文文本：“是的”，他说", "한국어 문장", "עברית", "العربية", "ไทย\u200bไทย",
		"“It’s” – she said… ‘no’ — €5, £4, ¥3, ½, ©, ®, ™, °, ·, §", "naïve café façade jalapeño Zürich Kraków Łódź Đặng Thị",
		"√2 ≈ 1.41, ∑ ±, ├── file, ┬─┐", "™®©", "1 µm, 5 Å, 20 °C", "ÿ þ ð Ð Þ", "emoji 🎉👍🏽 👩‍👩‍👧", "Íñigo Ñúñez", "ÀÉÈÙ", "ÑANDÚ”",
		"mot « Â » seul", "SA\u0303O, A\u0302NGULO, A\u0302\u00a0», na\u0303o", "ß", "Nguyễn Văn Thiệu", "İstanbul, ığdır", "Ærø, Øst, ”Å”",
	} {
		if doc := mended(t, text); doc.Text != text {
			t.Errorf("%q became %q: %v", text, doc.Text, doc.Repairs)
		}
	}
}
