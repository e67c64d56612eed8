package read

import (
	"context"

	"hearsay"
)

// repair mends damaged characters and words in the text of doc, which may
// have blocks already; its blocks, repairs and pieces move along. Clean text
// stays as it is.
func repair(ctx context.Context, doc *hearsay.Document) error {
	for _, step := range []func(doc *hearsay.Document) *edits{entities, unscramble, stripControls, mendQuotes, mendWords} {
		if err := ctx.Err(); err != nil {
			return err
		}
		step(doc).apply(doc)
	}
	return nil
}
