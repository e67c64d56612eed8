package compare

// Range returns the numbers that a claim can mean, by which [Numbers] decides:
// of "more than 160" for example 160 to 240.
func Range(c Claim) (from, to float64) { return interval(&c) }
