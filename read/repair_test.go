package read

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"hearsay"
)

// repairsOf writes the repairs of a document as `kind "was" -> "now"`.
func repairsOf(doc *hearsay.Document) string {
	var list []string
	for _, r := range doc.Repairs {
		list = append(list, fmt.Sprintf("%s %q -> %q", r.Kind, r.Was, r.In(doc.Text)))
	}
	return strings.Join(list, "; ")
}

func TestRepairs(t *testing.T) {
	for _, c := range []struct{ text, want, repairs string }{
		// Broken quotation marks.
		{"She told Radio Velmora: βThe pier will stand in May.β", "She told Radio Velmora: “The pier will stand in May.”",
			`broken_quote "β" -> "“"; broken_quote "β" -> "”"`},
		{"жWe wait,ж he said. жThat is all!ж", "“We wait,” he said. “That is all!”", ""},
		{"¬We wait,¬ he said.", "“We wait,” he said.", ""},
		{"ÒWe wait,Ó he said. ÒThat is all.Ó", "“We wait,” he said. “That is all.”", ""},
		{"He said: ìIn Côte dôr we wait.î", "He said: “In Côte dôr we wait.”", ""},
		{"ôWe wait at the Hôtel,ö he said.", "“We wait at the Hôtel,” he said.", ""},
		{"?We wait,? he said.", "“We wait,” he said.", ""},
		{"It\ufffds the mayor\ufffds. \ufffdWe wait,\ufffd he said.", "It’s the mayor’s. “We wait,” he said.", ""},

		// One mark of a pair lost.
		{"She told Radio Velmora: \ufffdThe pier will stand in May.”", "She told Radio Velmora: “The pier will stand in May.”", `broken_quote "�" -> "“"`},
		{"“The pier will stand,\ufffd she said.", "“The pier will stand,” she said.", `broken_quote "�" -> "”"`},
		{"She wants “a pier\ufffd, and soon.", "She wants “a pier”, and soon.", ""},
		{"\ufffdWe wait,” he said. “That is all.\ufffd Hesk left.", "“We wait,” he said. “That is all.” Hesk left.", ""},
		{"\ufffdWe wait,\" he said. \"That is all.\"", "\"We wait,\" he said. \"That is all.\"", `broken_quote "�" -> "\""`},
		{"\ufffdIt\ufffds late,” he said.", "“It’s late,” he said.", ""},
		{"¬We wait for the ferry,” he said.", "“We wait for the ferry,” he said.", ""},

		// Doubled words.
		{"The mayor of the the town spoke.", "The mayor of the town spoke.", `repeated_words " the" -> ""`},
		{"The the mayor spoke.", "The mayor spoke.", `repeated_words " the" -> ""`},
		{"Then harbour master Harbour Master Jon Hesk spoke.", "Then Harbour Master Jon Hesk spoke.", `repeated_words "harbour master " -> ""`},
		{"The council will be held in the in the town hall.", "The council will be held in the town hall.", `repeated_words " in the" -> ""`},
		{"The council voted to rebuild voted to rebuild the pier.", "The council voted to rebuild the pier.", `repeated_words " voted to rebuild" -> ""`},

		{"It is is not so, he said.", "It is not so, he said.", `repeated_words " is" -> ""`},
		{"The council wanted to to wait.", "The council wanted to wait.", `repeated_words " to" -> ""`},
		{"He said on Tuesday on Tuesday that it was late.", "He said on Tuesday that it was late.", `repeated_words " on Tuesday" -> ""`},

		// Lost full stops.
		{"“The lock will hold for years,” he said She denied that anybody had been warned.",
			"“The lock will hold for years,” he said. She denied that anybody had been warned.", `lost_full_stop "" -> "."`},
		{"The council thanked the mayor for her patience and for the work The mayor was ill on Monday.",
			"The council thanked the mayor for her patience and for the work. The mayor was ill on Monday.", `lost_full_stop "" -> "."`},
		{"The minister left the meeting of the council without a word They were told nothing.",
			"The minister left the meeting of the council without a word. They were told nothing.", `lost_full_stop "" -> "."`},

		// Controls, line ends, entities.
		{"one\r\ntwo\r\nthree\rfour\u2028five\u2029six\fseven", "one\ntwo\nthree\nfour\nfive\nsix\nseven",
			`line_ends "\r\n" -> "\n"; line_ends "\r" -> "\n"; line_ends "\u2028" -> "\n"; line_ends "\u2029" -> "\n"; line_ends "\f" -> "\n"`},
		{"a\x00b\x07c \x1b[31mred\x1b[0m", "abc red", `control_chars "\x00" -> ""; control_chars "\a" -> ""; control_chars "\x1b[31m" -> ""; control_chars "\x1b[0m" -> ""`},
		{"har\u00adbour mas\u200bter\ufeff", "harbour master", `control_chars "\u00ad" -> ""; control_chars "\u200b" -> ""; control_chars "\ufeff" -> ""`},
		{"Brandt &amp; Reyl said &quot;no&quot; &#8211; it&#x2019;s&nbsp;late", "Brandt & Reyl said \"no\" – it’s\u00a0late",
			`entities "&amp;" -> "&"; entities "&quot;" -> "\""; entities "&quot;" -> "\""; entities "&#8211;" -> "–"; entities "&#x2019;" -> "’"; entities "&nbsp;" -> "\u00a0"`},
		{"&amp;quot;no&amp;amp;#8217;t", "\"no’t", `entities "&amp;quot;" -> "\""; entities "&amp;amp;#8217;" -> "’"`},
	} {
		doc := mended(t, c.text)
		if doc.Text != c.want {
			t.Errorf("%q\nbecame %q\nnot    %q", c.text, doc.Text, c.want)
		}
		if got := repairsOf(doc); c.repairs != "" && got != c.repairs {
			t.Errorf("%q: repairs %s", c.text, got)
		}
		checkRepaired(t, doc, c.text)
	}
}

// checkRepaired checks that repairs and pieces lie within the text, in order,
// and that the pieces which correspond byte for byte do.
func checkRepaired(t testing.TB, doc *hearsay.Document, was string) {
	t.Helper()
	at := 0
	for _, r := range doc.Repairs {
		if r.Start < at || r.End < r.Start || r.End > len(doc.Text) {
			t.Fatalf("repair at %v of a text of %d bytes", r.Span, len(doc.Text))
		}
		at = r.Start
	}
	checkOrder(t, doc.Text, []byte(was), doc.Pieces)
	for _, p := range doc.Pieces {
		repaired := slices.ContainsFunc(doc.Repairs, func(r hearsay.Repair) bool { return r.Overlaps(p.Text) })
		now, then := p.Text.In(doc.Text), strings.ReplaceAll(p.Bytes.In(was), "\r", "\n")
		if p.Text.Len() == p.Bytes.Len() && !repaired && now != then {
			t.Fatalf("%q is not %q", now, then)
		}
	}
}

// What looks like damage and is none.
func TestNoRepairs(t *testing.T) {
	for _, text := range []string{
		// Other uses of characters that are not Latin.
		"The β-carotene, said Hesk, is harmless. The β version is out.", "βCD binds TNFβ. It is βCD.", "Η πόλη περιμένει, είπε. Athens waits.",
		"The letter β stands before The. βThe end", "αβγ: βThe name.β is of the word βήτα here.", "He asked: why? She said: why not? No.",
		"What?? he said. Really?! Yes.", "See /search?q=pier and ?q=town.", "¿Qué? ¿Por qué no?", "Ó Briain met Ò Súilleabháin. Óscar!", "ôtez l’île, îles, ìrmã",
		"Is it so? ?No one knows", "The award?was?given: ?We wait,? he said.", "I \ufffd do not know", "a\ufffdb",
		// Lost marks of which nobody can say what they were.
		"“The mayor \ufffdknew of it,” he said.", "The ship \ufffdMaren\ufffd sailed with him.”", "The ship \ufffd Maren sailed with him.”", "The ma\ufffdtre left.”",
		"“We wait,” he said of the boats\ufffd owners.", "“The boats\ufffd owners wait, and they do not know it.", "\ufffdWe wait, he said.", "\ufffdWe wait,’ he said.",
		"“We wait, and nobody\ufffd left.", "He said \ufffdwe wait.\nThe rest of it.”", "βCD binds it.” So it does.", "A 5\ufffd12\" pipe", "\ufffdone \ufffdtwo.”",
		// Words that are meant twice.
		"He had had enough of it.", "She said that that was wrong.", "It was very very cold and a long long way.", "Bye bye, he wrote.", "Duran Duran played in Baden Baden.",
		"Boutros Boutros-Ghali met Sirhan Sirhan and Ford Madox Ford.", "No no no.", "It rained again and again and again.", "It went on and on and then stopped.",
		"They moved from state to state to state to state.", "Day after day after day they came.", "He never, never came, never came.", "the more the merrier, the more the better",
		"What it is is a pity.", "All it is is a pity.", "The place that he goes to to swim is here.", "“It is is so,” he said.",
		"“The lock will hold for many years,” he said The Gate was a film.", "The house she lives in in summer is small.", "Whatever it is it is not good.", "He gave her her book.", "the vitamin A a day", "the The Hague group",
		"“I saw the the ship,” he said.", "\"We we we will in the in the end win,\" he said.", "New York New York is a song.", "Walla Walla Walla Walla", "ha ha ha ha ha ha",
		"10 10 10 10", "Room 5 Room 5", "one by one by one", "bit by bit by bit", "They said they said so.", "the end\nthe end", "the, the", "a - a", "more and more and more and more",
		"Tora Tora Tora Tora", "Who is who is a question.", "Will Will will win?", "who who knows whom whom",
		// Full stops that are not lost.
		"The council read a long letter of the newspaper The Velmora Times on Monday, and said nothing about it.",
		"The council has seen the film The harbour was rebuilt, and liked what it saw of it on that night.",
		"In the court of the town on the river in The Hague the judges were waiting for the prosecutor today.",
		"She believes in the goodness of God and that He was with them in those days, she told the congregation.",
		"The council has long thought of the work on Monday as a test, and some of it was done by Hesk himself.",
		"“I have waited here for so many years now The mayor was never there,” he told the council on Monday.",
		"HARBOUR COUNCIL votes to rebuild pier The mayor",
		// Characters that are to stay.
		"left\u200eright \u202babc\u202c", "می\u200cخواهم", "👩\u200d👩\u200d👧", "ไทย\u200bไทย", "tab\tstop", "two  spaces", "eﬃcient ﬂow", "R&D; AT&T; Q&A", "a & b; c &d;", "&nosuchname;", "",
		"\n\n", "end without newline", "end with newline\n", " leading and trailing ",
	} {
		if doc := mended(t, text); doc.Text != text || len(doc.Repairs) > 0 {
			t.Errorf("%q\nbecame %q: %s", text, doc.Text, repairsOf(doc))
		}
	}
}
