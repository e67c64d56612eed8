package read

import (
	"context"
	"strings"
	"testing"
)

// sample is a report of some 2,300 bytes in clean English plain text.
const sample = `Harbour council votes to rebuild the northern pier

The harbour council of Velmora voted on Tuesday to rebuild the northern pier, which a storm had torn away in February, mayor Ilsa Brandt said.

“We could not leave the fishermen without a landing,” Brandt told reporters after the meeting. “The pier is more than stone to this town.”

The work is to begin in May and will cost about 4.2 million crowns, according to the council’s own estimate. An earlier estimate, made for the opposition by the engineer Tomas Reyl, had put the cost at more than six million.

Reyl said on Wednesday that he stood by his figure. “They have left out the foundations,” he said, “and the sea does not leave out anything.”

The council denied that. Its spokeswoman, Mira Osten, said the foundations had been surveyed twice since the storm and were sound.

Fishermen who waited outside the town hall applauded when the vote was announced. One of them, Jon Hesk, said he had landed his catch in the next town for four months and had paid for every crate. “That is over now, I hope,” he said.

The opposition wants the vote to be put to the people. Its leader, Alva Renn, claimed that 1,900 signatures had been gathered in a week, enough to force a referendum; the town clerk could not confirm the number.

Velmora lost two piers in the storm, and more than eighty houses were damaged. The government promised in March to pay for half of the repairs, but no money has arrived so far, Brandt said.

“We are not asking for favours,” she added. “We are asking for what was promised.”

A spokesman for the ministry declined to comment before Friday, when the minister is expected to visit the town.
`

func benchmarkPlain(b *testing.B, times int) {
	text := strings.Repeat(sample+"\n", times)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		for doc, err := range Documents(context.Background(), Input{Name: "sample.txt", Body: strings.NewReader(text)}, Options{}) {
			if err != nil || doc.Text != text {
				b.Fatal("the text did not pass unchanged", err)
			}
		}
	}
}

func BenchmarkPlain1(b *testing.B)   { benchmarkPlain(b, 1) }
func BenchmarkPlain10(b *testing.B)  { benchmarkPlain(b, 10) }
func BenchmarkPlain100(b *testing.B) { benchmarkPlain(b, 100) }
