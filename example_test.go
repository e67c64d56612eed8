package hearsay_test

import (
	"context"
	"fmt"
	"strings"

	"hearsay/annotate"
	"hearsay/read"
)

// The whole way from the bytes of a report to who said what in it.
func Example() {
	annotator, err := annotate.Load()
	if err != nil {
		fmt.Println(err)
		return
	}
	input := read.Input{Name: "dam.txt", Body: strings.NewReader(
		"“The dam will hold,” Inés Varga told reporters on Wednesday. She denied that anybody had been warned.\n")}
	for doc, err := range read.Documents(context.Background(), input, read.Options{}) {
		if err != nil { // one bad record never ends a run
			fmt.Println(err)
			continue
		}
		for _, s := range annotator.Statements(doc) {
			fmt.Printf("%s (%s): %s\n", s.Speaker.Name, s.Cue.Lemma, s.Content[0].In(doc.Text))
		}
	}
	// Output:
	// Inés Varga (tell): “The dam will hold,”
	// Inés Varga (deny): that anybody had been warned
}
