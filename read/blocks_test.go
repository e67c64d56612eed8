package read

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"hearsay"
)

// readString reads a report in plain text.
func readString(t testing.TB, text string) *hearsay.Document {
	t.Helper()
	for doc, err := range Documents(context.Background(), Input{Name: "report.txt", Body: strings.NewReader(text)}, Options{}) {
		if err != nil {
			t.Fatalf("%q: %v", text, err)
		}
		return doc
	}
	t.Fatalf("%q: nothing read", text)
	return nil
}

// long is running text; tests put it where some must follow.
const long = "The harbour council of Velmora voted on Tuesday to rebuild the northern pier, which a storm had torn away in February."

// kinds are the kinds of blocks in short, as the tests write them.
var kinds = map[hearsay.BlockKind]string{
	hearsay.Paragraph: "p", hearsay.Heading: "h", hearsay.ListItem: "li", hearsay.Blockquote: "q",
	hearsay.Caption: "cap", hearsay.Credit: "cr", hearsay.Boilerplate: "b",
}

func TestBlocks(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{long, "p"},
		{"Council votes for pier\n\n" + long, "h p"},
		{"Council votes for pier\nBrandt: ‘Not a day too late’\n" + long + "\nOpposition wants a referendum\n" + long, "h h p h p"},
		{long + "\n“We won.”\n" + long, "p p p"},
		{long + "\n\"We won,\" she said\n" + long, "p p p"},
		{"Brandt: “We won”\n" + long, "p p"},
		{"Brandt: What do you say\nReyl: Nothing\nBrandt: Really\nReyl: Yes\n" + long, "p p p p p"},
		{long + "\nWhat did he say?\n" + long, "p p p"},
		{"Who pays for the pier?\n" + long, "h p"},
		{long + "\nVelmora\nOsterby\nLindholm\nRavn\nSund\n" + long, "p p p p p p p"},
		{long + "\nThe three demands:\n- a pier\n- a quay\n• a crane\n1. a light\n2) a bell\n(c) a dog\n" + long, "p p li li li li li li p"},
		{"2023 was a year.\n1,900 people came.\n3.5 million is much.", "p p p"},
		{"– That is his.\n-5 degrees were measured.\n-- she left.", "li p p"},
		{"> He wrote that\n> he would come.\n" + long + "\n\n> And more.", "q p q"},
		{"# Council votes\n" + long + "\n## What next\n" + long, "h p h p"},
		{"Photo: Jana Ruud/AFP\n" + long + "\nThe pier in March. (AP Photo/Jana Ruud)\n(Image: J. Ruud)\nPhoto by Jana Ruud: the pier\n“A photo: no,” he said.", "cap p cap cap cap p"},
		{"Council votes for pier\nBy Jana Ruud\n" + long, "h cr p"},
		{"By JANA RUUD and Per Holt, Staff Writers\n" + long, "cr p"},
		{"By Tuesday nobody had come to the town hall.\n" + long, "p p"},
		{"June 13, 2023\n" + long, "cr p"},
		{long + "\nab, cde/fg, hi (AFP, dpa, Reuters)", "p cr"},
		{long + "\n(Reuters)", "p cr"},
		{long + "\nReporting by Jana Ruud; Editing by Per Holt", "p cr"},
		{long + "\n(Additional reporting by Jana Ruud in Osterby; Writing by Per Holt; Editing by Ida Lie.)", "p cr"},
		{long + "\nThe Associated Press contributed to this report.", "p cr"},
		{long + "\nWith reporting by AFP", "p cr"},
		{"LONDON (Reuters) - " + long, "p"},
		{"Reporting by the press was wrong, he said on Monday, and it hurt the town.\n" + long, "p p"},
		{long + "\n" + long + "\n“Lifelong web ninja. Certified bacon lover. Annoyingly humble coffee fan.”", "p p b"},
		{long + "\n" + long + "\nAvid reader. Proud music geek. Friendly problem solver.", "p p b"},
		{long + "\n“No deal. No surrender. No retreat.”", "p p"},
		{long + "\n“Good pier. Good harbour. Good people.”", "p p"},
		{long + "\n“He was a great father. A good man.”", "p p"},
		{long + "\nSubscribe to our newsletter\nRead more: The pier\nShare this\nFollow us on Twitter\n© 2023 The Velmora Times. All rights reserved.\n***", "p b b b b b b"},
		{long + "\n“All rights reserved for us,” he said of it.\nReaders share this opinion.\nShare prices fell.", "p p p p"},
		{long + "\nWe use cookies to improve the site.\nADVERTISEMENT\nClick here to donate", "p b b b"},
		{long + "\nqr, kt/lb (NPA, Harrow Wire)", "p cr"},
		{long + "\nqr/st (Osterby Dispatch)", "p cr"},
		{long + "\nqr/st (see the report of the council)", "p p"},
		{"qr, st (Velmora, Osterby)\n" + long + "\n" + long + "\n" + long, "p p p p"},
		{long + "\nAFP/nfl", "p cr"},
		{long + "\nkw/ab/dpa", "p cr"},
		{long + "\nNPA/kw", "p cr"},
		{long + "\nNPA/life", "p p"},
		{long + "\nThe pier in March. AFP/Jana Ruud", "p cap"},
		{"Council votes for pier\nBy our foreign staff\n" + long, "h cr p"},
		{"Council votes for pier\nBy our correspondent in Osterby\n" + long, "h cr p"},
		{"Council votes for pier\nBy a staff reporter\n" + long, "h cr p"},
		{"Council votes for pier\nFrom Times staff and agencies\n" + long, "h cr p"},
		{"By our reporter’s count nobody came.\n" + long, "p p"},
		{long + "\nThe mayor opens the pier. Photograph: Jana Ruud/The Times of Velmora\n" + long, "p cap p"},
		{long + "\nThe mayor and her dog on Monday Image: City of Velmora\n" + long, "p cap p"},
		{long + "\nThe mayor looked at the picture: Nobody was in it\n" + long, "p h p"},
		{long + "\nThe mayor of Osterby opens the pier on Monday (NPA)\n" + long, "p cap p"},
		{long + "\nVelmora joins the Northern Pier Alliance (NPA)\n" + long, "p h p"},
		{long + "\nThe mayor said she had asked the council of Osterby (NPA).", "p p"},
		{long + "\nADVERTISEMENT Umbrellas by Holt & Daughters\n- ADVERTISEMENT\nAdvertisement\n" + long, "p b b b p"},
		{long + "\nADVERTISEMENT TAX TO BE RAISED\n" + long + "\nAdvertisement sales fell\n" + long, "p h p h p"},
		{long + "\n‘The sea doesn’t read’\n" + long + "\n“Too late, too little”\n" + long, "p h p h p"},
		{long + "\nThe pier in March. Photo: Jana Ruud\n‘Too late, too little’\n" + long + "\n‘Too early’\nPhoto: Jana Ruud", "p cap h p p cap"},
		{long + "\n\"Related:\"\n" + long, "p p p"},
		{long + "\nShe said:\n“We have won the vote”\n" + long, "p p p p"},
		{long + "\n‘We won.’\n" + long + "\n“We won,”\n" + long + "\n\"We won!\"\n" + long + "\n“We won. They lost”\n" + long, "p p p p p p p p p"},
		{long + "\n“Yes”\n“No”\n“Yes”\n" + long, "p p p p p"},
		{"Council votes for pier\nMayor says work will begin. Opposition wants to vote again\n" + long, "h p p"},
		{"Council votes for pier\nJana Ruud\nFriday 7 June 2024\n" + long, "h cr cr p"},
		{"Council votes for pier\nSun 10 Mar 2024 22.30\n" + long, "h cr p"},
		{"Founded 1847 | Tuesday 12 March 2024 | Velmora edition\nCouncil votes for pier\n" + long, "cr h p"},
		{"VELMORA, 10 March 2024 – " + long + "\nOn 10 March 2024 the pier fell.\nIt fell on Sunday 10 March 2024\nMarch 2024", "p p p p"},
	} {
		doc := readString(t, c.text)
		var got []string
		for _, b := range doc.Blocks {
			got = append(got, kinds[b.Kind])
		}
		if g := strings.Join(got, " "); g != c.want {
			t.Errorf("%q\nhas %s, not %s", strings.ReplaceAll(c.text, long, "…"), g, c.want)
		}
		checkCover(t, doc)
	}
}

// checkCover checks that the blocks are in order and hold all but white
// space.
func checkCover(t testing.TB, doc *hearsay.Document) {
	t.Helper()
	at := 0
	for _, b := range append(doc.Blocks, hearsay.Block{Span: hearsay.Span{Start: len(doc.Text), End: len(doc.Text)}}) {
		if b.Start < at || b.End > len(doc.Text) || b.Kind != "" && b.Empty() {
			t.Fatalf("block at %v after %d of a text of %d bytes", b.Span, at, len(doc.Text))
		}
		if between := doc.Text[at:b.Start]; strings.TrimSpace(between) != "" {
			t.Fatalf("%q stands between blocks", between)
		}
		at = b.End
	}
}

func TestWrappedLinesAreOneBlock(t *testing.T) {
	wrapped := `Council votes for pier

The harbour council of Velmora voted on Tuesday to rebuild the northern
pier, which a storm had torn away in February. Mayor Ilsa Brandt said the
work would begin in May and cost less than the opposition claims.

She named three reasons:

- the fishermen, who have no landing and pay for every crate that they
  bring ashore elsewhere
- the ferry

“We are not asking for favours,” she added. “We are asking for what was
promised by the government, and for nothing else.”
`
	doc := readString(t, wrapped)
	var got []string
	for _, b := range doc.Blocks {
		s := strings.Join(strings.Fields(b.In(doc.Text)), " ")
		got = append(got, fmt.Sprintf("%s %.12s %d", kinds[b.Kind], s, len(strings.Split(b.In(doc.Text), "\n"))))
	}
	want := []string{"h Council vote 1", "p The harbour  3", "p She named th 1", "li - the fisher 2", "li - the ferry 1", "p “We are not  2"}
	if !slices.Equal(got, want) {
		t.Errorf("blocks %q\nnot    %q", got, want)
	}
	if doc.Text != wrapped {
		t.Error("the text changed")
	}
}

func TestTagLines(t *testing.T) {
	for _, c := range []struct{ before, text, want string }{
		{"ab/cd (NPA, AFP)", "“Half-time beekeeper. Patient mender of clocks. Reads the weather before lunch.”", "b"},
		{"ab/cd (NPA, AFP)", "Patient mender of clocks. Tireless walker.", "b"},
		{long, "Recovering gambler. Avid reader of the small print. Lives by the sea.", "b"},
		{long, "“Subtly charming beer enthusiast. Extreme coffee nerd. Incurable music lover.”", "b"},
		// What is or may be said.
		{"ab/cd (NPA, AFP)", "“We lost everything. We will rebuild. I know it.”", "p"},
		{"ab/cd (NPA, AFP)", "“It’s over. Nobody came.”", "p"},
		{long, "“No comment.”", "p"},
		{long, "No comment. No answer.", "p"},
		{long, "“A fighter. A winner. A true leader.”", "p"},
		{long, "“Great fighter. True winner. Real leader.”", "p"},
		{long, "“Good father. Good teacher.”", "p"},
		{long, "“Cold water. Bitter winter. Bare paper.”", "p"},
		{long, "“The mayor. The minister. The publisher.”", "p"},
		{long, "“Never better. Never greater. Lifelong.”", "p"},
		{"On her tombstone stands in letters of gold:", "“Devoted reader. Avid walker. Proud mother.”", "p"},
		{long, "Devoted reader wanted.", "p"},
		{long, "Lifelong sailor Jon Hesk left the harbour. Proud owner Ida Lie stayed. Avid walker Per Holt came.", "p"},
	} {
		doc := readString(t, long+"\n"+long+"\n"+c.before+"\n"+c.text)
		if got := kinds[doc.Blocks[len(doc.Blocks)-1].Kind]; got != c.want {
			t.Errorf("%.20q, %q is %s, not %s", c.before, c.text, got, c.want)
		}
	}
	if doc := readString(t, long+"\n“Avid reader. Proud walker. Lifelong learner.”\n"+long+"\n"+long); doc.Blocks[1].Kind != hearsay.Paragraph {
		t.Error("a tag line in the middle of a report")
	}
}

func TestStamps(t *testing.T) {
	for line, want := range map[string]string{
		"Sun 10 Mar 2024 22.30":                                   "2024-03-10T22:30:00Z",
		"16 October 2024, 21:40 CEST":                             "2024-10-16T21:40:00+02:00",
		"Feb 13, 2025 11:26 CET | Updated 16:40 CET":              "2025-02-13T11:26:00+01:00",
		"Founded 1847 | Tuesday 12 March 2024 | Velmora edition":  "2024-03-12T00:00:00Z",
		"Published: 3 May 2024 9:05 p.m. EDT Updated: 4 May 2024": "2024-05-03T21:05:00-04:00",
		"Updated: 10:09am, 20 Jan, 2020":                          "2020-01-20T10:09:00Z",
		"Friday, January 4th, 2019 at 4pm GMT":                    "2019-01-04T16:00:00Z",
		"24. März 2004, 19:49 Uhr":                                "2004-03-24T19:49:00Z",
		"2024-03-10 at 22:30 UTC+3":                               "2024-03-10T22:30:00+03:00",
		"10 March 2024 12:30 a.m. PST":                            "2024-03-10T00:30:00-08:00",
		"31 February 2024":                                        "",
		"10 March 2024 25:30":                                     "",
		"Updated 16:40 CET":                                       "",
		"March 2024":                                              "",
		"10 March 2024: the pier falls":                           "",
		"may 10 2024":                                             "",
		"The pier fell on 10 March 2024":                          "",
		"The pier fell. | 10 March 2024":                          "",
		"VELMORA, 10 March 2024 -":                                "",
		"10/03/2024":                                              "",
		"":                                                        "",
	} {
		got := ""
		if d := stampDate(line); !d.IsZero() {
			got = d.Format(time.RFC3339)
		}
		if got != want {
			t.Errorf("%q is %q, not %q", line, got, want)
		}
	}
}

func TestWhatBlocksSay(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Council votes for pier\nBy Jana Ruud and Per Holt\nJune 13, 2023\nVELMORA (AP) — " + long + "\nab, cd/ef (AFP, dpa)",
			"Council votes for pier|[Jana Ruud Per Holt]|[AP AFP dpa]|[ab cd/ef]|2023-06-13|en"},
		{long + "\n(Reporting by Jana Ruud in Osterby; Editing by Per Holt)", "|[Jana Ruud]|[]|[]||en"},
		{long + "\nThe Associated Press and Jana Ruud contributed to this report.", "|[Jana Ruud]|[AP]|[]||en"},
		{long + "\nqr, kt/lb (Harrow Wire, dpa)", "|[]|[Harrow Wire dpa]|[qr kt/lb]||en"},
		{long + "\nAFP/nfl", "|[]|[AFP]|[nfl]||en"},
		{"Council votes for pier\n" + "Published 16 October 2024, 21:40 CEST\n" + long, "Council votes for pier|[]|[]|[]|2024-10-16|en"},
		{long + "\nad/re", "|[]|[]|[ad/re]||en"},
		{long + "\nSource: Reuters", "|[]|[Reuters]|[]||en"},
		{"Der Rat der Stadt hat am Dienstag für den Bau einer neuen Brücke gestimmt, sagte die Bürgermeisterin nach der Sitzung.", "|[]|[]|[]||de"},
		{"Le conseil de la ville a voté mardi pour la construction d'un nouveau pont, a dit le maire après la séance. Les travaux ne sont pas encore payés, mais ils doivent commencer avec l'été.", "|[]|[]|[]||fr"},
		{"Rådet stemte tirsdag for å bygge en ny bro.", "|[]|[]|[]||"},
		{"Lorem ipsum dolor sit amet.", "|[]|[]|[]||"},
	} {
		doc := readString(t, c.text)
		date := ""
		if !doc.Published.IsZero() {
			date = doc.Published.Format("2006-01-02")
		}
		if got := fmt.Sprintf("%s|%v|%v|%v|%s|%s", doc.Title, doc.Bylines, doc.Credits, doc.Initials, date, doc.Lang); got != c.want {
			t.Errorf("%.60q says %s, not %s", c.text, got, c.want)
		}
	}
}
