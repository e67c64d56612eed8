package annotate

// Version numbers what the annotator finds. It grows with every change of
// rules, word lists or model after which statements that are kept should be
// found anew: see ledger.Redo.
const Version = 1
