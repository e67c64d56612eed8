package read

import (
	"strings"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	utf16enc "golang.org/x/text/encoding/unicode"
	"golang.org/x/text/encoding/unicode/utf32"

	"hearsay"
)

var charsetTexts = map[string]string{
	"english":  "“We will rebuild the pier,” the mayor of Velmora said – and the café on it, too. It’s a matter of pride.\n",
	"french":   "Le maire a déclaré à la presse que la jetée serait reconstruite avant l'été, malgré le coût élevé et les réserves exprimées par l'opposition.\n",
	"german":   "Die Bürgermeisterin erklärte, die Brücke müsse für größere Schiffe geöffnet werden; über die Kosten könne später gesprochen werden.\n",
	"polish":   "Burmistrz powiedział, że most zostanie odbudowany przed zimą, choć pieniądze jeszcze nie nadeszły. Mieszkańcy są źli i zazdrośni, bo czekają już pół roku.\n",
	"russian":  "Мэр города заявил, что новый мост будет построен до зимы. По его словам, деньги уже выделены, но рабочих пока не хватает.\n",
	"greek":    "Ο δήμαρχος δήλωσε ότι η γέφυρα θα ξαναχτιστεί πριν από τον χειμώνα, αν και τα χρήματα δεν έχουν φτάσει ακόμη.\n",
	"japanese": "市長は記者会見で、冬までに新しい橋を建設すると述べた。費用については、まだ決まっていないという。住民からは不安の声も上がっている。\n",
	"chinese":  "市长在新闻发布会上表示，新的大桥将在冬天之前建成。他说，费用问题还没有最后决定，居民对此表示担心。\n",
	"korean":   "시장은 기자회견에서 겨울이 오기 전에 새 다리를 건설하겠다고 밝혔다. 그는 비용 문제가 아직 결정되지 않았다고 말했다.\n",
	"turkish":  "Belediye başkanı, köprünün kıştan önce yeniden yapılacağını söyledi. Paranın henüz gelmediğini, ancak işçilerin hazır olduğunu belirtti.\n",
}

func TestDecodeEachCharset(t *testing.T) {
	for _, c := range []struct {
		name     string
		enc      encoding.Encoding
		text     string
		declared string
	}{
		{"utf-8", encoding.Nop, "english", ""},
		{"utf-8", encoding.Nop, "russian", "windows-1251"},
		{"utf-8", encoding.Nop, "japanese", "shift_jis"},
		{"utf-16le", utf16enc.UTF16(utf16enc.LittleEndian, utf16enc.UseBOM), "english", ""},
		{"utf-16be", utf16enc.UTF16(utf16enc.BigEndian, utf16enc.UseBOM), "japanese", ""},
		{"utf-16le", utf16enc.UTF16(utf16enc.LittleEndian, utf16enc.IgnoreBOM), "english", ""},
		{"utf-16be", utf16enc.UTF16(utf16enc.BigEndian, utf16enc.IgnoreBOM), "german", "utf-8"},
		{"utf-32le", utf32.UTF32(utf32.LittleEndian, utf32.UseBOM), "chinese", ""},
		{"utf-32be", utf32.UTF32(utf32.BigEndian, utf32.IgnoreBOM), "english", ""},
		{"windows-1252", charmap.Windows1252, "english", ""},
		{"windows-1252", charmap.Windows1252, "english", "utf-8"},
		{"windows-1252", charmap.Windows1252, "french", ""},
		{"windows-1252", charmap.Windows1252, "german", "utf-8"},
		{"windows-1252", charmap.ISO8859_1, "french", "iso-8859-1"},
		{"iso-8859-2", charmap.ISO8859_2, "polish", "iso-8859-2"},
		{"iso-8859-2", charmap.ISO8859_2, "polish", ""},
		{"windows-1250", charmap.Windows1250, "polish", "windows-1250"},
		{"windows-1250", charmap.Windows1250, "polish", ""},
		{"windows-1251", charmap.Windows1251, "russian", ""},
		{"koi8-r", charmap.KOI8R, "russian", ""},
		{"iso-8859-5", charmap.ISO8859_5, "russian", "ISO-8859-5"},
		{"iso-8859-7", charmap.ISO8859_7, "greek", ""},
		{"windows-1254", charmap.Windows1254, "turkish", "iso-8859-9"},
		{"shift_jis", japanese.ShiftJIS, "japanese", ""},
		{"euc-jp", japanese.EUCJP, "japanese", ""},
		{"iso-2022-jp", japanese.ISO2022JP, "japanese", ""},
		{"gb18030", simplifiedchinese.GB18030, "chinese", ""},
		{"gbk", simplifiedchinese.GBK, "chinese", "gb2312"},
		{"euc-kr", korean.EUCKR, "korean", ""},
		{"euc-kr", korean.EUCKR, "korean", "utf-8"},
	} {
		t.Run(c.name+" "+c.text+" "+c.declared, func(t *testing.T) {
			text := charsetTexts[c.text]
			b, err := c.enc.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			d := decode(b, c.declared)
			if d.charset != c.name || d.text != text {
				t.Fatalf("charset %q, text %q", d.charset, d.text)
			}
			if len(d.repairs) != 0 {
				t.Errorf("repairs: %v", d.repairs)
			}
			checkOrder(t, d.text, b, d.pieces)
			for _, p := range d.pieces {
				if c.name == "utf-8" || c.name == "iso-2022-jp" {
					continue
				}
				if back := decodeAs(b[p.Bytes.Start:p.Bytes.End], 0, c.name).text; back != p.Text.In(text) {
					t.Errorf("piece %v: %q from bytes that are %q", p, p.Text.In(text), back)
				}
			}
		})
	}
}

func TestWesternTextIsNoCentralEuropean(t *testing.T) {
	for _, text := range []string{
		"<p>La señora Núñez añadió: «Está bien».</p> ",
		"»Täytyy odottaa», sanoi Väinö. »Niin», hän lisäsi.\n",
		"»Täytyy odottaa»\n",
		"Là-bas, à côté, « voilà », dit-elle à l'été. ",
		"Åse på Ærø sagde »ja« og gik på broen.",
	} {
		for _, text := range []string{text, strings.Repeat(text, 2), strings.Repeat(text, 20)} {
			b, err := charmap.Windows1252.NewEncoder().Bytes([]byte(text))
			if err != nil {
				t.Fatal(err)
			}
			for _, declared := range []string{"", "utf-8"} {
				if d := decode(b, declared); d.text != text {
					t.Errorf("%q: %s, %q", declared, d.charset, d.text)
				}
			}
		}
	}
	for _, text := range []string{
		"Šťastný kůň přišel domů, ať žije, řekla „paní“ Dvořáková.",
		"Burmistrz Poznania powiedział, że „słońce” wyjdzie o ósmej.",
		"Az őrült kérdés: hány fő? Tűz és víz, mondta a szűk körű űrlap.",
	} {
		b, err := charmap.Windows1250.NewEncoder().Bytes([]byte(text))
		if err != nil {
			t.Fatal(err)
		}
		if d := decode(b, ""); d.text != text {
			t.Errorf("%s, %q", d.charset, d.text)
		}
	}
}

// checkOrder checks that pieces lie within text and bytes, in order.
func checkOrder(t testing.TB, text string, b []byte, pieces []hearsay.Piece) {
	t.Helper()
	var last hearsay.Piece
	for _, p := range pieces {
		switch {
		case p.Text.Empty() || p.Bytes.Empty() || p.Text.End > len(text) || p.Bytes.End > len(b):
			t.Fatalf("piece %v of a text of %d from %d bytes", p, len(text), len(b))
		case p.Text.Start < last.Text.End || p.Bytes.Start < last.Bytes.End:
			t.Fatalf("piece %v after %v", p, last)
		case !utf8.RuneStart(text[p.Text.Start]):
			t.Fatalf("piece %v starts within a character", p)
		}
		last = p
	}
}

func TestDecodeDamagedUTF8(t *testing.T) {
	for _, c := range []struct{ name, bytes, declared, text, repairs string }{
		{"byte order mark", "\xef\xbb\xbfThe café", "", "The café", ""},
		{"a lone byte", "The café \xff is closed", "", "The café \ufffd is closed", `invalid_bytes "\xff"`},
		{"a run of bytes", "The café \xff\xfe\xfa is closed", "utf-8", "The café \ufffd is closed", `invalid_bytes "\xff\xfe\xfa"`},
		{"cut off", "the end of the caf\xc3", "", "the end of the caf\ufffd", `invalid_bytes "\xc3"`},
		{"quotation marks of windows-1252", "The café \x93is open\x94, she said", "utf-8", "The café “is open”, she said", `mojibake "\x93", mojibake "\x94"`},
		{"its dash and ellipsis", "“Well\x85” \x96 no", "", "“Well…” – no", `mojibake "\x85", mojibake "\x96"`},
		{"its letters, too", "The “old” \x93caf\xe9\x94 \xcele", "", "The “old” “café” Île", `mojibake "\x93", mojibake "\xe9\x94", mojibake "\xce"`},
		{"a letter among UTF-8", "The “old” caf\xe9 is shut", "", "The “old” café is shut", `mojibake "\xe9"`},
		{"no letters", "“Hel–lo” \xff\xfe said Bob \xc3 end of caf\xe9 x", "", "“Hel–lo” \ufffd said Bob \ufffd end of caf\ufffd x", `invalid_bytes "\xff\xfe", invalid_bytes "\xc3", invalid_bytes "\xe9"`},
		{"what is left of an apostrophe", "“It” isn\xe2t so", "", "“It” isn\ufffdt so", `invalid_bytes "\xe2"`},
		{"windows-1252 late", strings.Repeat("Read on. ", sampled) + "It\x92s the caf\xe9", "utf-8", strings.Repeat("Read on. ", sampled) + "It’s the café", ""},
		{"windows-1252 throughout", "It\x92s the caf\xe9", "utf-8", "It’s the café", ""},
	} {
		d := decode([]byte(c.bytes), c.declared)
		var list []string
		for _, r := range d.repairs {
			list = append(list, string(r.Kind)+` "`+r.Was+`"`)
			if r.End > len(d.text) || r.Empty() {
				t.Errorf("%s: repair at %v", c.name, r.Span)
			}
		}
		if got := strings.Join(list, ", "); d.text != c.text || got != c.repairs {
			t.Errorf("%s: %.200q, repairs %s", c.name, d.text, got)
		}
		checkOrder(t, d.text, []byte(c.bytes), d.pieces)
	}
}

func TestPiecesOfMixedLengthsAreFew(t *testing.T) {
	b := []byte(strings.Repeat("a\xe9", sampled))
	d := decodeAs(b, 0, "windows-1252")
	checkOrder(t, d.text, b, d.pieces)
	if most := len(b)/pieceChars + 2; len(d.pieces) > most {
		t.Errorf("%d pieces, more than %d", len(d.pieces), most)
	}
	for _, p := range d.pieces {
		if p.Text.Len() == p.Bytes.Len() && !isASCII(p.Text.In(d.text)) {
			t.Fatalf("piece %v looks as if it corresponded byte for byte", p)
		}
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r >= utf8.RuneSelf }) < 0
}
