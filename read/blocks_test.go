package read

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"testing"

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

func TestWhatBlocksSay(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Council votes for pier\nBy Jana Ruud and Per Holt\nJune 13, 2023\nVELMORA (AP) — " + long + "\nab, cd/ef (AFP, dpa)",
			"Council votes for pier|[Jana Ruud Per Holt]|[AP AFP dpa]|[ab cd/ef]|2023-06-13|en"},
		{long + "\n(Reporting by Jana Ruud in Osterby; Editing by Per Holt)", "|[Jana Ruud]|[]|[]||en"},
		{long + "\nThe Associated Press and Jana Ruud contributed to this report.", "|[Jana Ruud]|[AP]|[]||en"},
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
