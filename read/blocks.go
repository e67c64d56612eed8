package read

import "hearsay"

// blocks divides plain text into blocks, and tells their kinds.
func blocks(text string) []hearsay.Block { return nil }

// classify tells captions, credit lines and boilerplate among the paragraphs
// of doc, and takes title, bylines, credits and initials from them where they
// are unknown.
func classify(doc *hearsay.Document) {}
