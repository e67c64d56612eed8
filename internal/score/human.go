package score

// human is F1 of one person against another on the articles of PolNeAR that
// six people marked, pair by pair: the line that a tool is held against. The
// test of this table computes it again from the training part. Contents by
// class are as measured there, since what is published of them takes two
// apostrophes for no quotation mark.
var human = [figures]float64{
	speakerExact:         .767,
	cueExact:             .704,
	contentExact:         .658,
	contentExactDirect:   .864,
	contentExactMixed:    .739,
	contentExactIndirect: .587,
	speakerPiece:         .780,
	cuePiece:             .705,
	contentPiece:         .679,
	attributionExact:     .563,
	contentHalf:          .753,
	attribution:          .787,
	attributionDirect:    .99,
	attributionMixed:     .92,
	attributionSpeech:    .91,
	attributionOther:     .63,
	contentCharacters:    .911,
}

const humanAlpha = .754
