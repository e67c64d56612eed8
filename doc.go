// Package hearsay holds the words that the rest of the program speaks in: a
// [Document] is one report as one outlet published it, a [Statement] one act of
// saying that the report attributes to somebody, a [Span] a range of the
// report's text. It has types only, imports the standard library only and
// does no input or output.
//
// The way through the program:
//
//	bytes --read--> Document --annotate--> []Statement --export--> people
package hearsay
